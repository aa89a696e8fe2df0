"""Stretches of a text, asked whether one of them holds another stretch; many are asked as quickly as few."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from app.domain.screening.reading.normal import Span


class Stretches:
    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))
        """How far those get that begin there or before."""

    def hold(self, span: Span) -> bool:
        """Whether one of them has all of that stretch."""
        place = bisect_right(self._starts, span[0])
        return place > 0 and self._reach[place - 1] >= span[1]
