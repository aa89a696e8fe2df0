"""An Event as Markdown, to read and hand on.

The terms of some networks allow the texts of their posts in the organiser's private files only: Markdown, made to be
published, gives for those the link and who wrote it, and the words of everybody else.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.network import Networks
from app.domain.source_marks import Origin
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.archive import Archive, ArchivedPost


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
            room = f" ({talk.room})" if archive.rooms and talk.room else ""
            lines += [f"## {_clock(talk.starts_at, zone)} {talk.title}{room}", "", ", ".join(talk.speakers), ""]
            lines += _told(during, zone, networks)
    rest = [entry for entry in shown if entry.post.id not in told]
    if rest:
        lines += ["## Around the talks", "", *_told(rest, zone, networks)]
    return "\n".join(lines).rstrip() + "\n"


def _belongs(entry: ArchivedPost, talk: Talk) -> bool:
    if entry.question is not None:
        return entry.question.talk_id == talk.id
    return talk.starts_at <= entry.post.posted_at < talk.ends_at


def _told(entries: Iterable[ArchivedPost], zone: ZoneInfo, networks: Networks) -> list[str]:
    asked = sorted((one for one in entries if one.question), key=lambda one: -one.question.votes if one.question else 0)
    said = [one for one in entries if not one.question]
    lines = [
        f"- **{_votes(one)}** {_words(one, networks.origin(one.post.source))} ({_who(one)}){_state(one)}{_reply(one)}"
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
    return _plain(entry.post.text)


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;").replace("*", r"\*").replace("[", r"\[")


def _who(entry: ArchivedPost) -> str:
    return entry.author.name if entry.post.source == "floor" else f"{entry.author.name}, @{entry.author.handle}"


def _votes(entry: ArchivedPost) -> str:
    if entry.asked_with:
        return "asked with another"
    votes = entry.question.votes if entry.question else 0
    return f"{votes} vote" + ("" if votes == 1 else "s")


def _state(entry: ArchivedPost) -> str:
    return ", answered" if entry.question and entry.question.state.value == "answered" else ""


def _reply(entry: ArchivedPost) -> str:
    return f"\n  - Answer: {_plain(entry.reply)}" if entry.reply else ""


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M")
