"""Sessionize: the views All, GridSmart and Sessions of its API."""

from collections.abc import Mapping
from typing import Any

from app.files.programme.found_talks import NOT_ACCEPTED, SERVICE, FoundProgramme, FoundTalk
from app.files.programme.json_fields import list_of, moment_of, names_of, text_of

ACCEPTED = {"", "accepted", "accept_queue", "confirmed"}


def is_all(data: Any) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("sessions"), list) and isinstance(data.get("rooms"), list)


def read_all(data: Mapping[str, Any]) -> FoundProgramme:
    rooms = {text_of(room, "id"): text_of(room, "name") for room in data["rooms"]}
    people = {text_of(person, "id"): names_of([person]) for person in list_of(data, "speakers")}
    talks = []
    for session in data["sessions"]:
        speakers = [name for one in list_of(session, "speakers") for name in _named(one, people)]
        talks.append(_talk(session, rooms.get(text_of(session, "roomId"), ""), speakers))
    return FoundProgramme("sessionize all", talks)


def is_grid(data: Any) -> bool:
    return isinstance(data, list) and any(list_of(one, "rooms") for one in data)


def read_grid(data: list[Any]) -> FoundProgramme:
    """Plenary sessions stand in every room, and all of them again under `timeSlots`: one session is one talk."""
    seen: dict[str, FoundTalk] = {}
    for one in data:
        for room in list_of(one, "rooms"):
            for session in list_of(room, "sessions"):
                name = text_of(session, "room") or text_of(room, "name")
                seen.setdefault(text_of(session, "id"), _talk(session, name, names_of(list_of(session, "speakers"))))
    return FoundProgramme("sessionize gridsmart", list(seen.values()))


def is_sessions(data: Any) -> bool:
    return isinstance(data, list) and any(list_of(one, "sessions") for one in data)


def read_sessions(data: list[Any]) -> FoundProgramme:
    talks = [
        _talk(session, text_of(session, "room"), names_of(list_of(session, "speakers")))
        for group in data
        for session in list_of(group, "sessions")
    ]
    return FoundProgramme("sessionize sessions", talks)


def _named(one: object, people: Mapping[str, list[str]]) -> list[str]:
    return names_of([one]) if isinstance(one, Mapping) else people.get(str(one), [])


def _talk(session: Any, room: str, speakers: list[str]) -> FoundTalk:
    service = isinstance(session, Mapping) and session.get("isServiceSession") is True
    accepted = text_of(session, "status").casefold() in ACCEPTED
    return FoundTalk(
        title=text_of(session, "title"),
        starts_at=moment_of(session, "startsAt"),
        ends_at=moment_of(session, "endsAt"),
        room=room,
        speakers=speakers,
        ids=[f"id:{text_of(session, 'id')}"] if text_of(session, "id") else [],
        why_not=SERVICE if service else None if accepted else NOT_ACCEPTED,
    )
