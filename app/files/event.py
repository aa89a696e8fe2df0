"""An Event as a file: JSON and CSV for the organiser, Markdown to read and hand on.

The terms of some networks allow the texts of their posts in the organiser's private files only: Markdown, made to be
published, gives for those the link and who wrote it, and the words of everybody else.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.event import Talk
from app.domain.network import Networks
from app.domain.origin import Origin
from app.domain.verdict import Verdict
from app.queries.archive import Archive, ArchivedPost

_SIGNS = set("=+-@|")
_CONTROLS = set("\t\r\n")
_UNSEEN = " \ufeff\u200b\u200c\u200d\u2060\u00a0"
COLUMNS = (
    "id", "source", "posted_at", "name", "handle", "verdict", "decided_by", "reposts", "talk", "question", "votes",
    "url", "text",
)  # fmt: skip


def as_json(archive: Archive) -> str:
    event = archive.event
    whole = {
        "event": {"slug": event.slug, "name": event.name, "hashtags": event.hashtags, "zone": event.zone},
        "talks": [
            {
                "id": talk.id,
                "title": talk.title,
                "room": talk.room,
                "speakers": talk.speakers,
                "starts_at": talk.starts_at.isoformat(),
                "ends_at": talk.ends_at.isoformat(),
            }
            for talk in archive.talks
        ],
        "posts": [{**_row(entry), "signals": entry.post.signals, "ref": entry.post.ref} for entry in archive.entries],
        "decisions": [
            {**decision.model_dump(exclude={"event_id", "access_id", "machine"}), "at": decision.at.isoformat()}
            for decision in archive.decisions
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(archive: Archive) -> str:
    """One line a post. A cell that a spreadsheet would take for a formula is written as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for entry in archive.entries:
        writer.writerow({name: safe_cell(value) for name, value in _row(entry).items()})
    return out.getvalue()


def as_markdown(archive: Archive, networks: Networks) -> str:
    """What was shown, by talk: for each its questions with votes, then what was posted while it ran."""
    event, zone = archive.event, ZoneInfo(archive.event.zone)
    shown = [entry for entry in archive.entries if entry.post.verdict is Verdict.APPROVED]
    lines = [f"# {event.name}", "", " ".join(f"#{tag}" for tag in event.hashtags), ""]
    told: set[int] = set()
    for talk in archive.talks:
        during = [entry for entry in shown if _belongs(entry, talk) and entry.post.id not in told]
        told.update(entry.post.id for entry in during)
        if during:
            lines += [f"## {_clock(talk.starts_at, zone)} {talk.title}", "", ", ".join(talk.speakers), ""]
            lines += _told(during, zone, networks)
    rest = [entry for entry in shown if entry.post.id not in told]
    if rest:
        lines += ["## Around the talks", "", *_told(rest, zone, networks)]
    return "\n".join(lines).rstrip() + "\n"


FORMATS: dict[str, Callable[[Archive, Networks], str]] = {
    "json": lambda archive, _: as_json(archive),
    "csv": lambda archive, _: as_csv(archive),
    "md": as_markdown,
}


def _row(entry: ArchivedPost) -> dict[str, object]:
    post, question = entry.post, entry.question
    return {
        "id": post.id,
        "source": post.source,
        "posted_at": post.posted_at.isoformat(),
        "name": entry.author.name,
        "handle": entry.author.handle if post.source != "floor" else "",
        "verdict": post.verdict.value,
        "decided_by": post.decided_by,
        "reposts": post.reposts,
        "talk": entry.talk.title if entry.talk else "",
        "question": question.state.value if question else "",
        "votes": question.votes if question else "",
        "url": post.url,
        "text": post.text,
    }


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula, whatever stands before its sign or however wide that is."""
    if not isinstance(value, str):
        return value
    begins = unicodedata.normalize("NFKC", value.lstrip(_UNSEEN))[:1]
    return f"'{value}" if value[:1] in _CONTROLS or begins in _SIGNS else value


def _belongs(entry: ArchivedPost, talk: Talk) -> bool:
    if entry.question is not None:
        return entry.question.talk_id == talk.id
    return talk.starts_at <= entry.post.posted_at < talk.ends_at


def _told(entries: Iterable[ArchivedPost], zone: ZoneInfo, networks: Networks) -> list[str]:
    asked = sorted((one for one in entries if one.question), key=lambda one: -one.question.votes if one.question else 0)
    said = [one for one in entries if not one.question]
    lines = [
        f"- **{_votes(one)}** {_words(one, networks.origin(one.post.source))} ({_who(one)}){_state(one)}"
        for one in asked
    ]
    lines += [
        f"- {_clock(one.post.posted_at, zone)} {_words(one, networks.origin(one.post.source))} ({_who(one)})"
        for one in said
    ]
    return [*lines, ""]


def _words(entry: ArchivedPost, origin: Origin) -> str:
    if not origin.public_words:
        return f"<{entry.post.url}>" if entry.post.url else f"a post on {origin.label}"
    plain = " ".join(entry.post.text.split())
    return plain.replace("<", "&lt;").replace("*", r"\*").replace("[", r"\[")


def _who(entry: ArchivedPost) -> str:
    return entry.author.name if entry.post.source == "floor" else f"{entry.author.name}, @{entry.author.handle}"


def _votes(entry: ArchivedPost) -> str:
    votes = entry.question.votes if entry.question else 0
    return f"{votes} vote" + ("" if votes == 1 else "s")


def _state(entry: ArchivedPost) -> str:
    return ", answered" if entry.question and entry.question.state.value == "answered" else ""


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M")
