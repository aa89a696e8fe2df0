"""An Event as JSON: everything, for the organiser's private use."""

import json

from app.files.event_brand import brand_told
from app.files.event_csv import row
from app.queries.archive import Archive


def as_json(archive: Archive) -> str:
    event = archive.event
    whole = {
        "event": {"slug": event.slug, "name": event.name, "hashtags": event.hashtags, "zone": event.zone},
        "brand": brand_told(event, archive.pictures),
        "rooms": [{"key": room.key, "name": room.name} for room in archive.rooms],
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
            for talk in archive.talks
        ],
        "posts": [{**row(entry), "signals": entry.post.signals, "ref": entry.post.ref} for entry in archive.entries],
        "decisions": [
            {**decision.model_dump(exclude={"event_id", "access_id", "machine"}), "at": decision.at.isoformat()}
            for decision in archive.decisions
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
