"""Editions open and close by the clock; one is moved, called off or named without touching the others."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.authors import block_author, trust_author
from app.actions.editions import (
    call_off_edition,
    follow_rule_again,
    keep_edition_times,
    keep_editions,
    move_edition,
    name_edition,
)
from app.actions.event_states import CALENDAR, close_event
from app.actions.events import Refused
from app.actions.sources import change_source
from app.domain.event import Event, EventState
from app.domain.post import Author, Standing
from app.domain.series import Series
from app.queries.posts import post_by_id
from app.queries.series import Dated
from app.queries.sources import sources
from app.store.doors import Backchannel
from tests.conftest import ASHA, incoming
from tests.weekly import FOUNDED, WEEK, editions, weekly

FIRST = datetime(2026, 10, 13, 19, tzinfo=UTC)


async def kept(doors: Backchannel, series: Series, at: datetime) -> list[Dated]:
    await doors.do(keep_editions, series.id, by=CALENDAR, at=at)
    await doors.do(keep_edition_times, series.id, at=at)
    return await doors.ask(editions)


async def test_it_opens_in_time_takes_late_answers_and_closes(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    minute, late = timedelta(minutes=1), timedelta(hours=1, days=2)
    moments = (FIRST - 31 * minute, FIRST - 30 * minute, FIRST + late - minute, FIRST + late)
    states = [(await kept(doors, series, at))[0].event.state for at in moments]
    assert states == [EventState.PREPARED, EventState.OPEN, EventState.OPEN, EventState.CLOSED]


async def test_there_are_always_four_ahead(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    for weeks in range(1, 5):
        at = FIRST + weeks * WEEK + timedelta(hours=3)
        assert len([one for one in await kept(doors, series, at) if one.edition.starts_at > at]) == 4


async def test_one_that_was_closed_by_hand_stays_closed(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    first = (await kept(doors, series, FIRST))[0]
    await doors.do(close_event, first.event.id, at=FIRST)
    assert (await kept(doors, series, FIRST))[0].event.state is EventState.CLOSED


async def test_a_series_whose_pattern_is_closed_makes_no_more(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    await doors.do(close_event, series.pattern_id, at=FOUNDED)
    assert len(await kept(doors, series, FIRST + 8 * WEEK)) == 4


async def test_one_is_moved_and_the_others_are_as_they_were(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    before = await doors.ask(editions)
    moved_to = datetime(2026, 10, 21, 11, tzinfo=UTC)
    await doors.do(move_edition, before[1].event.id, starts_at=moved_to, minutes=45, at=FOUNDED)
    after = await kept(doors, series, FOUNDED)
    assert (after[1].edition.starts_at, after[1].edition.ends_at) == (moved_to, moved_to + timedelta(minutes=45))
    assert str(after[1].event.starts_on) == "2026-10-21"
    assert [one.edition.starts_at for one in after[2:]] == [one.edition.starts_at for one in before[2:]]
    await doors.do(follow_rule_again, before[1].event.id, at=FOUNDED)
    assert [one.edition.starts_at for one in await doors.ask(editions)] == [one.edition.starts_at for one in before]


async def test_one_that_is_called_off_does_not_open(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    first = (await doors.ask(editions))[0]
    await doors.do(call_off_edition, first.event.id, at=FOUNDED)
    assert (await kept(doors, series, FIRST))[0].event.state is EventState.PREPARED


async def test_what_has_begun_is_not_moved(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    first = (await kept(doors, series, FIRST))[0]
    with pytest.raises(Refused, match="begun"):
        await doors.do(move_edition, first.event.id, starts_at=FIRST + WEEK, minutes=60, at=FIRST)
    second = (await doors.ask(editions))[1]
    with pytest.raises(Refused, match="over already"):
        await doors.do(move_edition, second.event.id, starts_at=FIRST - WEEK, minutes=60, at=FIRST)


async def test_its_theme_stands_beside_the_name(doors: Backchannel) -> None:
    await doors.do(weekly)
    first = (await doors.ask(editions))[0]
    await doors.do(name_edition, first.event.id, "  Cake \n at work ", at=FOUNDED)
    assert [one.event.name for one in (await doors.ask(editions))[:2]] == ["Tea chat: Cake at work", "Tea chat"]
    await doors.do(name_edition, first.event.id, "", at=FOUNDED)
    assert (await doors.ask(editions))[0].event.name == "Tea chat"


async def test_whom_the_last_one_trusted_or_blocked_is_so_at_the_next(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    first = (await kept(doors, series, FIRST))[0].event
    people = {}
    for ref, who in enumerate(("nia", "troll", "jo")):
        received = await doors.do(receive, first.id, incoming(f"hello from {who}", ref=str(ref), by=who), at=FIRST)
        people[who] = (await doors.ask(post_by_id, received.post_id)).author_id
    await doors.do(trust_author, people["nia"], by=ASHA, at=FIRST)
    await doors.do(block_author, people["troll"], by=ASHA, at=FIRST)
    second = (await kept(doors, series, FIRST + WEEK))[1].event
    known = await doors.ask(lambda db: db.exec(select(Author).where(Author.event_id == second.id)).all())
    assert {one.handle: one.standing for one in known} == {"nia": Standing.TRUSTED, "troll": Standing.BLOCKED}


async def test_what_the_pattern_reads_its_editions_read(doors: Backchannel) -> None:
    series = await doors.do(weekly)
    await doors.do(change_source, series.pattern_id, "x", enabled=True, options={"probe": "yes"}, at=FOUNDED)
    made = await kept(doors, series, FIRST + WEEK)
    (read,) = await doors.ask(sources, made[-1].event.id)
    assert (read.kind, read.enabled, read.options) == ("x", True, {"probe": "yes"})
    assert made[-1].event.hashtags == (await doors.ask(lambda db: db.get_one(Event, series.pattern_id))).hashtags
