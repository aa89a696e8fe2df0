"""Opens a recorded file, compressed or not, and says what it looks like when it is not what was wanted."""

import gzip
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

WANTED = "one JSON object a line: a post as Backchannel writes it, or a line as a network's stream sends it"
LETTERS_LOOKED_AT = 64 * 1024
"""So many bytes of the beginning tell what a file is."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Recording:
    """The lines of a file, and how far it has been read."""

    lines: Iterator[str]
    size: int
    _raw: IO[bytes]

    def reached(self) -> int:
        return self._raw.tell()


@contextmanager
def open_recording(path: Path) -> Iterator[Recording]:
    """A gzip file is known by its first bytes, whatever it is called. What is no text comes as a line that is none."""
    with path.open("rb") as raw:
        packed = raw.read(2) == GZIP
        raw.seek(0)
        plain: IO[bytes] = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        text = io.TextIOWrapper(plain, encoding="utf-8-sig", errors="replace")
        yield Recording(_readable(text), path.stat().st_size, raw)
        if packed:
            text.detach()


def _readable(lines: IO[str]) -> Iterator[str]:
    """A file that was cut off ends where it was cut; the line that was cut is told as one that cannot be read."""
    try:
        yield from lines
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        yield f"(the file is damaged here: {error})"


def looks_like(path: Path) -> str:
    """What a file seems to be, as the end of “this looks like …”."""
    with path.open("rb") as raw:
        start = raw.read(LETTERS_LOOKED_AT)
    if start.startswith(GZIP):
        try:
            with gzip.open(path) as opened:
                start = opened.read(LETTERS_LOOKED_AT)
        except (EOFError, OSError):
            return "a damaged gzip file"
    return _seen(start)


def _seen(start: bytes) -> str:
    text = start.decode("utf-8-sig", "replace").strip()
    first = text.partition("\n")[0].strip()
    if not text:
        return "an empty file"
    if start.startswith(b"PK"):
        return "a zip file"
    if "\0" in text or text.count("\ufffd") > len(text) / 50:
        return "no text at all"
    if text.startswith("<"):
        return "a web page or XML"
    if text.startswith("["):
        return "one list in JSON"
    if text.startswith("{"):
        return _seen_object(first)
    if first.count(",") >= 2 or first.count("\t") >= 2 or first.count(";") >= 2:
        return "a table (CSV)"
    return "plain text, or a script"


def _seen_object(first: str) -> str:
    try:
        known = json.loads(first)
    except ValueError:
        return "one JSON object over several lines"
    keys = sorted(str(key) for key in known)[:6]
    return f"lines of JSON with other fields ({', '.join(keys)})" if keys else "lines of JSON without fields"
