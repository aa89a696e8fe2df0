"""Setup: the organiser before and after."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import segno
from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from app.actions.access import Link, give_link, revoke_link
from app.actions.events import Refused, change_event
from app.actions.setup import add_programme, read_programme, remove_talk
from app.actions.sources import change_source, try_again
from app.domain.event import Event, Role
from app.domain.policy import Policy
from app.queries.events import links, open_access, programme, sources
from app.views.access import link_url
from app.views.context import InShell, Shell
from app.views.listings import Addresses, frame, single
from app.views.opening import open_screen
from app.views.view import View

router = APIRouter()

ACCENTS = ("teal", "ocean", "plum", "coral", "moss", "amber")
Text = Annotated[str, Form(max_length=20_000)]
Checked = Annotated[bool, Form()]


def setup(addresses: Addresses) -> View:
    return View(
        name="setup",
        template="setup.html",
        role=Role.OWNER,
        parts=(
            frame(addresses, "parts/setup_frame.html"),
            single("sources", "parts/setup_sources.html", {"source"}, lambda db, event: sources(db, event.id)),
            single("programme", "parts/setup_programme.html", {"talk"}, lambda db, event: programme(db, event.id)),
            single("links", "parts/setup_links.html", {"access"}, lambda db, event: links(db, event.id)),
        ),
        more=lambda _db, event: {"policy": Policy.from_json(event.policy), "accents": ACCENTS},
    )


@router.get("/e/{slug}/setup")
async def setup_page(slug: str, request: Request, shell: InShell) -> Response:
    return await _page(request, shell, slug)


@router.post("/e/{slug}/setup/event")
async def describe(
    slug: str,
    request: Request,
    shell: InShell,
    name: Text = "",
    hashtags: Text = "",
    zone: Text = "",
    accent: Text = "",
    welcome: Text = "",
) -> Response:
    event = await _own(request, shell, slug)
    return await _change(
        request,
        shell,
        event,
        "event",
        change_event,
        name=name,
        hashtags=hashtags.replace(",", " ").split(),
        zone=zone.strip(),
        accent=accent if accent in ACCENTS else event.accent,
        welcome=welcome,
    )


@router.post("/e/{slug}/setup/talks")
async def add_talks(slug: str, request: Request, shell: InShell, day: Text = "", talks: Text = "") -> Response:
    """Add a programme, one talk a line; all of it or nothing, and what was typed is never lost."""
    event = await _own(request, shell, slug)
    try:
        on = date.fromisoformat(day) if day else shell.now().astimezone(ZoneInfo(event.zone)).date()
        lines = read_programme(talks, day=on, zone=event.zone)
    except (Refused, ValueError) as error:
        said = str(error) if isinstance(error, Refused) else "That is not a date."
        return await _page(request, shell, slug, status=422, wrong={"talks": said}, typed={"day": day, "talks": talks})
    return await _change(request, shell, event, "talks", add_programme, lines)


@router.delete("/e/{slug}/setup/talks/{talk_id}")
async def drop_talk(slug: str, talk_id: int, request: Request, shell: InShell) -> Response:
    event = await _own(request, shell, slug)
    return await _change(request, shell, event, "talks", remove_talk, talk_id)


@router.post("/e/{slug}/setup/sources/{kind}")
async def set_source(
    slug: str,
    kind: str,
    request: Request,
    shell: InShell,
    enabled: Checked = False,
    poll: Checked = False,
    reposts: Checked = False,
) -> Response:
    event = await _own(request, shell, slug)
    if kind != "x":
        raise HTTPException(404, "There is no such source.")
    options: dict[str, object] = {"include_reposts": reposts, **({"mode": "poll"} if poll else {})}
    return await _change(request, shell, event, "sources", change_source, kind, enabled=enabled, options=options)


@router.post("/e/{slug}/setup/sources/{kind}/again")
async def again(slug: str, kind: str, request: Request, shell: InShell) -> Response:
    """Let a source that stopped have another go."""
    event = await _own(request, shell, slug)
    for source in await shell.backchannel.ask(sources, event.id):
        if source.kind == kind:
            await shell.backchannel.do(try_again, source.id, at=shell.now())
    return RedirectResponse(f"/e/{slug}/setup#sources", 303)


@router.post("/e/{slug}/setup/links")
async def make_link(
    slug: str, request: Request, shell: InShell, role: Annotated[Role, Form()], label: Text = ""
) -> Response:
    """Make a link, and show it: this is the only time that it can be seen."""
    event = await _own(request, shell, slug)
    link = await shell.backchannel.do(give_link, event.id, role, at=shell.now(), label=label)
    return await _page(request, shell, slug, fresh=_shown(shell, request, event, link))


@router.delete("/e/{slug}/setup/links/{access_id}")
async def close_link(slug: str, access_id: int, request: Request, shell: InShell) -> Response:
    """Revoke a link at once, its open screens included."""
    event = await _own(request, shell, slug)
    if await shell.backchannel.ask(open_access, access_id, event.id) is None:
        raise HTTPException(404, "That link does not hold any more.")
    await shell.backchannel.do(revoke_link, access_id, at=shell.now())
    return RedirectResponse(f"/e/{slug}/setup#links", 303)


async def _own(request: Request, shell: Shell, slug: str) -> Event:
    event = await shell.event(slug)
    await shell.actor(request, event.id, Role.OWNER)
    return event


async def _change(
    request: Request, shell: Shell, event: Event, section: str, verb: Callable[..., Any], *args: Any, **kwargs: Any
) -> Response:
    """Run a verb; what it refuses is said beside the form, with everything that was typed."""
    try:
        await shell.backchannel.do(verb, event.id, *args, **kwargs, at=shell.now())
    except Refused as error:
        typed = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await _page(request, shell, event.slug, status=422, wrong={section: str(error)}, typed=typed)
    return RedirectResponse(f"/e/{event.slug}/setup?saved={section}#{section}", 303)


async def _page(
    request: Request,
    shell: Shell,
    slug: str,
    *,
    status: int = 200,
    wrong: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    fresh: dict[str, object] | None = None,
) -> Response:
    response = await open_screen(
        request,
        shell,
        "setup",
        slug,
        wrong=wrong or {},
        typed=typed or {},
        fresh=fresh,
        saved=request.query_params.get("saved", ""),
        has_token=bool(shell.settings.x_bearer_token.get_secret_value()),
        today=shell.now().date().isoformat(),
    )
    if response.status_code == 200:
        response.status_code = status
    return response


def _shown(shell: Shell, request: Request, event: Event, link: Link) -> dict[str, object]:
    url = link_url(shell.base_url(request), event.slug, link)
    svg = segno.make(url, micro=False).svg_inline(omitsize=True, svgclass="qr", lineclass=None, border=1)
    return {"url": url, "label": link.access.label, "role": link.access.role.value, "qr": Markup(svg)}  # noqa: S704
