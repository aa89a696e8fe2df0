"""How long what of an Event is kept after its end, and what goes when."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.sentence import Said
from app.domain.stored_json import Shape, Text, between, kept_as

LONGEST_KEPT = 3_650
"""Days; whoever wants a thing for ever writes 0: until the Event is deleted."""


class Kind(StrEnum):
    """What is kept for a time of its own; posts of a network besides, by its key."""

    FLOOR = "floor"
    DEVICES = "devices"
    GUESTS = "guests"
    NOTES = "notes"
    ADDRESSES = "addresses"
    LOG = "log"
    CONTACTS = "contacts"


class BadRetention(Said, ValueError):
    """It cannot be kept so; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Days after the end of the Event; 0 for what is kept until the Event is deleted."""

    nothing_goes: bool = False
    """Everything is kept until the Event is deleted, whatever the days say."""
    networks: tuple[tuple[str, int], ...] = ()
    """(network, days) for its posts; a network that is not named has its own usual time."""
    floor: int = 365
    """What was sent from phones."""
    devices: int = 30
    """Which phone sent it, and which voted; of a series also which answered its survey, after that was closed."""
    guests: int = 30
    """Who came to a meet: from its day on, whether somebody ever opens and closes it or not."""
    notes: int = 90
    """Earlier versions of what was noted at a meet; the last one stays."""
    addresses: int = 30
    """To whom links were mailed."""
    log: int = 730
    """The words in the log of decisions; that something was decided, when and by whom, stays."""
    contacts: int = 180
    """How who asked for something to be taken away can be reached: after that was settled, also while it goes on."""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "networks": dict(self.networks)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Retention":
        """Read what is stored: what is damaged has its default; keys of another version are left out."""
        known = {field.name for field in fields(cls)}
        sound = {name: value for name, value in RETENTION.mended(stored).items() if name in known and value is not None}
        return cls(**{**sound, "networks": tuple(sorted(dict(sound.get("networks", {})).items()))})

    def checked(self) -> "Retention":
        """The same. Raises BadRetention for days that cannot be."""
        days = [*(getattr(self, kind) for kind in Kind), *(days for _, days in self.networks)]
        if not all(0 <= number <= LONGEST_KEPT for number in days):
            raise BadRetention("Write a number of days from 0 to %(most)d.", most=LONGEST_KEPT)
        return self

    def with_usual(self, usual: Mapping[str, int]) -> "Retention":
        """With a time for every network: the one that was chosen, else its `usual` one."""
        return replace(self, networks=tuple({**usual, **dict(self.networks)}.items()))

    def days(self) -> dict[str, int]:
        """By what is kept, in the order in which it is shown; 0 for what goes with the Event only."""
        found = {**dict(self.networks), **{kind.value: int(getattr(self, kind)) for kind in Kind}}
        return dict.fromkeys(found, 0) if self.nothing_goes else found


RETENTION = Shape(kept_as(Retention))
"""What may be sent; `checked` says in words what of it cannot be."""
_DAYS = between(0, LONGEST_KEPT)
STORED_RETENTION = Shape(
    kept_as(Retention, networks=dict[Text, _DAYS], **{kind.value: _DAYS for kind in Kind})  # type: ignore[valid-type]
)
"""What may stand in the database: also what is damaged into another number has its default."""


@dataclass(frozen=True, slots=True)
class Due:
    """What of one kind there is, and when it goes; None for with the Event only, or while that goes on."""

    kind: str
    days: int
    rows: int
    at: datetime | None


def goes_at(days: int, ended_at: datetime | None) -> datetime | None:
    return None if days == 0 or ended_at is None else ended_at + timedelta(days=days)
