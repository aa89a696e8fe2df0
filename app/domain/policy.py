"""What an Event lets through without a person looking."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

PRESETS = ("strict", "standard", "relaxed")


@dataclass(frozen=True, slots=True)
class Policy:
    """Words are matched whole and without case, `*` stands for any letters; handles without '@' and without case."""

    hold_by_default: bool = True
    blocked_words: tuple[str, ...] = ()
    """Suspect words: a post with one is held."""
    trusted: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    """Hosts whose links need no second look, such as the conference's own site."""
    banned_words: tuple[str, ...] = ()
    """A post with one is hidden."""
    watched_words: tuple[str, ...] = ()
    """A post with one is pointed out."""
    allowed_words: tuple[str, ...] = ()
    """Never a reason to hold, whatever the other lists say."""
    allowed_names: tuple[str, ...] = ()
    """Speakers and other people who may be named."""
    allowed_contacts: tuple[str, ...] = ()
    """Telephone numbers, e-mail addresses and postcodes that everybody may know, such as the venue's."""
    preset: str = "standard"
    levels: tuple[tuple[str, str], ...] = ()
    """(category, level): what a doubt of that category does here, whatever the preset says."""
    language: str = "en"

    @property
    def version(self) -> str:
        """Names what the policy says: the same version gives the same signals."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:12]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "levels": dict(self.levels)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Policy":
        """Read a stored policy; keys of another version of the program are left out."""
        known = {field.name for field in fields(cls)} & stored.keys()
        return cls(**{name: _frozen(stored[name]) for name in known})


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(sorted(value.items()))
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value
