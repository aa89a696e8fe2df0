"""Long patterns that are only tried where they could match.

Every match of a pattern contains at least one of some pieces of text ("casino", "free spins" …). The pieces are taken
from the pattern itself; a text that has none of them is let through without trying. A text is cut up once and asked
for the pieces of all patterns together. This only saves time: where no pieces can be named, the pattern is always
tried.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

_SIZE = 4
_PARSER: Any = getattr(re, "_parser", None)
Pieces = frozenset[str]


class Gated:
    """A pattern with the pieces of which a match must contain one; used like the pattern."""

    opens: dict[str, int] = {}  # noqa: RUF012 - of all patterns together
    """For each piece the patterns that it opens, one bit a pattern."""
    keys: Pieces = frozenset()
    count = 0

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.needed = needed = _needed(pattern)
        self.short = tuple(piece for piece in needed or () if len(piece) < _SIZE)
        self.bit = 1 << Gated.count
        Gated.count += 1
        for piece in {piece[:_SIZE] for piece in needed or ()}.difference(self.short):
            Gated.opens[piece] = Gated.opens.get(piece, 0) | self.bit
        Gated.keys = frozenset(Gated.opens)
        opened.cache_clear()

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def may_match(self, text: str) -> bool:
        if self.needed is None or opened(text) & self.bit:
            return True
        for piece in self.short:  # noqa: SIM110 - a generator would take twice as long
            if piece in text:
                return True
        return False


class Gates:
    """Many gated patterns at once: which of them could match?"""

    def __init__(self, gates: Sequence[Gated]) -> None:
        self._always = reduce(or_, (gate.bit for gate in gates if gate.needed is None), 0)
        self._ours = reduce(or_, (gate.bit for gate in gates), 0)
        self._places = {gate.bit: place for place, gate in enumerate(gates)}
        self._short: dict[str, int] = {}
        for gate in gates:
            for piece in gate.short:
                self._short[piece] = self._short.get(piece, 0) | gate.bit

    def candidates(self, text: str) -> list[int]:
        found = (opened(text) | self._always) & self._ours
        for piece, bits in self._short.items():
            if piece in text:
                found |= bits
        places: list[int] = []
        while found:
            lowest = found & -found
            places.append(self._places[lowest])
            found ^= lowest
        return places


@lru_cache(maxsize=32)
def opened(text: str) -> int:
    """The patterns for which a text has a long piece, one bit each."""
    found = Gated.keys.intersection(map("".join, zip(text, text[1:], text[2:], text[3:], strict=False)))
    return reduce(or_, map(Gated.opens.__getitem__, found), 0)


def _needed(pattern: str) -> Pieces | None:
    try:
        found = _of_sequence(_PARSER.parse(pattern))
    except (AttributeError, TypeError, ValueError, re.error):
        return None
    return found if found and all(found) else None


def _of_sequence(items: Any) -> Pieces | None:
    """The best of what each part needs: a part that must match anyway is enough."""
    best: Pieces | None = None
    run = ""
    for name, value in [*items, (None, None)]:
        if str(name) == "LITERAL":
            run += chr(value)
            continue
        for found in (frozenset({run}) if run else None, _of_part(str(name), value)):
            if found and (best is None or _worth(found) > _worth(best)):
                best = found
        run = ""
    return best


def _of_part(name: str, value: Any) -> Pieces | None:
    if name == "SUBPATTERN":
        return _of_sequence(value[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
        return _of_sequence(value[2])
    if name == "BRANCH":
        each = [_of_sequence(branch) for branch in value[1]]
        return None if any(found is None for found in each) else frozenset().union(*(found or () for found in each))
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return frozenset(chr(code) for _, code in value)
    return None


def _worth(found: Pieces) -> tuple[int, int]:
    return min(_SIZE, *map(len, found), _SIZE), -len(found)
