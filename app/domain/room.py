"""The rooms of a venue: a Talk runs in each."""

import re
import unicodedata
from collections.abc import Collection

from pydantic import AwareDatetime
from sqlmodel import Field, SQLModel, UniqueConstraint

from app.domain.scene import PROGRAMME, Showing, read_showing

LONGEST_KEY = 40


class Room(SQLModel, table=True):
    """A room, as the programme names it. Once named it stays: its code hangs on a door."""

    __table_args__ = (UniqueConstraint("event_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True)
    key: str = Field(max_length=48)
    """What stands in addresses, and can be read aloud. It stays when the room is called otherwise."""
    name: str = Field(max_length=80)
    current_talk_id: int | None = None
    """The Talk that runs here now. No foreign key: a ring."""
    last_talk_id: int | None = None
    """The Talk that ran here before: until another begins, its questions stay on the lists."""
    showing: str = Field(default=PROGRAMME, max_length=64)
    """Which scene was chosen for its walls, as that of an Event; read as `chosen`."""
    due: str = Field(default="", max_length=64)
    """The scene that the programme has for it."""
    by_hand_until: AwareDatetime | None = None
    """Somebody began or ended a Talk here by hand: until then the clock does not."""

    @property
    def chosen(self) -> Showing | None:
        """The scene that somebody chose for this room alone."""
        return read_showing(self.showing)

    @property
    def order(self) -> tuple[tuple[bool, int, str], ...]:
        """Room 2 stands before Room 10."""
        return tuple((not bit.isdecimal(), int(bit) if bit.isdecimal() else 0, bit) for bit in _bits(self.name))


def same_room(name: str) -> str:
    """What two spellings of one room have in common."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def room_key(name: str, taken: Collection[str]) -> str:
    """Small letters, digits and hyphens; a number where the name has none of them, or another room has its key."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_KEY].strip("-") or "room"
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (key, *numbered) if one not in taken)


def _bits(name: str) -> list[str]:
    return [bit for bit in re.split(r"([0-9]{1,9})", same_room(name)) if bit]
