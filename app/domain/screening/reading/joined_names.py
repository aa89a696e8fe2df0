"""Names and handles written as one word, read as the words they are made of: "NiaRees_2026" is "Nia Rees 2026"."""

import re
from collections.abc import Sequence

from app.domain.screening.reading.normal import Span

_SEAM = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[A-Z])(?=[A-Z][a-z])")
_JOINTS = str.maketrans("_.-@", "    ")


def apart(text: str) -> tuple[str, Sequence[int]]:
    """The words of a name with a blank at every seam, and where each of their characters stands in it."""
    seams = {match.start() for match in _SEAM.finditer(text)}
    if not seams:
        return text.translate(_JOINTS), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.translate(_JOINTS)):
        if place in seams:
            letters.append(" ")
            places.append(place)
        letters.append(letter)
        places.append(place)
    return "".join(letters), places


def joined(span: Span, places: Sequence[int]) -> Span:
    """Where a stretch of these words stands in the name."""
    return places[span[0]], places[span[1] - 1] + 1
