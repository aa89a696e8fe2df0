"""Two processes that look at the same events at the same time, on both stores."""

import asyncio

from app.actions.sources import add_sources, change_source
from app.bus.memory import MemoryBus
from app.domain.event import Event
from app.queries.sources import sources
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

KINDS = ("one", "two", "three")


async def test_two_processes_give_an_event_its_sources_once(store: str, doors: Backchannel, event: Event) -> None:
    other = Backchannel(store, MemoryBus())
    try:
        both = [one.do(add_sources, event.id, KINDS, at=NOON) for one in (doors, other) for _ in range(4)]
        await asyncio.gather(*both)
    finally:
        await other.close()
    assert sorted(source.kind for source in await doors.ask(sources, event.id)) == sorted(KINDS)


async def test_saving_one_networks_form_first_leaves_the_others_as_a_new_event_has_them(
    doors: Backchannel, event: Event
) -> None:
    """The others get their rows two seconds later; then they must not look as if they had come later."""
    await doors.do(change_source, event.id, "two", enabled=False, options={}, at=NOON, among=KINDS)
    await doors.do(add_sources, event.id, KINDS, at=NOON)
    found = {source.kind: source.enabled for source in await doors.ask(sources, event.id)}
    assert found == {"one": True, "two": False, "three": True}
