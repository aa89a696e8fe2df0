"""Prompts of a chat, what stands under each, and whom its host should greet or answer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.domain.event import Event, EventState
from app.domain.filing import due
from app.domain.post import Author, Post
from app.domain.prompt import NO_ANSWER, Answer, FiledBy, Prompt
from app.domain.series import Edition
from app.domain.verdict import Verdict
from app.queries.posts import Card, has_screens, shown_cards

LISTED_WITH_HOST = 60
GREETED = 12
LOOKED_THROUGH = 1_000
"""So many of the newest posts tell a host whom to greet and whom nobody has answered."""
WROTE = aliased(Post)


def prompts_of(db: Session, event_id: int) -> list[Prompt]:
    return list(db.exec(select(Prompt).where(Prompt.event_id == event_id).order_by(col(Prompt.place), col(Prompt.id))))


def prompt_now(db: Session, event: Event) -> Prompt | None:
    """The one that runs."""
    return db.get(Prompt, event.prompt_id) if event.prompt_id is not None else None


def answers_of(db: Session, post_ids: Collection[int]) -> dict[int, Answer]:
    if not post_ids:
        return {}
    return {one.post_id: one for one in db.exec(select(Answer).where(col(Answer.post_id).in_(post_ids)))}


def chats_by_clock(db: Session, at: datetime) -> list[int]:
    """Editions that are on and whose clock has a prompt to release."""
    begun = select(Edition).join(Event, col(Event.id) == Edition.event_id)
    begun = begun.where(Edition.starts_at <= at, Edition.ends_at > at, col(Event.prompts) > 0)
    found = db.exec(begun.where(Event.state == EventState.OPEN, col(Edition.prompts_by_clock))).all()
    return [one.event_id for one in found if due(prompts_of(db, one.event_id), one.starts_at, at) is not None]


@dataclass(frozen=True, slots=True)
class Place:
    """A prompt with how much stands under it."""

    prompt: Prompt
    answers: int
    people: int
    runs: bool


def places(db: Session, event: Event) -> list[Place]:
    """All prompts, with how many answers that are shown, of how many people."""
    found = select(Answer.prompt_id, Answer.filed_by, Post.author_id).join(Post, col(Post.id) == Answer.post_id)
    shown = found.where(Answer.event_id == event.id, Post.verdict == Verdict.APPROVED)
    under: dict[int | None, list[int]] = {}
    for prompt_id, filed_by, author_id in db.exec(shown):
        if filed_by not in NO_ANSWER:
            under.setdefault(prompt_id, []).append(author_id)
    return [
        Place(one, len(under.get(one.id, [])), len(set(under.get(one.id, []))), one.id == event.prompt_id)
        for one in prompts_of(db, event.id)
    ]


@dataclass(frozen=True, slots=True)
class FiledCard:
    """A post that is shown, with where it stands and why."""

    card: Card
    prompt_id: int | None
    filed_by: FiledBy | None
    prompts: tuple[Prompt, ...]
    """All that it could be put under."""

    @property
    def id(self) -> int:
        return self.card.id


def newest_filed(db: Session, event: Event, limit: int = LISTED_WITH_HOST) -> list[FiledCard]:
    """What came in last and is shown, with where it was filed: for its host to correct."""
    # By their places on the wall: else all that was ever approved would be put in order.
    shown = select(Post.id).where(Post.event_id == event.id, Post.verdict == Verdict.APPROVED)
    query = shown.where(col(Post.wall_cursor) > 0, has_screens(event))
    ids = list(db.exec(query.order_by(col(Post.wall_cursor).desc()).limit(limit)))
    cards, answers = shown_cards(db, ids), answers_of(db, ids)
    prompts = tuple(prompts_of(db, event.id))
    return [_filed_card(cards[post_id], answers.get(post_id), prompts) for post_id in ids]


def _filed_card(card: Card, answer: Answer | None, prompts: tuple[Prompt, ...]) -> FiledCard:
    return FiledCard(card, answer.prompt_id if answer else None, answer.filed_by if answer else None, prompts)


@dataclass(frozen=True, slots=True)
class Guests:
    """Whom a host looks after."""

    new: tuple[Card, ...]
    """First posts of people who were in no earlier edition."""
    unanswered: tuple[Card, ...]
    """The newest post of each whom nobody has answered yet."""


def guests(db: Session, event: Event) -> Guests:
    """By what is shown; nobody is ranked, and who was greeted once is not listed again once somebody has answered."""
    shown = select(Post.id, Post.author_id).where(Post.event_id == event.id, Post.verdict == Verdict.APPROVED)
    repeats = select(Answer.post_id).where(Answer.event_id == event.id, Answer.filed_by == FiledBy.REPEAT)
    own_words = shown.where(has_screens(event), col(Post.id).not_in(repeats))
    hosts = _hosts(db, event)
    newest = list(db.exec(own_words.order_by(col(Post.id).desc()).limit(LOOKED_THROUGH)))
    rows = [row for row in reversed(newest) if row[1] not in hosts]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for post_id, author_id in rows:
        first.setdefault(author_id, post_id)
        last[author_id] = post_id
    answered = _authors_answered(db, event, last.values())
    if len(newest) == LOOKED_THROUGH:  # who comes last is mostly new: few need to be asked after
        began = min(first.values(), default=0)
        first = dict(list(first.items())[-4 * GREETED :])
        first = {author_id: first[author_id] for author_id in first.keys() - _wrote_before(db, first, began)}
    known = known_before(db, event, first.keys())
    new = sorted(post_id for author_id, post_id in first.items() if author_id not in known)[-GREETED:]
    waits = [post_id for author_id, post_id in last.items() if author_id not in answered][-GREETED:]
    cards = shown_cards(db, {*new, *waits})
    return Guests(tuple(cards[one] for one in reversed(new)), tuple(cards[one] for one in reversed(waits)))


def _wrote_before(db: Session, author_ids: Iterable[int], post_id: int) -> set[int]:
    """Those of whom something is shown that came before a post."""
    shown = select(Post.author_id).where(col(Post.author_id).in_(list(author_ids)), Post.verdict == Verdict.APPROVED)
    return set(db.exec(shown.where(col(Post.id) < post_id).distinct()))


def _authors_answered(db: Session, event: Event, post_ids: Collection[int]) -> set[int]:
    """Whose posts, of the authors of these, somebody else has answered with one that is shown."""
    authors = select(Post.author_id).where(col(Post.id).in_(post_ids))
    answering = (
        select(WROTE.author_id)
        .join(Answer, col(Answer.under_id) == WROTE.id)
        .join(Post, col(Post.id) == Answer.post_id)
        .where(col(WROTE.author_id).in_(authors), Answer.event_id == event.id)
        .where(Post.verdict == Verdict.APPROVED, col(Post.author_id) != WROTE.author_id)
    )
    return set(db.exec(answering.distinct()))


def _hosts(db: Session, event: Event) -> set[int]:
    """Who has posted the prompts."""
    posted = select(Post.author_id).join(Answer, col(Answer.post_id) == Post.id)
    return set(db.exec(posted.where(Answer.event_id == event.id, Answer.filed_by == FiledBy.ITSELF)))


def known_before(db: Session, event: Event, author_ids: Iterable[int]) -> set[int]:
    """Those who have a post in an earlier edition of the same series: by their account, whatever it is called now."""
    edition = db.get(Edition, event.id)
    if edition is None:
        return set()
    earlier = select(Edition.event_id).where(
        Edition.series_id == edition.series_id, Edition.starts_at < edition.starts_at
    )
    accounts = select(Author.source, Author.ref).where(col(Author.event_id).in_(earlier))
    before = set(db.exec(accounts).all())
    mine: Sequence[Author] = db.exec(select(Author).where(col(Author.id).in_(list(author_ids)))).all()
    return {one.id for one in mine if (one.source, one.ref) in before}
