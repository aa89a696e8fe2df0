"""Which column of a table means what: told by the organiser, or guessed from its header."""

import re
import unicodedata
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.programme_matching import UnreadableProgramme
from app.files.programme.times import day

FIELDS = ("title", "date", "start", "end", "time", "duration", "room", "speakers", "id", "do_not_share", "state")
WORDS: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "titel", "talk title", "session title", "title of talk", "titre", "titulo", "talk", "session name",
        "session", "name", "presentation", "presentation title", "paper title", "vortrag", "thema", "topic", "summary",
        "subject", "event", "event name", "what", "teitl",
    ),
    "date": (
        "date", "datum", "start date", "session date", "day date", "jour", "fecha", "day", "tag", "when",
        "dyddiad",
    ),
    "start": (
        "start", "start time", "starts", "starts at", "time start", "begin", "begins", "beginn", "begin time", "from",
        "von", "startzeit", "start datetime", "debut", "inicio", "start date time", "session start", "dechrau",
    ),
    "end": (
        "end", "end time", "ends", "ends at", "time end", "ende", "to", "until", "till", "bis", "finish", "endzeit",
        "end datetime", "fin", "end date time", "session end", "diwedd",
    ),
    "time": (
        "time", "zeit", "uhrzeit", "times", "time slot", "timeslot", "hour", "heure", "hora", "slot time", "amser",
    ),
    "duration": ("duration", "length", "dauer", "minutes", "duration minutes", "duree", "duracion", "mins", "hyd"),
    "room": (
        "room", "raum", "location", "ort", "venue", "room name", "saal", "salle", "stage", "place", "where", "hall",
        "lieu", "session location", "sala", "ystafell",
    ),
    "speakers": (
        "speakers", "speaker", "presenters", "presenter", "speaker names", "speaker name", "presenter name",
        "presented by", "authors", "author", "vortragende", "vortragender", "referenten", "referent", "referentin",
        "teilnehmer",
        "facilitators names", "facilitators", "facilitator", "panelists", "panellists", "people", "who", "host",
        "hosts", "intervenants", "ponentes", "siaradwyr",
    ),
    "id": ("id", "session id", "talk id", "code", "guid", "uid", "identifier", "key"),
    "do_not_share": (
        "do not share", "do not record", "not recorded", "no photos", "no recording", "do not tweet",
        "nicht aufzeichnen",
    ),
    "state": ("state", "status", "proposal state"),
}  # fmt: skip
"""Headers as organisers write them, the surest first."""
UNDER = ("sub", "unter", "job", "speaker", "presenter")
"""What a title is of that is not the talk's."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns by what they mean: names of the header, or `#3` for the third. `header` is its row from 1, 0 for none."""

    columns: Pairs[str, tuple[str, ...]]
    header: int | None = None
    day: date | None = None
    """The day of all that names none."""
    days: Pairs[str, date] = field(default_factory=dict)
    """What a word in the column of days means: `{"Friday": 2026-11-27}`."""
    month_first: bool | None = None


def read_mapping(data: object) -> Mapping:
    """What JSON has: `{"title": "Titel", "speakers": ["Speaker 1", "Speaker 2"], "days": {"Friday": "2026-11-27"}}`."""
    if not isinstance(data, dict):
        raise UnreadableProgramme("A mapping is a JSON object: what each column means.")
    unknown = sorted(set(data) - {*FIELDS, "header", "day", "days", "month_first"})
    if unknown:
        raise UnreadableProgramme(
            "The mapping names %(name)s; it may name %(known)s.", name=unknown[0], known=tuple(FIELDS)
        )
    columns = {name: _columns(data[name]) for name in FIELDS if data.get(name) not in (None, "", [])}
    if "title" not in columns:
        raise UnreadableProgramme("The mapping does not say which column is the title.")
    header, month_first = data.get("header"), data.get("month_first")
    return Mapping(
        columns,
        header if isinstance(header, int) and not isinstance(header, bool) and header >= 0 else None,
        _day(data["day"]) if data.get("day") else None,
        {str(word).strip().casefold(): _day(meant) for word, meant in dict(data.get("days") or {}).items()},
        month_first if isinstance(month_first, bool) else None,
    )


def guessed(header: Sequence[object]) -> dict[str, tuple[int, ...]]:
    """Which columns of a header are sure enough, by their places."""
    said = [plain(cell) for cell in header]
    found: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for name in ("title", "date", "start", "end", "time", "duration", "room", "id", "do_not_share", "state"):
        place = next((said.index(word) for word in WORDS[name] if word in said and said.index(word) not in taken), None)
        if place is not None:
            found[name] = (place,)
            taken.add(place)
    others = [place for place, cell in enumerate(said) if re.search(r"(?:title|titel)$", cell)]
    if "title" in found:
        # A session without papers has only its own title, in another column.
        found["title"] += tuple(place for place in others if place not in taken and not said[place].startswith(UNDER))
    people = [place for word in WORDS["speakers"] for place, cell in enumerate(said) if _numbered(cell) == word]
    if people:
        word = _numbered(said[people[0]])
        found["speakers"] = tuple(
            place for place, cell in enumerate(said) if _numbered(cell) == word and place not in taken
        )
    return found


def plain(cell: object) -> str:
    """A header without what people write around it: `Start Time (required)` is `start time`."""
    text = unicodedata.normalize("NFKD", str(cell)).encode("ascii", "ignore").decode()
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    return " ".join(re.findall(r"[a-z]+|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold()))


def _numbered(cell: str) -> str:
    return re.sub(r"\s*\d+$", "", cell)


def _columns(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _day(value: Any) -> date:
    try:
        return day(str(value))
    except ValueError:
        raise UnreadableProgramme(
            "“%(typed)s” in the mapping is not a day, such as 2026-11-26.", typed=str(value)
        ) from None
