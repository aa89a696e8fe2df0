"""What waits to be looked up: in the order of the stream, a few requests at once, and never what is gone meanwhile."""

import itertools
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.sources import Clock, Ended, Why
from app.sources.bluesky.appview import URIS_A_REQUEST, AppView
from app.sources.bluesky.jetstream import Happened
from app.sources.bluesky.look_ups import REQUESTS_AT_ONCE, LookUps
from tests.sources.bluesky.asking import source
from tests.sources.bluesky.server import BlueskyServer
from tests.sources.keeping import Kept, listens


@pytest.fixture
def there() -> Iterator[BlueskyServer]:
    with BlueskyServer() as server:
        yield server


REAL = Clock()


def waiting_for(server: BlueskyServer, *uris: str, clock: Clock = REAL) -> LookUps:
    look_ups = LookUps(AppView(server.appview, clock), clock)
    for place, uri in enumerate(uris):
        look_ups.add(uri, Happened(place, place, "did:plc:mira"), 0)
    return look_ups


async def test_a_few_requests_are_under_way_at_once_and_each_is_as_long_as_it_may_be(there: BlueskyServer) -> None:
    whole = REQUESTS_AT_ONCE * URIS_A_REQUEST
    uris = [there.post(f"{number} #box10") for number in range(whole + 1)]
    look_ups, together = waiting_for(there, *uris), threading.Barrier(REQUESTS_AT_ONCE)

    def met() -> None:
        together.wait(20)  # broken, and so told, where they come one after the other

    there.during_lookup = met
    assert [one.ref for one in await look_ups.next()] == uris[:whole]
    assert not together.broken
    assert [len(asked) for asked in there.asked] == [URIS_A_REQUEST] * REQUESTS_AT_ONCE
    there.during_lookup = lambda: None
    assert [one.ref for one in await look_ups.next()] == uris[whole:]
    assert look_ups.oldest is None


async def test_look_ups_that_fail_leave_everything_waiting(there: BlueskyServer) -> None:
    uris = [there.post(f"{number} #box10") for number in range(2 * URIS_A_REQUEST)]
    look_ups = waiting_for(there, *uris)
    there.lookup_status = 502
    with pytest.raises(Ended) as ended:
        await look_ups.next()
    assert ended.value.why is Why.HTTP
    there.lookup_status = 200
    assert [one.ref for one in await look_ups.next()] == uris


async def test_what_is_deleted_while_it_is_looked_up_does_not_come(there: BlueskyServer) -> None:
    stays, goes, theirs = there.post("stays #box10"), there.post("goes #box10"), there.post("gone #box10", by="jo")
    look_ups = waiting_for(there, stays, goes, theirs)

    def happens() -> None:
        look_ups.drop(goes)
        look_ups.drop_all_of("at://did:plc:jo/")

    there.during_lookup = happens
    assert [one.ref for one in await look_ups.next()] == [stays]
    assert look_ups.oldest is None


async def test_what_is_edited_while_it_is_looked_up_comes_as_it_is_then_and_keeps_its_place(
    there: BlueskyServer,
) -> None:
    uri = there.post("as it was #box10")
    look_ups = waiting_for(there, uri)

    def happens() -> None:
        there.during_lookup = lambda: None
        there.edit(uri, "better #box10")
        look_ups.add(uri, Happened(7, 7, "did:plc:mira"), 5)

    there.during_lookup = happens
    assert await look_ups.next() == []
    assert look_ups.oldest is not None
    assert look_ups.oldest.place == 0
    assert [(one.text, one.version) for one in await look_ups.next()] == [("better #box10", 5)]


async def test_more_than_can_wait_are_read_when_there_is_room_over_the_same_connection(
    there: BlueskyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sources.bluesky.look_ups.MAX_WAITING", 10)
    uris = [there.post(f"number {number} #box10", by=f"by{number}") for number in range(60)]
    kept = Kept(position={"host": there.host, "at_us": 0, "place": there.events[0]["seq"]})
    await listens(source(there), kept, lambda: len(kept.posts) == len(uris))
    assert kept.refs == uris
    assert len(there.connected) == 1
    assert max(map(len, there.asked)) <= 10


async def test_an_address_that_is_refused_takes_no_other_with_it_and_is_let_go(there: BlueskyServer) -> None:
    good, bad, fine = (there.post(f"{name} #box10") for name in ("good", "bad", "fine"))
    hours = itertools.count()
    began = datetime.now(UTC)
    clock = Clock(now=lambda: began + timedelta(hours=next(hours)))
    look_ups, found = waiting_for(there, good, bad, fine, clock=clock), list[str]()
    there.refused = {bad}
    for _ in range(10):
        found += [one.ref for one in await look_ups.next()]
    assert found == [good, fine]
    assert look_ups.oldest is None


async def test_look_ups_that_never_took_anything_are_told_and_nothing_is_let_go(there: BlueskyServer) -> None:
    uri = there.post("waits #box10")
    look_ups, there.refused = waiting_for(there, uri), {uri}
    with pytest.raises(Ended):
        await look_ups.next()
    assert look_ups.oldest is not None
