"""PostgreSQL and Redis stopped for a while under two processes, one after the other."""

import time
from collections.abc import Callable
from pathlib import Path

from app.domain.access import Role
from bench.reliability.disks import up
from bench.reliability.people import People
from bench.reliability.row import Row, row
from tests.two_processes import Site
from tests.until import until_now

AWAY_SECONDS = 15


def postgres(folder: Path) -> Row:
    site = Site(folder)
    return _away(site, f"PostgreSQL stopped for {AWAY_SECONDS} s", site.postgres.stop, site.postgres.start)


def redis(folder: Path) -> Row:
    site = Site(folder)
    return _away(site, f"Redis stopped for {AWAY_SECONDS} s", site.redis.stop, site.redis.start)


def read_only(folder: Path) -> Row:
    """As a standby that was taken for the primary: it answers, and lets nothing be written."""
    site = Site(folder)
    done = f"PostgreSQL read-only for {AWAY_SECONDS} s (`default_transaction_read_only`)"
    return _away(site, done, lambda: _set(site, "on"), lambda: _set(site, "off"))


def _set(site: Site, value: str) -> None:
    with site.doors.read_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as opened:
        opened.exec_driver_sql(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
        opened.exec_driver_sql("SELECT pg_reload_conf()")


def _away(site: Site, done: str, stop: Callable[[], None], start: Callable[[], None]) -> Row:
    people = People(site.processes, site.links[Role.MODERATOR].token)
    people.begin()
    try:
        until_now(lambda: len(people.stored) >= 40)
        began = time.monotonic()
        stop()
        time.sleep(AWAY_SECONDS)
        meanwhile, ended = up(site.processes[0]), time.monotonic()
        start()
        wanted = len(people.stored) + 40
        until_now(lambda: len(people.stored) >= wanted)
        people.end()
        stored = people.between(began + 1, ended)
        seen = (
            f"{people.told()}; {stored:,} stored meanwhile, `/up` {meanwhile}; "
            f"stored again {people.after(ended):.1f} s after it was back; slowest answer {people.slowest:.1f} s"
        )
        return row(done, people, str(site.doors.write_engine.url), seen)
    finally:
        people.end()
        people.leave()
        site.close()
