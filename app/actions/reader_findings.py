"""What the reader found joins what screening said at the door: the second line of a post in the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.leases import is_held_by
from app.actions.resources import show_unread_titles
from app.actions.verdicts import Seen, win
from app.domain.category import Category
from app.domain.decision import MACHINE
from app.domain.event import Event
from app.domain.lease import READING
from app.domain.policy import Intake, Mode, Policy
from app.domain.post import Author, Post, Standing
from app.domain.queue_order import doubts, rank
from app.domain.screening.as_arrived import as_found
from app.domain.screening.reader.combining import DOUBTED, Further, further
from app.domain.screening.reading.reading import Reading
from app.domain.screening.ruling import level_of
from app.domain.sentence import Sentence
from app.domain.subject import Subject
from app.domain.verdict import Level, Signal, Unread, Verdict

READ = "read"
PASSED = (Verdict.APPROVED, Verdict.STASHED)
MUST_BE_SEEN = {Category.SELF_HARM, Category.THREAT}
SHUT_OUT = {"blocked-author", "muted-author", "banned-word"}
MOVES = 60
"""Seconds in the queue that are worth a line of the log by themselves."""
_UNREADABLE = Signal(
    "reader-failed", "shape", Level.HOLD, Sentence("The reader could not read it, so a person must look.")
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a version of a post; None if it could not be read."""

    post_id: int
    revision: int
    odds: Mapping[str, float] | None


def take_findings(db: Session, findings: Sequence[Finding], *, by: str, at: datetime) -> int:
    """Add what was found; what only waited to be read passes if nothing was. Gives how many posts were read.

    Nothing is taken from a process that does not read for all any more: another one reads the same posts.
    """
    if not is_held_by(db, READING, by, at=at):
        return 0
    by_id = {finding.post_id: finding for finding in findings}
    query = select(Post, Author).join(Author, col(Author.id) == Post.author_id).where(col(Post.id).in_(by_id))
    locked = query.order_by(col(Post.id)).with_for_update(of=Post).execution_options(populate_existing=True)
    done = 0
    for post, author in db.exec(locked).all():
        finding = by_id[post.id]
        event = db.get(Event, post.event_id)
        if event is not None and post.unread is not Unread.NO and post.revision == finding.revision:
            _take(db, event, post, author, finding, at=at)
            done += 1
    return done


def put_off(db: Session, late: Sequence[tuple[int, int]], *, at: datetime) -> None:
    """The reader could not read these versions of posts in good time: desks say so. They wait as they did."""
    revisions = dict(late)
    for post in db.exec(select(Post).where(col(Post.id).in_(revisions)).order_by(col(Post.id))).all():
        if post.unread is not Unread.NO and not post.unread.is_late and post.revision == revisions[post.id]:
            post.unread = Unread.yet(passes=post.unread.passes, late=True)
            publish(db, post.event_id, Subject.POST, post.id, at=at)


def _take(db: Session, event: Event, post: Post, author: Author, finding: Finding, *, at: datetime) -> None:
    was, post.unread = post.unread, Unread.NO
    known = [Signal.from_stored(signal) for signal in post.signals]
    more = _further(post, author, finding, Policy.from_json(event.policy), known)
    post.found, post.scores = dict(finding.odds or {}), dict(more.scores)
    signals = [*known, *more.signals]
    post.signals = [*post.signals, *(signal.as_stored() for signal in more.signals)]
    post.doubts = doubts(signals)
    doubted = level_of(more.signals) in DOUBTED
    post.delayed = post.delayed and not doubted
    post.shows_at = post.shows_at if post.delayed else None
    before = post.rank
    post.rank = rank(post.received_at, signals, post.scores, asks=post.asks, delayed=post.delayed)
    moved = abs(post.rank - before) >= MOVES
    if not (moved or more.signals):
        post.rank = before
    db.flush()
    if was.passes and not doubted and not post.doubts and _passes(db, post, at=at):
        return
    if doubted and post.decided_by_machine and (post.verdict in PASSED or _must_be_seen(post, known, more.signals)):
        apply_verdict(db, post, Verdict.HELD, by=MACHINE, at=at, reason=READ)
    elif more.signals or moved or was.is_late:
        if doubted and post.verdict is Verdict.HELD:
            decide(db, event.id, Subject.POST, post.id, Verdict.HELD, Verdict.HELD, by=MACHINE, at=at, reason=READ)
        publish(db, event.id, Subject.POST, post.id, at=at)


def _must_be_seen(post: Post, known: Iterable[Signal], found: Iterable[Signal]) -> bool:
    """What was hidden as certain comes back where somebody may need help, or threatens; not what people shut out."""
    said = [*known, *found]
    shut_out = any(one.code in SHUT_OUT and one.level is Level.HIDE for one in said)
    return post.verdict is Verdict.REJECTED and not shut_out and any(one.category in MUST_BE_SEEN for one in said)


def _further(post: Post, author: Author, finding: Finding, policy: Policy, known: Sequence[Signal]) -> Further:
    if finding.odds is None:
        return Further((_UNREADABLE,), dict(post.scores))
    return further(Reading.of(as_found(post, author)), policy, finding.odds, known, post.scores)


def _passes(db: Session, post: Post, *, at: datetime) -> bool:
    """Whatever has become stricter since the post came counts."""
    event, author = db.get_one(Event, post.event_id), db.get_one(Author, post.author_id)
    mode = Policy.from_json(event.policy).mode_for(post.source)
    stricter = event.intake is not Intake.OPEN or author.standing is Standing.BLOCKED
    if stricter or mode in {Mode.WAIT, Mode.DELAY}:
        return False
    if not win(db, post, Verdict.APPROVED, Seen(Verdict.HELD, post.revision)):
        return False
    apply_verdict(db, post, Verdict.APPROVED, by=MACHINE, at=at, before=Verdict.HELD, reason=READ)
    return True


def reader_came(db: Session, event_id: int, *, by: str, at: datetime) -> None:
    """From now on nothing passes by itself before it was read. Only who reads for all can say so."""
    if is_held_by(db, READING, by, at=at):
        _say(db, event_id, there=True, at=at)


def reader_went(db: Session, event_id: int, *, by: str, at: datetime) -> int:
    """Rules and heads decide, also about what only waited to be read: it passes. Gives how many did.

    Only who reads for all can say so; where nobody does, anybody (`by` is then NOBODY).
    """
    if not is_held_by(db, READING, by, at=at):
        return 0
    _say(db, event_id, there=False, at=at)
    show_unread_titles(db, event_id, at=at)
    waiting = select(Post).where(Post.event_id == event_id, col(Post.unread).in_((Unread.PASSES, Unread.PASSES_LATE)))
    passed = 0
    for post in db.exec(waiting.order_by(col(Post.id))).all():
        post.unread = post.unread.looked_at
        db.flush()
        passed += post.withdrawn_at is None and not post.doubts and _passes(db, post, at=at)
    return passed


def _say(db: Session, event_id: int, *, there: bool, at: datetime) -> None:
    event = db.get_one(Event, event_id)
    if event.has_reader is not there:
        event.has_reader = there
        publish(db, event_id, Subject.EVENT, event_id, at=at)
