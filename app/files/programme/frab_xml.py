"""Pentabarf, frab, pretalx and Wafer XML: days of rooms of events."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from app.domain.programme_matching import UnreadableProgramme
from app.files.programme.found_talks import FoundProgramme, FoundTalk
from app.files.programme.times import NIGHT, clock, day, lasting, start_of, zone_named

MOST_ELEMENTS = 1_000_000
"""Each takes a hundred times the memory of its letters."""


class _Bounded(ET.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> ET.Element:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise UnreadableProgramme("This XML has more elements than a programme could have.")
        return super().start(tag, attributes)

    def doctype(self, *_: object) -> None:
        raise UnreadableProgramme("This XML has a DOCTYPE, which a programme does not need; it is not read.")


def parsed_xml(content: bytes) -> ET.Element:
    """Raises UnreadableProgramme with where it goes wrong, and for a DOCTYPE."""
    try:
        return ET.fromstring(content, parser=ET.XMLParser(target=_Bounded()))  # noqa: S314 - no DOCTYPE, so no entities
    except ET.ParseError as error:
        line, _ = error.position
        raise UnreadableProgramme(
            "This XML cannot be read: in line %(line)d, %(why)s.", line=line, why=str(error).partition(":")[0]
        ) from None


def is_frab_xml(root: ET.Element) -> bool:
    return root.tag == "schedule" and root.find(".//day//event") is not None


def read_frab_xml(root: ET.Element) -> FoundProgramme:
    conference = root.find("conference")
    named = "" if conference is None else (conference.findtext("time_zone_name") or "")
    changes_at = NIGHT if conference is None else _time_or(conference.findtext("day_change"), NIGHT)
    talks = [
        _talk(event, day_of, room, changes_at)
        for element in root.findall("day")
        for day_of, room, event in _events(element)
    ]
    return FoundProgramme("frab xml", talks, zone=zone_named(named))


def _events(element: ET.Element) -> Iterator[tuple[date | None, str, ET.Element]]:
    day_of = None
    with suppress(ValueError):
        day_of = day(element.get("date") or "")
    for child in element:
        if child.tag == "event":
            yield day_of, "", child
        for event in child.findall("event") if child.tag == "room" else ():
            yield day_of, child.get("name") or "", event


def _talk(event: ET.Element, day_of: date | None, room: str, changes_at: time) -> FoundTalk:
    said = _said(event)
    guid, number = event.get("guid"), event.get("id")
    ids = [f"{kind}:{value}" for kind, value in (("guid", guid), ("id", number), ("slug", said("slug"))) if value]
    return FoundTalk(
        title=said("title"),
        starts_at=start_of(said("date"), said("start"), day_of, changes_at),
        lasts=_lasts(said("duration")),
        room=said("room") or room,
        speakers=["".join(person.itertext()) for person in event.iter("person")],
        do_not_share=said("recording/optout").casefold() == "true",
        ids=ids,
    )


def _said(event: ET.Element) -> Any:
    return lambda path: (event.findtext(path) or "").strip()


def _lasts(text: str) -> timedelta | None:
    with suppress(ValueError):
        return lasting(text) if text else None
    return None


def _time_or(text: str | None, otherwise: time) -> time:
    with suppress(ValueError):
        return clock(text) if text else otherwise
    return otherwise
