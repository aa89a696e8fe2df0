"""The law of long days: what a page asks of the database does not grow with what an event has seen.

Work is counted, not timed: steps of SQLite's machine, and rows that PostgreSQL touched.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.databases import lay_down
from tests.long_day import AGAIN, PAGES, LongDay, long_day
from tests.store.stores import migrated, store

__all__ = ["store"]

SHORT, LONG = 1_000, 8_000
MOST = 1.5
STEPS = 100
NOISE = {"sqlite": 20, "postgresql": 300}
"""Rows, or hundreds of steps, that a page may ask for more: some depend on the hour, or on how full a leaf is."""


def count_steps(engine: sa.Engine, taken: Counter[str]) -> None:
    """How many hundred steps SQLite's machine takes, by statement."""

    @sa.event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        def step() -> int:
            taken[statement] += 1
            return 0

        connection.connection.dbapi_connection.set_progress_handler(step, STEPS)


def count_rows(engine: sa.Engine, touched: Counter[str]) -> None:
    """How many rows PostgreSQL touches, by statement: each is asked once more, to be explained.

    As in a large table, where it takes an index if there is one: these are small enough to be read whole.
    """

    @sa.event.listens_for(engine, "after_cursor_execute")
    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT") and "FROM" in statement:
            with connection.connection.cursor() as cursor:
                cursor.execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
                )
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {statement}", parameters)
                touched[statement] += rows(cursor.fetchone()[0][0]["Plan"])


def rows(plan: dict[str, Any]) -> int:
    """What a step of a plan gave and what it looked at in vain, and all steps below it."""
    seen = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Join Filter", 0)
    return int(seen * plan["Actual Loops"]) + sum(map(rows, plan.get("Plans", ())))


def work(day: LongDay, taken: Counter[str], written: Counter[str]) -> dict[str, Counter[str]]:
    """What each page, and each act at the desk, asks for; of an act only its transaction, not what screens read then."""
    done = {}
    for page in PAGES:
        taken.clear()
        if day.opens_page(page) == 200:
            done[page] = taken.copy()
    for page in AGAIN:
        _, etag = day.opens_again(page)
        taken.clear()
        assert day.opens_again(page, etag)[0] == 304, page
        done[f"{page}, again"] = taken.copy()
    for act in day.acts:
        written.clear()
        act()
        done[act.__name__] = written.copy()
    return done


def test_what_a_page_or_a_moderator_asks_of_the_database_does_not_grow_with_the_day(store: str, tmp_path: Path) -> None:
    kind = "sqlite" if store.startswith("sqlite") else "postgresql"
    url = lay_down(tmp_path) if kind == "sqlite" else migrated(store)
    with long_day(tmp_path, url) as day:
        taken: Counter[str] = Counter()
        written: Counter[str] = Counter()
        doors, count = day.context.backchannel, count_steps if kind == "sqlite" else count_rows
        count(doors.read_engine, taken)
        count(doors.write_engine, written)
        short, long = (work(grown(day, posts), taken, written) for posts in (SHORT, LONG))
    assert len(short) > 50
    more = [
        f"{page}: {short[page].total()}, then {long[page].total()}, most by {_most(long[page] - short[page])}"
        for page in short
        if long[page].total() > MOST * short[page].total() + NOISE[kind]
    ]
    assert not more, "\n".join(more)


def grown(day: LongDay, posts: int) -> LongDay:
    """PostgreSQL tidies its tables by itself, after a while."""
    day.grow(posts)
    engine = day.context.backchannel.write_engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as opened:
            opened.execute(sa.text("VACUUM ANALYZE"))
    return day


def _most(counted: Counter[str]) -> str:
    """What stands after the columns of the statement that grew most."""
    statement, times = counted.most_common(1)[0]
    return f"{times}: {' '.join(statement.partition('FROM')[2].split())[:400]}"
