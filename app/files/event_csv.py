"""An Event as a spreadsheet: its columns, one line a post. For the organiser's private use."""

import csv
import io
from collections.abc import AsyncIterator

from app.domain.network import Networks
from app.files.event_reading import EventReading
from app.files.spreadsheet_cells import BEGINS, safe_cell
from app.queries.archive import ArchivedPost

COLUMNS = (
    "id", "source", "posted_at", "name", "handle", "verdict", "decided_by", "reposts", "room", "talk", "question",
    "votes", "asked_with", "answer", "url", "text",
)  # fmt: skip


async def as_csv(reading: EventReading, _networks: Networks) -> AsyncIterator[str]:
    """One line a post. A cell that a spreadsheet would take for a formula is written as text."""
    head = io.StringIO()
    csv.DictWriter(head, COLUMNS).writeheader()
    yield BEGINS + head.getvalue()
    async for entries in reading.posts(one.id for one in reading.outline.posts):
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS)
        writer.writerows({name: safe_cell(value) for name, value in row(entry).items()} for entry in entries)
        yield out.getvalue()


def row(entry: ArchivedPost) -> dict[str, object]:
    """What is said of a post, by the name of its column."""
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
        "room": entry.room,
        "talk": entry.talk.title if entry.talk else "",
        "question": question.state.value if question else "",
        "votes": question.votes if question else "",
        "asked_with": entry.asked_with.id if entry.asked_with else "",
        "answer": entry.reply,
        "url": post.url,
        "text": post.text,
    }
