"""Setup of what the event looks like: tried on all screens beside the form, and only then put in place."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import segno
from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.actions.brand import Pictures
from app.domain.brand import HOUSE_COLOURS, BadBrand, Brand, Ground, as_colour, read_accent
from app.domain.brand_palette import palette
from app.domain.brand_readings import readings
from app.domain.colour import BadColour
from app.domain.event import Event
from app.outbound.brand_pictures import LARGEST_BRAND_FILE, BadPicture
from app.views.brand_sheet import plate_behind, sheet
from app.views.context import Context, InContext
from app.views.pages_and_api.brand import dress
from app.views.pages_and_api.brand_pictures import drawn, file_in
from app.views.setup import look_words
from app.views.setup.forms import Text, own_event, typed_in

router = APIRouter()

Upload = Annotated[UploadFile | None, File()]
Tick = Annotated[bool, Form()]
Kept = Annotated[str, Form(max_length=2 * LARGEST_BRAND_FILE)]


@dataclass(frozen=True, slots=True)
class Look:
    """A look as the page shows it: in place or only tried. `data` are pictures that nobody has kept yet."""

    accent: str
    brand: Brand
    data: Mapping[str, str]

    @property
    def query(self) -> dict[str, str]:
        return {
            "accent": as_colour(self.accent),
            "wall": self.brand.wall,
            "ground": self.brand.ground,
            "pictured": "1" if self.brand.picture else "",
        }


@router.get("/e/{slug}/setup/brand")
async def brand_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(request, context, event, _in_place(event))


@router.get("/e/{slug}/setup/brand.css")
async def tried_style(
    slug: str,
    request: Request,
    context: InContext,
    accent: str = "",
    wall: str = "",
    ground: str = "",
    pictured: str = "",
) -> Response:
    """The sheet of a look that is tried: for what shows it, not for the page around it."""
    await own_event(slug, request, context)
    plain = Brand().worded(wall=wall if wall in set(Ground) else Ground.DARK, ground="", invitation="")
    behind = as_colour(ground) if ground else ""
    text = sheet(as_colour(accent), plain.wall, behind, pictured=bool(pictured), within=".samples")
    return Response(text, media_type="text/css")


@router.post("/e/{slug}/setup/brand", max_body_size=4 * LARGEST_BRAND_FILE)
async def change_look(
    slug: str,
    request: Request,
    context: InContext,
    accent: Text = "",
    wall: Text = Ground.DARK.value,
    ground: Text = "",
    invitation: Text = "",
    logo: Upload = None,
    picture: Upload = None,
    logo_tried: Kept = "",
    picture_tried: Kept = "",
    no_logo: Tick = False,
    no_picture: Tick = False,
    look: Tick = False,
) -> Response:
    """Put a look in place; with `look` only show it. What is refused is said, and nothing is lost or changed."""
    event, by = await own_event(slug, request, context)
    typed = await typed_in(request)
    now = _in_place(event)
    try:
        read_accent(accent)
        worded = now.brand.worded(wall=wall, ground=ground, invitation=invitation)
        pictures = await drawn(
            logo=await _content(logo, logo_tried, away=no_logo),
            picture=await _content(picture, picture_tried, away=no_picture),
        )
        if look:
            tried = Look(read_accent(accent), _with(worded, pictures), _as_data(pictures))
            return await _page(request, context, event, tried, typed=typed, tried=True)
        told = {"accent": accent, "wall": wall, "ground": ground, "invitation": invitation}
        await dress(context, event, told, pictures, by=by)
    except (BadBrand, BadColour, BadPicture) as error:
        return await _page(request, context, event, now, typed=typed, wrong=error.sentence, status=422)
    return RedirectResponse(f"/e/{slug}/setup/brand?saved=brand", 303)


async def _content(file: UploadFile | None, tried: str, *, away: bool) -> bytes | None:
    """What was chosen now, or tried before: a form without JavaScript cannot choose a file again by itself."""
    if (chosen := await file_in(file)) is not None:
        return chosen
    if away:
        return b""
    try:
        return base64.b64decode(tried, validate=True) or None
    except ValueError:
        return None


def _with(brand: Brand, pictures: Pictures) -> Brand:
    """The brand as it would be with these pictures."""
    for use, one in pictures.items():
        brand = brand.hung(use, one)
    return brand


def _as_data(pictures: Pictures) -> dict[str, str]:
    return {
        use.value: f"data:{one.kind};base64,{base64.b64encode(one.content).decode()}"
        for use, one in pictures.items()
        if one is not None
    }


def _in_place(event: Event) -> Look:
    return Look(event.accent, Brand.from_json(event.brand), {})


async def _page(
    request: Request,
    context: Context,
    event: Event,
    look: Look,
    *,
    typed: dict[str, str] | None = None,
    wrong: str = "",
    status: int = 200,
    tried: bool = False,
) -> Response:
    brand = look.brand
    found = palette(as_colour(look.accent), brand.wall, brand.ground, pictured=bool(brand.picture))
    address = f"{context.base_url(request)}/e/{event.slug}"
    code = segno.make(address, micro=False, error="m").svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, border=4
    )
    values: dict[str, Any] = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "look": look,
        "plates": {on: plate_behind(look.accent, brand, on) for on in ("wall", "night")},
        "readings": readings(as_colour(look.accent), found),
        "look_words": look_words,
        "house": tuple(HOUSE_COLOURS),
        "code": Markup(code),  # noqa: S704 - made by segno from our own address
        "address": address.partition("://")[2],
        "typed": typed or {},
        "wrong": wrong,
        "tried": tried,
        "saved": request.query_params.get("saved", ""),
    }
    return context.page("setup_brand.html", values, status)
