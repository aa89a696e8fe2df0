"""Whatever is taken back, anywhere, leaves every screen: within a minute where one has to ask, in two seconds where a
stream tells of it.

Time is the test's: a pass over what is kept happens when it lets one, and each request counts as a second.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.actions.sources import add_sources, change_source
from app.actions.verdicts import approve
from app.domain.decision import Actor
from app.domain.post import Post
from app.domain.source import SourceState
from app.domain.verdict import Verdict
from app.queries.desk import desk_cards
from app.sources import Clock
from app.sources.bluesky.source import LOOK_UP_EVERY
from app.sources.mastodon.source import POLL_SECONDS
from app.sources.rechecks import EVERY
from tests.networks import bluesky_at, mastodon_at
from tests.sources.bluesky.asking import soon
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.leaving import ASKED_FOR, MASTODON, TOLD, Leaving, gone
from tests.sources.mastodon.server import MastodonServer
from tests.sources.three_networks import Town
from tests.sources.x.desk import desk
from tests.until import until

A_REQUEST = 1.0
"""Seconds that an answer takes, in the test's time."""
TOLD_WITHIN, ASKED_WITHIN = 2.0, 60.0
KINDS = ("x", "mastodon", "bluesky")


class Gates:
    """The sleep of sources. Waits that are `closed` last until the test lets them pass, one at a time."""

    def __init__(self, *closed: float) -> None:
        self.closed = set(closed)
        self.waiting = Counter[float]()
        self._turns: dict[float, asyncio.Event] = {}

    async def sleep(self, seconds: float) -> None:
        if seconds not in self.closed:
            await soon(seconds)
            return
        self.waiting[seconds] += 1
        await self._turns.setdefault(seconds, asyncio.Event()).wait()

    async def let_pass(self, seconds: float, *, times: int = 1) -> None:
        """All who wait so long go on once, until they wait again; `times` is how many there are."""
        await until(lambda: self.waiting[seconds] >= times)
        self.waiting[seconds] = 0
        self._turns.pop(seconds).set()
        await until(lambda: self.waiting[seconds] >= times)


@asynccontextmanager
async def a_town(folder: Path, gates: Gates) -> AsyncIterator[Town]:
    """X, a server of Mastodon's kind with its stream, and Bluesky; all are listened to."""
    with MastodonServer() as mastodon, BlueskyServer() as bluesky:
        mastodon.accounts = {"ours"}
        async with desk(folder) as box10:
            near = mastodon_at(f"{mastodon.name},{mastodon.streams.name}", every=POLL_SECONDS, mastodon_token="ours")
            box10.others = (near, bluesky_at(bluesky.jetstream(V2), bluesky.appview, bluesky.labels_url))
            at, doors, town = datetime.now(UTC), box10.doors, Town(box10, mastodon, bluesky)
            await doors.do(add_sources, box10.event.id, box10.networks.keys, at=at)
            for kind, options in (("mastodon", {"servers": mastodon.url}), ("bluesky", {})):
                await doors.do(change_source, box10.event.id, kind, enabled=True, options=dict(options), at=at)
            box10.start(Clock(sleep=gates.sleep, jitter=lambda: 0.0))
            for kind in KINDS:
                await town.state(kind, SourceState.LIVE)
            await until(lambda: bluesky.label_listeners)
            yield town


async def there_are(town: Town, leaving: Sequence[Leaving], *, shown: bool) -> dict[Leaving, Any]:
    """All of them are posted, and approved if they are to be `shown`."""
    keys = {one: one.posts(town, one.text) for one in leaving}
    posts = await town.has(lambda posts: all(_is_there(posts, one) for one in leaving))
    for post in posts if shown else ():
        await town.box10.doors.do(approve, post.id, by=Actor("Asha"), at=datetime.now(UTC))
    return keys


def _is_there(posts: Sequence[Post], one: Leaving) -> bool:
    return any(post.text.startswith(one.text) for post in posts)


async def what_is_left(town: Town, refs: dict[Leaving, int]) -> dict[str, bool]:
    posts = {post.id: post for post in await town.posts()}
    return {str(one): one.holds(posts[post_id]) for one, post_id in refs.items()}


def asked(town: Town) -> Counter[str]:
    """How often each network was asked for what became of posts."""
    statuses = [path for path in town.mastodon.asked if path.startswith("/api/v1/statuses")]
    x = [one for one in town.box10.x.requests if "ids" in one.query]
    return Counter({"x": len(x), "mastodon": len(statuses), "bluesky": len(town.bluesky.asked)})


async def ids_of(town: Town, leaving: Sequence[Leaving]) -> dict[Leaving, int]:
    posts = await town.posts()
    return {one: next(post.id for post in posts if post.text.startswith(one.text)) for one in leaving}


