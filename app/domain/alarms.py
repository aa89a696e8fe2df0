"""When somebody must be called to the desk, and how. Pure; the time comes in as `at`."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

WAITING = "waiting"
NOBODY = "nobody"
FALLBACKS = ("none", "only_trusted", "hold_all", "pause", "blank")
"""What happens by itself when an alarm rings, so that a wall nobody watches does no harm."""

SHORTEST_SECONDS, LONGEST_SECONDS = 30, 24 * 3600
MOST_ADDRESSES = 5
LONGEST_URL = 2_000
_FAILED = "failed"
_EMAIL = re.compile(r"[^@\s<>,]{1,64}@[\w.-]{1,190}\.\w{2,}")


class BadAlarms(ValueError):
    """What was asked for cannot be; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """Times in seconds; addresses empty where nobody is to be called that way."""

    wait_seconds: int = 300
    nobody_seconds: int = 120
    ntfy: str = ""
    """Address of an ntfy topic."""
    webhook: str = ""
    email: tuple[str, ...] = ()
    fallback: str = "none"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "email": list(self.email)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Alarms":
        """Read stored alarms; keys of another version of the program are left out."""
        known: dict[str, Any] = {field.name: stored[field.name] for field in fields(cls) if field.name in stored}
        return cls(**{**known, "email": tuple(known.get("email", ()))})

    def checked(self) -> "Alarms":
        """These alarms. Raises BadAlarms for what cannot be."""
        for name, seconds in (("a post waits", self.wait_seconds), ("nobody is there", self.nobody_seconds)):
            if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
                raise BadAlarms(f"The time after which {name} must be between {SHORTEST_SECONDS} seconds and a day.")
        if self.fallback not in FALLBACKS:
            raise BadAlarms(f"“{self.fallback}” is not one of {', '.join(FALLBACKS)}.")
        for url in (self.ntfy, self.webhook):
            if url and (len(url) > LONGEST_URL or not re.fullmatch(r"https?://[^\s/]+\S*", url)):
                raise BadAlarms(f"“{url[:80]}” is not a web address.")
        if len(self.email) > MOST_ADDRESSES:
            raise BadAlarms(f"At most {MOST_ADDRESSES} e-mail addresses.")
        if bad := next((address for address in self.email if not _EMAIL.fullmatch(address)), None):
            raise BadAlarms(f"“{bad}” is not an e-mail address.")
        return self


def wrong(
    alarms: Alarms,
    *,
    waiting_since: datetime | None,
    present: bool,
    at: datetime,
    left_at: datetime | None = None,
) -> str:
    """What is wrong at the desk: nobody is there although something waits, or something waits too long, or ''.

    `left_at` is when the last one left, None if nobody ever sat there. A desk whose network is away for a moment is
    not deserted: the time begins anew when somebody leaves.
    """
    if waiting_since is None:
        return ""
    alone_since = max(waiting_since, left_at or waiting_since)
    if not present and at - alone_since >= timedelta(seconds=alarms.nobody_seconds):
        return NOBODY
    return WAITING if at - waiting_since >= timedelta(seconds=alarms.wait_seconds) else ""


def with_failures(stored: Mapping[str, object], failures: Mapping[str, str]) -> dict[str, object]:
    """Stored alarms that also say which ways of calling failed last time, and why."""
    kept = {name: value for name, value in stored.items() if name != _FAILED}
    return {**kept, _FAILED: dict(failures)} if failures else kept


def failures_in(stored: Mapping[str, object]) -> dict[str, str]:
    failed = stored.get(_FAILED)
    return {str(way): str(why) for way, why in failed.items()} if isinstance(failed, Mapping) else {}
