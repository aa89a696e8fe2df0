"""Taking posts in while the server lives: how many a second are stored and acknowledged, and what the loop notices.

    bin/bench ingest [--seconds N] [--rounds N] [--callers N]

The whole path with screening and a durable commit, in a process with a running loop, Feed and a desk that is told.
Beside it a task measures how late the loop wakes it: that is what a phone's request would wait. After each round comes
one of the same path in which nothing is screened and everything is held, so that the ratio says what screening costs.
"""

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from app.actions import arrivals
from app.actions.arrivals import receive
from app.actions.events import create_event
from app.domain.incoming import Byline, Incoming
from app.domain.verdict import Ruling, Verdict
from app.live.feed import Feed
from app.main import create_app
from app.serving import tune
from app.settings import Settings
from app.store.doors import Backchannel
from bench.processes import progress
from bench.yardstick import yardstick

STEP = 0.001


def hold(_read: object, _policy: object, _surroundings: object) -> Ruling:
    """What stands in the place of screening where that is off."""
    return Ruling(Verdict.HELD, ())


async def measure(folder: Path, seconds: float, callers: int) -> dict[str, float]:
    settings = Settings(_env_file=None, data_dir=folder, secret_key="bench-7fQ2xW9cLr4Tz0bVk3Hn8sYd6Jm")  # type: ignore[call-arg]
    app = create_app(settings, by_itself=False)
    async with app.router.lifespan_context(app):
        doors: Backchannel = app.state.context.backchannel
        feed: Feed = app.state.feed
        event = await doors.do(create_event, "hall", name="The hall", hashtags=["hall"], at=datetime.now(UTC))
        desk = await feed.join(event.id, "desk", event.cursor, access_id=None)
        stored = 0
        late: list[float] = []
        waits: list[float] = []
        until = time.perf_counter() + seconds
        numbers = iter(range(10_000_000))

        async def caller() -> None:
            nonlocal stored
            while time.perf_counter() < until:
                number = next(numbers)
                author = Byline(f"author_{number % 900}", "Jo Hart")
                words = f"What would help people at home most this winter, number {number}?"
                post = Incoming("x", str(number), author, words, datetime.now(UTC))
                began = time.perf_counter()
                await doors.do(receive, event.id, post, at=datetime.now(UTC))
                waits.append(time.perf_counter() - began)
                stored += 1

        async def watch() -> None:
            await asyncio.sleep(0.5)  # all callers begin at once, as nobody does outside of a bench
            while time.perf_counter() < until:
                due = time.perf_counter() + STEP
                await asyncio.sleep(STEP)
                late.append(time.perf_counter() - due)

        async def reads() -> None:
            while True:
                await desk.next()

        reader = asyncio.create_task(reads())
        began = time.perf_counter()
        await asyncio.gather(watch(), *(caller() for _ in range(callers)))
        took = time.perf_counter() - began
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)
        feed.leave(desk)
        late.sort()
        waits.sort()
        return {
            "stored a second": stored / took,
            "acknowledged p50 ms": waits[len(waits) // 2] * 1000,
            "acknowledged p99 ms": waits[int(len(waits) * 0.99)] * 1000,
            "loop late p50 ms": late[len(late) // 2] * 1000,
            "loop late p99 ms": late[int(len(late) * 0.99)] * 1000,
            "loop late max ms": late[-1] * 1000,
            "posts a commit": doors.writers.tally.calls / max(1, doors.writers.tally.groups),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--callers", type=int, default=300)
    arguments = parser.parse_args()
    print(yardstick())
    tune()
    rounds, unscreened = [], []
    for number in range(arguments.rounds):
        rounds.append(_round(arguments))
        with patch.object(arrivals, "screen", hold):
            unscreened.append(_round(arguments))
        screened, plain = (one[-1]["stored a second"] for one in (rounds, unscreened))
        progress(f"round {number + 1}: {screened:,.0f} a second, {plain:,.0f} with screening off")
    print("\n| what | median | each round |\n| --- | ---: | --- |")
    for what in rounds[0]:
        each = [one[what] for one in rounds]
        print(f"| {what} | {statistics.median(each):,.1f} | {', '.join(f'{one:,.1f}' for one in each)} |")
    ratios = [one["stored a second"] / off["stored a second"] for one, off in zip(rounds, unscreened, strict=True)]
    print(f"| stored a second × with screening off | {statistics.median(ratios):.2f} | ", end="")
    print(f"{', '.join(f'{ratio:.2f}' for ratio in ratios)} |")


def _round(arguments: argparse.Namespace) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        found = _run(measure(Path(folder), arguments.seconds, arguments.callers))
    gc.collect()
    return found


def _run(work: "asyncio.Future[dict[str, float]] | object") -> dict[str, float]:
    """With the loop that the server runs on."""
    try:
        import uvloop  # noqa: PLC0415 - it is not there on every system
    except ImportError:
        return asyncio.run(work)  # type: ignore[arg-type]
    return uvloop.run(work)  # type: ignore[arg-type, no-any-return]


if __name__ == "__main__":
    sys.exit(main())
