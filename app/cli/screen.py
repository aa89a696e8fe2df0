"""`backchannel screen`: what screening says of each line of a file, so that anybody can measure it.

Reads `{"id", "text", …}` lines, with optional `author`, `source`, `lang`, `created_at`, and what a screen shows beside
the text: `name`, `handle`, `quote` (a text, or `text`, `name` and `handle`), `alts`. What is known of an author:
`standing` (open, trusted or blocked), `vouched` (a phone with a delegate's link). The lines of one file are one event
in order; where they have a `version`, a later one of an `id` and `source` is an edit of it.

Writes `{"id", "verdict", "level", "signals": […], "scores": {…}}` lines, spans in code points of the
`field`. The reader reads them too, unless it should be `--quick`.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import islice
from typing import Any

from app.cli.progress import Progress
from app.domain.author_standing import Standing
from app.domain.incoming import SOURCE_KEY, Byline, Incoming, Photo, Quoted
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.edits import after_an_edit
from app.domain.screening.memory import Memory
from app.domain.screening.reader.combining import found_in, texts_to_read, with_reader
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Recent
from app.domain.source_marks import REPLAY
from app.domain.verdict import Level, Ruling, Verdict
from app.domain.whole_text import whole_value
from app.settings import Settings

LEVELS = list(Level)
AT_ONCE = 64
"""So many lines are read together."""
Reads = Callable[[Sequence[str]], list[dict[str, float]]]
NEVER = datetime.min.replace(tzinfo=UTC)


class BadLine(Exception):
    """A line that cannot be screened; says which and why."""


def screen_lines(arguments: argparse.Namespace, _settings: Settings) -> None:
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    bad: list[str] = []
    progress = Progress("screened")
    reads = None if arguments.quick else _reader()
    for number, told in enumerate(screened(sys.stdin, Policy(), bad=bad, reads=reads), 1):
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        progress.reach(number)
    progress.end()
    if bad:
        sys.exit("\n".join(f"backchannel: {line}" for line in bad))


def _reader() -> Reads:
    """Loaded here: whoever wants it quick, or another command, does not wait for it."""
    from app.jobs.reader.encoder import shipped  # noqa: PLC0415

    return shipped().read


def screened(
    lines: Iterable[str], policy: Policy, *, bad: list[str], reads: Reads | None = None
) -> Iterator[dict[str, Any]]:
    """One answer a line. A line that cannot be read is noted in `bad`, and the rest goes on."""
    ruled = _ruled(lines, policy, bad)
    while batch := list(islice(ruled, AT_ONCE)):
        if reads is None:
            yield from (_answer(line_id, ruling) for line_id, _, ruling in batch)
            continue
        given = [texts_to_read(read) for _, read, _ in batch]
        odds = iter(reads([text for texts in given for text in texts.values()]))
        for (line_id, read, ruling), texts in zip(batch, given, strict=True):
            found = found_in({key: next(odds) for key in texts})
            yield _answer(line_id, with_reader(ruling, read, policy, found))


Key = tuple[str, str, int]
"""A post by its source and id; lines without a version are counted, as each is a post of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a line has left in the memory of those after it."""

    recent: Recent
    mark: str
    verdict: Verdict
    at: datetime | None


@dataclass
class Lines:
    """One event, whose posts are the lines. What they have told is kept where a later line may be an edit of it."""

    policy: Policy
    memory: Memory = field(default_factory=Memory)
    told: dict[Key, Told] | None = None
    versions: dict[Key, int] = field(default_factory=dict)

    def rule(self, known: Mapping[str, Any], read: Reading, at: datetime | None) -> Ruling | None:
        """Rule on a line as on a post that arrives; None for a version that is known, or an older one."""
        version, post = known.get("version"), read.post
        if not isinstance(version, int):
            return self._rule(known, read, at, (post.source, post.ref, len(self.told or ()) + 1))
        if self.told is None:
            self.told = {}
        key = (post.source, post.ref, 0)
        if (before := self.versions.get(key)) is not None and version <= before:
            return None
        self.versions[key] = version
        return self._rule(known, read, at, key) if before is None else self._edit(known, read, key)

    def _rule(self, known: Mapping[str, Any], read: Reading, at: datetime | None, key: Key) -> Ruling:
        author = _author(known, read.post)
        ruling = screen(read, self.policy, self.memory.surroundings(author, read, at=at, standing=_standing(known)))
        one = Told(Recent(read.essence, author), read.fingerprint, ruling.verdict, at)
        _remember(self.memory, one)
        if self.told is not None:
            self.told[key] = one
        return ruling

    def _edit(self, known: Mapping[str, Any], read: Reading, key: Key) -> Ruling:
        """As if its words had come in its place; those after it know the new ones."""
        told = self.told or {}
        was, memory = told[key], Memory()
        for one, before in told.items():
            if one == key:
                break
            _remember(memory, before)
        standing = _standing(known)
        surroundings = memory.surroundings(was.recent.author, read, at=was.at, standing=standing)
        ruling = after_an_edit(was.verdict, screen(read, self.policy, surroundings))
        told[key] = Told(Recent(read.essence, was.recent.author), read.fingerprint, ruling.verdict, was.at)
        self.memory = Memory()
        for one_told in told.values():
            _remember(self.memory, one_told)
        return ruling


def _remember(memory: Memory, told: Told) -> None:
    memory.remember(told.recent, told.mark, told.verdict, at=told.at)


def _ruled(lines: Iterable[str], policy: Policy, bad: list[str]) -> Iterator[tuple[object, Reading, Ruling]]:
    event = Lines(policy)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            known, post, at = _read(line)
        except BadLine as error:
            bad.append(f"line {number}: {error}")
            continue
        read = Reading.of(post)
        ruling = event.rule(known, read, at)
        if ruling is not None:
            yield whole_value(known["id"]), read, ruling


def _read(line: str) -> tuple[dict[str, Any], Incoming, datetime | None]:
    try:
        known = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON ({error})") from None
    if not isinstance(known, dict) or "id" not in known or not isinstance(known.get("text"), str):
        raise BadLine("it needs an id and a text")
    source = str(known.get("source"))
    at = _moment(known.get("created_at"))
    author = known["author"] if isinstance(known.get("author"), dict) else {}
    post = Incoming(
        source=source if re.fullmatch(SOURCE_KEY, source) else REPLAY.key,
        ref=str(known["id"]),
        byline=_byline({**author, **known}),
        text=known["text"],
        posted_at=at or NEVER,
        lang=str(known.get("lang") or ""),
        photos=tuple(Photo("", text) for text in _texts(known.get("alts"))),
        quote=_quote(known.get("quote")),
        vouched=known.get("vouched") is True,
    )
    _standing(known)
    return known, post, at


def _author(known: Mapping[str, Any], post: Incoming) -> Hashable:
    """Who wrote it: `author` says so, and is shown nowhere. Without one it is the handle; and where there is none,
    every line is somebody else's: nobody repeats themselves by accident."""
    author = known.get("author") or ""
    named = author.get("handle") if isinstance(author, dict) else author
    return post.source, str(named or "") or post.byline.handle or f"author-of-{known['id']}"


def _standing(known: Mapping[str, Any]) -> Standing:
    try:
        return Standing(str(known.get("standing") or Standing.OPEN))
    except ValueError:
        raise BadLine(f"“{known['standing']}” is no standing: open, trusted or blocked") from None


def _byline(told: Mapping[str, Any]) -> Byline:
    return Byline(handle=_text(told.get("handle")).removeprefix("@"), name=_text(told.get("name")))


def _quote(told: object) -> Quoted | None:
    if not told:
        return None
    quote = told if isinstance(told, dict) else {"text": told}
    return Quoted(available=True, byline=_byline(quote), text=_text(quote.get("text")))


def _texts(told: object) -> list[str]:
    return [_text(one) for one in told] if isinstance(told, list) else [_text(told)] if told else []


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


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
        "scores": dict(ruling.scores),
    }
