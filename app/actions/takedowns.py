"""Somebody asks that something is taken away; the organiser acknowledges, does it or refuses with a reason."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from app.actions.change_log import publish
from app.actions.decisions import decide, last_in_force
from app.actions.events import Refused
from app.actions.undo import undo
from app.actions.verdicts import reject
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.subject import Subject
from app.domain.takedown import LONGEST_QUOTED, SETTLED, Takedown, TakedownRequest, TakedownState
from app.domain.verdict import Verdict
from app.queries.takedowns import open_takedowns, post_meant

ASKER = Actor(label="author")
WITHDRAWN = "somebody asked for it"
MOST_OPEN = 500
"""So many may wait; past that nobody can be answered in time, and a flood is no request."""


def ask_for_takedown(
    db: Session, event_id: int, request: TakedownRequest, *, key: str, within: timedelta, at: datetime
) -> Takedown:
    """Put a request into the register, once for a `key`. It is answered `within` that time. Raises BadTakedown."""
    request = request.checked()
    db.get_one(Event, event_id, with_for_update=True)
    there = db.exec(select(Takedown).where(Takedown.event_id == event_id, Takedown.key == key)).first()
    if there is not None:
        return there
    if open_takedowns(db, event_id) >= MOST_OPEN:
        raise Refused("There are too many requests just now. Please write to the contact in the house rules.")
    post = post_meant(db, event_id, request.link)
    asked = Takedown(
        event_id=event_id,
        key=key,
        post_id=post.id if post else None,
        link=request.link,
        words=request.words,
        why=request.why,
        contact=request.contact,
        at=at,
        due_at=at + within,
    )
    db.add(asked)
    db.flush()
    decide(db, event_id, Subject.TAKEDOWN, asked.id, "", TakedownState.NEW, by=ASKER, at=at)
    publish(db, event_id, Subject.TAKEDOWN, asked.id, at=at)
    return asked


def acknowledge_takedown(db: Session, takedown_id: int, *, by: Actor, at: datetime) -> Takedown:
    """Somebody has read it, and says so to whoever asked."""
    asked = _open(db, takedown_id)
    if asked.state is TakedownState.NEW:
        asked.acknowledged_at = at
        _settle(db, asked, TakedownState.ACKNOWLEDGED, by=by, at=at)
    return asked


def follow_takedown(db: Session, takedown_id: int, *, by: Actor, at: datetime) -> Takedown:
    """What was asked is done: the post that was meant leaves every screen. `reopen_takedown` brings it back."""
    asked = _open(db, takedown_id)
    post = db.get(Post, asked.post_id) if asked.post_id else None
    if post is not None and post.withdrawn_at is None and post.verdict is not Verdict.REJECTED:
        reject(db, post.id, by=by, at=at, reason=WITHDRAWN)
    asked.acknowledged_at = asked.acknowledged_at or at
    _settle(db, asked, TakedownState.DONE, by=by, at=at)
    return asked


def refuse_takedown(db: Session, takedown_id: int, why: str, *, by: Actor, at: datetime) -> Takedown:
    """It stays. Raises Refused without a reason: whoever asked is owed one."""
    if not why.strip() or len(why) > LONGEST_QUOTED:
        raise Refused("Say why, in at most %(most)d characters.", most=LONGEST_QUOTED)
    asked = _open(db, takedown_id)
    asked.answer, asked.acknowledged_at = why.strip(), asked.acknowledged_at or at
    _settle(db, asked, TakedownState.REFUSED, by=by, at=at)
    return asked


def reopen_takedown(db: Session, takedown_id: int, *, by: Actor, at: datetime) -> Takedown:
    """It was settled by mistake: it waits again, and the post that was withdrawn by it is where it was."""
    asked = db.get_one(Takedown, takedown_id, with_for_update=True)
    if asked.state in SETTLED:
        if asked.state is TakedownState.DONE and asked.post_id:
            decision = last_in_force(db, asked.event_id, Subject.POST, asked.post_id)
            if decision is not None and decision.reason == WITHDRAWN and decision.at == asked.settled_at:
                undo(db, decision, by=by, at=at)
        asked.settled_at, asked.answer = None, ""
        _settle(db, asked, TakedownState.ACKNOWLEDGED, by=by, at=at)
    return asked


def _open(db: Session, takedown_id: int) -> Takedown:
    asked = db.get_one(Takedown, takedown_id, with_for_update=True)
    if asked.state in SETTLED:
        raise Refused("Somebody has settled this meanwhile.")
    return asked


def _settle(db: Session, asked: Takedown, state: TakedownState, *, by: Actor, at: datetime) -> None:
    before, asked.state, asked.by = asked.state, state, by.label
    asked.settled_at = at if state in SETTLED else None
    decide(db, asked.event_id, Subject.TAKEDOWN, asked.id, before, state, by=by, at=at)
    publish(db, asked.event_id, Subject.TAKEDOWN, asked.id, at=at)
