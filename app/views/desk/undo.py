"""Undo: what one did last, or what anybody did last; said as a moderator would say it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.actions.undo import undo_last
from app.domain.decision import Decision
from app.domain.event import Role
from app.domain.verdict import Verdict
from app.queries.posts import approved_with, author_concerned
from app.views.context import InContext, answer

router = APIRouter()


@router.post("/e/{slug}/undo")
async def undo(slug: str, request: Request, context: InContext, whose: str = "mine") -> Response:
    """Take back the last thing that this moderator did, or with `whose=anyone` the last that anybody did."""
    event = await context.event(slug)
    by = await context.actor(request, event.id, Role.MODERATOR)
    anyone = whose == "anyone"
    undone = await context.backchannel.do(undo_last, event.id, by=by, at=context.now(), whosoever=anyone)
    if undone is None:
        said = "There is nothing to undo." if anyone else "There is nothing of yours to undo."
        return answer(request, context, said, back=f"/e/{slug}/desk")
    did = undone.by if undone.by != by.label else ""
    # That the post waits again says more than that it is no question.
    undone = await context.backchannel.ask(approved_with, undone) or undone
    whose_post = await context.backchannel.ask(author_concerned, undone.subject, undone.subject_id)
    said = _undone(undone, whose_post.name if whose_post else "")
    if did:
        said = f"{said} {did} had done it."
    return answer(request, context, said, back=f"/e/{slug}/desk", subject=undone.subject, subject_id=undone.subject_id)


def _undone(decision: Decision, name: str) -> str:
    """What an undo has done, as a moderator would say it."""
    if decision.subject in _ALWAYS:
        return f"Undone: {_ALWAYS[decision.subject].format(name=name)}"
    now = _STANDS_AGAIN.get((decision.subject, decision.before or Verdict.HELD.value))
    if now is None:
        return "Undone."
    return f"Undone: {now.format(name=name)}"


_ALWAYS = {
    "clearing": "what was on the wall is back.",
    "policy": "the rules are as they were before.",
    "agreement": "the post by {name} needs two people again.",
    "delay": "the post by {name} may show itself again.",
}
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
    ("intake", "open"): "the rules decide again what gets in.",
    ("intake", "hold_all"): "everything waits again.",
    ("intake", "only_trusted"): "only trusted authors get in again.",
}
