"""Posts come in, change and go."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from time import perf_counter
from typing import Any

from sqlmodel import Session, func, select

from app.actions import publish
from app.actions.authors import known_author
from app.actions.decisions import decide
from app.actions.moderation import approve
from app.actions.pictures import picture_key
from app.actions.questions import make_question, show_or_hide_question
from app.actions.screening import screening_context
from app.domain.decision import SCREENING, Actor
from app.domain.event import Event, Talk
from app.domain.incoming import Incoming, IncomingRepost, Quoted, Withdrawal
from app.domain.policy import Policy
from app.domain.post import Author, Post, Repost
from app.domain.question import Question
from app.domain.screening import screen
from app.domain.screening.repeats import fingerprint
from app.domain.verdict import Ruling, Verdict

MACHINE = Actor(label=SCREENING)


class Outcome(StrEnum):
    NEW = "new"
    EDITED = "edited"
    KNOWN = "known"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Received:
    post_id: int
    outcome: Outcome


def receive(db: Session, event_id: int, incoming: Incoming, *, at: datetime) -> Received:
    """Take a post in: store it with its ruling. One already known is ignored, a newer version replaces the text.

    An edit is screened like a new post; whatever the old text was worth, the new one waits for a person again.
    """
    post = _find(db, event_id, incoming.source, incoming.ref)
    if post is None:
        return Received(_store(db, event_id, incoming, at=at).id, Outcome.NEW)
    if post.withdrawn_at is not None:
        return Received(post.id, Outcome.GONE)
    if incoming.version <= post.version:
        return Received(post.id, Outcome.KNOWN)
    _edit(db, post, incoming, at=at)
    return Received(post.id, Outcome.EDITED)


def ask_aloud(db: Session, event_id: int, spoken: Incoming, *, by: Actor, at: datetime) -> Question:
    """A question from the microphone: stored like any post, and let through by whoever typed it."""
    received = receive(db, event_id, spoken, at=at)
    approve(db, received.post_id, by=by, at=at)
    return make_question(db, received.post_id, by=by, at=at)


def fold_repost(db: Session, event_id: int, repost: IncomingRepost, *, at: datetime) -> None:
    """Count a repost at its original, once. It waits for an original that has not arrived yet."""
    seen = select(Repost.id).where(
        Repost.event_id == event_id, Repost.source == repost.source, Repost.ref == repost.ref
    )
    if db.exec(seen).first() is not None:
        return
    db.add(Repost(event_id=event_id, source=repost.source, ref=repost.ref, of_ref=repost.of_ref))
    original = _find(db, event_id, repost.source, repost.of_ref)
    if original is not None and original.withdrawn_at is None:
        original.reposts += 1
        publish(db, event_id, "post", original.id, at=at)


def withdraw(db: Session, event_id: int, withdrawal: Withdrawal, *, at: datetime) -> None:
    """Its author or its network took a post away: it leaves every screen, and its text leaves the archive."""
    post = _find(db, event_id, withdrawal.source, withdrawal.ref)
    if post is not None and post.withdrawn_at is None:
        erase(db, post, reason=withdrawal.reason, by=Actor(label=withdrawal.source), at=at)


def retract(db: Session, event_id: int, post_id: int, device: str, *, at: datetime) -> bool:
    """A phone takes its own post back. False if it is not its own, or gone already."""
    post = db.get(Post, post_id)
    own = post is not None and post.event_id == event_id and post.device == device != ""
    if post is None or not own or post.withdrawn_at is not None:
        return False
    erase(db, post, reason="withdrawn by its author", by=Actor(label="author"), at=at)
    return True


def erase(db: Session, post: Post, *, reason: str, by: Actor, at: datetime) -> None:
    """Empty a post for good. What is left says only that there was one, and which decisions were taken."""
    decide(db, post.event_id, "post", post.id, post.verdict, Verdict.REJECTED, by=by, reason=reason, at=at)
    post.verdict, post.decided_at, post.decided_by = Verdict.REJECTED, at, by.label
    post.text, post.segments, post.photos, post.quote, post.fingerprint = "", [], [], None, ""
    post.signals, post.reply_to, post.url = [], "", ""
    post.withdrawn_at = at
    show_or_hide_question(db, post, at=at)
    publish(db, post.event_id, "post", post.id, at=at)


def _find(db: Session, event_id: int, source: str, ref: str) -> Post | None:
    return db.exec(select(Post).where(Post.event_id == event_id, Post.source == source, Post.ref == ref)).first()


def _store(db: Session, event_id: int, incoming: Incoming, *, at: datetime) -> Post:
    event = db.get_one(Event, event_id)
    author = known_author(db, event_id, incoming.source, incoming.byline, at=at)
    ruling = _ruling(db, event, author, incoming, post_id=None)
    post = Post(
        event_id=event_id,
        author_id=author.id,
        source=incoming.source,
        ref=incoming.ref,
        device=incoming.device,
        talk_id=_own_talk(db, event_id, incoming.asks_talk_id),
        posted_at=incoming.posted_at,
        received_at=at,
        reposts=_reposts_before(db, event_id, incoming),
        text="",
    )
    _write_text(db, post, incoming)
    db.add(post)
    db.flush()
    _rule(db, post, ruling, before="", at=at)
    return post


def _edit(db: Session, post: Post, incoming: Incoming, *, at: datetime) -> None:
    event = db.get_one(Event, post.event_id)
    author = known_author(db, post.event_id, incoming.source, incoming.byline, at=at)
    ruling = _ruling(db, event, author, incoming, post_id=post.id)
    before = post.verdict
    _write_text(db, post, incoming)
    post.edited_at = incoming.edited_at or at
    rejected = before is Verdict.REJECTED
    if rejected or ruling.verdict is Verdict.REJECTED:
        ruling = Ruling(Verdict.REJECTED, ruling.signals)
    elif ruling.verdict is not Verdict.APPROVED:
        ruling = Ruling(Verdict.HELD, ruling.signals)
    _rule(db, post, ruling, before=before, at=at, reason="edited by its author")


def _rule(db: Session, post: Post, ruling: Ruling, *, before: str, at: datetime, reason: str = "") -> None:
    post.verdict = ruling.verdict
    post.signals = [asdict(signal) for signal in ruling.signals]
    why = reason or (ruling.signals[0].code if ruling.signals else "policy")
    decide(db, post.event_id, "post", post.id, before, ruling.verdict, by=MACHINE, reason=why, at=at)
    if ruling.verdict is not Verdict.HELD:
        post.decided_at, post.decided_by = at, MACHINE.label
    show_or_hide_question(db, post, at=at)
    cursor = publish(db, post.event_id, "post", post.id, at=at)
    if ruling.verdict is Verdict.APPROVED:
        post.shown = cursor


def _ruling(db: Session, event: Event, author: Author, incoming: Incoming, *, post_id: int | None) -> Ruling:
    context = screening_context(db, event, author, incoming, post_id=post_id)
    return screen(incoming, Policy.from_json(event.policy), context, clock=perf_counter)


def _write_text(db: Session, post: Post, incoming: Incoming) -> None:
    post.version, post.version_ref = incoming.version, incoming.version_ref or incoming.ref
    post.text, post.fingerprint = incoming.text, fingerprint(incoming.text)
    post.segments = [asdict(segment) for segment in incoming.segments] or _plain(incoming.text)
    post.photos = [
        {
            "picture": picture_key(db, photo.url),
            "alt": photo.alt,
            "width": photo.width,
            "height": photo.height,
            "kind": photo.kind,
        }
        for photo in incoming.photos
    ]
    post.quote = _quote(db, incoming.quote)
    post.reply_to = incoming.reply_to.handle if incoming.reply_to else ""
    post.url, post.lang, post.sensitive = incoming.url, incoming.lang, incoming.sensitive


def _plain(text: str) -> list[dict[str, str]]:
    return [{"kind": "text", "text": text, "href": ""}]


def _quote(db: Session, quote: Quoted | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    byline = quote.byline
    return {
        "available": quote.available,
        "name": byline.name if byline else "",
        "handle": byline.handle if byline else "",
        "avatar": picture_key(db, byline.avatar_url) if byline else "",
        "text": quote.text,
        "url": quote.url,
    }


def _own_talk(db: Session, event_id: int, talk_id: int | None) -> int | None:
    talk = db.get(Talk, talk_id) if talk_id is not None else None
    return talk.id if talk is not None and talk.event_id == event_id else None


def _reposts_before(db: Session, event_id: int, incoming: Incoming) -> int:
    earlier = select(func.count()).where(
        Repost.event_id == event_id, Repost.source == incoming.source, Repost.of_ref == incoming.ref
    )
    return db.exec(earlier).one()
