"""What an Event lets through without a person looking."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from app.domain.stored_json import Shape, between, kept_as, one_of

PRESETS = ("strict", "standard", "relaxed")


class Mode(StrEnum):
    """What happens to a post about which there is no doubt."""

    WAIT = "wait"
    """It waits for a moderator, whoever wrote it."""
    DELAY = "delay"
    """It shows itself after a while if its author has a good record, nobody stops it and a moderator is there."""
    TRUSTED = "trusted"
    """It passes at once if its author is trusted, and waits otherwise."""
    ONLY_TRUSTED = "only_trusted"
    """As TRUSTED, and what all others write is kept for later, out of the queue."""
    PASS = "pass"  # noqa: S105 - not a password
    """It passes at once."""


class Intake(StrEnum):
    """What may get in without a person: by policy, nothing at all, or what trusted people write."""

    OPEN = "open"
    HOLD_ALL = "hold_all"
    ONLY_TRUSTED = "only_trusted"


@dataclass(frozen=True, slots=True)
class Policy:
    """Words are matched whole and without case, `*` stands for any letters; handles without '@' and without case."""

    mode: str = Mode.WAIT.value
    source_modes: tuple[tuple[str, str], ...] = ()
    """(source, mode) where a source has a mode of its own."""
    delay_seconds: int = 30
    good_record: int = 2
    """So many approved posts, and none rejected, are a good record."""
    speakers_pass: bool = True
    """Handles in the programme ("Nia Rees @niarees") are trusted."""
    second_person: bool = True
    """Two moderators must agree before a post with personal data is approved."""
    welfare: str = ""
    """Whom to call about somebody who may need help; shown with such posts."""
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

    def mode_for(self, source: str) -> Mode:
        """What happens to clean posts of a source. Fails closed: an unknown mode means waiting."""
        named = dict(self.source_modes).get(source, self.mode)
        return Mode(named) if named in set(Mode) else Mode.WAIT

    @property
    def version(self) -> str:
        """Names what the policy says: the same version gives the same signals."""
        return hashlib.sha256(json.dumps(self.as_json(), sort_keys=True).encode()).hexdigest()[:12]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "levels": dict(self.levels), "source_modes": dict(self.source_modes)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Policy":
        """Read a stored policy: what is damaged has its default; keys of another version are left out."""
        if "hold_by_default" in stored and "mode" not in stored:
            stored = {**stored, "mode": Mode.TRUSTED if stored["hold_by_default"] else Mode.PASS}
        known = {field.name for field in fields(cls)}
        return cls(**{name: _frozen(value) for name, value in POLICY.mended(stored).items() if name in known})


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(sorted(value.items()))
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


POLICY = Shape(kept_as(Policy))
"""What may be sent; `checked` says in words what of it cannot be."""
STORED_POLICY = Shape(
    kept_as(Policy, mode=one_of(set(Mode)), delay_seconds=between(0, 86_400), good_record=between(0, 10_000))
)
"""What may stand in the database: also what is damaged into another word or number has its default."""
