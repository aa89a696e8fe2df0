"""Both stores, migrated, with an event."""

import secrets
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.actions.arrivals import receive
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.store.doors import Backchannel
from app.store.schema import migrate
from tests.conftest import NOON, incoming
from tests.databases import lay_down
from tests.running import furnish

STORES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    server: str = request.getfixturevalue("postgres_url")
    name = f"t{secrets.token_hex(6)}"
    _at(server, f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def migrated(store: str) -> str:
    """The database at an address, with every table and no row: a copy of one that was migrated once a run."""
    if store.startswith("sqlite"):
        file = Path(store.removeprefix("sqlite:///"))
        return lay_down(file.parent, file.name)
    server, _, name = store.rpartition("/")
    _at(server, f"DROP DATABASE {name}", f"CREATE DATABASE {name} TEMPLATE {_template(server)}")
    return store


@cache
def _template(server: str) -> str:
    _at(server, "CREATE DATABASE migrated")
    migrate(f"{server}/migrated")
    return "migrated"


def _at(server: str, *statements: str) -> None:
    engine = sa.create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


@pytest.fixture
async def doors(store: str) -> AsyncIterator[Backchannel]:
    opened = Backchannel(migrated(store), MemoryBus())
    yield opened
    await opened.close()


@pytest.fixture
async def event(doors: Backchannel) -> Event:
    made, _, _ = await furnish(doors)
    return made


async def arrives(doors: Backchannel, event: Event, number: int, **facts: object) -> int:
    told = {"text": f"something worth saying, number {number}", "ref": str(number), "by": f"a{number}", **facts}
    post = incoming(**told)  # type: ignore[arg-type]
    return int((await doors.do(receive, event.id, post, at=NOON)).post_id)
