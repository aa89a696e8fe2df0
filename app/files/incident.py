"""Everything about some posts as one file, for a safeguarding case."""

import hashlib
import io
import json
import zipfile
from typing import Any

from app.domain.decision import Decision
from app.queries.incidents import Incident


def incident_pack(incident: Incident, page: str) -> bytes:
    """One ZIP: what happened as data and as a `page` to read, the rules in force, and a manifest with their hashes."""
    files = {
        "incident.json": json.dumps(_as_data(incident), ensure_ascii=False, indent=1).encode(),
        "incident.html": page.encode(),
        "rules.json": json.dumps(
            [
                {"version": book.version, "by": book.by, "at": book.at.isoformat(), "policy": book.policy}
                for book in incident.policy_versions
            ],
            ensure_ascii=False,
            indent=1,
        ).encode(),
    }
    manifest = {
        "taken_at": incident.taken_at.isoformat(),
        "taken_by": incident.taken_by,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in {**files, "manifest.json": json.dumps(manifest, indent=1).encode()}.items():
            pack.writestr(zipfile.ZipInfo(name, incident.taken_at.timetuple()[:6]), content)
    return out.getvalue()


def _as_data(incident: Incident) -> dict[str, Any]:
    return {
        "event": {"slug": incident.event.slug, "name": incident.event.name, "zone": incident.event.zone},
        "taken_at": incident.taken_at.isoformat(),
        "taken_by": incident.taken_by,
        "left_out": incident.left_out,
        "unknown": list(incident.unknown),
        "posts": [
            {
                **post.model_dump(mode="json", exclude={"device", "agreed_access_id", "decided_by_machine"}),
                "author": {**author.model_dump(mode="json"), "record": dict(incident.records.get(author.id, {}))},
                "decisions": [_decision(one) for one in incident.about(post, author)],
            }
            for post, author in incident.posts
        ],
    }


def _decision(one: Decision) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude={"event_id", "access_id", "machine"})
