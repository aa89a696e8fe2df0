"""What looks personal is covered until a moderator asks to see it, and that is written down."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

DOT = "•"
PRIVACY = "privacy"
_COVERS_NOTHING = {"person-described"}
"""It marks what it goes by, and nobody is named there."""
_LONG = 7
_SHOWN = 2
_QUOTED = re.compile(r"“[^“”]*”")
_WORD = re.compile(r"\w+")


def is_sensitive(doubts: str) -> bool:
    return f",{PRIVACY}," in doubts


def covered(text: str, signals: Iterable[Mapping[str, Any]], field: str = "text", place: int = 0) -> str:
    """The text of a field with what signals of privacy point at covered; as long as before, so that other spans fit."""
    letters = list(text)
    for signal in signals:
        if signal["category"] != PRIVACY or signal["level"] == "note" or not stands_in(signal, field, place):
            continue
        if signal.get("code") in _COVERS_NOTHING:
            continue
        # A doubt about the whole text covers all of it: nobody knows where the name stands.
        for start, end in signal["spans"] or ((0, len(text)),):
            shown = _SHOWN if end - start >= _LONG and any(map(str.isdigit, text[start:end])) else 0
            for at in range(start + shown, min(end - shown, len(letters))):
                if letters[at].isalnum():
                    letters[at] = DOT
    return "".join(letters)


def stands_in(signal: Mapping[str, Any], field: str, place: int = 0) -> bool:
    """Whether a signal points into that field; those of before there were fields point into the text."""
    return bool(signal.get("field", "text") == field and signal.get("place", 0) == place)


def covered_reason(said: str, texts: Iterable[tuple[str, str]]) -> str:
    """A reason without the words it quotes that are covered where they stand; each pair is a text, and it covered."""
    hidden = {
        match[0].casefold(): shown[slice(*match.span())]
        for told, shown in texts
        if told != shown
        for match in _WORD.finditer(told)
        if match[0] != shown[slice(*match.span())]
    }

    def cover(match: re.Match[str]) -> str:
        word = match[0].casefold()
        if word in hidden:
            return hidden[word]
        # What is quoted of a long passage may end within a word.
        cut = match.end() == len(match.string) - 1 and any(one.startswith(word) for one in hidden)
        return DOT * len(word) if cut else match[0]

    return _QUOTED.sub(lambda quoted: _WORD.sub(cover, quoted[0]), said) if hidden else said
