"""What somebody missed since a time, by half days: talks with their answered questions, what was starred or voted for,
links, announcements. Only what screens may show; nothing of talks that ask not to be passed on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.half_days import Half, half_of
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.scene import Announcement
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.do_not_share import kept_back
from app.queries.merged_questions import stands_for_itself
from app.queries.posts import Card, has_screens, shown_cards
from app.queries.programme import all_talks
from app.queries.questions import QuestionCard, question_cards
from app.queries.shelf import Resourced, shelf
from app.queries.stars import starred

MOST_VOTED = 10
"""Open questions of a half day, those with the most votes."""


@dataclass(frozen=True, slots=True)
class TalkMissed:
    talk: Talk
    answered: tuple[QuestionCard, ...]


@dataclass(frozen=True, slots=True)
class HalfDay:
    """What happened in one half of a day."""

    day: date
    half: Half
    talks: tuple[TalkMissed, ...]
    answered: tuple[QuestionCard, ...]
    """Questions that were answered outside of any talk."""
    starred: tuple[Card, ...]
    voted: tuple[QuestionCard, ...]
    """What the hall voted for and nobody has answered yet."""
    links: tuple[Resourced, ...]
    announced: tuple[Announcement, ...]


@dataclass
class _Pile:
    talks: list[TalkMissed] = field(default_factory=list)
    answered: list[QuestionCard] = field(default_factory=list)
    starred: list[Card] = field(default_factory=list)
    voted: list[QuestionCard] = field(default_factory=list)
    links: list[Resourced] = field(default_factory=list)
    announced: list[Announcement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Missed:
    halves: tuple[HalfDay, ...]
    """In their order."""
    all_halves: tuple[tuple[date, Half], ...]
    """Every half day that there is something of, also before `since`."""


def missed(db: Session, event: Event, since: datetime | None, at: datetime) -> Missed:
    """Of an Event up to now. What runs when `since` begins is told too."""
    piles: dict[tuple[date, Half], _Pile] = defaultdict(_Pile)
    known: set[tuple[date, Half]] = set()

    def pile(when: datetime, until: datetime | None = None) -> _Pile:
        """Where it belongs; what is too early is laid on a pile that nobody reads."""
        known.add(half_of(when, event.zone))
        return piles[half_of(when, event.zone)] if since is None or (until or when) >= since else _Pile()

    questions = _questions(db, event)
    talks = [talk for talk in all_talks(db, event.id) if talk.starts_at <= at]
    unshared = {talk.id for talk in talks if talk.do_not_share}
    of_talk: dict[int | None, list[QuestionCard]] = defaultdict(list)
    for card in questions:
        if card.question.state is QuestionState.ANSWERED:
            of_talk[card.talk.id if card.talk else None].append(card)
        elif card.question.votes and not (card.talk and card.talk.id in unshared):
            pile(card.question.asked_at).voted.append(card)
    for talk in talks:
        if talk.id not in unshared:
            told = TalkMissed(talk, tuple(of_talk.pop(talk.id, ())))
            pile(talk.starts_at, talk.ends_at).talks.append(told)
    for card in of_talk.get(None, ()):
        pile(card.question.on_stage_at or card.question.asked_at).answered.append(card)
    for post in _starred(db, event):
        pile(post.post.posted_at).starred.append(post)
    for link in reversed(shelf(db, event)):
        pile(link.first_at).links.append(link)
    for announced in _announced(db, event):
        pile(announced.at).announced.append(announced)
    return Missed(tuple(_halves(piles)), tuple(sorted(known, key=_order)))


def _halves(piles: dict[tuple[date, Half], _Pile]) -> Iterable[HalfDay]:
    for day, half in sorted(piles, key=_order):
        pile = piles[day, half]
        voted = sorted(pile.voted, key=lambda card: (-card.question.votes, card.id))[:MOST_VOTED]
        yield HalfDay(
            day, half, tuple(pile.talks), tuple(pile.answered), tuple(pile.starred), tuple(voted), tuple(pile.links),
            tuple(pile.announced),
        )  # fmt: skip


def _order(one: tuple[date, Half]) -> tuple[date, int]:
    return one[0], list(Half).index(one[1])


def _questions(db: Session, event: Event) -> list[QuestionCard]:
    """Those that were answered, most votes first, and those that wait; each while its post is shown."""
    found = select(Question.id).join(Post, col(Post.id) == Question.post_id)
    found = found.where(Question.event_id == event.id, Post.verdict == Verdict.APPROVED, has_screens(event))
    found = found.where(stands_for_itself())
    wanted = (QuestionState.ANSWERED, QuestionState.OPEN, QuestionState.ON_STAGE)
    ids = db.exec(
        found.where(col(Question.state).in_(wanted), col(Post.withdrawn_at).is_(None)).order_by(
            col(Question.votes).desc(), col(Question.id)
        )
    ).all()
    cards, hidden = question_cards(db, ids), kept_back(db, event)
    return [cards[one] for one in ids if cards[one].post.id not in hidden]


def _starred(db: Session, event: Event) -> list[Card]:
    shown = select(Post.id).where(Post.event_id == event.id, Post.verdict == Verdict.APPROVED, has_screens(event))
    shown = shown.where(col(Post.withdrawn_at).is_(None), col(Post.id).in_(starred(db, event.id)))
    ids = list(db.exec(shown.order_by(col(Post.posted_at), col(Post.id))))
    cards, hidden = shown_cards(db, ids), kept_back(db, event)
    return [cards[one] for one in ids if one not in hidden]


def _announced(db: Session, event: Event) -> list[Announcement]:
    """What was announced, but for what somebody took back."""
    undone = select(Decision.undoes_id).where(Decision.event_id == event.id, col(Decision.undoes_id).is_not(None))
    taken_back = select(Decision.after).where(
        Decision.event_id == event.id, Decision.subject == Subject.ANNOUNCEMENT, col(Decision.id).in_(undone)
    )
    gone = set(db.exec(taken_back))
    made = select(Announcement).where(Announcement.event_id == event.id).order_by(col(Announcement.at))
    return [one for one in db.exec(made) if str(one.id) not in gone]


def newest_day(db: Session, event: Event, at: datetime) -> date:
    """The day that a time without one is of: today while the event lasts, else its last."""
    today = at.astimezone(ZoneInfo(event.zone)).date()
    last = event.ends_on or event.starts_on
    if last is None:
        newest = db.exec(
            select(Post.posted_at).where(Post.event_id == event.id).order_by(col(Post.id).desc()).limit(1)
        ).first()
        last = newest.astimezone(ZoneInfo(event.zone)).date() if newest else today
    return min(today, last)
