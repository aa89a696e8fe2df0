"""`backchannel screen`: what screening says of each line of a file, so that anybody can measure it.

Reads `{"id", "text", …}` lines, with optional `author`, `source`, `lang`, `created_at`; the lines of one file are one
event in order. Writes `{"id", "verdict", "level", "signals": […]}` lines, spans in code points of `text`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.context import Context
from app.domain.screening.repeats import fingerprint
from app.domain.verdict import Level, Ruling

LEVELS = list(Level)
SOURCES = {"x", "mastodon", "bluesky", "floor", "replay"}


class BadLine(Exception):
    """A line that cannot be screened; says which and why."""


def screened(lines: Iterable[str], policy: Policy, *, bad: list[str]) -> Iterator[dict[str, Any]]:
    """One answer a line. A line that cannot be read is noted in `bad`, and the rest goes on."""
    seen: Counter[str] = Counter()
    by_author: Counter[tuple[str, str]] = Counter()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            known, post = _read(line)
        except BadLine as error:
            bad.append(f"line {number}: {error}")
            continue
        mark = fingerprint(post.text)
        context = Context(
            same_text=seen[mark] if mark else 0,
            same_text_by_author=by_author[mark, post.byline.handle] if mark else 0,
        )
        yield _told(known["id"], screen(post, policy, context))
        seen[mark] += 1
        by_author[mark, post.byline.handle] += 1


def _read(line: str) -> tuple[dict[str, Any], Incoming]:
    try:
        known = json.loads(line)
    except ValueError as error:
        raise BadLine(f"not JSON ({error})") from None
    if not isinstance(known, dict) or "id" not in known or not isinstance(known.get("text"), str):
        raise BadLine("it needs an id and a text")
    author = known.get("author") or ""
    handle = author.get("handle", "") if isinstance(author, dict) else str(author)
    source = known.get("source") if known.get("source") in SOURCES else "replay"
    return known, Incoming(
        source=source,  # type: ignore[arg-type]  # one of SOURCES
        ref=str(known["id"]),
        # Without an author every line is somebody else's: nobody repeats themselves by accident.
        byline=Byline(handle=handle or f"author-of-{known['id']}", name=handle),
        text=known["text"],
        posted_at=_moment(known.get("created_at")),
        lang=str(known.get("lang") or ""),
    )


def _moment(text: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return datetime.now(UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _told(line_id: object, ruling: Ruling) -> dict[str, Any]:
    levels = [signal.level for signal in ruling.signals]
    return {
        "id": line_id,
        "verdict": ruling.verdict.value,
        "level": max(levels, key=LEVELS.index).value if levels else Level.NOTE.value,
        "signals": [asdict(signal) for signal in ruling.signals],
    }
