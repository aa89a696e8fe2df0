"""Rules that have changed are applied to what still waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from app.actions.applied_verdicts import apply_verdict
from app.actions.change_log import publish
from app.actions.decisions import decide
from app.actions.verdicts import Seen, win
from app.domain.decision import MACHINE, SETUP, Actor, Decision
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.queue_order import doubts, rank
from app.domain.screening import screen
from app.domain.screening.as_arrived import arrived
from app.domain.screening.edits import after_an_edit
from app.domain.screening.reader.combining import until_read, with_reader
from app.domain.subject import Subject
from app.domain.verdict import Ruling, Unread, Verdict
from app.queries.event_memory import memory_before

POSTS_A_ROUND = 200
SPAN = 2_000
"""A round is over when so many others lie among those that wait: these must be known too."""
WHY = "screened again"


@dataclass(frozen=True, slots=True)
class Again:
    """What came of it; `last` is the post to go on after, 0 when all are done."""

    held: int = 0
    released: int = 0
    hidden: int = 0
    shown: int = 0
    unchanged: int = 0
    last: int = 0

    def __add__(self, other: "Again") -> "Again":
        return Again(
            self.held + other.held,
            self.released + other.released,
            self.hidden + other.hidden,
            self.shown + other.shown,
            self.unchanged + other.unchanged,
            other.last,
        )


def screen_again(db: Session, event_id: int, *, after: int = 0, by: Actor = SETUP, at: datetime) -> Again:
    """Screen the next posts that wait by the present rules. What a person sent back to the queue stays there.

    Who asked for it is written down with the first of them; what comes of each is the machine's.
    """
    event = db.get_one(Event, event_id)
    policy = Policy.from_json(event.policy)
    ids, more = _waiting(db, event_id, after)
    if not ids:
        return Again()
    if not after:
        decide(db, event_id, Subject.WAITING, event_id, Verdict.HELD, "screened_again", by=by, at=at)
    sent_back = _sent_back(db, event_id, ids)
    posts = _between(db, event_id, ids[0], ids[-1])
    done = Again()
    for post, read, surroundings in arrived(posts, memory_before(db, event, posts), wanted=set(ids)):
        ruling = screen(read, policy, surroundings)
        if post.found:
            ruling = with_reader(ruling, read, policy, post.found)
        elif post.unread and event.has_reader:
            ruling = until_read(ruling)
        if post.edited_at is not None:
            ruling = after_an_edit(post.verdict, ruling)
        done += _apply(db, event, post, ruling, stays=post.id in sent_back, at=at)
    return done + Again(last=ids[-1] if more else 0)


def _waiting(db: Session, event_id: int, after: int) -> tuple[list[int], bool]:
    """The next posts that wait, and whether there are more."""
    waits = select(Post.id).where(
        Post.event_id == event_id, Post.verdict == Verdict.HELD, col(Post.withdrawn_at).is_(None), col(Post.id) > after
    )
    found = list(db.exec(waits.order_by(col(Post.id)).limit(POSTS_A_ROUND + 1)))
    ids = [post_id for post_id in found[:POSTS_A_ROUND] if post_id < found[0] + SPAN]
    return ids, len(ids) < len(found)


def _apply(db: Session, event: Event, post: Post, ruling: Ruling, *, stays: bool, at: datetime) -> Again:
    before = (post.doubts, post.signals, post.delayed)
    post.signals = [signal.as_stored() for signal in ruling.signals]
    post.scores = dict(ruling.scores)
    post.doubts, post.screened_with = doubts(ruling.signals), event.policy_version
    post.delayed = ruling.delayed and not stays
    if post.unread:
        passes = ruling.passes_when_read and not stays
        post.unread = Unread.yet(passes=passes, late=post.unread.is_late)
    post.shows_at = post.shows_at if post.delayed else None
    post.rank = rank(post.received_at, ruling.signals, ruling.scores, asks=post.asks, delayed=post.delayed)
    db.flush()
    leaves = ruling.verdict is not Verdict.HELD and not stays
    if leaves and win(db, post, ruling.verdict, Seen(Verdict.HELD, post.revision)):
        apply_verdict(db, post, ruling.verdict, by=MACHINE, at=at, before=Verdict.HELD, reason=WHY)
        return Again(hidden=1) if ruling.verdict is not Verdict.APPROVED else Again(shown=1)
    if before == (post.doubts, post.signals, post.delayed):
        return Again(unchanged=1)
    if bool(before[0]) != bool(post.doubts):
        decide(db, event.id, Subject.POST, post.id, Verdict.HELD, Verdict.HELD, by=MACHINE, at=at, reason=WHY)
    publish(db, event.id, Subject.POST, post.id, at=at)
    if bool(before[0]) == bool(post.doubts):
        return Again(unchanged=1)
    return Again(held=1) if post.doubts else Again(released=1)


def _sent_back(db: Session, event_id: int, ids: list[int]) -> set[int]:
    """Those that a person put where they are."""
    last = (
        select(func.max(Decision.id))
        .where(Decision.event_id == event_id, Decision.subject == Subject.POST, col(Decision.subject_id).in_(ids))
        .where(Decision.reason != WHY)
        .group_by(col(Decision.subject_id))
    )
    people = select(Decision.subject_id).where(col(Decision.id).in_(last), col(Decision.access_id).is_not(None))
    return set(db.exec(people))


def _between(db: Session, event_id: int, first: int, last: int) -> list[tuple[Post, Author]]:
    """All posts from one to another, oldest first."""
    query = (
        select(Post, Author)
        .join(Author, col(Author.id) == Post.author_id)
        .where(Post.event_id == event_id, col(Post.id).between(first, last))
    )
    return list(db.exec(query.order_by(col(Post.id))).all())
