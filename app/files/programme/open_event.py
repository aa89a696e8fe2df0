"""Open Event (Eventyay): a zip of JSON files."""

import json
import zipfile
from io import BytesIO
from typing import Any

from app.domain.programme_matching import UnreadableProgramme
from app.files.programme.found_talks import CANCELLED, NOT_ACCEPTED, FoundProgramme, FoundTalk
from app.files.programme.json_fields import list_of, moment_of, names_of, text_of
from app.files.programme.times import zone_named

UNPACKED = 100_000_000
"""So many bytes may come out of one file of the zip."""


def is_open_event(names: list[str]) -> bool:
    return any(_stem(name) == "sessions" for name in names)


def read_open_event(content: bytes) -> FoundProgramme:
    with zipfile.ZipFile(BytesIO(content)) as opened:
        parts = {_stem(name): name for name in opened.namelist()}
        sessions, event = _part(opened, parts.get("sessions")), _part(opened, parts.get("event"))
    talks = [_talk(session) for session in sessions if isinstance(session, dict)] if isinstance(sessions, list) else []
    return FoundProgramme("open event", talks, zone=zone_named(text_of(event, "timezone")))


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".json").casefold()


def _part(opened: zipfile.ZipFile, name: str | None) -> Any:
    if name is None:
        return None
    with opened.open(name) as file:
        content = file.read(UNPACKED + 1)
    if len(content) > UNPACKED:
        raise UnreadableProgramme("“%(name)s” in this zip is too large.", name=name)
    try:
        return json.loads(content)
    except ValueError:
        raise UnreadableProgramme("“%(name)s” in this zip is not JSON.", name=name) from None


def _talk(session: dict[str, Any]) -> FoundTalk:
    state = text_of(session, "state").casefold()
    why = None if state in {"", "accepted", "confirmed"} else CANCELLED if "cancel" in state else NOT_ACCEPTED
    return FoundTalk(
        title=text_of(session, "title"),
        starts_at=moment_of(session, "starts-at", "start_time", "starts_at"),
        ends_at=moment_of(session, "ends-at", "end_time", "ends_at"),
        room=text_of(session.get("microlocation"), "name"),
        speakers=names_of(list_of(session, "speakers")),
        ids=[f"id:{text_of(session, 'id')}"] if text_of(session, "id") else [],
        why_not=why,
    )
