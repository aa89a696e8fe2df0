"""How the desk is doing: what waits, how long decisions take, and which rules are right."""

import statistics
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from app.domain.decision import SCREENING, Decision
from app.domain.event import Event
from app.domain.post import Post
from app.domain.seats import is_present
from app.domain.verdict import Verdict
from app.queries.seats import present

NEWEST = 5_000
"""So many of the newest decisions of people count."""
LATELY = timedelta(minutes=10)
ENOUGH = 10
RARELY = 0.2
MACHINES = (SCREENING, "delay", "watch")


@dataclass(frozen=True, slots=True)
class Rule:
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
class Figures:
    """Times in seconds; None where nothing has been decided yet."""

    waiting: int
    oldest: datetime | None
    at_the_desk: tuple[str, ...]
    median: float | None
    p95: float | None
    decisions: int
    per_moderator_minute: float
    held_share: float
    taken_down: int
    reveals: int
    rules: tuple[Rule, ...]


def figures(db: Session, event_id: int, at: datetime) -> Figures:
    """Bounded, however large the event is."""
    event = db.get_one(Event, event_id)
    seated = {seat.label for seat in present(db, event).seats if is_present(seat, at)}
    times = _times(db, event_id)
    lately = db.exec(
        select(func.count())
        .select_from(Decision)
        .where(Decision.event_id == event_id, Decision.subject == "post", col(Decision.access_id).is_not(None))
        .where(col(Decision.at) > at - LATELY)
    ).one()
    waiting = select(Post.received_at).where(Post.event_id == event_id, Post.verdict == Verdict.HELD)
    arrived, doubtful = db.exec(
        select(func.count(), func.count().filter(col(Post.doubts) != "")).where(Post.event_id == event_id)
    ).one()
    return Figures(
        waiting=db.exec(select(func.count()).select_from(waiting.subquery())).one(),
        oldest=db.exec(waiting.order_by(col(Post.received_at)).limit(1)).first(),
        at_the_desk=tuple(sorted(seated)),
        median=statistics.median(times) if times else None,
        p95=sorted(times)[int(len(times) * 0.95)] if times else None,
        decisions=len(times),
        per_moderator_minute=lately / max(1, len(seated)) / (LATELY / timedelta(minutes=1)),
        held_share=doubtful / arrived if arrived else 0.0,
        taken_down=_count(
            db, event_id, "post", Decision.before == Verdict.APPROVED, Decision.after == Verdict.REJECTED
        ),
        reveals=_count(db, event_id, "reveal"),
        rules=_rules(db, event_id),
    )


def _times(db: Session, event_id: int) -> list[float]:
    """Seconds from arrival to the first verdict of a person, for the newest of them."""
    query = (
        select(Decision.at, Post.received_at)
        .join(Post, col(Post.id) == Decision.subject_id)
        .where(
            Decision.event_id == event_id,
            Decision.subject == "post",
            Decision.before == Verdict.HELD,
            col(Decision.access_id).is_not(None),
            col(Decision.undoes_id).is_(None),
        )
        .order_by(col(Decision.id).desc())
        .limit(NEWEST)
    )
    return [max(0.0, (decided - received).total_seconds()) for decided, received in db.exec(query)]


def _count(db: Session, event_id: int, subject: str, *more: bool) -> int:
    people = col(Decision.by).not_in(MACHINES)
    query = select(func.count()).select_from(Decision).where(Decision.event_id == event_id, people, *more)
    return db.exec(query.where(Decision.subject == subject, col(Decision.undoes_id).is_(None))).one()


def _rules(db: Session, event_id: int) -> tuple[Rule, ...]:
    query = (
        select(Post.signals, Post.verdict)
        .where(
            Post.event_id == event_id,
            col(Post.verdict).in_([Verdict.APPROVED, Verdict.REJECTED]),
            col(Post.decided_by).not_in(["", *MACHINES]),
            Post.doubts != "",
        )
        .order_by(col(Post.id).desc())
        .limit(NEWEST)
    )
    decided: Counter[str] = Counter()
    confirmed: Counter[str] = Counter()
    for signals, verdict in db.exec(query):
        for code in {str(signal["code"]) for signal in signals if signal["level"] != "note"}:
            decided[code] += 1
            confirmed[code] += verdict is Verdict.REJECTED
    return tuple(Rule(code, times, confirmed[code]) for code, times in decided.most_common())
