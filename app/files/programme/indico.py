"""Indico's HTTP export of an event with its contributions."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.files.programme.found_talks import FoundProgramme, FoundTalk
from app.files.programme.json_fields import lasting_of, list_of, names_of, text_of
from app.files.programme.times import zone_named


def is_indico(data: Any) -> bool:
    return any(list_of(event, "contributions") for event in list_of(data, "results"))


def read_indico(data: Mapping[str, Any]) -> FoundProgramme:
    events = list_of(data, "results")
    talks = [
        FoundTalk(
            title=text_of(one, "title"),
            starts_at=_at(one.get("startDate")),
            ends_at=_at(one.get("endDate")),
            lasts=lasting_of(one, "duration"),
            room=text_of(one, "room", "roomFullname", "location"),
            speakers=names_of(list_of(one, "speakers", "primaryauthors")),
            ids=[f"{kind}:{text_of(one, kind)}" for kind in ("db_id", "id", "friendly_id") if text_of(one, kind)],
        )
        for event in events
        for one in list_of(event, "contributions")
        if isinstance(one, Mapping)
    ]
    return FoundProgramme("indico json", talks, zone=zone_named(text_of(events[0], "timezone")))


def _at(said: object) -> datetime | None:
    with suppress(ValueError):
        at = datetime.fromisoformat(f"{text_of(said, 'date')}T{text_of(said, 'time')}")
        zone = zone_named(text_of(said, "tz"))
        return at.replace(tzinfo=ZoneInfo(zone)) if zone else at
    return None
