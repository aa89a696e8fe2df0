"""Long patterns that are only tried where they could match.

Every match of a pattern contains at least one of some pieces of text ("casino", "free spins" …). The pieces are taken
from the pattern itself; a text that has none of them is let through without trying. This only saves time: where no
pieces can be named, the pattern is always tried.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

_SIZE = 4
_PARSER: Any = getattr(re, "_parser", None)
Pieces = frozenset[str]


class Gated:
    """A pattern with the pieces of which a match must contain one; used like the pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self.needed = needed = _needed(pattern)
        self._pieces = None if needed is None else frozenset(piece[:_SIZE] for piece in needed if len(piece) >= _SIZE)
        self._short = () if needed is None else tuple(piece for piece in needed if len(piece) < _SIZE)

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def may_match(self, text: str) -> bool:
        if self._pieces is None or not self._pieces.isdisjoint(pieces(text)):
            return True
        return any(piece in text for piece in self._short)


class Gates:
    """Many gated patterns at once: which of them could match?"""

    def __init__(self, gates: Sequence[Gated]) -> None:
        self._always = {place for place, gate in enumerate(gates) if gate.needed is None}
        self._by_piece: dict[str, list[int]] = {}
        self._short: dict[str, list[int]] = {}
        for place, gate in enumerate(gates):
            for piece in gate.needed or ():
                index = self._by_piece if len(piece) >= _SIZE else self._short
                index.setdefault(piece[:_SIZE], []).append(place)
        self._keys = frozenset(self._by_piece)

    def candidates(self, text: str) -> list[int]:
        found = set(self._always)
        for piece in self._keys & pieces(text):
            found.update(self._by_piece[piece])
        for piece, places in self._short.items():
            if piece in text:
                found.update(places)
        return sorted(found)


@lru_cache(maxsize=32)
def pieces(text: str) -> Pieces:
    """All stretches of four characters."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], text[3:], strict=False)))


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
