"""`backchannel erase`, as an organiser runs it: previewed, done, and proved in every byte of every file."""

import asyncio
from pathlib import Path

import pytest

from app.actions.event_states import close_event
from app.bus.memory import MemoryBus
from app.cli.erase import copies
from app.domain.event import Event
from app.queries.events import event_by_slug
from app.store.doors import Backchannel
from tests.actions.test_erasures import files, holds
from tests.cli.test_commands import made, run
from tests.conftest import NOON
from tests.erasing import HANDLE, MAIL, NEEDLES, furnish


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, dict[str, int]]:
    made(tmp_path)

    async def fill() -> dict[str, int]:
        doors = Backchannel(f"sqlite:///{tmp_path}/backchannel.sqlite3", MemoryBus())
        event: Event | None = await doors.ask(event_by_slug, "box10")
        assert event is not None
        ids = await furnish(doors, event)
        await doors.do(close_event, event.id, at=NOON)
        await doors.close()
        return ids

    return tmp_path, asyncio.run(fill())


def test_who_is_erased_is_named_first_and_in_no_byte_afterwards(data: tuple[Path, dict[str, int]]) -> None:
    folder, ids = data
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / "0123-4567.drawn").write_bytes(b"a face of quill")
    dry = run(folder, "erase", "box10", "--author", HANDLE, "--dry-run")
    assert (dry.returncode, f"@{HANDLE}" in dry.stdout, "1 posts, 1 questions" in dry.stdout) == (0, True, True), (
        dry.stderr
    )
    assert any(holds(file, HANDLE) for file in files(folder))
    phone = run(folder, "erase", "box10", "--phone", f"http://127.0.0.1:8000/e/box10#post-{ids['sent']}")
    assert (phone.returncode, "Erased: 1 posts, 1 questions, 1 votes" in phone.stdout) == (0, True), phone.stderr
    person = run(folder, "erase", "box10", "--author", f"@{HANDLE}")
    assert person.returncode == 0, person.stderr
    assert run(folder, "erase", "box10", "--mail", MAIL).returncode == 0
    assert [(file.name, needle) for file in files(folder) for needle in NEEDLES if holds(file, needle)] == []
    again = run(folder, "erase", "box10", "--author", HANDLE)
    assert (again.returncode, "there is nothing of that" in again.stderr) == (1, True)


def test_a_copy_that_lies_beside_the_database_is_named(tmp_path: Path) -> None:
    for name in ("backchannel.sqlite3", "backchannel.sqlite3.lock", "backchannel.sqlite3.before-20260611-120000"):
        (tmp_path / name).write_bytes(b"")
    assert [file.name for file in copies(tmp_path)] == ["backchannel.sqlite3.before-20260611-120000"]
