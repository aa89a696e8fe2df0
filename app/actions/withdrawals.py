"""Posts are taken away, by their authors or their networks: what is left of them, and what is erased."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.actions.change_log import publish, soon
from app.actions.copies_in_findings import forget_copies_of
from app.actions.decisions import decide
from app.actions.folds import unfold
from app.actions.pictures import forget_pictures
from app.actions.post_columns import put_signals
from app.actions.questions_of_posts import question_of, show_or_hide_question
from app.actions.resources import note_links
from app.domain.decision import Actor
from app.domain.incoming import Withdrawal
from app.domain.post import Author, Post, pictures_of
from app.domain.question import QuestionState
from app.domain.screening.reading.shown import ALT, QUOTE, QUOTED
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.verdict import Unread, Verdict
from app.queries.posts import own_post, post_by_ref


def withdraw(db: Session, event_id: int, withdrawal: Withdrawal, *, at: datetime) -> None:
    """Its author or its network took a post away: it leaves every screen, and its text leaves the archive."""
    post = post_by_ref(db, event_id, withdrawal.source, withdrawal.ref)
    if post is not None and withdrawal.only_quote:
        drop_quote(db, post, at=at)
    elif post is not None and post.withdrawn_at is None:
        erase(db, post, reason=withdrawal.reason, by=Actor(label=withdrawal.source), at=at)


def drop_quote(db: Session, post: Post, *, at: datetime, url: str | None = None) -> None:
    """Whoever is quoted took it back: nothing of it stays but that there was something, and where unless `url` says."""
    if post.quote is None or (not post.quote.get("available") and url is None):
        return
    gone = pictures_of([], post.quote, {})
    url = str(post.quote.get("url", "")) if url is None else url
    post.quote = {"available": False, "name": "", "handle": "", "avatar": "", "text": "", "url": url}
    post.found = {key: odds for key, odds in post.found.items() if not key.startswith(f"{QUOTE}:")}
    signals = [signal for signal in post.signals if not _is_of_quote(signal, own=len(post.photos))]
    post.revision += 1
    put_signals(post, signals)
    forget_pictures(db, gone)
    publish(db, post.event_id, Subject.POST, post.id, at=at)


def _is_of_quote(signal: Mapping[str, Any], *, own: int) -> bool:
    """Whether it points at what is quoted; descriptions of its pictures come after those of our `own`."""
    field = signal.get("field")
    return field in QUOTED or (field == ALT and int(signal.get("place") or 0) >= own)


class OnStageNow(Exception):
    """The hall looks at it at this moment: whoever takes it back should know."""


def retract(db: Session, event_id: int, post_id: int, device: str, *, at: datetime, sure: bool = True) -> bool:
    """A phone takes its own post back. False if it is not its own, or gone already.

    Unless they are `sure`, raises OnStageNow for one that is on stage.
    """
    post = own_post(db, event_id, post_id, device)
    if post is None:
        return False
    question = question_of(db, post.id)
    on_stage = question is not None and question.state is QuestionState.ON_STAGE and post.verdict is Verdict.APPROVED
    if on_stage and not sure:
        raise OnStageNow
    erase(db, post, reason="withdrawn by its author", by=Actor(label="author"), at=at)
    return True


def erase(db: Session, post: Post, *, reason: str, by: Actor, at: datetime) -> None:
    """Empty a post for good. What is left says only that there was one, and which decisions were taken."""
    forget_copies_of(db, post, at=at)
    decide(db, post.event_id, Subject.POST, post.id, post.verdict, Verdict.REJECTED, by=by, reason=reason, at=at)
    post.verdict, post.decided_at, post.decided_by = Verdict.REJECTED, at, by.label
    post.decided_by_machine = by.machine
    pictures = post.pictures
    if any(segment["kind"] == "link" for segment in post.segments):
        soon(db, note_links, post.event_id, at=at)  # what is known of a page that nobody names any more goes too
    post.text, post.suggested, post.segments, post.photos, post.quote, post.fingerprint = "", "", [], [], None, ""
    post.byline, post.extras = {}, {}
    post.scores, post.found, post.unread = {}, {}, Unread.NO
    post.signals, post.reply_to, post.url, post.doubts = [], "", "", ""
    left, post.cluster = post.cluster, ""
    post.withdrawn_at = at
    pictures += _last_of_author(db, post)
    forget_pictures(db, pictures)
    show_or_hide_question(db, post, at=at)
    publish(db, post.event_id, Subject.POST, post.id, at=at)
    unfold(db, post, left, at=at)


def _last_of_author(db: Session, post: Post) -> list[str]:
    """The picture of an author of whom nothing is left: it goes with their last post, and so does a name typed here."""
    author = db.get_one(Author, post.author_id)
    others = select(Post.id).where(Post.author_id == author.id, Post.id != post.id, col(Post.withdrawn_at).is_(None))
    typed = author.source == FLOOR.key and author.name
    if not (author.avatar or typed) or db.exec(others.limit(1)).first() is not None:
        return []
    if typed:
        author.name = ""
    avatar, author.avatar = author.avatar, ""
    return [avatar] if avatar else []
