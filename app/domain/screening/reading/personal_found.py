"""Something personal that was found in a text, on its way to becoming a signal."""

from dataclasses import dataclass

from app.domain.screening.reading.normal import Span
from app.domain.verdict import Level


@dataclass(frozen=True, slots=True)
class Found:
    """`kind` is the code of the signal: nhs-number, phone, name … Spans are of the original text."""

    kind: str
    span: Span
    confidence: float = 0.95
    level: Level = Level.HOLD
