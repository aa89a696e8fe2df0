"""What all tests share: a real database in a temporary file, real verbs, real times."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from app.actions.current_talk import move_programme_on
from app.actions.events import create_event
from app.actions.links import Link, give_link
from app.actions.talks import add_talk
from app.bus.memory import MemoryBus
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Byline, Incoming
from app.domain.screening.reading.reading import Reading
from app.domain.talk import Talk
from app.store.doors import Backchannel
from tests.databases import lay_down
from tests.servers import postgres_url, redis_url
from tests.statements import share_statements

__all__ = ["postgres_url", "redis_url"]

share_statements()

# Until everything is loaded there is no garbage to look for.
gc.disable()

# A reader in every server would keep the machine busy; those that test it start one.
os.environ.setdefault("READER", "false")
# Nor does one ask the pages that invented people share, but where that is what is tested.
os.environ.setdefault("LINK_TITLES", "false")

IN_MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
"""Where files are written at once, and bytes that must be free there: a container has 64 MB of it by default."""

if "TESTS_ON_DISK" not in os.environ and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    # Each "stored" waits for the disk, some hundred thousand times. What is tested is that it is asked to, not that it turns.
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)

# How fast a machine is decides nothing; and what CI tries today it tries tomorrow.
settings.register_profile("anywhere", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "anywhere")

NOON = datetime(2026, 6, 11, 12, 0, tzinfo=UTC)
ASHA = Actor(label="Asha", access_id=None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest first, so that nobody waits for one file alone at the end: the laws, browsers, the API, the local X."""
    here = Path(__file__).parent
    first = [here, here / "browser", here / "views" / "api", here / "sources" / "x", here / "pseudo_language"]

    def place(item: pytest.Item) -> int:
        folder = Path(str(item.fspath)).parent
        return first.index(folder) if folder in first else len(first)

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


MakeIncoming = Callable[..., Incoming]


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def asha() -> Actor:
    return ASHA


def incoming(
    text: str = "What a morning at the atrium!", *, ref: str = "1", by: str = "jo_hart", **more: object
) -> Incoming:
    """A post as a source finds it; everything that a test does not care about is filled in."""
    facts: dict[str, object] = {
        "source": "x",
        "ref": ref,
        "byline": Byline(handle=by, name=by.replace("_", " ").title()),
        "text": text,
        "posted_at": NOON,
    }
    return Incoming(**{**facts, **more})  # type: ignore[arg-type]


def reading(text: str = "What a morning at the atrium!", **facts: object) -> Reading:
    """The same, as screening has read it."""
    return Reading.of(incoming(text, **facts))  # type: ignore[arg-type]


@pytest.fixture
def make_incoming() -> MakeIncoming:
    return incoming


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A fresh and migrated database."""
    return lay_down(tmp_path)


@pytest.fixture
async def doors(database_url: str) -> AsyncIterator[Backchannel]:
    """The two doors, on a fresh and migrated database."""
    opened = Backchannel(database_url, MemoryBus())
    yield opened
    await opened.close()


@pytest.fixture
async def event(doors: Backchannel) -> Event:
    return await doors.do(create_event, "box10", name="Box 10", hashtags=["box10"], at=NOON)


@pytest.fixture
async def talk(doors: Backchannel, event: Event) -> Talk:
    """A talk that runs at noon, and is the event's current one."""
    made = await doors.do(
        add_talk,
        event.id,
        title="Closer to home",
        speakers=["Nia Rees"],
        starts_at=NOON - timedelta(minutes=10),
        ends_at=NOON + timedelta(minutes=35),
        at=NOON,
    )
    await doors.do(move_programme_on, event.id, at=NOON)
    return made


@pytest.fixture
async def links(doors: Backchannel, event: Event) -> dict[Role, Link]:
    return {role: await doors.do(give_link, event.id, role, at=NOON) for role in Role}
