"""Everything about some posts as one file, for a safeguarding case."""

import hashlib
import html
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.decision import Decision
from app.domain.subject import Subject
from app.queries.incidents import Incident


def incident_pack(incident: Incident) -> bytes:
    """One ZIP: what happened as data and to read, the rules in force, and a manifest with the hash of each file."""
    files = {
        "incident.json": json.dumps(_as_data(incident), ensure_ascii=False, indent=1).encode(),
        "incident.html": _to_read(incident).encode(),
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
                "decisions": [_decision(one) for one in incident.decisions if _about(one, post.id, author.id)],
            }
            for post, author in incident.posts
        ],
    }


def _about(decision: Decision, post_id: int, author_id: int) -> bool:
    if decision.subject == Subject.AUTHOR:
        return decision.subject_id == author_id
    return decision.subject != Subject.QUESTION and decision.subject_id == post_id


def _decision(one: Decision) -> dict[str, Any]:
    return one.model_dump(mode="json", exclude={"event_id", "access_id", "machine"})


def _to_read(incident: Incident) -> str:
    """A page without scripts or styles of others, to print or to hand on."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><title>Incident</title>",
        "<style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem;text-align:left}"
        "blockquote{border-left:4px solid #999;margin:1rem 0;padding:.2rem 1rem;white-space:pre-wrap}</style>",
        f"<h1>{html.escape(incident.event.name)}</h1>",
        f"<p>Taken {incident.taken_at:%d %B %Y, %H:%M:%S} UTC by {html.escape(incident.taken_by)}. Times are UTC.</p>",
    ]
    if incident.unknown:
        parts.append(f"<p>Asked for, but no posts here: {', '.join(map(str, incident.unknown))}.</p>")
    if incident.left_out:
        parts.append(f"<p><strong>{incident.left_out} more posts were asked for and are not in this file.</strong></p>")
    for post, author in incident.posts:
        who = html.escape(f"{author.name} (@{author.handle}, {author.source})")
        parts.append(f"<h2>Post {post.id}: {who}</h2><blockquote>{html.escape(post.text)}</blockquote>")
        parts.append(
            f"<p>Written {_when(post.posted_at)}, received {_when(post.received_at)}. "
            f"Now {post.verdict.value}. {html.escape(post.url)}</p>"
            f"<p>Its author is {author.standing.value} and first wrote {_when(author.first_seen_at)}. All of theirs in "
            f"this event: {_record(incident.records.get(author.id, {}))}.</p><ul>"
        )
        parts += [
            f"<li>{html.escape(str(one['level']))}: {html.escape(str(one['explanation']))}</li>" for one in post.signals
        ]
        parts.append("</ul><table><tr><th>When<th>Who<th>What<th>Why<th>Rules</tr>")
        parts += [
            f"<tr><td>{_when(one.at)}<td>{html.escape(one.by)}<td>{html.escape(one.subject)}: "
            f"{html.escape(one.before or 'new')} → {html.escape(one.after)}<td>{html.escape(one.reason)}"
            f"<td>{one.policy_version}</tr>"
            for one in incident.decisions
            if _about(one, post.id, author.id)
        ]
        parts.append("</table>")
    return "\n".join(parts) + "\n"


def _when(at: datetime) -> str:
    return f"{at:%d %b %Y %H:%M:%S}"


def _record(record: Mapping[str, int]) -> str:
    return ", ".join(f"{posts} {verdict}" for verdict, posts in sorted(record.items())) or "none"
