"""A programme at an address: looked at every ten minutes, kept to be looked at, put in place only if that was wanted."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import cast

import pytest

from app.actions.event_deletion import delete_event
from app.actions.event_states import archive_event, close_event, open_event
from app.actions.events import Refused
from app.actions.leases import take_lease
from app.actions.programme_file import keep_programme_file
from app.actions.programme_import import foresee_import
from app.actions.programme_watch import import_watched, keep_what_changed, stop_watching, watch_programme
from app.actions.questions import make_question
from app.domain.programme_matching import Programme
from app.domain.programme_watch import LOOKED_AT_EVERY, ProgrammeWatch
from app.jobs.watched_programmes import WATCHING, look_at_what_is_due
from app.queries.programme import all_talks, programme_file, programme_watch
from app.views.context import Context
from tests.actions.desk import Desk, desk
from tests.conftest import ASHA, NOON

__all__ = ["desk"]
HEADER = "Date,Start,End,Room,Title\n"
TEA, CAKE = "2026-06-11,10:00,10:45,Hall,Tea\n", "2026-06-11,11:00,11:45,Hall,Cake\n"
NOTHING_LEFT = Programme("csv", "Europe/London", ())
"""A programme in which nothing is left."""


class Elsewhere(ThreadingHTTPServer):
    """Where the organisers keep their programme."""

    programme, asked = HEADER + TEA, 0

    class Answers(BaseHTTPRequestHandler):
        server: "Elsewhere"

        def do_GET(self) -> None:
            self.server.asked += 1
            self.send_response(200 if self.server.programme else 503)
            self.end_headers()
            self.wfile.write(self.server.programme.encode())

        def log_message(self, *_told: object) -> None: ...

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/programme.csv"


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    server = Elsewhere(("127.0.0.1", 0), Elsewhere.Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


async def look(desk: Desk, elsewhere: Elsewhere, times: float, *, by: str = "here") -> None:
    """So many times ten minutes later, by a process of that name."""
    hosts = frozenset({f"127.0.0.1:{elsewhere.server_port}"})
    settings, later = SimpleNamespace(allowed_hook_hosts=hosts), NOON + times * LOOKED_AT_EVERY
    context = SimpleNamespace(backchannel=desk.doors, settings=settings, now=lambda: later)
    await look_at_what_is_due(cast(Context, context), by)


async def titles(desk: Desk) -> list[str]:
    return [talk.title for talk in await desk.doors.ask(all_talks, desk.event.id)]


async def stands(desk: Desk) -> ProgrammeWatch:
    found = await desk.doors.ask(programme_watch, desk.event.id)
    assert found is not None
    return found


async def waits(desk: Desk) -> bool:
    return await desk.doors.ask(programme_file, desk.event.id) is not None


async def test_what_has_changed_waits_in_setup_and_is_asked_for_every_ten_minutes(
    desk: Desk, elsewhere: Elsewhere
) -> None:
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=False, at=NOON)
    for time in (0, 0.5, 1, 1.99):
        await look(desk, elsewhere, time)
    assert elsewhere.asked == 2
    assert (await titles(desk), await waits(desk)) == ([], True)
    elsewhere.programme = ""
    await look(desk, elsewhere, 2)
    assert "503" in (await stands(desk)).trouble
    await desk.doors.do(stop_watching, desk.event.id, at=NOON)
    await look(desk, elsewhere, 3)
    assert elsewhere.asked == 3


async def test_it_is_put_in_place_if_that_is_wanted_and_nothing_is_in_doubt(desk: Desk, elsewhere: Elsewhere) -> None:
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=True, at=NOON)
    await look(desk, elsewhere, 0)
    assert (await titles(desk), await waits(desk)) == (["Tea"], False)
    elsewhere.programme = HEADER + TEA + CAKE
    await look(desk, elsewhere, 1)
    assert await titles(desk) == ["Tea", "Cake"]
    tea = (await desk.doors.ask(all_talks, desk.event.id))[0]
    await desk.doors.do(make_question, await desk.arrives(), by=desk.asha, at=NOON, talk_id=tea.id)
    elsewhere.programme = HEADER + CAKE
    await look(desk, elsewhere, 2)
    assert (await titles(desk), await waits(desk)) == (["Tea", "Cake"], True), "questions hang on what is gone"
    elsewhere.programme = "no programme at all"
    await look(desk, elsewhere, 3)
    assert await titles(desk) == ["Tea", "Cake"]


async def test_a_file_that_somebody_looks_at_is_left_to_them(desk: Desk, elsewhere: Elsewhere) -> None:
    await desk.doors.do(keep_programme_file, desk.event.id, name="mine.csv", content=b"mine", at=NOON)
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=False, at=NOON)
    await look(desk, elsewhere, 0)
    file = await desk.doors.ask(programme_file, desk.event.id)
    assert file is not None
    assert file.name == "mine.csv"
    assert (await stands(desk)).seen == "", "it is looked at again"


async def test_of_several_processes_one_asks_and_another_one_when_that_is_gone(
    desk: Desk, elsewhere: Elsewhere
) -> None:
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=True, at=NOON)
    await look(desk, elsewhere, 0, by="here")
    await look(desk, elsewhere, 0.05, by="there")  # 30 seconds later: it is not due, and not theirs
    assert elsewhere.asked == 1
    second = LOOKED_AT_EVERY / 600
    await desk.doors.do(
        take_lease, WATCHING, by="here", until=NOON + LOOKED_AT_EVERY + 30 * second, at=NOON + LOOKED_AT_EVERY
    )
    await look(desk, elsewhere, 1, by="there")
    assert elsewhere.asked == 1, "somebody else looks"
    await look(desk, elsewhere, 1.1, by="there")
    assert elsewhere.asked == 2, "who held it is gone"


async def test_what_is_over_or_not_wanted_any_more_is_left_as_it_is(desk: Desk, elsewhere: Elsewhere) -> None:
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=True, at=NOON)
    await look(desk, elsewhere, 0)
    elsewhere.programme = HEADER + TEA + CAKE
    await desk.doors.do(close_event, desk.event.id, at=NOON)
    await look(desk, elsewhere, 1)
    assert (elsewhere.asked, await titles(desk)) == (1, ["Tea"])
    foreseen = await desk.doors.ask(foresee_import, desk.event.id, NOTHING_LEFT)
    how = {"mark": foreseen.mark, "by": ASHA, "at": NOON}

    async def puts(url: str) -> bool:
        return await desk.doors.do(import_watched, desk.event.id, NOTHING_LEFT, url=url, **how)  # type: ignore[arg-type]

    assert not await puts(elsewhere.url), "it was closed while its address was asked"
    await desk.doors.do(open_event, desk.event.id, at=NOON)
    assert not await puts("https://other.example.org/schedule.json")
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=False, at=NOON)
    assert not await puts(elsewhere.url), "somebody wants to look first by now"
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=True, at=NOON)
    await look(desk, elsewhere, 2)
    assert await titles(desk) == ["Tea", "Cake"]
    elsewhere.programme = HEADER
    await desk.doors.do(close_event, desk.event.id, at=NOON)
    await desk.doors.do(archive_event, desk.event.id, at=NOON)
    await desk.doors.do(delete_event, desk.event.id, at=NOON)
    await look(desk, elsewhere, 3)
    assert await desk.doors.ask(programme_watch, desk.event.id) is None


@pytest.mark.parametrize("url", ["", "schedule.json", "file:///etc/passwd", "javascript:alert(1)", "https://a\nb"])
async def test_what_is_no_address_on_the_web_is_not_watched(desk: Desk, url: str) -> None:
    with pytest.raises(Refused):
        await desk.doors.do(watch_programme, desk.event.id, url, applies_itself=False, at=NOON)
    assert timedelta(minutes=10) == LOOKED_AT_EVERY


async def test_nothing_waits_in_an_event_that_was_closed_while_its_address_was_asked(
    desk: Desk, elsewhere: Elsewhere
) -> None:
    facts = {"url": elsewhere.url, "content": (HEADER + TEA).encode(), "seen": "mark"}
    await desk.doors.do(watch_programme, desk.event.id, elsewhere.url, applies_itself=False, at=NOON)
    await desk.doors.do(close_event, desk.event.id, by=ASHA, at=NOON)
    await desk.doors.do(keep_what_changed, desk.event.id, **facts, at=NOON)
    assert not await waits(desk)
    await desk.doors.do(open_event, desk.event.id, by=ASHA, at=NOON)
    await desk.doors.do(keep_what_changed, desk.event.id, **facts, at=NOON)
    assert await waits(desk)
