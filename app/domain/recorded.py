"""What a recorded file holds, row by row, and how a network's own forms of it are known and read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.incoming import Found

Json = dict[str, Any]


class Unreadable(Exception):
    """This is not something that a network would send. The only thing that reading may raise."""


class NoRecording(Exception):
    """Nothing of a file can be read, or not all of it may be; the words say why, for whoever has the file."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is readable and does not come in."""

    why: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read."""

    why: str


Row = Found | Skipped | Broken
"""One of a file: each counts once, as a post, a repost, something taken back, skipped or broken."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose posts are in a file that does not say so in each of them; '' where nobody tells."""

    handle: str = ""
    name: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class RecordedForm:
    """A form in which programs keep posts: an object of JSON, or a row of a table as one."""

    name: str
    knows: Callable[[Json], bool]
    read: Callable[[Json, Owner], Iterable[Row]]
    """Trusts no field to be there. May raise Unreadable for the object as a whole."""
    owner: Callable[[Json], Owner | None] = lambda _: None
    """Whose it is, by another file of the same archive; None if this is not such a file."""
