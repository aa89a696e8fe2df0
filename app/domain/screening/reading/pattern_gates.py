"""Long patterns that are only tried where they could match.

Every match of a pattern contains at least one of some pieces of text ("casino", "free spins" …). The pieces are taken
from the pattern itself; a text that has none of them is let through without trying. A text is cut up once and asked
for the pieces of all patterns together. This only saves time: where no pieces can be named, the pattern is always
tried.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any

_SIZE = 4
_LONG_ENOUGH = 6
_MOST = 64
_PARSER: Any = getattr(re, "_parser", None)
Pieces = frozenset[str]


class Gated:
    """A pattern with the pieces of which a match must contain one; used like the pattern.

    Read and compiled when a text first asks for it: a program that screens nothing does not wait for it.
    """

    every: list["Gated"] = []  # noqa: RUF012 - all there are, each with its place
    """Those whose pieces are looked for together."""

    def __init__(self, pattern: str) -> None:
        self.written = pattern
        self.bit = 1 << len(Gated.every)
        Gated.every.append(self)
        _index.cache_clear()
        opened.cache_clear()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.written)

    @cached_property
    def needed(self) -> Pieces | None:
        """The pieces of which each match has one; None if they cannot be named."""
        return _needed(self.written)

    @cached_property
    def short(self) -> tuple[str, ...]:
        """Those that are too short to be looked for together."""
        return tuple(piece for piece in self.needed or () if len(piece) < _SIZE)

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
        self._gates = gates
        self._ours = reduce(or_, (gate.bit for gate in gates), 0)
        self._places = {gate.bit: place for place, gate in enumerate(gates)}

    @cached_property
    def _always(self) -> int:
        return reduce(or_, (gate.bit for gate in self._gates if gate.needed is None), 0)

    @cached_property
    def _short(self) -> dict[str, int]:
        short: dict[str, int] = {}
        for gate in self._gates:
            for piece in gate.short:
                short[piece] = short.get(piece, 0) | gate.bit
        return short

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


def read_patterns() -> None:
    """Read and compile all there are, so that no text waits for it: a third of a second."""
    for gate in Gated.every:
        _ = gate.pattern
    _index()


@lru_cache(maxsize=32)
def opened(text: str) -> int:
    """The patterns for which a text has a long piece, one bit each."""
    index, keys = _index()
    found = 0
    for key in keys.intersection(_stretches(text)):
        for piece, bits in index[key]:
            if piece in text:
                found |= bits
    return found


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, list[tuple[str, int]]], Pieces]:
    """The pieces by four of their characters: those that the fewest of them share, so that few are looked for."""
    opens: dict[str, int] = {}
    for gate in Gated.every:
        for piece in (gate.needed or frozenset()).difference(gate.short):
            opens[piece] = opens.get(piece, 0) | gate.bit
    shared = Counter(part for piece in opens for part in set(_stretches(piece)))
    index: dict[str, list[tuple[str, int]]] = {}
    for piece, bits in opens.items():
        index.setdefault(min(_stretches(piece), key=lambda part: (shared[part], part)), []).append((piece, bits))
    return index, frozenset(index)


def _stretches(text: str) -> Iterator[str]:
    """All runs of four characters."""
    return map("".join, zip(text, text[1:], text[2:], text[3:], strict=False))


def _needed(pattern: str) -> Pieces | None:
    try:
        found = _of_sequence(_PARSER.parse(pattern))[1]
    except (AttributeError, TypeError, ValueError, re.error):
        return None
    return found if found and all(found) else None


Found = tuple[Pieces | None, Pieces | None]
"""All texts that a part can be (None: too many to tell), and pieces of which each match has one (None: unknown)."""
_NOTHING: Found = (frozenset({""}), None)


def _of_sequence(items: Any) -> Found:
    """The best of what each part needs: a part that must match anyway is enough. Parts in a row are read as one."""
    best: Pieces | None = None
    run: Pieces = frozenset({""})
    whole = True
    for name, value in items:
        exact, needed = _of_part(str(name), value)
        longer = None if exact is None else frozenset(before + after for before in run for after in exact)
        if longer is not None and len(longer) <= _MOST:
            run = longer
            continue
        best = _better(_better(best, run), needed)
        run, whole = (exact or frozenset({""})), False
    return run if whole else None, _better(best, run)


def _of_part(name: str, value: Any) -> Found:
    if name == "LITERAL":
        return frozenset({chr(value)}), None
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return _NOTHING
    if name == "SUBPATTERN" and not value[1]:  # with flags of its own, letters may stand for others
        return _of_sequence(value[3])
    if name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return frozenset(chr(code) for _, code in value), None
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        exact, needed = _of_sequence(value[2])
        if value[1] == 1 and exact is not None:
            return (exact if value[0] else exact | {""}), None
        return None, _better(needed, exact) if value[0] else None
    if name == "BRANCH":
        each = [_of_sequence(branch) for branch in value[1]]
        exacts = [exact for exact, _ in each]
        if None not in exacts and len(union := _union(exacts)) <= _MOST:
            return union, None
        best = [_better(needed, exact) for exact, needed in each]
        return None, None if None in best else _union(best)
    return None, None


def _union(some: Sequence[Pieces | None]) -> Pieces:
    return frozenset().union(*(one or () for one in some))


def _better(one: Pieces | None, other: Pieces | None) -> Pieces | None:
    """What says more: longer pieces, then fewer."""
    both = [found for found in (one, other) if found and all(found)]
    return max(both, key=_worth, default=None)


def _worth(found: Pieces) -> tuple[int, int]:
    return min(_LONG_ENOUGH, *map(len, found), _LONG_ENOUGH), -len(found)
