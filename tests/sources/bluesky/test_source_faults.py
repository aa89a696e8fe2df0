"""Whatever goes wrong at a Jetstream or at the look-ups: the desk is told what, and nothing is lost or comes twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.sources.bluesky.source import BlueskySource
from tests.networks import bluesky_at
from tests.sources.bluesky.server import V1, V2, BlueskyServer
from tests.sources.fault_days import NEVER, Trouble, a_day_with
from tests.sources.raw_answers import FAULTS

CLOSED, GARBLED = "closed the connection", "not its stream"
NOT_WORKING, LOOK_UPS = "is not working properly ({})", "Bluesky's look-ups"


def there_is(**more: Any) -> Callable[[BlueskyServer], None]:
    """The server is like this from now on, and whoever listens has to come back."""

    def begins(there: BlueskyServer) -> None:
        for name, value in more.items():
            setattr(there, name, value)
        there.close(1012)

    return begins


def closes(code: int, posts: int) -> Callable[[BlueskyServer], None]:
    def begins(there: BlueskyServer) -> None:
        there.noise(posts)
        there.close(code)

    return begins


def sends(*frames: str) -> Callable[[BlueskyServer], None]:
    """Whoever comes back is sent these, once."""

    def begins(there: BlueskyServer) -> None:
        there.raw_once = [*frames]
        there.close(1012)

    return begins


def look_ups(**more: Any) -> Callable[[BlueskyServer], None]:
    def begins(there: BlueskyServer) -> None:
        for name, value in more.items():
            setattr(there, name, value)

    return begins


ERROR = '{"$type":"error","error":"%s"}'
STREAM = [
    *(
        Trouble(f"closed with {code} after {n}", closes(code, n), CLOSED)
        for code in (1000, 1001, 1011, 1012)
        for n in (0, 3)
    ),
    Trouble("too slow", there_is(raw=[ERROR % "ConsumerTooSlow"]), "come faster than they can be read"),
    Trouble("ten frames of rubbish", there_is(raw=["oops"] * 10), GARBLED),
    *(
        Trouble(f"{status} at the door", there_is(door=(status, body)), NOT_WORKING.format(status))
        for status, body in [(400, b"{}"), (401, b""), (403, b"x"), (500, b"{}"), (502, b"<html>x</html>"), (503, b"")]
    ),
    Trouble("a login page at the door", there_is(door=(200, b"<html>Log in</html>")), NOT_WORKING.format(200)),
    Trouble("429 at the door", there_is(door=(429, b"")), NOT_WORKING.format(429)),
    Trouble("away for an hour", there_is(door=(503, b"")), NOT_WORKING.format(503), missed=400),
]
ASKED = [
    *(
        Trouble(f"look-ups: {name}", look_ups(lookup_raw=(raw, then)), LOOK_UPS, hangs=then == "hang")
        for name, raw, then in FAULTS
    ),
    *(
        Trouble(f"look-ups: {status}", look_ups(lookup_status=status), f"working properly ({status})")
        for status in (401, 403, 404, 500, 502, 503)
    ),
    Trouble("look-ups: 429", look_ups(lookup_status=429), "look up less often"),
    Trouble("look-ups: a login page", look_ups(lookup_says=b"<html>Log in</html>"), "login page"),
    Trouble("look-ups: an object of something else", look_ups(lookup_says={"error": "x"}), "login page"),
    Trouble("look-ups: a list", look_ups(lookup_says=[]), "login page"),
]


LONG = json.dumps({"kind": "commit", "did": "did:plc:x", "time_us": 7, "commit": {"record": {"text": "x" * 600_000}}})


QUIET = [
    Trouble("look-ups as gzip", look_ups(zipped=True)),
    Trouble("an address that is none", lambda there: there.post("never looked up #box10", refused=True)),
    Trouble("unknown to the look-ups for a while", lambda there: there.post("never known #box10", visible_after=10**6)),
]
ODD = [Trouble("odd frames", sends("{}", "[]", '{"kind":"new"}', "oops", "null", "7", LONG), CLOSED)]


@pytest.mark.parametrize("version", [V1, V2], ids=["first", "second"])
async def test_every_fault_of_stream_and_look_ups_is_told_and_survived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:

    def wait_at_most(seconds: float) -> None:
        monkeypatch.setattr("app.sources.bluesky.appview.ANSWER_TIMEOUT", aiohttp.ClientTimeout(total=seconds))

    monkeypatch.setattr("app.sources.bluesky.jetstream.OPEN_SECONDS", NEVER)
    with BlueskyServer() as there:

        def mend() -> None:
            there.door = there.lookup_raw = there.lookup_says = None
            there.raw, there.lookup_status = [], 200
            there.mended.set()
            there.mended.clear()

        network = bluesky_at(there.jetstream(version), there.appview)
        patient = replace(network, make=partial(BlueskySource, silence=NEVER))
        async with a_day_with(tmp_path, patient, there, mend, wait_at_most) as day:
            await day.goes_by([*STREAM, *ODD, *(ASKED if version == V2 else []), *QUIET])
        assert not there.raw_once
