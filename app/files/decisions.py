"""The audit trail and incidents as files: rows without words for the trail, everything for a safeguarding case."""

import csv
import io
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from typing import Any

from app.files.spreadsheet_cells import BEGINS, safe_cell
from app.queries.decisions import Entry

COLUMNS = (
    "id", "at", "by", "subject", "subject_id", "before", "after", "reason", "detail", "policy_version", "cause_id",
    "undoes_id", "undone_by",
)  # fmt: skip


def row(entry: Entry) -> dict[str, Any]:
    """A decision as it is exported: names and states, never the words of a post."""
    one = entry.decision
    return {
        "id": one.id,
        "at": one.at.isoformat(),
        "by": one.by,
        "subject": one.subject,
        "subject_id": one.subject_id,
        "before": one.before,
        "after": one.after,
        "reason": one.reason,
        "detail": one.detail,
        "policy_version": one.policy_version,
        "cause_id": one.cause_id,
        "undoes_id": one.undoes_id,
        "undone_by": entry.undone_by,
    }


def trail_json(entries: Iterable[Entry]) -> str:
    return json.dumps([row(entry) for entry in entries], ensure_ascii=False, indent=1) + "\n"


def trail_csv(entries: Iterable[Entry], *, head: bool = True) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    if head:
        out.write(BEGINS)
        writer.writeheader()
    for entry in entries:
        writer.writerow({name: safe_cell("" if value is None else value) for name, value in row(entry).items()})
    return out.getvalue()


async def streamed(pages: AsyncIterator[Sequence[Entry]], kind: str) -> AsyncGenerator[str]:
    """The trail as csv or json, piece by piece: it may be long, and nobody else is to wait for it."""
    first = True
    async for page in pages:
        if kind == "csv":
            yield trail_csv(page, head=first)
        else:
            rows = ",\n".join(json.dumps(row(entry), ensure_ascii=False) for entry in page)
            yield ("[\n" if first else ",\n") + rows
        first = False
    if kind == "csv":
        yield trail_csv([], head=first)
    else:
        yield "[]\n" if first else "\n]\n"
