"""A series is founded with its first editions, follows its rule, pauses and goes on."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.events import Refused
from app.actions.links import give_link
from app.actions.series import change_series, end_pause, pause_series
from app.domain.access import Role
from app.domain.event import EventState
from app.domain.series import Every, Series
from app.queries.links import opens
from app.store.doors import Backchannel
from tests.weekly import FOUNDED, TUESDAYS, editions, weekly


async def test_its_first_editions_are_there_at_once_over_a_change_of_clocks(doors: Backchannel) -> None:
    await doors.do(weekly)
    made = await doors.ask(editions)
    assert [one.edition.starts_at for one in made] == [
        datetime(2026, 10, 13, 19, tzinfo=UTC), datetime(2026, 10, 20, 19, tzinfo=UTC),
        datetime(2026, 10, 27, 20, tzinfo=UTC), datetime(2026, 11, 3, 20, tzinfo=UTC),
    ]  # fmt: skip
    assert {(one.event.name, *one.event.hashtags) for one in made} == {("Tea chat", "teachat")}
    assert {one.event.state for one in made} == {EventState.PREPARED}
    assert made[0].event.slug == "tea-2026-10-13"


async def test_an_address_is_given_once(doors: Backchannel) -> None:
    await doors.do(weekly)
    with pytest.raises(Refused, match="already"):
        await doors.do(weekly)
    with pytest.raises(Refused, match="only the letters"):
        await doors.do(weekly, slug="no address")


async def test_another_rule_moves_what_is_due_still_and_calls_off_what_is_not(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    await doors.do(change_series, series.id, replace(TUESDAYS, begins=time(19, 30), minutes=90), at=FOUNDED)
    made = await doors.ask(editions)
    assert [one.edition.starts_at.hour for one in made] == [18, 18, 19, 19]
    assert {one.edition.ends_at - one.edition.starts_at for one in made} == {
        made[0].edition.ends_at - made[0].edition.starts_at
    }
    await doors.do(change_series, series.id, replace(TUESDAYS, first_on=date(2026, 10, 14)), at=FOUNDED)
    made = await doors.ask(editions)
    assert [one.edition.planned_on.day for one in made if one.edition.called_off] == [13, 20, 27, 3]
    assert [one.edition.planned_on.day for one in made if not one.edition.called_off] == [14, 21, 28, 4]


async def test_a_pause_is_a_gap_and_its_end_fills_it(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    days = {"first_on": date(2026, 10, 19), "last_on": date(2026, 10, 28)}
    pause = await doors.do(pause_series, series.id, **days, why="half term", at=FOUNDED)
    held = [one.edition.planned_on.day for one in await doors.ask(editions) if not one.edition.called_off]
    assert held == [13, 3, 10, 17]
    await doors.do(end_pause, series.id, pause.id, at=FOUNDED)
    held = [one.edition.planned_on.day for one in await doors.ask(editions) if not one.edition.called_off]
    assert held == [13, 20, 27, 3, 10, 17]
    with pytest.raises(Refused, match="no such pause"):
        await doors.do(end_pause, series.id, pause.id, at=FOUNDED)


@pytest.mark.parametrize("wrong", [{"minutes": 4}, {"minutes": 9_000}, {"late_days": 31}, {"opens_before": 2_000}])
async def test_what_makes_no_sense_is_refused(wrong: dict[str, int], doors: Backchannel) -> None:
    with pytest.raises(Refused):
        await doors.do(weekly, described=replace(TUESDAYS, **wrong))


async def test_on_the_last_thursday_of_each_month(doors: Backchannel) -> None:
    await doors.do(weekly, described=replace(TUESDAYS, first_on=date(2026, 10, 22), every=Every.MONTH_END))
    made = [str(one.edition.planned_on) for one in await doors.ask(editions)]
    assert made == ["2026-10-29", "2026-11-26", "2026-12-31", "2027-01-28"]


async def test_a_link_of_the_pattern_opens_every_edition_and_no_other_event(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    other = await doors.do(weekly, slug="coffee")
    link = await doors.do(give_link, series.pattern_id, Role.MODERATOR, at=FOUNDED)
    mine = [one.event.id for one in await doors.ask(editions, series.id)]
    theirs = [one.event.id for one in await doors.ask(editions, other.id)]
    opened = [event for event in (*mine, *theirs) if await doors.ask(opens, link.access.token_hash, event)]
    assert opened == mine


async def test_it_goes_only_when_its_editions_are_gone(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    await doors.do(close_event, series.pattern_id, at=FOUNDED)
    with pytest.raises(Refused, match="Delete them first"):
        await doors.do(delete_event, series.pattern_id, at=FOUNDED)
    for one in await doors.ask(editions):
        await doors.do(close_event, one.event.id, at=FOUNDED)
        await doors.do(delete_event, one.event.id, at=FOUNDED)
    await doors.do(delete_event, series.pattern_id, at=FOUNDED)
    assert await doors.ask(lambda db: db.get(Series, series.id)) is None
