"""One day of an Event, step by step: what came from where, what was shown, who decided. Nothing about an author."""

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, case, col, func, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.post import Post
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.domain.verdict import Verdict

STEPS = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 15, 20, 30, 60))
MOST_STEPS = 96
AN_HOUR = timedelta(hours=1)
MOST_READ = 100_000
"""So many posts and decisions of a day are looked at."""
SEEN = (QuestionState.OPEN, QuestionState.ON_STAGE, QuestionState.ANSWERED)


@dataclass(frozen=True, slots=True)
class TalkFigures:
    talk: Talk
    questions: int
    votes: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """`begins` to `ends` in steps of `step`; each list has a number for every step."""

    day: date
    begins: datetime
    ends: datetime
    step: timedelta
    arrived: dict[str, list[int]]
    """By source, the largest first."""
    shown: list[int]
    declined: list[int]
    waited: list[float]
    """Seconds for which the one that waited longest had waited at the end of a step."""
    people: dict[str, list[int]]
    """Decisions of each person at the desk."""
    talks: list[TalkFigures]
    before: date | None
    after: date | None
    """The days beside it on which something came."""

    @property
    def steps(self) -> int:
        return len(self.shown)


def day_figures(db: Session, event_id: int, day: date | None, at: datetime) -> DayFigures:
    """That day in the Event's own zone; unless one is named, the last on which something came."""
    event = db.get_one(Event, event_id)
    zone = ZoneInfo(event.zone)
    if day is None:
        newest = db.exec(select(func.max(Post.received_at)).where(Post.event_id == event_id)).one()
        day = (newest or at).astimezone(zone).date()
    # In UTC: within one zone Python counts hours as clocks show them, and a day in October has twenty-five.
    start, end = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    posts = _posts(db, event_id, start, end)
    talks = _talks(db, event_id, start, end)
    begins, ends = _span([at for _, at, _ in posts], [one.talk for one in talks], start, end)
    step = next((one for one in STEPS if (ends - begins) / one <= MOST_STEPS), STEPS[-1])
    edges = [begins + step * number for number in range(-(-(ends - begins) // step))]
    decisions = _decisions(db, event_id, begins, ends)
    left = _left_waiting(db, event_id, [post_id for post_id, _, _ in posts])
    sources = [source for source, _ in Counter(source for _, _, source in posts).most_common()]
    people = Counter(one.by for one in decisions if one.access_id is not None)
    return DayFigures(
        day=day,
        begins=begins,
        ends=edges[-1] + step,
        step=step,
        arrived={name: _counted(edges, (at for _, at, source in posts if source == name)) for name in sources},
        shown=_counted(edges, _first(decisions, Verdict.APPROVED)),
        declined=_counted(edges, _first(decisions, Verdict.REJECTED)),
        waited=_waited(edges, step, [(came, left.get(post_id)) for post_id, came, _ in posts], at),
        people={
            by: _counted(edges, (one.at for one in decisions if one.by == by and one.access_id is not None))
            for by in sorted(people)
        },
        talks=talks,
        before=_day_of(_beside(db, event_id, func.max(Post.received_at), col(Post.received_at) < start), zone),
        after=_day_of(_beside(db, event_id, func.min(Post.received_at), col(Post.received_at) >= end), zone),
    )


@dataclass(frozen=True, slots=True)
class _Decided:
    post_id: int
    after: str
    by: str
    access_id: int | None
    at: datetime


def _posts(db: Session, event_id: int, start: datetime, end: datetime) -> Sequence[tuple[int, datetime, str]]:
    query = select(Post.id, Post.received_at, Post.source).where(
        Post.event_id == event_id, col(Post.received_at) >= start, col(Post.received_at) < end
    )
    return list(db.exec(query.order_by(col(Post.received_at)).limit(MOST_READ)))


def _talks(db: Session, event_id: int, start: datetime, end: datetime) -> list[TalkFigures]:
    day = (Talk.event_id == event_id, col(Talk.starts_at) >= start, col(Talk.starts_at) < end)
    votes = case((col(Question.asked_with).is_(None), Question.votes), else_=0)  # they count with what stands for it
    asked = (
        select(Question.talk_id, func.count(), func.coalesce(func.sum(votes), 0))
        .where(Question.event_id == event_id, col(Question.state).in_(SEEN))
        .group_by(col(Question.talk_id))
    )
    counts = {talk_id: (questions, votes) for talk_id, questions, votes in db.exec(asked)}
    found = db.exec(select(Talk).where(*day).order_by(col(Talk.starts_at), col(Talk.id)))
    return [TalkFigures(talk, *map(int, counts.get(talk.id, (0, 0)))) for talk in found]


def _decisions(db: Session, event_id: int, start: datetime, end: datetime) -> list[_Decided]:
    wanted: Any = (Decision.subject_id, Decision.after, Decision.by, Decision.access_id, Decision.at)
    query = select(*wanted).where(
        Decision.event_id == event_id,
        # By the index of times: nearly all decisions are about posts.
        func.coalesce(col(Decision.subject), "") == Subject.POST,
        (col(Decision.undoes_id) + 0).is_(None),
        col(Decision.at) >= start,
        col(Decision.at) < end,
    )
    return [_Decided(*row) for row in db.exec(query.order_by(col(Decision.id)).limit(MOST_READ))]


def _left_waiting(db: Session, event_id: int, post_ids: Sequence[int]) -> dict[int, datetime]:
    """When each was first decided: for ever after, it does not count as waiting."""
    if not post_ids:
        return {}
    query = (
        select(Decision.subject_id, func.min(Decision.at))
        .where(
            Decision.event_id == event_id,
            Decision.subject == Subject.POST,
            Decision.after != Verdict.HELD.value,
            col(Decision.subject_id) >= min(post_ids),
            col(Decision.subject_id) <= max(post_ids),
        )
        .group_by(col(Decision.subject_id))
    )
    return dict(db.exec(query).all())


def _span(
    times: Sequence[datetime], talks: Sequence[Talk], start: datetime, end: datetime
) -> tuple[datetime, datetime]:
    """From one full hour to another, around all that came and all that was planned; two hours at least."""
    first = min([*times[:1], *(talk.starts_at for talk in talks)], default=start + 9 * AN_HOUR)
    last = max([*times[-1:], *(talk.ends_at for talk in talks)], default=start + 17 * AN_HOUR)
    begins = max(start, first.astimezone(UTC).replace(minute=0, second=0, microsecond=0))
    hours = max(2, -(-(min(last, end) - begins) // AN_HOUR))
    return begins, begins + hours * AN_HOUR


def _counted(edges: Sequence[datetime], times: Iterable[datetime]) -> list[int]:
    found = Counter(bisect_right(edges, at) - 1 for at in times)
    return [found[place] for place in range(len(edges))]


def _first(decisions: Iterable[_Decided], verdict: Verdict) -> Iterable[datetime]:
    """When each post was first given this verdict on the day: one that is let through twice is shown once."""
    seen: dict[int, datetime] = {}
    for one in decisions:
        if one.after == verdict.value:
            seen.setdefault(one.post_id, one.at)
    return seen.values()


def _waited(
    edges: Sequence[datetime], step: timedelta, posts: Sequence[tuple[datetime, datetime | None]], at: datetime
) -> list[float]:
    """Posts in the order in which they came: the oldest that has not left yet stands on top."""
    waiting: list[tuple[datetime, datetime]] = []
    found, place, never = [], 0, datetime.max.replace(tzinfo=at.tzinfo)
    for edge in edges:
        until = min(edge + step, at)
        while place < len(posts) and posts[place][0] < until:
            heapq.heappush(waiting, (posts[place][0], posts[place][1] or never))
            place += 1
        while waiting and waiting[0][1] <= until:
            heapq.heappop(waiting)
        found.append(max(0.0, (until - waiting[0][0]).total_seconds()) if waiting and until > edge else 0.0)
    return found


def _beside(db: Session, event_id: int, which: Any, where: Any) -> datetime | None:
    found: datetime | None = db.exec(select(which).where(Post.event_id == event_id, where)).one()
    return found


def _day_of(at: datetime | None, zone: ZoneInfo) -> date | None:
    return at.astimezone(zone).date() if at is not None else None
