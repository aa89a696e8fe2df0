"""`backchannel screen`: what screening says of each line of a file, so that anybody can measure it.

Reads `{"id", "text", …}` lines, with optional `author`, `source`, `lang`, `created_at`; the lines of one file are one
event in order. Writes `{"id", "verdict", "level", "signals": […]}` lines, spans in code points of `text`.
"""

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.checks.questions import is_for_the_speaker
from app.domain.screening.checks.repeats import essence, fingerprint
from app.domain.screening.context import Context, Recent
from app.domain.screening.reading.normal import views
from app.domain.verdict import Level, Ruling

LEVELS = list(Level)
WINDOW = 1000
"""So many of the newest lines are looked through for copies."""

OPEN_QUESTIONS = 50
SOURCES = {"x", "mastodon", "bluesky", "floor", "replay"}


class BadLine(Exception):
    """A line that cannot be screened; says which and why."""


def screened(lines: Iterable[str], policy: Policy, *, bad: list[str]) -> Iterator[dict[str, Any]]:
    """One answer a line. A line that cannot be read is noted in `bad`, and the rest goes on."""
    event = _Event()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            known, post = _read(line)
        except BadLine as error:
            bad.append(f"line {number}: {error}")
            continue
        yield _told(known["id"], screen(post, policy, event.context(post), clock=perf_counter))
        event.remember(post)


class _Event:
    """What the lines before have told: the same that a stored event knows, without decisions of people."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._by_author: Counter[tuple[str, str]] = Counter()
        self._recent: deque[Recent] = deque(maxlen=WINDOW)
        self._questions: deque[tuple[int, str]] = deque(maxlen=OPEN_QUESTIONS)

    def context(self, post: Incoming) -> Context:
        mark = fingerprint(post.text)
        return Context(
            same_text=self._seen[mark] if mark else 0,
            same_text_by_author=self._by_author[mark, post.byline.handle] if mark else 0,
            recent=tuple(self._recent),
            questions=tuple(self._questions),
        )

    def remember(self, post: Incoming) -> None:
        mark = fingerprint(post.text)
        self._seen[mark] += 1
        self._by_author[mark, post.byline.handle] += 1
        self._recent.appendleft(Recent(essence(post.text), post.byline.handle))
        if is_for_the_speaker(views(post.text).folded.text):
            self._questions.append((self._seen.total(), post.text))


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
