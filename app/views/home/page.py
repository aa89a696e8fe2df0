"""`/`: whoever holds a home link sees and makes all events; everybody else finds those that are public and on."""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.home_links import FreshHomeLink, give_home_link, revoke_home_link
from app.actions.links import token_hash
from app.domain.event import EventKind
from app.domain.home_link import HomeLink
from app.queries.home import event_rows, home_links, open_home_link, public_events
from app.queries.series import all_series, public_series
from app.views import words
from app.views.context import Context, InContext
from app.views.home import words as home_words
from app.views.home.holder import actor, home_link, note, own_home
from app.views.languages import to_choose_from
from app.views.link_urls import home_url
from app.views.row_ids import Number
from app.views.series import words as series_words
from app.views.setup import look_words
from app.views.setup.forms import Text

router = APIRouter()


@router.get("/")
async def home(request: Request, context: InContext) -> Response:
    if key := request.query_params.get("key"):
        return await _by_key(request, context, key)
    held = await home_link(request, context)
    if held is None:
        events = await context.backchannel.ask(public_events)
        series = await context.backchannel.ask(public_series, context.now())
        return context.page("front.html", {"events": events, "series": series})
    return await home_page(request, context, held)


@router.post("/home-links")
async def make_home_link(
    request: Request, context: InContext, label: Text = "", key: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """One more home link, for a named person; it is shown only now. A form that comes twice makes one."""
    held = await own_home(request, context)
    token = context.cookies.sealed("home link", str(held.id), label, key)[:48] if key else ""
    try:
        made = await context.backchannel.do(give_home_link, at=context.now(), label=label, token=token)
    except Refused as error:
        return await home_page(request, context, held, status=422, wrong={"links": error.sentence})
    note(held, "made home link %d", made.link.id)
    return await home_page(request, context, held, fresh=_shown(context, request, made))


@router.delete("/home-links/{link_id}")
async def close_home_link(link_id: Number, request: Request, context: InContext) -> Response:
    held = await own_home(request, context)
    if link_id not in {link.id for link in await context.backchannel.ask(home_links)}:
        raise HTTPException(404, "That link does not hold any more.")
    try:
        await context.backchannel.do(revoke_home_link, link_id, by=actor(held), at=context.now())
    except Refused as error:
        return await home_page(request, context, held, status=422, wrong={"links": error.sentence})
    note(held, "revoked home link %d", link_id)
    return RedirectResponse("/#links", 303)


async def home_page(
    request: Request,
    context: Context,
    held: HomeLink,
    *,
    status: int = 200,
    wrong: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    fresh: dict[str, str] | None = None,
) -> Response:
    """The page of a holder; what was refused is said beside its form, with everything that was typed."""
    rows = await context.backchannel.ask(event_rows, context.now())
    values: dict[str, Any] = {
        "sections": [(when, [row for row in rows if row.when == when]) for when in home_words.SECTIONS],
        "rows": rows,
        "links": await context.backchannel.ask(home_links),
        "held": held,
        "wrong": wrong or {},
        "typed": typed or {},
        "fresh": fresh,
        "key": secrets.token_urlsafe(16),
        "home_words": home_words,
        "look_words": look_words,
        "accents": words.ACCENTS,
        "speakable": to_choose_from("en"),
        "first_kind": EventKind.CONFERENCE.value,
        "all_series": await context.backchannel.ask(all_series, context.now()),
        "series_words": series_words,
    }
    response = context.page_that_tells(request, "home.html", values)
    response.status_code = status
    return response


async def _by_key(request: Request, context: Context, key: str) -> Response:
    link = await context.backchannel.ask(open_home_link, [token_hash(key)])
    if link is None:
        raise HTTPException(403, "This link does not hold any more. Ask whoever runs this server for a new one.")
    # The key leaves the address bar at once: a browser history is no place for it.
    response = RedirectResponse("/", 303)
    context.cookies.add_home_link(request, response, link.token_hash)
    return response


def _shown(context: Context, request: Request, made: FreshHomeLink) -> dict[str, str]:
    return {"url": home_url(context.base_url(request), made), "label": made.link.label}
