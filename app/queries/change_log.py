"""The Event's log, as its readers see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from app.domain.event import Event
from app.domain.publication import Publication
from app.domain.subject import Subject

T = TypeVar("T")
MAX_LINES_BEHIND = 200
"""A reader further behind than this gets a fresh snapshot: that is cheaper than so many lines."""


@dataclass(frozen=True, slots=True)
class News:
    """What happened after a cursor. `lines` is None when the reader is to be shown everything afresh.

    `changed_at` is the moment of the newest line, in seconds since the epoch; 0 without lines.
    """

    event: Event
    cursor: int
    lines: "Changes | None"
    changed_at: float = 0.0
    said: dict[Any, Any] = field(default_factory=dict)
    """What was made of it already: many rooms and screens have parts in common."""

    def once(self, key: Any, make: Callable[[], T]) -> T:
        if key not in self.said:
            self.said[key] = make()
        found: T = self.said[key]
        return found


@dataclass(frozen=True, slots=True)
class Changes:
    """The ids that changed, by subject, each once."""

    ids: dict[str, frozenset[int]]

    def of(self, subject: str) -> frozenset[int]:
        return self.ids.get(subject, frozenset())

    def __bool__(self) -> bool:
        return bool(self.ids)


def news(db: Session, event_id: int, after: int) -> News:
    """The lines after a cursor, together with the cursor that they lead to."""
    event = db.get_one(Event, event_id)
    if after > event.cursor or after < event.trimmed or event.cursor - after > MAX_LINES_BEHIND:
        return News(event, event.cursor, None)
    found = db.exec(
        select(Publication.subject, Publication.subject_id, Publication.at)
        .where(
            Publication.event_id == event_id,
            col(Publication.cursor) > after,
            col(Publication.cursor) <= event.cursor,
        )
        .order_by(col(Publication.cursor))
    ).all()
    changed_at = found[-1][2].timestamp() if found else 0.0
    lines = changes([(subject, subject_id) for subject, subject_id, _ in found])
    return News(event, event.cursor, None if lines.of(Subject.SPEECH) else lines, changed_at)


def changes(lines: Sequence[tuple[str, int]]) -> Changes:
    """Fold lines into the ids that changed."""
    ids: dict[str, set[int]] = {}
    for subject, subject_id in lines:
        ids.setdefault(subject, set()).add(subject_id)
    return Changes({subject: frozenset(found) for subject, found in ids.items()})
