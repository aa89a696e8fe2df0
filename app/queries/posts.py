"""Posts as the lists show them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import Session, col, func, select

from app.domain.decision import Decision
from app.domain.event import Event, EventState, WallState
from app.domain.incoming import Incoming
from app.domain.post import Author, Post, Repost
from app.domain.question import Question, QuestionState
from app.domain.signed_names import Signed, signed
from app.domain.source_marks import FLOOR
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.folds import also_on, who_leads
from app.queries.rooms import Whereabouts, whereabouts

OF_QUESTIONS = frozenset({
    Subject.QUESTION, Subject.VOTES, Subject.PLACE, Subject.MERGE, Subject.REPLY, Subject.MARK, Subject.NOTE,
})  # fmt: skip
"""What decisions about a question are about; the id is the question's."""
OF_POSTS = frozenset({
    Subject.POST, Subject.AGREEMENT, Subject.DELAY, Subject.REVEAL, Subject.NAME, Subject.STAR, Subject.SUGGESTION,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A post with all that its part needs. `sort_key` is its place: bigger comes first."""

    post: Post
    author: Signed
    sort_key: str
    question: Question | None = None
    talk: Talk | None = None
    also_on: tuple[str, ...] = ()
    """On which other networks the same was said within minutes."""

    @property
    def id(self) -> int:
        return self.post.id


def shown_ids(db: Session, event: Event, limit: int) -> list[int]:
    """The newest approved posts since the wall was cleared; on a paused wall, as they stood when it was paused."""
    query = select(Post.id).where(
        Post.event_id == event.id,
        Post.verdict == Verdict.APPROVED,
        col(Post.wall_cursor) > event.cleared_at,
        has_screens(event),
    )
    if event.wall_state is WallState.PAUSED:
        query = query.where(col(Post.wall_cursor) <= event.paused_at)
    return list(db.exec(query.order_by(col(Post.wall_cursor).desc()).limit(limit)))


def has_screens(event: Event) -> ColumnElement[bool]:
    """Whether an Event's screens may show a post.

    Of an archived one what came from a network is on none, because nobody asks any more whether its author deleted it.
    """
    return col(Post.source) == FLOOR.key if event.state is EventState.ARCHIVED else true()


def shown_cards(db: Session, ids: Iterable[int]) -> dict[int, Card]:
    return {card.id: card for card in _cards(db, ids, lambda post: f"{post.wall_cursor or 0:012d}")}


def ever_shown(db: Session, ids: Iterable[int]) -> set[int]:
    """Those that an audience may have on its screens, approved now or before, and those that tell of them."""
    wanted = list(ids)
    never = select(Post.id).where(col(Post.id).in_(wanted), col(Post.wall_cursor).is_(None))
    # What has no row any more was erased: it may be on a screen.
    return (set(wanted) - set(db.exec(never).all())) | set(who_leads(db, wanted))


def posts_of(db: Session, author_ids: Iterable[int]) -> set[int]:
    return set(db.exec(select(Post.id).where(col(Post.author_id).in_(list(author_ids)))))


def posts_of_questions(db: Session, question_ids: Iterable[int]) -> set[int]:
    return set(db.exec(select(Question.post_id).where(col(Question.id).in_(list(question_ids)))))


def post_by_ref(db: Session, event_id: int, source: str, ref: str) -> Post | None:
    """The post that its source knows under `ref`, if it has arrived."""
    return db.exec(select(Post).where(Post.event_id == event_id, Post.source == source, Post.ref == ref)).first()


def post_by_id(db: Session, post_id: int) -> Post | None:
    return db.get(Post, post_id)


def known_posts(db: Session, event_id: int, some: Iterable[Incoming]) -> dict[tuple[str, str], Post]:
    """Those that have arrived before, by source and ref."""
    keys = {(incoming.source, incoming.ref) for incoming in some}
    # Not as pairs: SQLite would look through all posts of the event for them.
    query = select(Post).where(
        Post.event_id == event_id,
        col(Post.source).in_({source for source, _ in keys}),
        col(Post.ref).in_({ref for _, ref in keys}),
    )
    return {key: post for post in db.exec(query) if (key := (post.source, post.ref)) in keys}


def reposts_before(db: Session, event_id: int, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """How often posts were passed on before they arrived themselves."""
    earlier = (
        select(Repost.source, Repost.of_ref, func.count())
        # By the index of `of_ref`.
        .where(col(Repost.event_id) + 0 == event_id, col(Repost.of_ref).in_({ref for _, ref in keys}))
        .group_by(col(Repost.source), col(Repost.of_ref))
    )
    return {(source, ref): times for source, ref, times in db.exec(earlier) if (source, ref) in keys}


def author_by_id(db: Session, author_id: int) -> Author | None:
    return db.get(Author, author_id)


def own_post(db: Session, event_id: int, post_id: int, device: str) -> Post | None:
    """A post that this phone sent to this Event and has not withdrawn."""
    post = db.get(Post, post_id)
    own = post is not None and post.event_id == event_id and post.device == device != ""
    return post if own and post is not None and post.withdrawn_at is None else None


def own_posts(db: Session, event_id: int, device: str, limit: int = 20) -> list[Card]:
    """What a phone sent to this Event, newest first."""
    ids = db.exec(
        select(Post.id)
        .where(Post.event_id == event_id, Post.device == device, col(Post.withdrawn_at).is_(None))
        .order_by(col(Post.id).desc())
        .limit(limit)
    ).all()
    cards = {card.id: card for card in _cards(db, ids, lambda post: f"{post.id:012d}")}
    return [cards[post_id] for post_id in ids]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many posts each list of the desk holds; `oldest` is when the longest-waiting one came in."""

    held: int
    approved: int
    stashed: int
    rejected: int
    oldest: Post | None


def asked_at(here: Whereabouts) -> ColumnElement[bool]:
    """At a room's desk what other rooms ask is not seen; what nobody asks in a room is seen at every one."""
    return or_(col(Post.room_id).is_(None), col(Post.room_id) == here.room.id) if here.room else true()


def counts(db: Session, event_id: int, room_id: int | None = None) -> Counts:
    """As the database keeps count; at a room's desk without what other rooms ask, which is little and counted here."""
    here = whereabouts(db, db.get_one(Event, event_id), room_id) if room_id is not None else None
    kept = select(Event.posts_held, Event.posts_approved, Event.posts_stashed, Event.posts_rejected)
    held, approved, stashed, rejected = db.exec(kept.where(Event.id == event_id)).one()
    elsewhere = _asked_in(db, event_id, {room.id for room in here.rooms} - {here.room.id}) if here and here.room else {}
    waiting = select(Post).where(Post.event_id == event_id, Post.verdict == Verdict.HELD)
    waiting = waiting.where(asked_at(here)) if here else waiting
    return Counts(
        held=held - elsewhere.get(Verdict.HELD, 0),
        approved=approved - elsewhere.get(Verdict.APPROVED, 0),
        stashed=stashed - elsewhere.get(Verdict.STASHED, 0),
        rejected=rejected - elsewhere.get(Verdict.REJECTED, 0),
        oldest=db.exec(waiting.order_by(col(Post.id)).limit(1)).first(),
    )


def _asked_in(db: Session, event_id: int, room_ids: set[int]) -> dict[Verdict, int]:
    asked = select(Post.verdict, func.count()).where(Post.event_id == event_id, col(Post.room_id).in_(room_ids))
    found = db.exec(asked.where(col(Post.withdrawn_at).is_(None)).group_by(col(Post.verdict)))
    return {Verdict(verdict): posts for verdict, posts in found}


def decisions_on(db: Session, subject: str, subject_id: int) -> list[Decision]:
    return list(
        db.exec(
            select(Decision)
            .where(Decision.subject == subject, Decision.subject_id == subject_id)
            .order_by(col(Decision.id))
        )
    )


def post_concerned(db: Session, subject: str, subject_id: int) -> int | None:
    """Which post a decision was about: itself, its question, two people's agreement …; None if about none."""
    if subject in OF_QUESTIONS:
        return db.exec(select(Question.post_id).where(Question.id == subject_id)).first()
    about_posts = {
        Subject.POST,
        Subject.AGREEMENT,
        Subject.DELAY,
        Subject.REVEAL,
        Subject.NAME,
        Subject.STAR,
        Subject.SUGGESTION,
    }
    return subject_id if subject in about_posts else None


def approved_with(db: Session, made: Decision) -> Decision | None:
    """The approval that making a question brought along."""
    if made.subject != Subject.QUESTION:
        return None
    along = select(Decision).where(Decision.cause_id == made.id, Decision.subject == Subject.POST)
    return db.exec(along.where(Decision.after == Verdict.APPROVED)).first()


def with_all_that_belongs(
    db: Session, ids: Sequence[int]
) -> Sequence[tuple[Post, Author, Question | None, Talk | None]]:
    """Posts with who wrote them, the questions that they are and the talks that they are for; in no order."""
    return db.exec(
        select(Post, Author, Question, Talk)
        .join(Author, col(Author.id) == Post.author_id)
        .outerjoin(Question, (col(Question.post_id) == Post.id) & (col(Question.state) != QuestionState.TAKEN_BACK))
        .outerjoin(Talk, col(Talk.id) == Post.talk_id)
        .where(col(Post.id).in_(ids))
    ).all()


def _cards(db: Session, ids: Iterable[int], sort_key: Callable[[Post], str]) -> list[Card]:
    wanted = list(ids)
    if not wanted:
        return []
    rows = with_all_that_belongs(db, wanted)
    also = also_on(db, [post for post, *_ in rows])
    return [
        Card(post, signed(post, author), sort_key(post), question, talk, also.get(post.id, ()))
        for post, author, question, talk in rows
    ]
