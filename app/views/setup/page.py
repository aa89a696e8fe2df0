"""Setup: the organiser before and after."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import segno
from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.actions.events import Refused, change_event
from app.actions.links import Link, give_link, revoke_link
from app.actions.pasted_programme import add_programme, read_programme
from app.actions.talks import remove_talk
from app.domain.access import Access, Role
from app.domain.event import Event
from app.domain.network import Networks
from app.domain.policy import Policy
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.queries.links import links, open_access
from app.queries.programme import all_talks
from app.views import words
from app.views.context import Context, InContext
from app.views.languages import is_spoken, to_choose_from
from app.views.line_breaks import Typed
from app.views.link_urls import link_url
from app.views.listings import Addresses, frame, single
from app.views.opening import open_view
from app.views.row_ids import Number
from app.views.setup.forms import own_event, typed_in
from app.views.setup.sources import network_cards
from app.views.view import View

router = APIRouter()

Text = Annotated[Typed, Form(max_length=20_000)]


def setup(addresses: Addresses, networks: Networks) -> View:
    return View(
        name="setup",
        template="setup.html",
        role=Role.OWNER,
        parts=(
            frame(addresses, "parts/setup_frame.html"),
            single("sources", "parts/setup_sources.html", {Subject.SOURCE, Subject.EVENT}, network_cards(networks)),
            single(
                "programme", "parts/setup_programme.html", {Subject.TALK}, lambda db, event: all_talks(db, event.id)
            ),
            single("links", "parts/setup_links.html", {Subject.ACCESS}, lambda db, event: links(db, event.id)),
        ),
        more=lambda _db, event: {
            "policy": Policy.from_json(event.policy),
            "accents": words.ACCENTS,
            "speakable": to_choose_from(event.language),
        },
    )


@router.get("/e/{slug}/setup")
async def setup_page(slug: str, request: Request, context: InContext) -> Response:
    return await _page(request, context, slug)


@router.post("/e/{slug}/setup/event")
async def describe(
    slug: str,
    request: Request,
    context: InContext,
    name: Text = "",
    hashtags: Text = "",
    zone: Text = "",
    accent: Text = "",
    welcome: Text = "",
    language: Text = "",
) -> Response:
    event = await own_event(slug, request, context)
    return await _change(
        request,
        context,
        event,
        "event",
        change_event,
        name=name,
        hashtags=hashtags.replace(",", " ").split(),
        zone=zone.strip(),
        accent=accent if accent in words.ACCENTS else event.accent,
        welcome=welcome,
        language=language if is_spoken(language) else event.language,
    )


@router.post("/e/{slug}/setup/talks")
async def add_talks(slug: str, request: Request, context: InContext, day: Text = "", talks: Text = "") -> Response:
    """Add a programme, one talk a line; all of it or nothing, and what was typed is never lost."""
    event = await own_event(slug, request, context)
    try:
        on = date.fromisoformat(day) if day else context.now().astimezone(ZoneInfo(event.zone)).date()
        lines = read_programme(talks, day=on, zone=event.zone)
    except (Refused, ValueError) as error:
        said = error.sentence if isinstance(error, Refused) else Sentence("That is not a date.")
        return await _page(
            request, context, slug, status=422, wrong={"talks": said}, typed={"day": day, "talks": talks}
        )
    return await _change(request, context, event, "talks", add_programme, lines)


@router.delete("/e/{slug}/setup/talks/{talk_id}")
async def drop_talk(slug: str, talk_id: Number, request: Request, context: InContext) -> Response:
    event = await own_event(slug, request, context)
    try:
        await context.backchannel.do(remove_talk, event.id, talk_id, at=context.now())
    except Refused as error:
        raise HTTPException(404, error.sentence) from None
    return RedirectResponse(f"/e/{slug}/setup?saved=talks#talks", 303)


@router.post("/e/{slug}/setup/links")
async def make_link(
    slug: str,
    request: Request,
    context: InContext,
    role: Annotated[Role, Form()],
    label: Text = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Make a link, and show it: this is the only time that it can be seen.

    Each form has a `key`, so that a form that comes twice, by a reload or a second tap, makes one link.
    """
    event = await own_event(slug, request, context)
    token = context.cookies.sealed("role link", str(event.id), role, label, key)[:48] if key else ""
    try:
        link = await context.backchannel.do(give_link, event.id, role, at=context.now(), label=label, token=token)
    except Refused as error:
        return await _page(request, context, slug, status=422, wrong={"links": str(error)})
    return await _page(request, context, slug, fresh=_shown(context, request, event, link))


@router.delete("/e/{slug}/setup/links/{access_id}")
async def close_link(
    slug: str, access_id: Number, request: Request, context: InContext, sure: bool = False
) -> Response:
    """Revoke a link at once, its open screens included. Asks first if whoever asks would lock themselves out."""
    event = await own_event(slug, request, context)
    access = await context.backchannel.ask(open_access, access_id, event.id)
    if access is None:
        raise HTTPException(404, "That link does not hold any more.")
    held = await context.holder(request, event)
    owned = [one.id for one in held.accesses if one.role is Role.OWNER]
    known = await context.backchannel.ask(links, event.id)
    owners = [one for one in known if one.role is Role.OWNER and one.revoked_at is None]
    if owned == [access_id] and len(owners) > 1 and not sure:
        return await _page(request, context, slug, status=409, asks=access)
    try:
        await context.backchannel.do(revoke_link, access_id, at=context.now())
    except Refused as error:
        return await _page(request, context, slug, status=422, wrong={"links": str(error)})
    return RedirectResponse(f"/e/{slug}" if owned == [access_id] else f"/e/{slug}/setup#links", 303)


async def _change(
    request: Request, context: Context, event: Event, section: str, verb: Callable[..., Any], *args: Any, **kwargs: Any
) -> Response:
    """Run a verb; what it refuses is said beside the form, with everything that was typed."""
    try:
        await context.backchannel.do(verb, event.id, *args, **kwargs, at=context.now())
    except Refused as error:
        typed = await typed_in(request)
        return await _page(request, context, event.slug, status=422, wrong={section: str(error)}, typed=typed)
    return RedirectResponse(f"/e/{event.slug}/setup?saved={section}#{section}", 303)


async def _page(
    request: Request,
    context: Context,
    slug: str,
    *,
    status: int = 200,
    wrong: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    fresh: dict[str, object] | None = None,
    asks: Access | None = None,
) -> Response:
    response = await open_view(
        request,
        context,
        "setup",
        slug,
        wrong=wrong or {},
        typed=typed or {},
        fresh=fresh,
        asks=asks,
        key=secrets.token_urlsafe(16),
        saved=request.query_params.get("saved", ""),
        today=context.now().date().isoformat(),
    )
    if response.status_code == 200:
        response.status_code = status
    return response


def _shown(context: Context, request: Request, event: Event, link: Link) -> dict[str, object]:
    url = link_url(context.base_url(request), event.slug, link)
    svg = segno.make(url, micro=False).svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=1)
    return {"url": url, "label": link.access.label, "role": link.access.role.value, "qr": Markup(svg)}  # noqa: S704
