"""How the desk is doing: what waits, how long decisions take, and which rules are right."""

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from app.domain.decision import Decision
from app.domain.event import Event
from app.domain.post import DOUBTFUL, TAKEN_DOWN, Post
from app.domain.seats import is_present
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.seats import present

POSTS_COUNTED = 1_000
"""So many of the newest posts, and of the newest decisions of people, count."""
TEN_MINUTES = timedelta(minutes=10)
AN_HOUR = timedelta(hours=1)
ENOUGH = 10
RARELY = 0.2


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often people agreed with a rule: of `decided` posts that it pointed at, `confirmed` were rejected."""

    code: str
    decided: int
    confirmed: int

    @property
    def precision(self) -> float:
        return self.confirmed / self.decided

    @property
    def is_rarely_right(self) -> bool:
        return self.decided >= ENOUGH and self.precision < RARELY


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from arrival to a person's verdict; None where nobody has decided yet."""

    decisions: int
    median: float | None
    p95: float | None

    @classmethod
    def of(cls, times: Sequence[float]) -> "Pace":
        ranked = sorted(times)
        if not ranked:
            return cls(0, None, None)
        return cls(len(ranked), statistics.median(ranked), ranked[math.ceil(len(ranked) * 0.95) - 1])


@dataclass(frozen=True, slots=True)
class Figures:
    """How the desk is doing. `doubtful_share` is of the newest posts."""

    waiting: int
    oldest: datetime | None
    at_the_desk: tuple[str, ...]
    overall: Pace
    last_hour: Pace
    per_moderator_minute: float
    doubtful_share: float
    taken_down: int
    reveals: int
    rules: tuple[RulePrecision, ...]


def figures(db: Session, event_id: int, at: datetime) -> Figures:
    """Of the newest posts and decisions, so that it takes no longer however large the event is."""
    event = db.get_one(Event, event_id)
    seated = {seat.label for seat in present(db, event).seats if is_present(seat, at)}
    decided = _decided(db, event_id)
    lately = sum(when > at - TEN_MINUTES for when, _, _ in decided)
    times = [(when, seconds) for when, before, seconds in decided if before == Verdict.HELD]
    waiting = (Post.event_id == event_id, Post.verdict == Verdict.HELD)
    oldest = select(Post.received_at).where(*waiting).order_by(col(Post.received_at)).limit(1)
    return Figures(
        waiting=db.exec(select(func.count()).select_from(Post).where(*waiting)).one(),
        oldest=db.exec(oldest).first(),
        at_the_desk=tuple(sorted(seated)),
        overall=Pace.of([seconds for _, seconds in times]),
        last_hour=Pace.of([seconds for when, seconds in times if when > at - AN_HOUR]),
        per_moderator_minute=lately / max(1, len(seated)) / (TEN_MINUTES / timedelta(minutes=1)),
        doubtful_share=_doubtful_share(db, event_id),
        taken_down=_taken_down(db, event_id),
        reveals=_reveals(db, event_id),
        rules=_rules(db, event_id),
    )


def _decided(db: Session, event_id: int) -> list[tuple[datetime, str, float]]:
    """The newest verdicts of people: when, on what, and how long after the post had come.

    With `+ 0` as no other index must be taken than that of the id: then it stops at the newest.
    """
    query = (
        select(Decision.at, Decision.before, Post.received_at)
        .join(Post, col(Post.id) == Decision.subject_id)
        .where(
            col(Decision.event_id) + 0 == event_id,
            Decision.subject == Subject.POST,
            col(Decision.access_id).is_not(None),
            (col(Decision.undoes_id) + 0).is_(None),
        )
        .order_by(col(Decision.id).desc())
        .limit(POSTS_COUNTED)
    )
    return [(at, before, max(0.0, (at - received).total_seconds())) for at, before, received in db.exec(query)]


def _doubtful_share(db: Session, event_id: int) -> float:
    newest = (
        select(Post.doubts).where(col(Post.event_id) + 0 == event_id).order_by(col(Post.id).desc()).limit(POSTS_COUNTED)
    )
    one = newest.subquery()
    found, doubtful = db.exec(select(func.count(), func.count().filter(one.c.doubts != "")).select_from(one)).one()
    return doubtful / found if found else 0.0


def _taken_down(db: Session, event_id: int) -> int:
    """Posts that were on the screens and that a person rejected; not those that their authors took away."""
    query = select(func.count()).where(
        Post.event_id == event_id, text(TAKEN_DOWN), col(Post.decided_by_machine).is_(False)
    )
    return db.exec(query).one()


def _reveals(db: Session, event_id: int) -> int:
    return db.exec(select(func.count()).where(Decision.event_id == event_id, Decision.subject == Subject.REVEAL)).one()


def _rules(db: Session, event_id: int) -> tuple[RulePrecision, ...]:
    query = (
        select(Post.signals, Post.verdict)
        .where(
            Post.event_id == event_id,
            func.coalesce(col(Post.verdict), "").in_([Verdict.APPROVED, Verdict.REJECTED]),
            Post.decided_by != "",
            col(Post.decided_by_machine).is_(False),
            text(DOUBTFUL),
        )
        .order_by(col(Post.id).desc())
        .limit(POSTS_COUNTED)
    )
    decided: Counter[str] = Counter()
    confirmed: Counter[str] = Counter()
    for signals, verdict in db.exec(query):
        for code in {str(signal["code"]) for signal in signals if signal["level"] != "note"}:
            decided[code] += 1
            confirmed[code] += verdict is Verdict.REJECTED
    return tuple(RulePrecision(code, times, confirmed[code]) for code, times in decided.most_common())
