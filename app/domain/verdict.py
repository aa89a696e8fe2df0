"""What may be seen, and what screening says about it at arrival."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.sentence import Sentence


class Verdict(StrEnum):
    HELD = "held"
    APPROVED = "approved"
    REJECTED = "rejected"
    STASHED = "stashed"


class Unread(StrEnum):
    """Whether the reader has yet to read a post; one that passes then, passes unless something is found.

    Late is what it could not read in good time: the desk says so, and nothing else follows from it.
    """

    NO = ""
    WAITS = "waits"
    PASSES = "passes"
    WAITS_LATE = "waits_late"
    PASSES_LATE = "passes_late"

    @property
    def passes(self) -> bool:
        return self in {Unread.PASSES, Unread.PASSES_LATE}

    @property
    def is_late(self) -> bool:
        return self in {Unread.WAITS_LATE, Unread.PASSES_LATE}

    @property
    def looked_at(self) -> "Unread":
        """After a person has looked: it passes by nothing that is read."""
        return Unread.yet(passes=False, late=self.is_late) if self else self

    @classmethod
    def yet(cls, *, passes: bool, late: bool = False) -> "Unread":
        if late:
            return cls.PASSES_LATE if passes else cls.WAITS_LATE
        return cls.PASSES if passes else cls.WAITS


class Level(StrEnum):
    """How much a signal weighs: from a remark for the moderator to something that must not be seen."""

    NOTE = "note"
    NUDGE = "nudge"
    HOLD = "hold"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason found by screening. `spans` are [start, end) in code points of the `field` that they stand in.

    A post has several of some fields (its pictures are described one by one); `place` counts them from 0.
    """

    code: str
    category: str
    level: Level
    explanation: str
    confidence: float = 1.0
    spans: tuple[tuple[int, int], ...] = ()
    field: str = "text"
    place: int = 0

    def as_json(self) -> dict[str, object]:
        """As programs are told; by hand, because `asdict` takes ten times as long."""
        return {
            "code": self.code,
            "category": self.category,
            "level": self.level,
            "explanation": self.explanation,
            "confidence": self.confidence,
            "spans": [list(span) for span in self.spans],
            "field": self.field,
            **({"place": self.place} if self.place else {}),
        }

    def as_stored(self) -> dict[str, object]:
        """And what the explanation was made of, so that it can be said in another language."""
        said = self.explanation
        made_of = said.as_json() if isinstance(said, Sentence) and said.facts else {}
        return {**self.as_json(), **made_of}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> "Signal":
        """As far as the queue looks at it."""
        return cls(stored["code"], stored["category"], Level(stored["level"]), stored["explanation"])


@dataclass(frozen=True, slots=True)
class Ruling:
    """What screening says at arrival: a verdict and the signals that led to it."""

    verdict: Verdict
    signals: tuple[Signal, ...] = ()
    delayed: bool = False
    """Held, but it may show itself after a while if nobody stops it."""
    passes_when_read: bool = False
    """Held only until the reader has read it: then it passes, unless something is found."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """How likely it is of each kind, calibrated, from 0 to 1; also where nothing was found."""
