"""The log: who did what, when and why; undoing any of it; the trail and incidents as files."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import PlainTextResponse, Response
from sqlmodel import Session

from app.actions.incidents import take_incident
from app.actions.undo import undo
from app.domain.decision import Actor, Decision
from app.domain.event import Event, Role
from app.queries.decisions import MOST, PAGE, SUBJECTS, Sought, decision_by_id, entries
from app.queries.incidents import incident
from app.trail import incident_pack, trail_csv, trail_json
from app.views.shell import InShell, Shell, answer

router = APIRouter()

Words = Annotated[str, Query(max_length=200)]


@router.get("/e/{slug}/log")
async def log_page(
    slug: str,
    request: Request,
    shell: InShell,
    by: Words = "",
    what: Words = "",
    about: Words = "",
    reason: Words = "",
    day: Words = "",
    machine: bool = False,
    before: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """A page of the audit trail, newest first."""
    event = await shell.event(slug)
    await shell.actor(request, event.id, Role.MODERATOR)
    sought = _sought(event, by=by, what=what, about=about, reason=reason, day=day, machine=machine)
    found = await shell.backchannel.ask(entries, event.id, sought, before=before)
    return shell.page(
        "log.html",
        {
            "event": event,
            "view": "log",
            "cursor": event.cursor,
            "entries": found,
            "more": found[-1].decision.id if len(found) == PAGE else 0,
            "subjects": SUBJECTS,
            "asked": {"by": by, "what": what, "about": about, "reason": reason, "day": day, "machine": machine},
            "query": request.query_params,
        },
    )


@router.get("/e/{slug}/log.{kind}")
async def log_file(
    slug: str,
    kind: str,
    request: Request,
    shell: InShell,
    by: Words = "",
    what: Words = "",
    about: Words = "",
    reason: Words = "",
    day: Words = "",
    machine: bool = True,
) -> Response:
    """The trail as a file, with the same filters. No words of posts are in it."""
    event = await shell.event(slug)
    await shell.actor(request, event.id, Role.MODERATOR)
    if kind not in {"csv", "json"}:
        raise HTTPException(404)
    sought = _sought(event, by=by, what=what, about=about, reason=reason, day=day, machine=machine)
    found = await shell.backchannel.ask(entries, event.id, sought, limit=MOST)
    name = {"Content-Disposition": f'attachment; filename="{event.slug}-log.{kind}"'}
    if kind == "csv":
        return PlainTextResponse(trail_csv(found), headers=name, media_type="text/csv; charset=utf-8")
    return Response(trail_json(found), headers=name, media_type="application/json")


@router.post("/decisions/{decision_id}/undoing")
async def undo_one(decision_id: int, request: Request, shell: InShell) -> Response:
    """Undo any decision, whoever took it, if what it led to still stands."""
    decision = await shell.backchannel.ask(decision_by_id, decision_id)
    if decision is None:
        raise HTTPException(404, "There is no such entry.")
    by = await shell.actor(request, decision.event_id, Role.MODERATOR)
    undone = await shell.backchannel.do(undo_decision, decision_id, by=by, at=shell.now())
    said = "Undone." if undone else "It was decided otherwise since; nothing was changed."
    return answer(request, shell, said, status=200 if undone else 409, undone=undone)


@router.post("/e/{slug}/incidents")
async def take(
    slug: str,
    request: Request,
    shell: InShell,
    posts: Annotated[str, Form(max_length=2_000)] = "",
    author: Annotated[int, Form()] = 0,
) -> Response:
    """Everything about some posts as one file, for a safeguarding case. It is written down who took it."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    try:
        ids = [int(number) for number in posts.replace(",", " ").replace("#", " ").split()]
    except ValueError:
        ids = []
    pack = await packed(shell, event, ids, author, by)
    if pack is None:
        said = "Name the numbers of posts, such as 7 12; none of these is a post here."
        return answer(request, shell, said, status=422, back=f"/e/{slug}/log")
    name = {"Content-Disposition": f'attachment; filename="{event.slug}-incident.zip"'}
    return Response(pack, headers=name, media_type="application/zip")


async def packed(shell: Shell, event: Event, ids: list[int], author: int, by: Actor) -> bytes | None:
    """The file; None if there are no such posts."""
    at = shell.now()
    found = await shell.backchannel.ask(incident, event.id, ids, author, taken_by=by.label, at=at)
    if not found.posts:
        return None
    await shell.backchannel.do(take_incident, event.id, [post.id for post, _ in found.posts], by=by, at=at)
    # Read again, so that the file says of itself who took it.
    found = await shell.backchannel.ask(incident, event.id, ids, author, taken_by=by.label, at=at)
    return incident_pack(found)


def undo_decision(db: Session, decision_id: int, *, by: Actor, at: datetime) -> bool:
    return undo(db, db.get_one(Decision, decision_id), by=by, at=at)


def _sought(event: Event, *, by: str, what: str, about: str, reason: str, day: str, machine: bool) -> Sought:
    """What the form asks for; what cannot be read is left out."""
    since = until = None
    try:
        if day:
            since = datetime.combine(date.fromisoformat(day), time(), ZoneInfo(event.zone))
            until = since + timedelta(days=1)
    except ValueError:
        pass
    number = about.strip().lstrip("#")
    return Sought(
        by=by.strip(),
        subject=what if what in SUBJECTS else "",
        subject_id=int(number) if number.isdecimal() and len(number) < 10 else None,
        reason=reason.strip(),
        since=since,
        until=until,
        machine=machine,
    )
