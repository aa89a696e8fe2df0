"""The desk: the moderators' inbox."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.actions.posts import ask_aloud
from app.actions.red_buttons import set_screen
from app.actions.undo import undo_last, undo_on
from app.domain.decision import Decision
from app.domain.event import Role, Screen
from app.domain.incoming import Byline, Incoming
from app.domain.question import QuestionState
from app.domain.verdict import Verdict
from app.queries.events import programme, sources
from app.queries.posts import approved_with_question, author_concerned, counts
from app.views.listings import Addresses, desk_list, frame, on_stage, ranked_questions, single
from app.views.opening import open_screen
from app.views.screen import View
from app.views.shell import InShell, answer

router = APIRouter()
LISTS = tuple(verdict.value for verdict in Verdict)


def desk(addresses: Addresses) -> View:
    return View(
        name="desk",
        template="desk.html",
        role=Role.MODERATOR,
        parts=(
            frame(addresses, "parts/desk_frame.html"),
            single("counts", "parts/desk_counts.html", {"post"}, lambda db, event: counts(db, event.id)),
            single("sources", "parts/desk_sources.html", {"source"}, lambda db, event: sources(db, event.id)),
            on_stage("parts/desk_onstage.html"),
            ranked_questions("questions", (QuestionState.OPEN,), part="parts/desk_question.html"),
            *(desk_list(verdict) for verdict in Verdict),
        ),
        more=lambda db, event: {"programme": programme(db, event.id)},
    )


@router.get("/e/{slug}/desk")
async def desk_page(slug: str, request: Request, shell: InShell, list: str = "held") -> Response:  # noqa: A002
    chosen = list if list in LISTS else Verdict.HELD.value
    return await open_screen(request, shell, "desk", slug, chosen=chosen)


@router.post("/e/{slug}/microphone")
async def from_the_microphone(
    slug: str,
    request: Request,
    shell: InShell,
    text: Annotated[str, Form(max_length=2_000)] = "",
    name: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """A question asked aloud joins the list like all others; the moderator who types it has approved it."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    if not text.strip():
        return answer(request, shell, "Type the question first.", status=422, back=f"/e/{slug}/desk")
    spoken = Incoming(
        source="floor",
        ref=f"microphone:{secrets.token_hex(8)}",
        byline=Byline(handle="microphone", name=name.strip() or "From the room"),
        text=text.strip(),
        posted_at=shell.now(),
    )
    question = await shell.backchannel.do(ask_aloud, event.id, spoken, by=by, at=shell.now())
    return answer(request, shell, "Added to the questions.", back=f"/e/{slug}/desk", question_id=question.id)


@router.post("/e/{slug}/undo")
async def undo(slug: str, request: Request, shell: InShell) -> Response:
    """Take back the last thing that this moderator did, whatever it was."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    undone = await shell.backchannel.do(undo_last, event.id, by=by, at=shell.now())
    if undone is None:
        return answer(request, shell, "There is nothing of yours to undo.", back=f"/e/{slug}/desk")
    post_id = await shell.backchannel.ask(approved_with_question, undone)
    if post_id is not None:
        approved = Verdict.APPROVED.value
        undone = (
            await shell.backchannel.do(undo_on, event.id, "post", post_id, approved, by=by, at=shell.now()) or undone
        )
    whose = await shell.backchannel.ask(author_concerned, undone.subject, undone.subject_id)
    said = _undone(undone, whose.name if whose else "")
    return answer(request, shell, said, back=f"/e/{slug}/desk", subject=undone.subject, subject_id=undone.subject_id)


def _undone(decision: Decision, name: str) -> str:
    """What an undo has done, as a moderator would say it."""
    now = _STANDS_AGAIN.get((decision.subject, decision.before or Verdict.HELD.value))
    if now is None:
        return "Undone."
    return f"Undone: {now.format(name=name)}"


_STANDS_AGAIN = {
    ("post", "held"): "the post by {name} waits again.",
    ("post", "approved"): "the post by {name} is shown again.",
    ("post", "stashed"): "the post by {name} is kept for later again.",
    ("post", "rejected"): "the post by {name} is rejected again.",
    ("author", "open"): "{name} is neither blocked nor trusted now.",
    ("author", "trusted"): "{name} is trusted again.",
    ("author", "blocked"): "{name} is blocked again.",
    ("question", "taken_back"): "what {name} wrote is no question any more.",
    ("question", "open"): "the question of {name} is open again.",
    ("question", "on_stage"): "the question of {name} is on stage again.",
    ("question", "answered"): "the question of {name} is answered.",
    ("question", "dismissed"): "the question of {name} is dismissed.",
    ("event", "live"): "the wall is live again.",
    ("event", "paused"): "the wall stands still again.",
    ("event", "blank"): "the wall is blank again.",
}


@router.get("/e/{slug}/presence")
async def presence(slug: str, request: Request, shell: InShell) -> Response:
    """Who listens now, in all processes. Asked for every few seconds: it is in no log."""
    event = await shell.event(slug)
    await shell.actor(request, event.id, Role.MODERATOR)
    present = await shell.bus.present()
    found = {view: present.get(f"{event.id}/{view}", 0) for view in ("floor", "wall", "stage", "desk")}
    return shell.page("parts/presence.html", {"present": found})


@router.post("/e/{slug}/screen/{state}")
async def change_screen(slug: str, state: Screen, request: Request, shell: InShell) -> Response:
    """Pause, blank or show the walls."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(set_screen, event.id, state, by=by, at=shell.now())
    said = {
        Screen.LIVE: "The wall is live.",
        Screen.PAUSED: "The wall stands still.",
        Screen.BLANK: "The wall is blank.",
    }[state]
    return answer(request, shell, said, back=f"/e/{slug}/desk", screen=state.value)


@router.delete("/e/{slug}/screen/{state}")
async def undo_screen(slug: str, state: Screen, request: Request, shell: InShell) -> Response:
    """Back to what the walls showed before."""
    event = await shell.event(slug)
    by = await shell.actor(request, event.id, Role.MODERATOR)
    await shell.backchannel.do(undo_on, event.id, "event", event.id, state.value, by=by, at=shell.now())
    return answer(request, shell, "The wall shows what it showed before.", back=f"/e/{slug}/desk")
