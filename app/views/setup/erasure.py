"""Setup of who is erased: what there is of them is shown first, the event's address typed, then it is gone."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.domain.erasure import Whom
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.queries.erasures import erasures, found_of
from app.views.context import Context, InContext
from app.views.pages_and_api.erasures import erase_now
from app.views.setup.forms import Text, own_event
from app.views.words import ERASABLE

router = APIRouter()
NOTHING = Sentence("There is nothing of that here.")


@router.get("/e/{slug}/setup/erasure")
async def erasure_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(context, event, saved=request.query_params.get("saved", ""))


@router.post("/e/{slug}/setup/erasure/preview")
async def preview(
    slug: str,
    request: Request,
    context: InContext,
    whom: Text = "",
    of: Text = "",
    mentions: Annotated[bool, Form()] = False,
) -> Response:
    """What would go; nothing has. By a form and not by an address, so that no name stands in anybody's log."""
    event, _ = await own_event(slug, request, context)
    wanted = _wanted(whom, of, mentions)
    return await _asking(context, event, wanted, {"whom": whom, "of": of})


@router.post("/e/{slug}/setup/erasure")
async def erase(
    slug: str,
    request: Request,
    context: InContext,
    whom: Text = "",
    of: Text = "",
    typed: Text = "",
    mentions: Annotated[bool, Form()] = False,
) -> Response:
    event, by = await own_event(slug, request, context)
    wanted, said = _wanted(whom, of, mentions), {"whom": whom, "of": of}
    if typed.strip().lower() != event.slug:
        wrong = Sentence("Type its address, “%(slug)s”, to erase this.", slug=event.slug)
        return await _asking(context, event, wanted, said, wrong=wrong, status=422)
    try:
        _, swept = await erase_now(context, event, wanted, by=by)
    except Refused as error:
        return await _page(context, event, status=422, wrong=error.sentence, asked=said)
    return RedirectResponse(f"/e/{event.slug}/setup/erasure?saved={'erased' if swept else 'rows'}", 303)


def _wanted(whom: str, of: str, mentions: bool) -> Whom:
    if whom == "everything":
        return Whom(everything=True)
    if whom == "mail":
        return Whom(mail=of.strip() or "-")
    return Whom(phone=of.strip() or "-") if whom == "phone" else Whom(author=of.strip(), mentions=mentions)


async def _asking(
    context: Context, event: Event, wanted: Whom, asked: dict[str, str], *, wrong: str = "", status: int = 200
) -> Response:
    found = await context.backchannel.ask(found_of, event.id, wanted)
    if not found.is_anything:
        return await _page(context, event, status=404, wrong=NOTHING, asked=asked)
    return await _page(context, event, status=status, wrong=wrong, asked=asked, wanted=wanted, found=found)


async def _page(context: Context, event: Event, *, status: int = 200, **more: Any) -> Response:
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "erasures": await context.backchannel.ask(erasures, event.id),
        "erasable": ERASABLE,
        "saved": "",
        "wrong": "",
        "asked": {},
        "wanted": None,
        "found": None,
        **more,
    }
    return context.page("setup_erasure.html", values, status)
