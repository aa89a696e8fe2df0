"""Authors are called otherwise: their cards keep what was approved, follow when a moderator has looked, and leave the
screens when an account takes a name that would be held."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.decisions import decide, last_in_force, was_approved_before
from app.actions.post_columns import put_signals
from app.actions.questions_of_posts import show_or_hide_question
from app.domain.decision import MACHINE, Actor, Decision
from app.domain.event import Event
from app.domain.masking import is_sensitive
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.queue_order import doubts
from app.domain.screening.author_renames import shown_now, signals_of_names, with_names
from app.domain.screening.reading.shown import PENDING
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Said
from app.domain.signed_names import Signed, byline_now, signed
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.verdict import Level, Signal, Verdict
from app.queries.programme import speakers

OLD, NEW = "old_name", "new_name"
RENAMED = "its author is called otherwise now"
NEVER_APPROVED = "its former name was never approved"


class NotTaken(Said):
    """The new name cannot be taken; the sentence says why."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What names are judged by in an Event."""

    event: Event
    policy: Policy
    surroundings: Surroundings


def follow_renaming(db: Session, author: Author, *, at: datetime) -> None:
    """An account is called otherwise. If that would be held, its cards leave every screen and wait for a person.

    On a phone a name is typed with each post: its cards stay, and the desk is told. What is on no screen is told too,
    so that no undo shows it again, and whoever decides at this moment has to look once more.
    """
    names = _names(db, author)
    theirs = select(Post).where(Post.author_id == author.id, col(Post.withdrawn_at).is_(None))
    for post in db.exec(theirs.order_by(col(Post.id))):
        by = signed(post, author)
        knew = any(signal.get("field") in PENDING for signal in post.signals)
        if not (shown_now(by) or knew):
            continue
        found = _found(post, by, names)
        _put(post, found)
        doubtful = any(signal.field in PENDING and signal.level is not Level.NOTE for signal in found)
        if doubtful:
            post.revision += 1
        if doubtful and post.verdict is Verdict.APPROVED and post.source != FLOOR.key:
            apply_verdict(db, post, Verdict.HELD, by=MACHINE, at=at, reason=RENAMED)
        elif doubtful or knew:
            post.delayed, post.shows_at = post.delayed and not doubtful, None
            publish(db, post.event_id, Subject.POST, post.id, at=at)


def take_new_name(db: Session, post_id: int, *, by: Actor, at: datetime, seen: str) -> Decision:
    """Sign a post with what its author goes by now, if that still is what was `seen` (`Signed.now_mark`).

    Raises NotTaken.
    """
    post = db.get_one(Post, post_id, with_for_update=True)
    author = db.get_one(Author, post.author_id)
    now = signed(post, author)
    if post.withdrawn_at is not None:
        raise NotTaken("Its author has taken this post away.")
    if not now.now_mark:
        raise NotTaken("It bears that name already.")
    if not seen:
        raise NotTaken("Say which name you have seen: it may be another one by now.")
    if seen != now.now_mark:
        raise NotTaken("Its author is called otherwise again. Look once more.")
    taken = replace(now, name=now.now, handle=now.now_handle, now="", now_handle="")
    found = _found(post, taken, names := _names(db, author))
    personal = is_sensitive(doubts(found))
    if post.verdict is Verdict.APPROVED and names.policy.second_person and personal:
        raise NotTaken("The new name looks personal. Send the post back to waiting: then two people can approve it.")
    post.byline = {**byline_now(author), "before": post.byline or {}}
    _put(post, found)
    return _sign(db, post, OLD, NEW, by=by, at=at)


def take_back_new_name(db: Session, decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Sign a post as it was signed before. False if another name was taken since, or its author has edited it.

    If nobody has ever approved it under that name, it waits.
    """
    post = db.get_one(Post, decision.subject_id, with_for_update=True)
    standing = last_in_force(db, post.event_id, Subject.NAME, post.id)
    if standing is None or standing.id != decision.id or "before" not in post.byline:
        return False
    author = db.get_one(Author, post.author_id)
    post.byline = dict(post.byline["before"])
    _put(post, _found(post, signed(post, author), _names(db, author)))
    undoing = _sign(db, post, NEW, OLD, by=by, at=at, undoes=decision)
    if post.verdict is Verdict.APPROVED and not was_approved_before(db, decision):
        apply_verdict(db, post, Verdict.HELD, by=by, at=at, reason=NEVER_APPROVED, cause=undoing)
    return True


def _names(db: Session, author: Author) -> _Names:
    event = db.get_one(Event, author.event_id)
    known = Surroundings(
        standing=author.standing,
        event_name=event.name,
        hashtags=tuple(tag.removeprefix("#") for tag in event.hashtags),
        speakers=speakers(db, event.id),
    )
    return _Names(event, Policy.from_json(event.policy), known)


def _found(post: Post, by: Signed, names: _Names) -> list[Signal]:
    return signals_of_names(by, names.policy, names.surroundings, vouched=post.vouched)


def _put(post: Post, found: list[Signal]) -> None:
    """The signals about its names anew."""
    put_signals(post, with_names(post.signals, found))


def _sign(
    db: Session, post: Post, before: str, after: str, *, by: Actor, at: datetime, undoes: Decision | None = None
) -> Decision:
    revision = post.revision
    # Who had agreed, had agreed to another name.
    post.revision, post.agreed_by, post.agreed_access_id = revision + 1, "", None
    decision = decide(
        db, post.event_id, Subject.NAME, post.id, before, after, by=by, at=at, revision=revision, undoes=undoes
    )
    show_or_hide_question(db, post, at=at)
    publish(db, post.event_id, Subject.POST, post.id, at=at)
    return decision
