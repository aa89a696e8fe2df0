"""When somebody must be called to the desk, and how. Pure; the time comes in as `at`."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from app.domain.sentence import Said, Sentence, from_json
from app.domain.stored_json import Anything, Shape, Text, between, kept_as, one_of

WAITING = "waiting"
NOBODY = "nobody"
FALLBACKS = ("none", "only_trusted", "hold_all", "pause", "blank")
"""What happens by itself when an alarm rings, so that a wall nobody watches does no harm."""

SHORTEST_SECONDS, LONGEST_SECONDS = 30, 24 * 3600
MOST_ADDRESSES = 5
LONGEST_URL = 2_000
_TOO_LONG_A_WAIT = Sentence("The time after which a post waits must be between %(least)d seconds and a day.")
_TOO_LONG_ALONE = Sentence("The time after which nobody is there must be between %(least)d seconds and a day.")
_FAILED = "failed"
_EMAIL = re.compile(r"[^@\s<>,]{1,64}@[\w.-]{1,190}\.\w{2,}")


class BadAlarms(Said, ValueError):
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
    def from_json(cls, stored: Mapping[str, Any]) -> "Alarms":
        """Read stored alarms: what is damaged has its default; keys of another version of the program are left out."""
        known = {field.name for field in fields(cls)}
        sound = {name: value for name, value in ALARMS.mended(stored).items() if name in known}
        return cls(**{**sound, "email": tuple(sound.get("email", ()))})

    def checked(self) -> "Alarms":
        """These alarms. Raises BadAlarms for what cannot be."""
        for too_long, seconds in ((_TOO_LONG_A_WAIT, self.wait_seconds), (_TOO_LONG_ALONE, self.nobody_seconds)):
            if not SHORTEST_SECONDS <= seconds <= LONGEST_SECONDS:
                raise BadAlarms(too_long.filled(least=SHORTEST_SECONDS))
        if self.fallback not in FALLBACKS:
            raise BadAlarms("“%(typed)s” is not one of %(known)s.", typed=self.fallback, known=FALLBACKS)
        for url in (self.ntfy, self.webhook):
            if url and (len(url) > LONGEST_URL or not re.fullmatch(r"https?://[^\s/]+\S*", url)):
                raise BadAlarms("“%(url)s” is not a web address.", url=url[:80])
        if len(self.email) > MOST_ADDRESSES:
            raise BadAlarms("At most %(most)d e-mail addresses.", most=MOST_ADDRESSES)
        if bad := next((address for address in self.email if not _EMAIL.fullmatch(address)), None):
            raise BadAlarms("“%(address)s” is not an e-mail address.", address=bad)
        return self


_SECONDS = between(0, LONGEST_SECONDS)
ALARMS = Shape(kept_as(Alarms, failed=dict[Text, Anything]))
"""What may be sent; `checked` says in words what of it cannot be."""
STORED_ALARMS = Shape(
    kept_as(
        Alarms,
        failed=dict[Text, Anything],
        wait_seconds=_SECONDS,
        nobody_seconds=_SECONDS,
        fallback=one_of(FALLBACKS),
    )
)
"""What may stand in the database: also what is damaged into another word or number has its default."""


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
    why = {way: said.as_json() if isinstance(said, Sentence) else said for way, said in failures.items()}
    return {**kept, _FAILED: why} if failures else kept


def failures_in(stored: Mapping[str, object]) -> dict[str, str]:
    failed = stored.get(_FAILED)
    if not isinstance(failed, Mapping):
        return {}
    return {str(way): from_json(why) if isinstance(why, Mapping) else str(why) for way, why in failed.items()}
