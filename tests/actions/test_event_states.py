"""An event's life: what is not open is read from no network, and helpers' links end on their day."""

from datetime import timedelta

import pytest

from app.actions.event_states import archive_event, close_event, end_expired_links, open_event
from app.actions.events import Refused
from app.actions.links import give_link
from app.actions.sources import change_source
from app.domain.access import Role
from app.domain.event import Event, EventState
from app.domain.network import Networks
from app.queries.event_end import is_over
from app.queries.events import event_by_id
from app.queries.links import links
from app.queries.sources import assignments
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from tests.conftest import NOON

LATER = NOON + timedelta(days=3)


READS, LOOKS_AFTER = [("box10", True, True)], [("box10", False, False)]


async def assigned(doors: Backchannel) -> list[tuple[str, bool, bool]]:
    return [(one.slug, one.reads, one.streams) for one in await doors.ask(assignments, Networks(NETWORKS))]


@pytest.mark.parametrize(
    ("state", "found"),
    [(EventState.PREPARED, []), (EventState.CLOSED, LOOKS_AFTER), (EventState.ARCHIVED, [])],
)
async def test_networks_are_read_for_open_events_only_and_what_closed_ones_show_is_looked_after(
    doors: Backchannel, event: Event, state: EventState, found: list[tuple[str, bool, bool]]
) -> None:
    await doors.do(change_source, event.id, "x", enabled=True, options={}, at=NOON)
    assert await assigned(doors) == READS
    await doors.do(lambda db, at: setattr(db.get_one(Event, event.id), "state", state), at=NOON)
    assert await assigned(doors) == found
    await doors.do(open_event, event.id, at=NOON)
    assert await assigned(doors) == READS


async def test_a_closed_event_is_over_at_once_and_goes_on_when_it_is_opened_again(
    doors: Backchannel, event: Event
) -> None:
    assert not await doors.ask(is_over, event.id, at=NOON)
    await doors.do(close_event, event.id, at=NOON)
    assert await doors.ask(is_over, event.id, at=NOON)
    await doors.do(open_event, event.id, at=NOON)
    assert not await doors.ask(is_over, event.id, at=NOON)


async def test_helpers_links_hold_until_their_day_and_owners_stay(doors: Backchannel, event: Event) -> None:
    for role in Role:
        await doors.do(give_link, event.id, role, at=NOON)
    await doors.do(close_event, event.id, farewell=" Thank you ", helpers_until=LATER, at=NOON)
    closed = await doors.ask(event_by_id, event.id)
    assert (closed.state, closed.farewell) == (EventState.CLOSED, "Thank you")
    assert await doors.do(end_expired_links, at=LATER - timedelta(seconds=1)) == 0
    assert await doors.do(end_expired_links, at=LATER) == len(Role) - 1
    assert {one.role for one in await doors.ask(links, event.id) if one.revoked_at is None} == {Role.OWNER}


async def test_who_opens_an_event_again_keeps_its_helpers(doors: Backchannel, event: Event) -> None:
    await doors.do(give_link, event.id, Role.MODERATOR, at=NOON)
    await doors.do(close_event, event.id, helpers_until=LATER, at=NOON)
    await doors.do(open_event, event.id, at=NOON)
    assert await doors.do(end_expired_links, at=LATER) == 0


async def test_links_cannot_end_before_now(doors: Backchannel, event: Event) -> None:
    with pytest.raises(Refused, match="over already"):
        await doors.do(close_event, event.id, helpers_until=NOON, at=NOON)


async def test_only_a_closed_event_is_archived(doors: Backchannel, event: Event) -> None:
    with pytest.raises(Refused, match="Close the event first"):
        await doors.do(archive_event, event.id, at=NOON)
    await doors.do(close_event, event.id, at=NOON)
    assert (await doors.do(archive_event, event.id, at=NOON)).state is EventState.ARCHIVED


async def test_every_change_is_told_to_the_screens_and_no_change_is_not(doors: Backchannel, event: Event) -> None:
    async def cursor() -> int:
        return int((await doors.ask(event_by_id, event.id)).cursor)

    before = await cursor()
    await doors.do(open_event, event.id, at=NOON)
    assert await cursor() == before
    await doors.do(close_event, event.id, at=NOON)
    assert await cursor() == before + 1
