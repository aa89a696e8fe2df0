"""Web addresses that are told what happens: added, removed, and how far each has been told."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col, func, or_, select, update

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.events import Refused
from app.domain.decision import ADDED, REMOVED, SETUP, Actor
from app.domain.event import Event
from app.domain.post import Post
from app.domain.publication import Publication
from app.domain.question import Question
from app.domain.sentence import within
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.domain.webhook import Webhook

MAX_WEBHOOKS = 5
LINES_A_BATCH = 50
"""Lines that are told in one request."""
MAX_LINES_UNDELIVERED = 1_000
"""A webhook further behind than this is told to look afresh."""
DELIVERY_LEASE = timedelta(seconds=30)
SLOWEST_RETRY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a webhook is told next; `after` is where it stood, `cursor` where this leads it."""

    webhook_id: int
    url: str
    secret: str
    after: int
    cursor: int
    body: dict[str, Any]


def add_webhook(db: Session, event_id: int, url: str, *, secret: str = "", by: Actor = SETUP, at: datetime) -> Webhook:
    """Tell an address from now on. Raises Refused for no web address, and past five of them.

    Whoever comes again with the same `secret` sent a form twice, and is given what it made: it is shown only then.
    """
    event = db.get_one(Event, event_id, with_for_update=True)  # so that of two who add at once one comes second
    if not url.startswith(("https://", "http://")) or len(url) > 2_000:
        raise Refused("“%(url)s” is not a web address.", url=url[:80])
    if there := db.exec(select(Webhook).where(Webhook.event_id == event_id, Webhook.url == url)).first():
        if secret and there.secret == secret:
            return there
        raise Refused("“%(url)s” is told already.", url=url[:80])
    if db.exec(select(func.count()).select_from(Webhook).where(Webhook.event_id == event_id)).one() >= MAX_WEBHOOKS:
        raise Refused("At most %(most)d addresses are told.", most=MAX_WEBHOOKS)
    secret = secret or secrets.token_urlsafe(32)
    webhook = Webhook(event_id=event_id, url=url, secret=secret, cursor=event.cursor, created_at=at)
    db.add(webhook)
    db.flush()
    decide(db, event_id, Subject.WEBHOOK, webhook.id, "", ADDED, by=by, at=at, detail=_host(url))
    publish(db, event_id, Subject.WEBHOOK, webhook.id, at=at)
    return webhook


def _host(url: str) -> str:
    """All that is said of an address: whoever knows the rest of it may write there."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def remove_webhook(db: Session, event_id: int, webhook_id: int, *, by: Actor = SETUP, at: datetime) -> None:
    webhook = db.get(Webhook, webhook_id)
    if webhook is None or webhook.event_id != event_id:
        raise Refused("That address is told nothing any more.")
    db.delete(webhook)
    decide(db, event_id, Subject.WEBHOOK, webhook_id, ADDED, REMOVED, by=by, at=at, detail=_host(webhook.url))
    publish(db, event_id, Subject.WEBHOOK, webhook_id, at=at)


def take_batch(db: Session, webhook_id: int, *, at: datetime) -> Delivery | None:
    """What a webhook is to be told now, taken for half a minute; None if another process has it, or nothing is new."""
    taken = db.exec(
        update(Webhook)
        .where(col(Webhook.id) == webhook_id, or_(col(Webhook.next_try_at).is_(None), col(Webhook.next_try_at) <= at))
        .values(next_try_at=at + DELIVERY_LEASE)
        .execution_options(synchronize_session=False)
    )
    webhook = db.get(Webhook, webhook_id, populate_existing=True)
    if taken.rowcount != 1 or webhook is None:
        return None
    event = db.get(Event, webhook.event_id)
    if event is None:
        return None
    if webhook.cursor < event.trimmed or event.cursor - webhook.cursor > MAX_LINES_UNDELIVERED:
        body: dict[str, Any] = {"event": event.slug, "cursor": event.cursor, "reset": True}
        return Delivery(webhook.id, webhook.url, webhook.secret, webhook.cursor, event.cursor, body)
    query = (
        select(Publication)
        .where(Publication.event_id == event.id, col(Publication.cursor) > webhook.cursor)
        .order_by(col(Publication.cursor))
        .limit(LINES_A_BATCH)
    )
    lines = list(db.exec(query))
    if not lines:
        webhook.next_try_at = None
        return None
    cursor = lines[-1].cursor
    items = [_item(db, event, line) for line in lines if line.subject not in _OURS]
    return Delivery(
        webhook.id,
        webhook.url,
        webhook.secret,
        webhook.cursor,
        cursor,
        {"event": event.slug, "cursor": cursor, "items": items},
    )


def batch_delivered(db: Session, webhook_id: int, cursor: int) -> None:
    """It answered: on to the next lines."""
    webhook = db.get(Webhook, webhook_id)
    if webhook is not None:
        webhook.cursor, webhook.failures, webhook.detail, webhook.next_try_at = max(webhook.cursor, cursor), 0, "", None


def batch_failed(db: Session, webhook_id: int, why: str, *, at: datetime) -> None:
    """It did not answer: again after a pause that doubles up to five minutes."""
    webhook = db.get(Webhook, webhook_id)
    if webhook is not None:
        webhook.failures += 1
        webhook.detail = within(why, 400)
        webhook.next_try_at = at + min(SLOWEST_RETRY, timedelta(seconds=2 ** min(webhook.failures, 9)))
        publish(db, webhook.event_id, Subject.WEBHOOK, webhook.id, at=at)


_OURS = {Subject.WEBHOOK, Subject.SEAT, Subject.ACCESS, Subject.SPEECH}
"""Subjects that are nobody else's business."""


def _item(db: Session, event: Event, line: Publication) -> dict[str, Any]:
    told: dict[str, Any] = {"cursor": line.cursor, "subject": line.subject, "id": line.subject_id}
    if line.subject == Subject.POST:
        told["state"] = _post(db.get(Post, line.subject_id))
    elif line.subject == Subject.QUESTION:
        question = db.get(Question, line.subject_id)
        told["state"] = {"state": question.state, "votes": question.votes} if question else None
    elif line.subject == Subject.EVENT:
        told["state"] = {"screen": event.wall_state, "intake": event.intake, "alarm": event.alarm}
    elif line.subject == Subject.SCENE:
        told["state"] = {"scene": event.showing}
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
        "shown": post.wall_cursor if shown else None,
        "url": post.url if shown else "",
        "text": post.text if shown else "",
    }
