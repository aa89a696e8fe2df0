"""`backchannel screen`: what screening says of each line of a file, so that anybody can measure it.

Reads `{"id", "text", …}` lines, with optional `author`, `source`, `lang`, `created_at`; the lines of one file are one
event in order. Writes `{"id", "verdict", "level", "signals": […]}` lines, spans in code points of `text`.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from app.cli.progress import Progress
from app.domain.incoming import SOURCE_KEY, Byline, Incoming
from app.domain.origin import REPLAY
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.memory import Memory
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Recent
from app.domain.verdict import Level, Ruling
from app.settings import Settings

LEVELS = list(Level)
NEVER = datetime.min.replace(tzinfo=UTC)


class BadLine(Exception):
    """A line that cannot be screened; says which and why."""


def screen_lines(_arguments: argparse.Namespace, _settings: Settings) -> None:
    bad: list[str] = []
    progress = Progress("screened")
    for number, told in enumerate(screened(sys.stdin, Policy(), bad=bad), 1):
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        progress.reach(number)
    progress.end()
    if bad:
        sys.exit("\n".join(f"backchannel: {line}" for line in bad))


def screened(lines: Iterable[str], policy: Policy, *, bad: list[str]) -> Iterator[dict[str, Any]]:
    """One answer a line. A line that cannot be read is noted in `bad`, and the rest goes on."""
    memory = Memory()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            known, post, at = _read(line)
        except BadLine as error:
            bad.append(f"line {number}: {error}")
            continue
        yield _answer(known["id"], _rule(memory, policy, Reading.of(post), at))


def _rule(memory: Memory, policy: Policy, read: Reading, at: datetime | None) -> Ruling:
    """Rule on a line as on a post that arrives: what an event remembers, the lines before it have told."""
    author = (read.post.source, read.post.byline.handle)
    ruling = screen(read, policy, memory.surroundings(author, read, at=at))
    memory.remember(Recent(read.essence, author), read.fingerprint, ruling.verdict, at=at)
    return ruling


def _read(line: str) -> tuple[dict[str, Any], Incoming, datetime | None]:
    try:
        known = json.loads(line)
    except ValueError as error:
        raise BadLine(f"not JSON ({error})") from None
    if not isinstance(known, dict) or "id" not in known or not isinstance(known.get("text"), str):
        raise BadLine("it needs an id and a text")
    author = known.get("author") or ""
    handle = author.get("handle", "") if isinstance(author, dict) else str(author)
    source = str(known.get("source"))
    at = _moment(known.get("created_at"))
    post = Incoming(
        source=source if re.fullmatch(SOURCE_KEY, source) else REPLAY.key,
        ref=str(known["id"]),
        # Without an author every line is somebody else's: nobody repeats themselves by accident.
        byline=Byline(handle=handle or f"author-of-{known['id']}", name=handle),
        text=known["text"],
        posted_at=at or NEVER,
        lang=str(known.get("lang") or ""),
    )
    return known, post, at


def _moment(text: object) -> datetime | None:
    """When it was written; None if the line does not say: then nobody can be in a hurry."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _answer(line_id: object, ruling: Ruling) -> dict[str, Any]:
    levels = [signal.level for signal in ruling.signals]
    return {
        "id": line_id,
        "verdict": ruling.verdict.value,
        "level": max(levels, key=LEVELS.index).value if levels else Level.NOTE.value,
        "signals": [signal.as_json() for signal in ruling.signals],
    }
