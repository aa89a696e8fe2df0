"""An Event as Markdown, to read and hand on.

The terms of some networks allow the texts of their posts in the organiser's private files only: Markdown, made to be
published, gives for those the link and who wrote it, and the words of everybody else.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.network import Networks
from app.domain.source_marks import Origin
from app.domain.talk import Talk
from app.files.event_reading import EventReading
from app.queries.archive import ArchivedPost, Listed


async def as_markdown(reading: EventReading, networks: Networks) -> AsyncIterator[str]:
    """What was shown, by talk: for each its questions with votes, then what was posted while it ran."""
    outline = reading.outline
    event, zone = outline.event, ZoneInfo(outline.event.zone)
    yield f"# {event.name}\n\n{' '.join(f'#{tag}' for tag in event.hashtags)}\n"
    left = [one for one in outline.posts if one.shown]
    for talk in outline.talks:
        during, left = [one for one in left if _belongs(one, talk)], [one for one in left if not _belongs(one, talk)]
        if during:
            room = f" ({talk.room})" if outline.rooms and talk.room else ""
            yield f"\n## {_clock(talk.starts_at, zone)} {talk.title}{room}\n\n{', '.join(talk.speakers)}\n\n"
            async for line in _told(reading, during, zone, networks):
                yield line
    if left:
        yield "\n## Around the talks\n\n"
        async for line in _told(reading, left, zone, networks):
            yield line


def _belongs(one: Listed, talk: Talk) -> bool:
    if one.votes is not None:
        return one.talk_id == talk.id
    return talk.starts_at <= one.posted_at < talk.ends_at


async def _told(
    reading: EventReading, some: Sequence[Listed], zone: ZoneInfo, networks: Networks
) -> AsyncIterator[str]:
    asked = sorted((one for one in some if one.votes is not None), key=lambda one: -(one.votes or 0))
    said = [one for one in some if one.votes is None]
    async for entries in reading.posts(one.id for one in (*asked, *said)):
        yield "".join(f"- {_line(entry, zone, networks)}\n" for entry in entries)


def _line(entry: ArchivedPost, zone: ZoneInfo, networks: Networks) -> str:
    told = f"{_words(entry, networks.origin(entry.post.source))} ({_who(entry)})"
    return (
        f"**{_votes(entry)}** {told}{_state(entry)}{_reply(entry)}"
        if entry.question
        else f"{_clock(entry.post.posted_at, zone)} {told}"
    )


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
