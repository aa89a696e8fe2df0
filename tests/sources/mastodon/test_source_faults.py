"""Whatever goes wrong at a server of Mastodon's kind: the desk is told what, and nothing is lost or comes twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.networks import mastodon_at
from tests.sources.fault_days import Trouble, a_day_with
from tests.sources.mastodon.asking import ULID
from tests.sources.mastodon.server import MastodonServer, Said
from tests.sources.raw_answers import FAULTS

HTML = {"Content-Type": "text/html"}
NOT_WORKING, MEMBERS = "not working properly ({})", "to its members only"
GARBLED, SILENT, HERE = "something else than posts", "does not answer", "127.0.0.1:"
OFTEN, MOVED, NONE = "ask less often", "is elsewhere now", "no server of this kind"


def timelines_say(said: Said) -> Callable[[MastodonServer], None]:
    def begins(there: MastodonServer) -> None:
        there.fault = lambda _, path: said if "timelines" in path else None

    return begins


ANSWERS = [
    ("401", Said(401, {"error": "x"}), MEMBERS, True),
    ("403", Said(403, {"error": "x"}), MEMBERS, True),
    ("404", Said(404), NONE, True),
    ("moved", Said(302, "", {"Location": "http://169.254.169.254/latest"}), MOVED, True),
    ("402", Said(402, {}), NOT_WORKING.format(402), False),
    ("409", Said(409, {}), NOT_WORKING.format(409), False),
    ("420", Said(420, {}), NOT_WORKING.format(420), False),
    ("429", Said(429, {}), OFTEN, False),
    ("429 until a time", Said(429, {}, {"X-RateLimit-Reset": "2026-01-01T14:00:00.070144Z"}), OFTEN, False),
    ("429 until seconds since 1970", Said(429, {}, {"X-RateLimit-Reset": "1700000000"}), OFTEN, False),
    ("500", Said(500, {"error": "x"}), NOT_WORKING.format(500), False),
    ("502 as a page", Said(502, "<html>Bad gateway</html>", HTML), NOT_WORKING.format(502), False),
    ("503 without a word", Said(503), NOT_WORKING.format(503), False),
    ("504", Said(504, "x"), NOT_WORKING.format(504), False),
    ("a login page", Said(200, "<html>Log in to the hotel</html>", HTML), GARBLED, False),
    ("an object", Said(200, {"error": "x"}), GARBLED, False),
    ("null", Said(200, "null"), GARBLED, False),
    ("half a character", Said(200, '["\\ud83d'), GARBLED, False),
]
TROUBLES = [
    *(
        Trouble(f"wire: {name}", timelines_say(Said(0, raw, then=then)), said, hangs=said == SILENT)
        for name, raw, then in FAULTS
        for said in [SILENT if then == "hang" else HERE]
    ),
    *(Trouble(name, timelines_say(said), told, stops) for name, said, told, stops in ANSWERS),
    Trouble("away for an hour", timelines_say(Said(503)), NOT_WORKING.format(503), missed=400),
]
"""A wire that is cut is told as away or as garbled, whichever the system says: with the server's name in any case."""


async def test_every_fault_of_a_server_is_told_and_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait_at_most(seconds: float) -> None:
        monkeypatch.setattr("app.sources.mastodon.wire.STATUSES_SECONDS", seconds)

    with MastodonServer(ids=ULID) as there:

        def mend() -> None:
            there.fault = None
            there.mended.set()
            there.mended.clear()

        network = mastodon_at(there.name, every=10)
        async with a_day_with(tmp_path, network, there, mend, wait_at_most, servers=there.url) as day:
            await day.goes_by(TROUBLES)


def spoiled(**more: Any) -> Callable[[MastodonServer], None]:
    """A status that cannot be read stands among the others."""

    def begins(there: MastodonServer) -> None:
        known = f"spoiled-{len(there.statuses)}"
        there.statuses.append({**there.statuses[-1], "id": known, "uri": f"{there.url}/{known}", **more})

    return begins


def _doubled(there: MastodonServer) -> None:
    there.statuses.append(there.statuses[-1])


def _shuffled(there: MastodonServer) -> None:
    there.statuses[-2:] = there.statuses[-2:][::-1]


ODD = [
    Trouble("no address", spoiled(uri=None, url=None)),
    Trouble("no content", spoiled(content=7)),
    Trouble("no time", spoiled(created_at="soon")),
    Trouble("no author", spoiled(account=None)),
    Trouble("the same twice", _doubled),
    Trouble("in another order", _shuffled),
    Trouble("as gzip", lambda there: setattr(there, "zipped", True)),
]
NOTHING: dict[str, Any] = dict.fromkeys(
    ("spoiler_text", "sensitive", "edited_at", "media_attachments", "mentions", "emojis", "reblog", "poll", "card"),
) | dict.fromkeys(("language", "url", "quote", "in_reply_to_id", "in_reply_to_account_id", "replies_count"))
LATER = {"created_at": (datetime.now(UTC) + timedelta(minutes=5)).isoformat()}
EARLIER = {"created_at": (datetime.now(UTC) - timedelta(minutes=10)).isoformat()}
SHAPES: dict[str, dict[str, Any]] = {
    "null wherever it may be": NOTHING,
    "a clock that is fast": LATER,
    "ten minutes old": EARLIER,
    "a quote that waits": {"quote": {"state": "pending", "quoted_status": None}},
    "a quote taken back": {"quote": {"state": "revoked"}},
    "numbers as words": {"in_reply_to_id": "7", "in_reply_to_account_id": 7, "replies_count": "3"},
}


async def test_what_is_odd_in_an_answer_takes_nothing_with_it(tmp_path: Path) -> None:
    with MastodonServer() as there:
        async with a_day_with(
            tmp_path, mastodon_at(there.name, every=10), there, lambda: None, servers=there.url
        ) as day:
            await day.goes_by(ODD)
            for name, more in SHAPES.items():
                there.post(f"<p>{name}</p>", **more)
            came = await day.box10.where(lambda posts: len(posts) >= len(day.said) + len(SHAPES))
    told = [post.text for post in came if post.text not in day.said]
    assert told == [*SHAPES]
