"""The archive that a network gives its people: of all that is in it, only their posts are opened."""

import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from app.domain.recorded import NoRecording
from app.files.recorded.unpacking import FREE, HIGHEST_RATIO, LARGEST_DOCUMENT

POSTS = re.compile(r"(?:(?!\.\.)[^/]+/)?(?:data/)?(?:tweets?(?:-part\d{1,3})?\.js|outbox\.json)")
"""Their posts, and not those that they deleted; perhaps in a folder."""
OWNERS = re.compile(r"(?:(?!\.\.)[^/]+/)?(?:data/)?(?:account\.js|actor\.json)")
"""Whose they are: of these a handle, a name and an id are read."""
MOST_PARTS = 200
LARGEST_OWNER = 2**20
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ValueError, OSError, EOFError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What zipfile raises for bytes that are none of its own."""


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts that are opened: whose it is, and their posts in the order of their numbers."""

    owners: list[bytes] = field(default_factory=list)
    posts: list[bytes] = field(default_factory=list)


def is_tar(start: bytes) -> bool:
    return start[257:262] == b"ustar"


def of_zip(file: IO[bytes], size: int) -> Archive:
    """Raises NoRecording where there are no posts."""
    try:
        with zipfile.ZipFile(file) as opened:
            parts = _named(opened, POSTS)
            if not parts:
                raise NoRecording(f"this zip holds no archive of posts (no {_WANTED}); {_SHEET}")
            left, found = _Allowance(size), Archive()
            found.posts.extend(_content(opened, part, left) for part in parts)
            found.owners.extend(_owner(opened, part, size) for part in _named(opened, OWNERS)[:2])
            return found
    except DAMAGED:
        raise NoRecording("this zip is damaged, or packed in a way that cannot be read") from None


def of_tar(file: IO[bytes]) -> Archive:
    """As older servers of networks gave it. Read from beginning to end, so that nothing has to be unpacked."""
    found = Archive()
    try:
        with tarfile.open(fileobj=file, mode="r|") as opened:
            for part in opened:
                name = part.name.removeprefix("./")
                if part.issparse():  # its holes are not in the file, and may be of any size
                    continue
                if part.isfile() and OWNERS.fullmatch(name):
                    _put(opened, part, found.owners, LARGEST_OWNER)
                elif part.isfile() and POSTS.fullmatch(name):
                    _put(opened, part, found.posts, LARGEST_DOCUMENT)
    except (tarfile.TarError, *DAMAGED):
        if not found.posts:
            raise NoRecording("this tar file is damaged") from None
    if not found.posts:
        raise NoRecording(f"this tar file holds no archive of posts (no {_WANTED})")
    return found


def _put(opened: tarfile.TarFile, part: tarfile.TarInfo, where: list[bytes], largest: int) -> None:
    inner = opened.extractfile(part)
    if inner is not None and len(where) < MOST_PARTS:
        content = inner.read(largest + 1)
        if sum(map(len, where)) + len(content) > largest:
            raise NoRecording(_TOO_LARGE)
        where.append(content)


@dataclass(slots=True)
class _Allowance:
    """How much may still come out of a zip of that size, all parts together."""

    size: int
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(LARGEST_DOCUMENT, max(FREE, self.size * HIGHEST_RATIO))


_WANTED = "tweets.js or outbox.json"
_SHEET = "if it is a spreadsheet, save it as CSV"
_TOO_LARGE = "unpacked, this file is larger than a recording can be"


def _named(opened: zipfile.ZipFile, wanted: re.Pattern[str]) -> list[zipfile.ZipInfo]:
    """Each name once: the last of a name counts, as for every program that unpacks."""
    found = {part.filename: part for part in opened.infolist() if wanted.fullmatch(part.filename)}
    return sorted(found.values(), key=lambda part: _in_order(part.filename))[:MOST_PARTS]


def _in_order(name: str) -> tuple[str, int]:
    number = re.search(r"-part(\d+)", name)
    return re.sub(r"-part\d+", "", name), int(number[1]) if number else 0


def _content(opened: zipfile.ZipFile, part: zipfile.ZipInfo, allowance: _Allowance) -> bytes:
    """Read, not believed: what a zip says of its parts may be wrong."""
    with opened.open(part) as inner:
        found = inner.read(allowance.left + 1)
    allowance.left -= len(found)
    if allowance.left < 0:
        raise NoRecording(_TOO_LARGE)
    return found


def _owner(opened: zipfile.ZipFile, part: zipfile.ZipInfo, size: int) -> bytes:
    """Nothing where it cannot be read: the posts can."""
    allowance = _Allowance(size)
    allowance.left = LARGEST_OWNER
    try:
        return _content(opened, part, allowance)
    except (*DAMAGED, NoRecording):
        return b""
