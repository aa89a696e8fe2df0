"""For programs: what an event looks like."""

import base64
from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from app.domain.access import Role
from app.domain.brand import LONGEST_INVITATION, BadBrand, read_accent
from app.domain.colour import BadColour
from app.domain.event import Event
from app.domain.stored_json import Text
from app.files.event_brand import brand_told
from app.outbound.brand_pictures import LARGEST_BRAND_FILE, BadPicture
from app.queries.brand import brand_pictures
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.brand import dress
from app.views.pages_and_api.brand_pictures import drawn

router = APIRouter(prefix="/api/v1", tags=["event"])


class BrandState(BaseModel):
    """What an event looks like. Pictures are as we have drawn them: `data:` addresses, empty where there is none."""

    accent: str = Field(description="One of our colours by name, or #rrggbb.")
    wall: Literal["dark", "light"]
    ground: str = Field(description="The colour behind everything on a wall; empty: it goes with the accent.")
    invitation: str = Field(description="How walls and phones say that one may join; empty: in our words.")
    logo: str
    picture: str


class BrandWanted(BaseModel):
    """A whole look: what is left out has its default, but for pictures, which stay as they are."""

    model_config = ConfigDict(strict=True, extra="forbid")

    accent: Text = Field(default="teal", max_length=40, description="A name of CSS, or #e6007e, or #e07.")
    wall: Literal["dark", "light"] = "dark"
    ground: Text = Field(default="", max_length=40)
    invitation: Text = Field(default="", max_length=4 * LONGEST_INVITATION)
    logo: Text | None = Field(
        default=None,
        description="PNG, JPEG, WebP or SVG, as base64 or a `data:` address. Empty takes it away; null leaves it.",
    )
    picture: Text | None = Field(default=None, description="The same, behind everything on a wall.")


@router.get("/brand")
async def get_brand(token: Token, context: InContext) -> BrandState:
    """What the event looks like: another event takes it as it is."""
    event, _ = await token_holder(token, context, Role.OWNER)
    return BrandState.model_validate(await context.backchannel.ask(_told, event.id))


@router.put("/brand", max_body_size=5 * LARGEST_BRAND_FILE)
async def put_brand(wanted: BrandWanted, token: Token, context: InContext) -> BrandState:
    """From now on all screens look like this, those that are open included."""
    event, by = await token_holder(token, context, Role.OWNER)
    told = {"accent": wanted.accent, "wall": wanted.wall, "ground": wanted.ground, "invitation": wanted.invitation}
    try:
        read_accent(wanted.accent)
        pictures = await drawn(logo=_content(wanted.logo), picture=_content(wanted.picture))
        await dress(context, event, told, pictures, by=by)
    except (BadBrand, BadColour, BadPicture) as error:
        raise HTTPException(422, error.sentence) from None
    return await get_brand(token, context)


def _told(db: Session, event_id: int) -> dict[str, str]:
    return brand_told(db.get_one(Event, event_id), brand_pictures(db, event_id))


def _content(given: str | None) -> bytes | None:
    if given is None or not given:
        return given if given is None else b""
    try:
        return base64.b64decode(given.rpartition(",")[2], validate=True) or b"-"
    except ValueError:
        raise BadPicture("A picture comes as base64, or as a data: address.") from None
