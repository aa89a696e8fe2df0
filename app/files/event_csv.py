"""An Event as a spreadsheet: its columns, one line a post. For the organiser's private use."""

import csv
import io

from app.files.spreadsheet_cells import BEGINS, safe_cell
from app.queries.archive import Archive, ArchivedPost

COLUMNS = (
    "id", "source", "posted_at", "name", "handle", "verdict", "decided_by", "reposts", "room", "talk", "question",
    "votes", "asked_with", "answer", "url", "text",
)  # fmt: skip


def as_csv(archive: Archive) -> str:
    """One line a post. A cell that a spreadsheet would take for a formula is written as text."""
    out = io.StringIO()
    out.write(BEGINS)
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for entry in archive.entries:
        writer.writerow({name: safe_cell(value) for name, value in row(entry).items()})
    return out.getvalue()


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
