"""`backchannel programme import`: a programme in any usual form, looked at first if one likes, then put in place."""

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.actions.programme_import import Imported, foresee_import, import_programme
from app.cli.database import COMMAND_LINE, known_event, with_doors
from app.cli.errors import Failed
from app.domain.event import Event
from app.domain.programme_matching import PlannedTalk, Programme, UnreadableProgramme
from app.domain.talk import Talk
from app.files.programme import read_programme_file
from app.files.programme.column_mapping import Mapping, read_mapping
from app.files.programme.event_days import EventDays
from app.outbound.downloads import NoDocument, fetch_document
from app.settings import Settings
from app.store.doors import Backchannel


def import_file(arguments: argparse.Namespace, settings: Settings) -> None:
    """Import, or with `--dry-run` say what an import would do."""
    content = _content(arguments.file, settings)
    mapping = _mapping(arguments.map)
    chosen = _zone(arguments.zone)

    async def run(backchannel: Backchannel) -> tuple[Event, Programme, Imported]:
        event = await known_event(backchannel, arguments.event)
        try:
            days = EventDays(event.starts_on, event.ends_on)
            programme = read_programme_file(content, event.zone, days=days, chosen=chosen, mapping=mapping)
        except UnreadableProgramme as error:
            raise Failed(str(error)) from None
        if arguments.dry_run:
            return event, programme, await backchannel.ask(foresee_import, event.id, programme)
        done = await backchannel.do(
            import_programme,
            event.id,
            programme,
            remove_used=arguments.remove,
            by=COMMAND_LINE,
            at=datetime.now(UTC),
        )
        return event, programme, done

    event, programme, imported = with_doors(settings, run)
    told = _told(programme, imported, removed_too=arguments.remove)
    if arguments.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_said(event, programme, told, foreseen=arguments.dry_run))


def _content(name: str, settings: Settings) -> bytes:
    if name.startswith(("http://", "https://")):
        try:
            return asyncio.run(fetch_document(name, settings.allowed_hook_hosts))
        except NoDocument as error:
            raise Failed(str(error)) from None
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Failed(f"{name} cannot be read: {error.strerror}") from None


def _mapping(file: Path | None) -> Mapping | None:
    if file is None:
        return None
    try:
        return read_mapping(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise Failed(f"{file} cannot be read: {error.strerror}") from None
    except UnreadableProgramme as error:
        raise Failed(str(error)) from None
    except ValueError:
        raise Failed(f"{file} is not JSON") from None


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Failed(f"“{name}” is not a time zone, such as Europe/London") from None


def _told(programme: Programme, imported: Imported, *, removed_too: bool) -> dict[str, Any]:
    found = imported.changes
    kept = () if removed_too else imported.kept
    warnings = [str(warning) for warning in programme.warnings]
    warnings += [f"{doubt.why} It stands on every screen so." for doubt in imported.doubtful]
    warnings += [
        f"“{talk.title}” is not in the file any more. It stays, because questions or posts belong to it."
        for talk in kept
    ]
    return {
        "format": programme.format,
        "zone": programme.zone,
        "talks": [_talk(talk) for talk in programme.talks],
        "added": [_named(talk) for talk in found.added],
        "changed": [_named(plan) for _, plan in found.changed],
        "moved": [
            {**_named(plan), "from": _place(*imported.came_from[talk.id]), "to": _place(plan.starts_at, plan.room)}
            for talk, plan in found.moved
        ],
        "removed": [_named(talk) for talk in found.removed if talk not in kept],
        "skipped": [{"title": one.title, "why": str(one.why)} for one in programme.skipped],
        "warnings": warnings,
    }


def _talk(talk: PlannedTalk) -> dict[str, Any]:
    return {
        "key": talk.key,
        "title": talk.title,
        "starts_at": talk.starts_at.isoformat(),
        "ends_at": talk.ends_at.isoformat(),
        "room": talk.room,
        "speakers": list(talk.speakers),
        "do_not_share": talk.do_not_share,
    }


def _named(talk: Talk | PlannedTalk) -> dict[str, Any]:
    return {"key": talk.key, "title": talk.title}


def _place(starts_at: datetime, room: str) -> dict[str, Any]:
    return {"starts_at": starts_at.isoformat(), "room": room}


def _said(event: Event, programme: Programme, told: dict[str, Any], *, foreseen: bool) -> str:
    lines = [f"{event.name}: {len(programme.talks)} talks ({programme.format}, times in {programme.zone})"]
    if programme.talks:
        first = programme.talks[0]
        lines.append(f"  first: {first.starts_at:%a %d %b %Y %H:%M}, {first.title}")
    verb = "would be " if foreseen else ""
    lines += [f"  {len(told[kind])} {verb}{kind}" for kind in ("added", "changed", "moved", "removed") if told[kind]]
    lines += [f"  skipped: {one['title'] or '(no title)'}: {one['why']}" for one in told["skipped"]]
    lines += [f"  note: {warning}" for warning in told["warnings"]]
    return "\n".join(lines) + "\n"
