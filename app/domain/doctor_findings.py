"""What `backchannel doctor` finds, one thing after the other."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Health(StrEnum):
    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at. `todo` says what to do; '' when nothing is."""

    about: str
    health: Health
    said: str
    todo: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a network's doctor found; `date` is the one its answer bore, which our clock is compared with."""

    findings: tuple[Diagnosis, ...]
    date: str = ""
