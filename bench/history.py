"""What an event that has seen a lot costs: each page and each answer of the API, beside the same after a short day.

    bin/bench history [--short N] [--long N] [--rounds N] [--only pages,exports,verdicts]

Two events like each other but for what they have seen are opened by turns in one process; what is compared is processor
time of this process, and steps of SQLite's machine, which are the same on every computer.
"""

import argparse
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from app.actions.verdicts import Seen, settle_many
from app.domain.decision import Actor
from app.domain.network import Networks
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.files.event_formats import FORMATS
from app.files.event_reading import begin_reading
from app.sources.networks import NETWORKS
from bench.only import chosen
from bench.processes import progress
from bench.yardstick import yardstick
from tests.conftest import NOON
from tests.databases import lay_down
from tests.long_day import PAGES, WHOLE, LongDay, long_day

MOST = 1.5
STEPS = 100
BULK = 100


def pages(short: LongDay, long: LongDay, rounds: int) -> None:
    print("\n| page | ms of CPU, short | long | × | steps, thousands, short | long |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    worst = 0.0
    for page in PAGES:
        if min(day.opens_page(page) for day in (short, long)) != 200:
            continue
        found: dict[str, list[tuple[float, float]]] = {"short": [], "long": []}
        for _ in range(rounds):
            for name, day in (("short", short), ("long", long)):
                found[name].append(_cost(day, page))
        (a, steps_a), (b, steps_b) = (tuple(map(statistics.median, zip(*found[name], strict=True))) for name in found)
        worst = max(worst, b / a)
        print(f"| {page} | {a * 1000:.1f} | {b * 1000:.1f} | {b / a:.2f} | {steps_a:.0f} | {steps_b:.0f} |")
    print(f"\nAt most × {worst:.2f} (goal {MOST}). Apart, as they hold all or a whole day: {', '.join(sorted(WHOLE))}.")


def _cost(day: LongDay, page: str) -> tuple[float, float]:
    taken = [0]

    def begin(connection: Any, *_: Any) -> None:
        def step() -> int:
            taken[0] += 1
            return 0

        connection.connection.dbapi_connection.set_progress_handler(step, STEPS)

    engine = day.context.backchannel.read_engine
    sa.event.listen(engine, "before_cursor_execute", begin)
    before = time.process_time()
    day.opens_page(page)
    used = time.process_time() - before
    sa.event.remove(engine, "before_cursor_execute", begin)
    return used, taken[0] * STEPS / 1000


def exports(short: LongDay, long: LongDay, _rounds: int) -> None:
    """What an export costs for each post, and how much more memory it takes at most."""

    async def write(day: LongDay, kind: str, traced: bool) -> tuple[float, int, int]:
        if traced:
            tracemalloc.start()
        before, size = time.process_time(), 0
        async for piece in FORMATS[kind](
            await begin_reading(day.context.backchannel.ask, day.event_id), Networks(NETWORKS)
        ):
            size += len(piece)
        used = time.process_time() - before
        most = tracemalloc.get_traced_memory()[1] if traced else 0
        if traced:
            tracemalloc.stop()
        return used, size, most

    print("\n| export | posts | s of CPU | ms a post | MB written | MB more at most |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind in FORMATS:
        for day in (short, long):
            call = day.client.portal.call  # type: ignore[union-attr]
            used, size, _ = call(write, day, kind, False)
            _, _, most = call(write, day, kind, True)
            each, written, more = used / day.posts * 1000, size / 1e6, most / 1e6
            print(f"| {kind} | {day.posts} | {used:.2f} | {each:.2f} | {written:.1f} | {more:.1f} |")


def verdicts(short: LongDay, long: LongDay, rounds: int) -> None:
    """A hundred verdicts in one go, beside one: processor time and statements."""
    print(f"\n| {BULK} verdicts | ms of CPU | × one | statements |\n| --- | ---: | ---: | ---: |")
    for name, day in (("short day", short), ("long day", long)):
        one = statistics.median(_settle(day, 1)[0] for _ in range(rounds))
        many = [_settle(day, BULK) for _ in range(rounds)]
        used = statistics.median(took for took, _ in many)
        print(f"| {name} | {used * 1000:.1f} | {used / one:.1f} | {many[0][1]} |")


def _settle(day: LongDay, posts: int) -> tuple[float, int]:
    """Reject so many that are shown."""
    call, doors, stated = day.client.portal.call, day.context.backchannel, [0]  # type: ignore[union-attr]
    shown = select(Post.id, Post.revision).where(Post.event_id == day.event_id, Post.verdict == Verdict.APPROVED)
    rows = call(doors.ask, lambda db: db.exec(shown.order_by(col(Post.id).desc()).limit(posts)).all())
    chosen_posts = [(post_id, Seen(Verdict.APPROVED, revision)) for post_id, revision in rows]

    def state(*_: Any) -> None:
        stated[0] += 1

    sa.event.listen(doors.write_engine, "before_cursor_execute", state)
    before = time.process_time()
    call(lambda: doors.do(settle_many, day.event_id, chosen_posts, Verdict.REJECTED, by=Actor(label="bench"), at=NOON))
    used = time.process_time() - before
    sa.event.remove(doors.write_engine, "before_cursor_execute", state)
    return used, stated[0]


PARTS: dict[str, Callable[[LongDay, LongDay, int], None]] = {"pages": pages, "exports": exports, "verdicts": verdicts}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", type=int, default=1_000)
    parser.add_argument("--long", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", type=chosen(PARTS), default=list(PARTS), help=f"some of {','.join(PARTS)}")
    arguments = parser.parse_args()
    print(yardstick())
    with ExitStack() as opened:
        days = []
        for posts in (arguments.short, arguments.long):
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="backchannel-bench-")))
            progress(f"a day of {posts} posts")
            day = opened.enter_context(long_day(folder, lay_down(folder)))
            day.grow(posts)
            days.append(day)
        for part in arguments.only:
            progress(part)
            PARTS[part](days[0], days[1], arguments.rounds)


if __name__ == "__main__":
    sys.exit(main())
