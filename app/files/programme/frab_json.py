"""JSON of frab, pretalx and hub: days of rooms of events; and pretalx's talks by day and minute."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from app.files.programme.found_talks import NOT_ACCEPTED, FoundProgramme, FoundTalk
from app.files.programme.json_fields import ids_of, lasting_of, list_of, moment_of, names_of, text_of
from app.files.programme.times import day, start_of, zone_named


def is_frab(data: Any) -> bool:
    return isinstance(data, Mapping) and bool(list_of(_conference(data), "days"))


def read_frab(data: Mapping[str, Any]) -> FoundProgramme:
    conference = _conference(data)
    talks = [
        _talk(event, _day(one), room)
        for one in list_of(conference, "days")
        for room, events in _rooms(one)
        for event in events
        if isinstance(event, Mapping)
    ]
    return FoundProgramme("frab json", talks, zone=zone_named(text_of(conference, "time_zone_name")))


def is_slots(data: Any) -> bool:
    """`{schedule: {day: {minute: {room: talk}}}}`, as sites made with pretalx's API have it."""
    days = data.get("schedule") if isinstance(data, Mapping) else None
    if not isinstance(days, Mapping) or not days:
        return False
    with suppress(ValueError):
        return all(isinstance(minutes, Mapping) and bool(day(name)) for name, minutes in days.items())
    return False


def read_slots(data: Mapping[str, Any]) -> FoundProgramme:
    talks = [
        FoundTalk(
            title=text_of(talk, "title"),
            starts_at=moment_of(talk.get("slot"), "start"),
            ends_at=moment_of(talk.get("slot"), "end"),
            room=text_of(talk.get("slot"), "room"),
            speakers=names_of(list_of(talk, "speakers")),
            do_not_share=talk.get("do_not_record") is True,
            ids=ids_of(talk, "code"),
            why_not=None if text_of(talk, "state") in {"", "confirmed", "accepted"} else NOT_ACCEPTED,
        )
        for minutes in data["schedule"].values()
        for rooms in minutes.values()
        for talk in (rooms.values() if isinstance(rooms, Mapping) else ())
        if isinstance(talk, Mapping) and talk
    ]
    return FoundProgramme("pretalx slots", talks)


def _conference(data: Mapping[str, Any]) -> Any:
    schedule = data.get("schedule")
    return schedule.get("conference") if isinstance(schedule, Mapping) else None


def _rooms(one: Any) -> list[tuple[str, list[Any]]]:
    rooms = one.get("rooms") if isinstance(one, Mapping) else None
    if isinstance(rooms, Mapping):
        return [(str(name), events) for name, events in rooms.items() if isinstance(events, list)]
    return [(text_of(room, "name"), list_of(room, "events", "talks")) for room in list_of(one, "rooms")]


def _day(one: Any) -> date | None:
    with suppress(ValueError):
        return day(text_of(one, "date"))
    return None


def _talk(event: Mapping[str, Any], day_of: date | None, room: str) -> FoundTalk:
    return FoundTalk(
        title=text_of(event, "title"),
        starts_at=start_of(text_of(event, "date"), text_of(event, "start"), day_of),
        lasts=lasting_of(event, "duration"),
        room=text_of(event, "room") or room,
        speakers=names_of(list_of(event, "persons")),
        do_not_share=event.get("do_not_record") is True,
        ids=ids_of(event, "guid", "id", "slug"),
    )
