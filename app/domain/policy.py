"""What an Event lets through without a person looking."""

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """Words are matched whole and without case; handles without '@' and without case."""

    hold_by_default: bool = True
    blocked_words: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    """Hosts whose links need no second look, such as the conference's own site."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Policy":
        """Read a stored policy; keys of another version of the program are left out."""
        known = {field.name for field in fields(cls)} & stored.keys()
        return cls(**{name: _frozen(stored[name]) for name in known})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
