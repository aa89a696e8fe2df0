"""Home links: one is printed by a new server, the last one stays, and what was entered with one ends with it."""

import pytest

from app.actions.event_entry import enter_event
from app.actions.events import Refused
from app.actions.home_links import give_first_home_link, give_home_link, revoke_home_link
from app.actions.links import give_link, revoke_link
from app.domain.access import Role
from app.domain.event import Event
from app.queries.home import open_home_link
from app.queries.links import links
from app.store.doors import Backchannel
from tests.conftest import NOON


async def test_only_a_server_that_never_had_one_prints_a_home_link(doors: Backchannel) -> None:
    first = await doors.do(give_first_home_link, at=NOON)
    assert first is not None
    assert await doors.do(give_first_home_link, at=NOON) is None
    await doors.do(give_home_link, at=NOON, label="Asha")
    await doors.do(revoke_home_link, first.link.id, at=NOON)
    assert await doors.do(give_first_home_link, at=NOON) is None


async def test_the_last_home_link_cannot_be_revoked(doors: Backchannel) -> None:
    first = await doors.do(give_home_link, at=NOON)
    second = await doors.do(give_home_link, at=NOON)
    await doors.do(revoke_home_link, first.link.id, at=NOON)
    with pytest.raises(Refused, match="last home link"):
        await doors.do(revoke_home_link, second.link.id, at=NOON)
    assert await doors.ask(open_home_link, [first.link.token_hash]) is None
    assert (await doors.ask(open_home_link, [first.link.token_hash, second.link.token_hash])) is not None


async def test_a_revoked_home_link_takes_along_what_was_entered_with_it_and_nothing_else(
    doors: Backchannel, event: Event
) -> None:
    asha, ben = [await doors.do(give_home_link, at=NOON, label=name) for name in ("Asha", "Ben")]
    for home in (asha, ben):
        for _ in range(2):
            await doors.do(enter_event, event.id, home.link.id, token=f"the token of {home.link.label}", at=NOON)
    await doors.do(revoke_home_link, asha.link.id, at=NOON)
    held = {access.label: access.revoked_at for access in await doors.ask(links, event.id)}
    assert held == {"Asha": NOON, "Ben": None}


async def test_a_way_in_that_an_owner_has_revoked_stays_closed(doors: Backchannel, event: Event) -> None:
    home = await doors.do(give_home_link, at=NOON)
    await doors.do(give_link, event.id, Role.OWNER, at=NOON)
    entered = await doors.do(enter_event, event.id, home.link.id, token="a token", at=NOON)
    await doors.do(revoke_link, entered.access.id, at=NOON)
    with pytest.raises(Refused):
        await doors.do(enter_event, event.id, home.link.id, token="a token", at=NOON)


async def test_a_revoked_home_link_enters_nothing_any_more(doors: Backchannel, event: Event) -> None:
    home = await doors.do(give_home_link, at=NOON)
    await doors.do(give_home_link, at=NOON)
    await doors.do(revoke_home_link, home.link.id, at=NOON)
    with pytest.raises(Refused):
        await doors.do(enter_event, event.id, home.link.id, token="a token", at=NOON)
    assert await doors.ask(links, event.id) == []
