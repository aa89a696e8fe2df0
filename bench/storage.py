"""Storing posts: what a grouped commit is worth, beside raw SQLite and the tutorial's way.

    bin/bench storage [--rounds N] [--posts N]

Every way writes the same rows durably (WAL, `synchronous=FULL`), in turn, on one core; compare within a run only.
"""

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.questions import make_question
from app.actions.verdicts import approve
from app.actions.votes import vote
from app.bus.memory import MemoryBus
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Byline, Incoming
from app.domain.question import Question
from app.store.doors import SOON_SECONDS, Backchannel
from app.store.schema import migrate
from bench.processes import progress
from bench.yardstick import yardstick

WORDS = "What would help people at home most this winter, number {number}?"
AT_ONCE = 500
"""So many callers wait at once, as in a hall."""


def now() -> datetime:
    return datetime.now(UTC)


def post(number: int) -> Incoming:
    return Incoming("x", str(number), Byline(f"author_{number % 900}", "Jo Hart"), WORDS.format(number=number), now())


class Store:
    def __init__(self, folder: Path, name: str) -> None:
        self.file = folder / f"{name}.sqlite3"
        self.url = f"sqlite:///{self.file}"
        migrate(self.url)
        self.doors = Backchannel(self.url, MemoryBus())
        self.event_id, self.question_id = self.doors.writers.run(_furnish, (), {})[0]


def _furnish(db: Session) -> tuple[int, int]:
    event = Event(slug="hall", name="The hall", created_at=now())
    db.add(event)
    db.flush()
    stored = receive(db, event.id, post(0), at=now())
    somebody = Actor(label="Bench")
    approve(db, stored.post_id, by=somebody, at=now())
    question = make_question(db, stored.post_id, by=somebody, at=now())
    assert isinstance(question, Question)
    return event.id, question.id


def raw(store: Store, number: int, *, together: int) -> None:
    """Rows of the same size in a table of the same indexes, without any of our work."""
    with closing(sqlite3.connect(store.file, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("PRAGMA synchronous=FULL")
        opened.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, event_id, author, text, verdict, at)")
        opened.execute("CREATE INDEX raw_verdict ON raw (event_id, verdict, id)")
        opened.execute("CREATE INDEX raw_author ON raw (author)")
        rows = [(1, f"author_{n % 900}", WORDS.format(number=n) * 4, "held", str(now())) for n in range(number)]
        for start in range(0, number, together):
            opened.execute("BEGIN IMMEDIATE")
            opened.executemany(
                "INSERT INTO raw (event_id, author, text, verdict, at) VALUES (?, ?, ?, ?, ?)",
                rows[start : start + together],
            )
            opened.execute("COMMIT")


def one_by_one(store: Store, number: int) -> None:
    """Our verb, screening included, each with a transaction and a commit of its own."""
    for n in range(1, number + 1):
        store.doors.writers.run(receive, (store.event_id, post(n)), {"at": now()})


def by_the_door(store: Store, number: int) -> None:
    """Our verb through the door, many callers at once: the writer groups them."""

    async def work() -> None:
        numbers = iter(range(1, number + 1))

        async def caller() -> None:
            for n in numbers:
                await store.doors.do(receive, store.event_id, post(n), at=now())

        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))

    asyncio.run(work())


def votes(store: Store, number: int) -> None:
    """Votes through the door, many callers at once."""

    async def work() -> None:
        numbers = iter(range(number))

        async def caller() -> None:
            for n in numbers:
                await store.doors.do(vote, store.question_id, f"device-{n}", at=now())

        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
        await asyncio.sleep(2 * SOON_SECONDS)  # until the screens were told

    asyncio.run(work())


WAYS: dict[str, tuple[Callable[[Store, int], None], float]] = {
    "raw sqlite3, 1 row a commit": (lambda store, number: raw(store, number, together=1), 1),
    "raw sqlite3, 100 rows a commit": (lambda store, number: raw(store, number, together=100), 4),
    "receive, 1 a commit": (one_by_one, 0.2),
    "receive, grouped by the door": (by_the_door, 1),
    "vote, grouped by the door": (votes, 1),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--posts", type=int, default=4_000)
    arguments = parser.parse_args()
    print(yardstick())
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        for turn in range(arguments.rounds):
            for index, (name, (work, share)) in enumerate(WAYS.items()):
                store = Store(Path(folder), f"{turn}-{index}")
                number = int(arguments.posts * share)
                began = time.perf_counter()
                work(store, number)
                found[name].append(number / (time.perf_counter() - began))
                progress(f"round {turn + 1}, {name}: {found[name][-1]:,.0f}/s")
                asyncio.run(store.doors.close())
    first = statistics.median(found["receive, 1 a commit"])
    print("\n| way | a second, median | best | × one a commit |\n| --- | ---: | ---: | ---: |")
    for name, speeds in found.items():
        middle = statistics.median(speeds)
        print(f"| {name} | {middle:,.0f} | {max(speeds):,.0f} | {middle / first:.1f} |")


if __name__ == "__main__":
    main()
