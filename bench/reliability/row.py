"""One line of the table, and a server with an event to break."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.store.doors import Backchannel
from app.store.schema import migrate
from bench.reliability.people import People, missing
from tests.running import ProcessServer, furnish
from tests.servers import free_port


@dataclass(frozen=True, slots=True)
class Row:
    """What was done; what was acknowledged; what of it was found again; what people met meanwhile."""

    done: str
    acknowledged: str
    found: str
    seen: str

    def line(self, name: str) -> str:
        return f"| {self.done} | {self.acknowledged} | {self.found} | {self.seen} | `bin/bench reliability {name}` |"


def row(done: str, people: People, url: str, seen: str) -> Row:
    """The line of a drill that is over; the readers are asked, the database is read."""
    readers = "pages that stayed open are as fresh ones" if people.readers_see_it_all() else "PAGES DIFFER"
    lost = missing(url, people)
    acknowledged = f"{len(people.stored):,} posts, {len(people.approved):,} approvals"
    return Row(done, acknowledged, "MISSING: " + ", ".join(lost) if lost else "all, each once", f"{seen}; {readers}")


@dataclass
class Site:
    """One server on an SQLite file, with an event, `box10`."""

    server: ProcessServer
    url: str
    people: People


def prepared(url: str, slugs: tuple[str, ...] = ("box10",)) -> str:
    """Tables and events; gives the key of the first one's moderator."""
    migrate(url)

    async def furnished() -> str:
        doors = Backchannel(url, MemoryBus())
        made = [await furnish(doors, slug) for slug in slugs]
        await doors.close()
        return str(made[0][2][Role.MODERATOR].token)

    return asyncio.run(furnished())


@contextmanager
def site(folder: Path, data: Path, **environment: str) -> Iterator[Site]:
    """`data` has the database; the server's log is in `folder`. People are there, and have begun."""
    url = f"sqlite:///{data / 'backchannel.sqlite3'}"
    moderator = prepared(url)
    server = ProcessServer(folder, free_port(), DATA_DIR=str(data), TRUST_PROXY="1", **environment)
    server.start()
    people = People([server], moderator)
    people.begin()
    try:
        yield Site(server, url, people)
    finally:
        people.end()
        people.leave()
        server.stop()
