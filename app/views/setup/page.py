"""Setup: the organiser before and after."""

import secrets
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused, change_event
from app.domain.access import Access, Role
from app.domain.event import Event
from app.domain.mailed_link import MAILED_ROLES
from app.domain.network import Networks
from app.domain.policy import Policy
from app.domain.subject import Subject
from app.queries.links import links
from app.queries.mailed_links import mailed_links
from app.queries.programme import all_talks
from app.queries.scenes import sponsors
from app.store.sealing import Seal
from app.views import words
from app.views.context import Context, InContext
from app.views.home import words as home_words
from app.views.languages import is_spoken, to_choose_from
from app.views.line_breaks import Typed
from app.views.listings import Addresses, frame, single
from app.views.opening import open_view
from app.views.setup.forms import own_event, typed_in
from app.views.setup.sources import network_cards
from app.views.view import View

router = APIRouter()

SOURCES = {Subject.SOURCE, Subject.EVENT}
Text = Annotated[Typed, Form(max_length=20_000)]


def setup(addresses: Addresses, networks: Networks, seal: Seal) -> View:
    return View(
        name="setup",
        template="setup.html",
        role=Role.OWNER,
        parts=(
            frame(addresses, "parts/setup_frame.html"),
            single("state", "parts/setup_state.html", {Subject.EVENT}, lambda _db, event: event.state),
            single(
                "sources", "parts/setup_sources.html", {Subject.SOURCE, Subject.EVENT}, network_cards(networks, seal)
            ),
            single(
                "programme", "parts/setup_programme.html", {Subject.TALK}, lambda db, event: all_talks(db, event.id)
            ),
            single("sponsors", "parts/setup_sponsors.html", {Subject.SPONSOR}, sponsors),
            single("mailed", "parts/setup_mailed.html", {Subject.ACCESS}, lambda db, event: mailed_links(db, event.id)),
            single("links", "parts/setup_links.html", {Subject.ACCESS}, lambda db, event: links(db, event.id)),
        ),
        more=lambda _db, event: {
            "policy": Policy.from_json(event.policy),
            "kinds": home_words.KINDS,
            "mailed_roles": {role.value: words.ROLES[role] for role in MAILED_ROLES},
            "speakable": to_choose_from(event.language),
        },
    )


@router.get("/e/{slug}/setup")
async def setup_page(slug: str, request: Request, context: InContext) -> Response:
    return await page_again(request, context, slug)


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
    event, by = await own_event(slug, request, context)
    return await changed(
        request,
        context,
        event,
        "event",
        change_event,
        by=by,
        name=name,
        hashtags=hashtags.replace(",", " ").split(),
        zone=zone.strip(),
        accent=accent if accent in words.ACCENTS else event.accent,
        welcome=welcome,
        language=language if is_spoken(language) else event.language,
    )


async def changed(
    request: Request, context: Context, event: Event, section: str, verb: Callable[..., Any], *args: Any, **kwargs: Any
) -> Response:
    """Run a verb; what it refuses is said beside the form, with everything that was typed."""
    try:
        await context.backchannel.do(verb, event.id, *args, **kwargs, at=context.now())
    except Refused as error:
        typed = await typed_in(request)
        return await page_again(request, context, event.slug, status=422, wrong={section: str(error)}, typed=typed)
    return RedirectResponse(f"/e/{event.slug}/setup?saved={section}#{section}", 303)


async def page_again(
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
        can_mail=context.settings.smtp_url.get_secret_value() != "",
        saved=request.query_params.get("saved", ""),
        today=context.now().date().isoformat(),
    )
    if response.status_code == 200:
        response.status_code = status
    return response
