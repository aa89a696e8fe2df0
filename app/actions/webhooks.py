"""Web addresses that are told what happens: added, removed, and how far each has been told."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, or_, select, update

from app.actions import publish
from app.actions.events import Refused
from app.domain.event import Event, Hook
from app.domain.post import Post
from app.domain.publication import Publication
from app.domain.question import Question
from app.domain.verdict import Verdict

MOST = 5
AT_ONCE = 50
"""Lines that are told in one request."""
FAR = 1_000
"""A hook further behind than this is told to look afresh."""
LEASE = timedelta(seconds=30)
SLOWEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a hook is told next; `after` is where it stood, `cursor` where this leads it."""

    hook_id: int
    url: str
    secret: str
    after: int
    cursor: int
    body: dict[str, Any]


def add_hook(db: Session, event_id: int, url: str, *, at: datetime) -> Hook:
    """Tell an address from now on. Raises Refused for no web address, and past five of them."""
    if not url.startswith(("https://", "http://")) or len(url) > 2_000:
        raise Refused(f"“{url[:80]}” is not a web address.")
    if db.exec(select(func.count()).select_from(Hook).where(Hook.event_id == event_id)).one() >= MOST:
        raise Refused(f"At most {MOST} addresses are told.")
    cursor = db.get_one(Event, event_id).cursor
    hook = Hook(event_id=event_id, url=url, secret=secrets.token_urlsafe(32), cursor=cursor, created_at=at)
    db.add(hook)
    db.flush()
    publish(db, event_id, "hook", hook.id, at=at)
    return hook


def remove_hook(db: Session, event_id: int, hook_id: int, *, at: datetime) -> None:
    hook = db.get(Hook, hook_id)
    if hook is None or hook.event_id != event_id:
        raise Refused("That address is told nothing any more.")
    db.delete(hook)
    publish(db, event_id, "hook", hook_id, at=at)


def take_batch(db: Session, hook_id: int, *, at: datetime) -> Batch | None:
    """What a hook is to be told now, taken for half a minute; None if another process has it, or nothing is new."""
    taken = db.exec(
        update(Hook)
        .where(col(Hook.id) == hook_id, or_(col(Hook.next_try_at).is_(None), col(Hook.next_try_at) <= at))
        .values(next_try_at=at + LEASE)
        .execution_options(synchronize_session=False)
    )
    hook = db.get(Hook, hook_id, populate_existing=True)
    if taken.rowcount != 1 or hook is None:
        return None
    event = db.get_one(Event, hook.event_id)
    if hook.cursor < event.trimmed or event.cursor - hook.cursor > FAR:
        body: dict[str, Any] = {"event": event.slug, "cursor": event.cursor, "reset": True}
        return Batch(hook.id, hook.url, hook.secret, hook.cursor, event.cursor, body)
    query = (
        select(Publication)
        .where(Publication.event_id == event.id, col(Publication.cursor) > hook.cursor)
        .order_by(col(Publication.cursor))
        .limit(AT_ONCE)
    )
    lines = list(db.exec(query))
    if not lines:
        hook.next_try_at = None
        return None
    cursor = lines[-1].cursor
    items = [_item(db, event, line) for line in lines if line.subject not in _OURS]
    return Batch(
        hook.id, hook.url, hook.secret, hook.cursor, cursor, {"event": event.slug, "cursor": cursor, "items": items}
    )


def batch_delivered(db: Session, hook_id: int, cursor: int) -> None:
    """It answered: on to the next lines."""
    hook = db.get(Hook, hook_id)
    if hook is not None:
        hook.cursor, hook.failures, hook.detail, hook.next_try_at = max(hook.cursor, cursor), 0, "", None


def batch_failed(db: Session, hook_id: int, why: str, *, at: datetime) -> None:
    """It did not answer: again after a pause that doubles up to five minutes."""
    hook = db.get(Hook, hook_id)
    if hook is not None:
        hook.failures += 1
        hook.detail = why[:400]
        hook.next_try_at = at + min(SLOWEST, timedelta(seconds=2 ** min(hook.failures, 9)))
        publish(db, hook.event_id, "hook", hook.id, at=at)


_OURS = {"hook", "seat", "access"}
"""Subjects that are nobody else's business."""


def _item(db: Session, event: Event, line: Publication) -> dict[str, Any]:
    told: dict[str, Any] = {"cursor": line.cursor, "subject": line.subject, "id": line.subject_id}
    if line.subject == "post":
        told["state"] = _post(db.get(Post, line.subject_id))
    elif line.subject == "question":
        question = db.get(Question, line.subject_id)
        told["state"] = {"state": question.state, "votes": question.votes} if question else None
    elif line.subject == "event":
        told["state"] = {"screen": event.screen, "intake": event.intake, "alarm": event.alarm}
    return told


def _post(post: Post | None) -> dict[str, Any] | None:
    """A post as it is now. Its words go out only when everybody may read them."""
    if post is None:
        return None
    shown = post.verdict is Verdict.APPROVED
    return {
        "verdict": post.verdict,
        "decided_by": post.decided_by,
        "declined_as": post.declined_as,
        "doubts": [doubt for doubt in post.doubts.split(",") if doubt],
        "source": post.source,
        "shown": post.shown if shown else None,
        "url": post.url if shown else "",
        "text": post.text if shown else "",
    }
