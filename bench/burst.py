"""All three networks at once, with as many posts a second as X's stream may bring: is each there, and once?

    bin/bench burst [--rate N] [--seconds N] [--mastodon stream|asked]

A process of its own is X, a server of Mastodon's kind and Bluesky (the local servers of the tests), and says `rate`
posts a second, in turns. Ours listens to all three, screens, stores and tells a desk. Beside it a task measures how
late the loop is woken: that is what a moderator's click would wait. First comes the same while nothing is said.
"""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from app.actions.events import create_event
from app.actions.sources import add_sources, change_source
from app.domain.post import Post
from app.domain.source import SourceState
from app.live.feed import Feed
from app.main import create_app
from app.queries.sources import sources
from app.serving import tune
from app.settings import Settings
from app.store.doors import Backchannel
from bench.processes import progress
from bench.yardstick import additions, yardstick
from tests.networks import bluesky_at, mastodon_at, x_with
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.mastodon.server import MastodonServer
from tests.x_server import XServer

KINDS = ("x", "mastodon", "bluesky")
WORDS = "what helped us most at home this winter was that somebody called before they came and stayed"
STEP = 0.001
QUIET_SECONDS = 10.0
PATIENCE = 900.0
OURS = "ours"


def text_of(kind: str, number: int) -> str:
    """Each says something else, so that nothing is folded."""
    words = WORDS.split(" ")
    said = [words[(number * 7 + at * (1 + number % 5)) % len(words)] for at in range(6 + number % 9)]
    return f"{number} {' '.join(said)} {kind} #box10"


async def be_three_networks(told: Connection, rate: int, seconds: float) -> None:
    with MastodonServer() as mastodon, BlueskyServer() as bluesky:
        mastodon.accounts = {OURS}
        async with XServer(speed=1.0) as x:
            near = f"{mastodon.name},{mastodon.streams.name}"
            told.send((x.url, x.token, mastodon.url, near, bluesky.jetstream(V2), bluesky.appview))
            await asyncio.to_thread(told.recv)
            says: dict[str, Callable[[str, int], object]] = {
                "x": lambda text, by: x.post(f"u{by}", text),
                "mastodon": lambda text, by: mastodon.post(f"<p>{text}</p>", by=f"u{by}"),
                "bluesky": lambda text, by: bluesky.post(text, by=f"u{by}"),
            }
            began, number, most = time.perf_counter(), 0, int(rate * seconds)
            while number < most:
                due = min(int((time.perf_counter() - began) * rate), most)
                while number < due:
                    kind = KINDS[number % 3]
                    says[kind](text_of(kind, number), number % 400)
                    number += 1
                await asyncio.sleep(0.01)
            told.send((number, time.perf_counter() - began))
            await asyncio.to_thread(told.recv)


def run_networks(told: Connection, rate: int, seconds: float) -> None:
    asyncio.run(be_three_networks(told, rate, seconds))


@contextmanager
def three_networks(rate: int, seconds: float) -> Iterator[tuple[Connection, tuple[str, ...]]]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=run_networks, args=(there, rate, seconds), daemon=True
    )
    process.start()
    try:
        yield here, here.recv()
    finally:
        process.kill()
        process.join()


async def late(lateness: list[float]) -> None:
    while True:
        due = time.perf_counter() + STEP
        await asyncio.sleep(STEP)
        lateness.append(time.perf_counter() - due)


def _stored(db: Session, event_id: int) -> list[tuple[str, str]]:
    return [(source, text) for source, text in db.exec(select(Post.source, Post.text).where(Post.event_id == event_id))]


def _number(db: Session, event_id: int) -> int:
    return len(db.exec(select(Post.id).where(Post.event_id == event_id, col(Post.withdrawn_at).is_(None))).all())


