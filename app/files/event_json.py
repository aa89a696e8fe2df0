"""An Event as JSON: everything, for the organiser's private use."""

import json
from collections.abc import AsyncIterator
from typing import Any

from app.domain.network import Networks
from app.files.event_brand import brand_told
from app.files.event_csv import row
from app.files.event_reading import EventReading
from app.queries.archive import Outline


async def as_json(reading: EventReading, _networks: Networks) -> AsyncIterator[str]:
    """One object; each post and each decision is a line of it."""
    yield _written(_head(reading.outline)).removesuffix("}") + ', "posts": ['
    before = "\n"
    async for entries in reading.posts(one.id for one in reading.outline.posts):
        told = [{**row(entry), "signals": entry.post.signals, "ref": entry.post.ref} for entry in entries]
        yield _after(before, told)
        before = ",\n" if told else before
    yield '\n], "decisions": ['
    before = "\n"
    async for decisions in reading.decisions():
        some = [
            {**decision.model_dump(exclude={"event_id", "access_id", "machine"}), "at": decision.at.isoformat()}
            for decision in decisions
        ]
        yield _after(before, some)
        before = ",\n"
    yield "\n]}\n"


def _head(outline: Outline) -> dict[str, Any]:
    event = outline.event
    return {
        "event": {"slug": event.slug, "name": event.name, "hashtags": event.hashtags, "zone": event.zone},
        "brand": brand_told(event, outline.pictures),
        "rooms": [{"key": room.key, "name": room.name} for room in outline.rooms],
        "talks": [
            {
                "id": talk.id,
                "title": talk.title,
                "room": talk.room,
                "speakers": talk.speakers,
                "starts_at": talk.starts_at.isoformat(),
                "ends_at": talk.ends_at.isoformat(),
                "do_not_share": talk.do_not_share,
            }
            for talk in outline.talks
        ],
    }


def _after(before: str, some: list[dict[str, Any]]) -> str:
    return before + ",\n".join(map(_written, some)) if some else ""


def _written(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)
