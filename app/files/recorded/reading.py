"""A recorded file, opened by what is in it and not by its name, and read row by row by the form of its objects."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from app.domain.incoming import Found, Incoming, IncomingRepost
from app.domain.network import Network
from app.domain.recorded import Broken, NoRecording, Owner, RecordedForm, Row, Skipped, Unreadable
from app.files.recorded.archives import Archive, is_tar, of_tar, of_zip
from app.files.recorded.encodings import encoding_of, encoding_of_table, text_of
from app.files.recorded.json_texts import Json, is_one_line, is_script, objects_of_document, objects_of_lines
from app.files.recorded.other_files import is_table, looks_like
from app.files.recorded.own_lines import BadLine, is_own, read_object
from app.files.recorded.repositories import is_repository, repository
from app.files.recorded.tables import delimiter_of, named, objects_of_table
from app.files.recorded.unpacking import BYTES_LOOKED_AT, Bytes, unpacked, whole

OURS, STREAM = "our own lines", "lines of a stream"
TWICE = "it stands in this file twice"
MOST_ROWS = 2_000_000
BESIDE = ("account.js", "actor.json")
"""Files of an archive that tell whose it is, where somebody has unpacked it."""
Objects = Iterator[Json | Broken]


@dataclass
class Recording:
    """The rows of a file; `format` is that of the first object that is known, '' before."""

    objects: Objects
    networks: tuple[Network[Any], ...]
    looks_like: Callable[[], str]
    """What kind of file it seems to be, where nothing of it could be read."""
    size: int
    reached: Callable[[], int]
    owner: Owner = field(default_factory=Owner)
    format: str = ""
    of_others: bool = False
    """Another program has recorded it: it comes in with its own times, and nothing of it is shown by itself."""

    def rows(self) -> Iterator[Row]:
        """Each once: what was there before is skipped. Raises NoRecording for a file without end."""
        seen: set[int] = set()
        for count, row in enumerate(self._read(), 1):
            if count > MOST_ROWS:
                raise NoRecording(f"this file holds more than {MOST_ROWS:,} rows")
            if isinstance(row, Incoming | IncomingRepost):
                key = hash((type(row).__name__, row.source, row.ref, getattr(row, "version", 0)))
                if key in seen:
                    yield Skipped(TWICE)
                    continue
                seen.add(key)
            yield row

    def _read(self) -> Iterator[Row]:
        forms = [form for network in self.networks for form in network.recordings()]
        for known in self.objects:
            if isinstance(known, Broken):
                yield known
                continue
            form = next((form for form in forms if form.knows(known)), None)
            if form is None:
                yield from self._of_ours(known)
                continue
            if form is not forms[0]:
                forms.remove(form)
                forms.insert(0, form)
            self.format, self.of_others = self.format or form.name, True
            yield from _rows(form, known, self.owner)

    def _of_ours(self, known: Json) -> Iterator[Row]:
        try:
            found: tuple[Found, ...] = read_object(known, self.networks)
        except BadLine as error:
            yield Broken(str(error))
            return
        self.format = self.format or (OURS if is_own(known) else STREAM)
        yield from found or (Skipped("it is not for the public"),)


def _rows(form: RecordedForm, known: Json, owner: Owner) -> Iterator[Row]:
    try:
        yield from form.read(known, owner)
    except Unreadable as error:
        yield Broken(str(error))
    except (ValueError, ArithmeticError, AttributeError, TypeError, LookupError) as error:
        yield Broken(f"a form that is unknown ({type(error).__name__})")


@contextmanager
def open_recording(path: Path, networks: Iterable[Network[Any]], *, author: str = "") -> Iterator[Recording]:
    """Raises NoRecording, also while it is read; `author` is whose posts they are where the file does not say."""
    known = tuple(networks)
    with unpacked(path) as (content, raw):
        buffered = io.BufferedReader(content, 2**20)
        start = buffered.peek(BYTES_LOOKED_AT)[:BYTES_LOOKED_AT]
        owners, objects = _opened(buffered, content, start, path)
        owner = _owner(known, [*owners, *_beside(path)], author)
        yield Recording(objects, known, lambda: _seen(start, content), path.stat().st_size, raw.tell, owner)


def _opened(buffered: IO[bytes], content: Bytes, start: bytes, path: Path) -> tuple[list[bytes], Objects]:
    if start.startswith(b"PK\x03\x04"):
        archive = _of_zip(buffered, path)
        return archive.owners, _posts(archive)
    if is_tar(start):
        archive = of_tar(buffered)
        return archive.owners, _posts(archive)
    if is_repository(start):
        return [], iter((repository(whole(buffered)),))
    return [], _ending(_of_text(buffered, start, content), content)


def _of_zip(buffered: IO[bytes], path: Path) -> Archive:
    """A zip is read from its end, so one that was packed again is unpacked as a whole."""
    with path.open("rb") as raw:
        if raw.read(2) == b"PK":
            return of_zip(raw, path.stat().st_size)
    return of_zip(io.BytesIO(whole(buffered)), path.stat().st_size)


def _posts(archive: Archive) -> Objects:
    for part in archive.posts:
        yield from objects_of_document(text_of(part))


def _of_text(buffered: IO[bytes], start: bytes, content: Bytes) -> Objects:
    encoding = encoding_of(start)
    head = start.decode(encoding, "replace").lstrip("\ufeff \t\r\n\0")
    if _is_document(head):
        return objects_of_document(text_of(whole(buffered)))
    if _is_sheet_of_posts(head):  # a text in it may hold lines that look like something else
        return objects_of_table(_lines(buffered, encoding_of_table(start)), head.partition("\n")[0])
    if any(line.lstrip().startswith("{") for line in head.split("\n")[:200]):
        return objects_of_lines(_lines(buffered, encoding))
    if is_table(head):
        return objects_of_table(_lines(buffered, encoding_of_table(start)), head.partition("\n")[0])
    raise NoRecording(_seen(start, content))


def _is_sheet_of_posts(head: str) -> bool:
    first = head.partition("\n")[0]
    return is_table(head) and "text" in map(named, first.replace('"', "").split(delimiter_of(first)))


def _lines(buffered: IO[bytes], encoding: str) -> IO[str]:
    return io.TextIOWrapper(buffered, encoding=encoding, errors="replace", newline="")


def _seen(start: bytes, content: Bytes) -> str:
    damaged = bool(content.damage) and not start
    return f"it looks like {'a damaged gzip file' if damaged else looks_like(start)}"


def _is_document(head: str) -> bool:
    if head.startswith("[") or is_script(head):
        return True
    if not head.startswith("{"):
        return False
    lines = [line for line in head.split("\n") if line.strip()]
    if len(lines) < 2 or is_one_line(head):
        return False
    return not lines[1].lstrip().startswith("{")


def _ending(objects: Objects, content: Bytes) -> Objects:
    """A file that was cut off says so at its end."""
    yield from objects
    if content.damage:
        yield Broken(content.damage)


def _owner(networks: tuple[Network[Any], ...], told: Iterable[bytes], author: str) -> Owner:
    """By the first file that tells; who types a handle knows better."""
    found = Owner()
    readings = [form.owner for network in networks for form in network.recordings()]
    for content in told:
        for known in objects_of_document(text_of(content)):
            if isinstance(known, dict):
                found = next((owner for read in readings if (owner := read(known)) is not None), found)
    handle = author.strip().lstrip("@")
    return Owner(handle, found.name if handle == found.handle else "", found.ref) if handle else found


def _beside(path: Path) -> Iterator[bytes]:
    """Only beside a file that is called as in such an archive."""
    if path.name.startswith(("tweet", "outbox")):
        for name in BESIDE:
            if (path.parent / name).is_file():
                with unpacked(path.parent / name) as (content, _):
                    yield whole(content)
