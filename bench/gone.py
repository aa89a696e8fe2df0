"""How long what its author deletes stays, of 3,000 kept posts: `bin/bench gone [--rounds N]`.

The whole of the sources runs in real time against a local X, over HTTP and through tweepy. In each round, at a random
moment, one post is deleted that is on the wall, and some that are not.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path

from app.sources import Clock
from bench.processes import progress
from tests.sources.test_rechecks import ON_THE_WALL, a_day, asked
from tests.sources.x.desk import desk

MANY = 3_000
WITHIN = 60.0


async def measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    async with desk(folder, speed=1.0) as box10:
        progress(f"{MANY} posts are kept")
        theirs, _ = await a_day(box10, MANY)
        picked = {
            "on the wall": lambda n: n,
            "waiting": lambda n: MANY - 1 - n,
            "stashed or beside it": lambda n: MANY // 2 + 1 + n,
            "rejected or beside it": lambda n: MANY // 2 - n,
            "the oldest that is not on the wall": lambda n: ON_THE_WALL + n,
        }
        took: dict[str, list[float]] = {name: [] for name in picked}
        box10.start(Clock())
        for number in range(rounds):
            await asyncio.sleep(random.uniform(0, 30))
            at = time.monotonic()
            doomed = {theirs[pick(number)].id: name for name, pick in picked.items()}
            for pick in picked.values():
                box10.x.delete(theirs[pick(number)])
            while doomed:
                await asyncio.sleep(0.2)
                for post in await box10.stored():
                    if post.withdrawn_at and (name := doomed.pop(post.ref, None)):
                        took[name].append(time.monotonic() - at)
            progress(f"round {number + 1} of {rounds}: the last one after {time.monotonic() - at:.1f} s")
        progress(f"{len(asked(box10))} look-ups")
        return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        took = asyncio.run(measure(Path(folder), rounds))
    print(f"| deleted ({rounds} each) | gone after, median | at most |\n| --- | ---: | ---: |")
    for name, seconds in took.items():
        print(f"| {name} | {statistics.median(seconds):.0f} s | {max(seconds):.0f} s |")
    assert max(max(seconds) for seconds in took.values()) <= WITHIN


if __name__ == "__main__":
    main()