@pytest.mark.parametrize("shows", [True, False], ids=["on the screens", "in the queue"])
async def test_what_is_taken_back_anywhere_is_found_out_within_a_minute(tmp_path: Path, *, shows: bool) -> None:
    gates = Gates(EVERY)
    async with a_town(tmp_path, gates) as town:
        keys = await there_are(town, ASKED_FOR, shown=shows)
        refs = await ids_of(town, ASKED_FOR)
        await gates.let_pass(EVERY, times=len(KINDS))
        assert not any((await what_is_left(town, refs)).values()) or not shows

        # Each is taken back just after it was found to be there: it has to wait as long as it may.
        before = asked(town)
        for one, key in keys.items():
            one.happens(town, key)
        await gates.let_pass(EVERY, times=len(KINDS))
        left = await what_is_left(town, refs)
        wanted = {str(one): shows or one.holds is gone for one in ASKED_FOR}
        assert {name: left[name] for name, is_wanted in wanted.items() if is_wanted} == {
            name: True for name, is_wanted in wanted.items() if is_wanted
        }
        took = {kind: EVERY + A_REQUEST * number for kind, number in (asked(town) - before).items()}
        assert max(took.values()) <= ASKED_WITHIN, took


async def test_what_a_stream_tells_of_leaves_in_two_seconds(tmp_path: Path) -> None:
    gates = Gates(EVERY)
    async with a_town(tmp_path, gates) as town:
        keys = await there_are(town, TOLD, shown=True)
        refs = await ids_of(town, TOLD)
        gates.closed |= {LOOK_UP_EVERY, POLL_SECONDS}
        await until(lambda: gates.waiting[LOOK_UP_EVERY] == 1)
        for one, key in keys.items():
            one.happens(town, key)

        # Mastodon's leave without a moment's waiting.
        theirs = {one: post_id for one, post_id in refs.items() if one.kind == MASTODON}
        await until(lambda: _all(town, theirs))
        # Bluesky's with the next look-ups: what was said after it is being looked up by then, so it was heard.
        last = town.bluesky.post("said after all of that #box10")
        while not any(last in uris for uris in town.bluesky.asked):
            await gates.let_pass(LOOK_UP_EVERY)
        # And what moderators said, of which the last is heard after all others.
        [*_, last_label] = [one for one in TOLD if one.name == "its author is taken down"]
        while not (await what_is_left(town, refs))[str(last_label)]:
            await gates.let_pass(LOOK_UP_EVERY)
        for _ in range(int(TOLD_WITHIN / LOOK_UP_EVERY)):
            await gates.let_pass(LOOK_UP_EVERY)
        left = await what_is_left(town, refs)
        assert left == dict.fromkeys(left, True)


async def _all(town: Town, refs: dict[Leaving, int]) -> bool:
    return all((await what_is_left(town, refs)).values())


@pytest.mark.parametrize("first", KINDS)
async def test_a_card_that_stands_for_several_goes_with_each_of_them(tmp_path: Path, first: str) -> None:
    """What said the same elsewhere waits for a person when the one that is shown goes; its mark goes with itself."""
    gates = Gates(EVERY)
    words = "What we learned about care closer to home #box10"
    async with a_town(tmp_path, gates) as town:
        says = {
            "x": lambda: town.box10.x.post("jo", words),
            "mastodon": lambda: town.mastodon.post(f"<p>{words}</p>"),
            "bluesky": lambda: town.bluesky.post(words),
        }
        goes = {
            "x": town.box10.x.delete,
            "mastodon": lambda key: town.mastodon.statuses.remove(town.mastodon.find(key)),
            "bluesky": town.bluesky.views.pop,
        }
        keys = {first: says[first]()}
        [leads] = await town.has(lambda posts: len(posts) == 1)
        await town.box10.doors.do(approve, leads.id, by=Actor("Asha"), at=datetime.now(UTC))
        second, third = (kind for kind in KINDS if kind != first)
        for kind in (second, third):
            keys[kind] = says[kind]()
            await town.has(lambda posts: any(post.source == kind for post in posts))  # noqa: B023
        assert await _also(town, leads) == {second, third}

        goes[second](keys[second])
        await gates.let_pass(EVERY, times=len(KINDS))
        assert await _also(town, leads) == {third}
        goes[first](keys[first])
        await gates.let_pass(EVERY, times=len(KINDS))
        verdicts = {post.source: (post.verdict, bool(post.text)) for post in await town.posts()}
        assert verdicts[third] == (Verdict.HELD, True)
        assert not verdicts[first][1]
        assert not verdicts[second][1]


async def _also(town: Town, post: Post) -> set[str]:
    return {*(await town.box10.doors.ask(desk_cards, [post.id]))[post.id].also_on}