async def measure(folder: Path, here: Connection, places: tuple[str, ...], *, streams: bool) -> list[tuple[str, str]]:
    _, unit = additions()
    x_url, token, mastodon_url, near, jetstream, appview = places
    networks = [
        x_with(x_bearer_token=token, x_api_url=x_url),
        mastodon_at(near, every=10.0, **({"mastodon_token": OURS} if streams else {})),
        bluesky_at(jetstream, appview),
    ]
    settings = Settings(_env_file=None, data_dir=folder, secret_key="bench-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm")  # type: ignore[call-arg]
    app = create_app(settings, networks=networks)
    async with app.router.lifespan_context(app):
        doors: Backchannel = app.state.context.backchannel
        feed: Feed = app.state.feed
        at = datetime.now(UTC)
        event = await doors.do(create_event, "hall", name="The hall", hashtags=["box10"], at=at)
        await doors.do(add_sources, event.id, KINDS, at=at)
        for kind, options in (("x", {}), ("mastodon", {"servers": mastodon_url}), ("bluesky", {})):
            await doors.do(change_source, event.id, kind, enabled=True, options=dict(options), at=at)
        desk = await feed.join(event.id, "desk", event.cursor, access_id=None)

        async def reads() -> None:
            while True:
                await desk.next()

        reader = asyncio.create_task(reads())
        while not all(
            one.state in (SourceState.LIVE, SourceState.POLLING) for one in await doors.ask(sources, event.id)
        ):
            await asyncio.sleep(0.1)
        rows = [await _watched("nothing said", asyncio.sleep(QUIET_SECONDS))]
        used = time.process_time()
        here.send("begin")
        said: list[Any] = []

        async def burst() -> None:
            said.extend(await asyncio.to_thread(here.recv))

        rows.append(await _watched("the burst", burst()))
        number, spent = said
        progress(f"all is said, {await doors.ask(_number, event.id):,} of {number:,} are stored")
        began, stored, moved = time.perf_counter(), 0, time.perf_counter()
        while stored < number and time.perf_counter() - moved < PATIENCE:
            now = await doors.ask(_number, event.id)
            if now // 1_000 != stored // 1_000:
                progress(f"{now:,} are stored")
            moved = time.perf_counter() if now != stored else moved
            stored = now
            await asyncio.sleep(0.2)
        after, used = time.perf_counter() - began, time.process_time() - used
        found = await doors.ask(_stored, event.id)
        here.send("end")
        reader.cancel()
        feed.leave(desk)
    wanted = Counter((KINDS[one % 3], text_of(KINDS[one % 3], one)) for one in range(number))
    have = Counter(found)
    return [
        ("said, in how many seconds", f"{number} in {spent:.1f}"),
        ("of X, Mastodon, Bluesky", ", ".join(str(sum(kind == source for source, _ in found)) for kind in KINDS)),
        ("lost", str((wanted - have).total())),
        ("twice", str((have - wanted).total())),
        (
            "of a core: ms a post; all of them, × ten million additions",
            f"{used / number * 1000:.1f}; {used / unit:.0f}",
        ),
        ("all stored after the last was said, s", f"{after:.1f}"),
        *(row for some in rows for row in some),
    ]


async def _watched(name: str, work: Any) -> list[tuple[str, str]]:
    lateness: list[float] = []
    probe, used, began = asyncio.create_task(late(lateness)), time.process_time(), time.perf_counter()
    await work
    share = (time.process_time() - used) / (time.perf_counter() - began)
    probe.cancel()
    lateness.sort()
    p50, p99 = (lateness[int(len(lateness) * part) - 1] * 1000 for part in (0.5, 0.99))
    said = f"{p50:.1f}, {p99:.1f}, {lateness[-1] * 1000:.0f}"
    return [(f"{name}: loop late p50, p99, most, ms", said), (f"{name}: share of a core", f"{share:.0%}")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=250)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--mastodon", choices=("stream", "asked"), default="stream")
    asked = parser.parse_args()
    print(yardstick())
    tune()
    progress("three networks begin")
    with (
        tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder,
        three_networks(asked.rate, asked.seconds) as (here, places),
    ):
        rows = asyncio.run(measure(Path(folder), here, places, streams=asked.mastodon == "stream"))
    print("\n| what | |\n| --- | ---: |")
    for what, found in rows:
        print(f"| {what} | {found} |")


if __name__ == "__main__":
    sys.exit(main())
