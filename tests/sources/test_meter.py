"""The meter counts as the network charges, stops at the cap, and asks for nothing that nobody needs any more."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions.event_states import close_event, open_event
from app.actions.events import create_event
from app.actions.links import give_link
from app.actions.questions import dismiss, make_question
from app.actions.red_buttons import clear_wall
from app.actions.sources import change_source
from app.actions.talks import add_talk
from app.actions.verdicts import approve, reject
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.reading_cost import day_of
from app.domain.source import SourceState
from app.queries.event_end import is_over
from app.queries.reading_cost import spent
from app.queries.sources import assignments, posts_to_look_after
from app.sources import Clock
from app.sources.meter import Meter
from app.sources.rechecks import CLOSED, OVER, Rechecks
from app.sources.x.network import X
from tests.sources.test_rechecks import ASHA, Told, asked, keep
from tests.sources.x.desk import QUICK, Desk, desk
from tests.x_server.people import Post as Theirs


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


async def paid(box10: Desk, clock: Clock = QUICK) -> tuple[Rechecks, Meter, Told]:
    """The passes over what is kept, with their meter."""
    [assignment] = await box10.doors.ask(assignments, box10.networks)
    source = X.make(assignment, box10.settings, clock)
    meter, told = Meter(box10.doors, X, assignment, source, clock), Told(box10)
    await meter.look()
    return Rechecks(box10.doors, assignment, source, told, clock, meter), meter, told


def charged(box10: Desk) -> int:
    """How many posts X itself has put on the bill, over all days."""
    return sum(len(ids) for ids in box10.x.site.ledger.posts_by_day.values())


async def counted(box10: Desk) -> int:
    return (await box10.doors.ask(spent, (await box10.source()).id, day=day_of(datetime.now(UTC)))).today


async def kept(box10: Desk, many: int) -> list[Theirs]:
    theirs = [box10.x.post(f"u{number % 7}", f"number {number} #box10") for number in range(many)]
    for one in theirs:
        await keep(box10, one)
    return theirs


async def person(box10: Desk) -> Actor:
    """Somebody with a moderator's link."""
    at = datetime.now(UTC)
    link = await box10.doors.do(give_link, box10.event.id, Role.MODERATOR, label="Asha", at=at)
    return Actor("Asha", access_id=link.access.id)


def later(by: timedelta) -> Clock:
    return replace(QUICK, now=lambda: datetime.now(UTC) + by)


async def test_what_is_counted_is_what_x_charges_by_stream_search_and_lookup(box10: Desk) -> None:
    box10.x.post("ann", "Before anybody listened #box10")
    box10.start()
    await box10.state(SourceState.LIVE)
    for number in range(25):
        box10.x.post(f"u{number % 5}", f"number {number} #box10", photos=["A slide"] if number % 9 == 0 else ())
    await box10.posts(26)
    await box10.finish()
    assert await counted(box10) == charged(box10) == 26
    again, _, _ = await paid(box10)
    await again.once()
    assert await counted(box10) == charged(box10) == 26, "what is asked for twice on a day is paid for once"


async def test_all_events_share_what_is_paid_for_and_each_knows_its_own_part(box10: Desk) -> None:
    theirs = await kept(box10, 3)
    first, _, _ = await paid(box10)
    await first.once()
    other = await box10.doors.do(create_event, "other", name="Other", hashtags=["box10"], at=datetime.now(UTC))
    source = await box10.doors.do(change_source, other.id, "x", enabled=True, options={}, at=datetime.now(UTC))
    assert len(theirs) == 3
    found = await box10.doors.ask(spent, source.id, day=day_of(datetime.now(UTC)))
    assert (found.today, found.event) == (3, 0)


async def test_at_the_cap_reading_stops_and_says_so_until_midnight(box10: Desk) -> None:
    await box10.set(cap="0.05")
    box10.start()
    await box10.state(SourceState.LIVE)
    for number in range(10):
        box10.x.post(f"u{number}", f"number {number} #box10")
    await box10.state(SourceState.WAITING)
    [said] = set(box10.sentences(SourceState.WAITING))
    assert "What a day may cost is reached ($0.05), so nothing new is read until midnight UTC." in said
    assert len(await box10.stored()) == 10
    await box10.x.until(lambda: not box10.x.connections)
    before = charged(box10)
    box10.x.post("late", "Nobody reads this #box10")
    await box10.set(cap="0.10")
    await box10.state(SourceState.LIVE)
    await box10.posts(11)
    assert (before, charged(box10)) == (10, 11)


async def test_of_many_missed_posts_no_page_is_asked_for_beyond_the_cap(box10: Desk) -> None:
    for number in range(5_000):
        box10.x.post(f"u{number % 50}", f"number {number} #box10")
    await box10.set(cap="0.50")
    box10.start()
    await box10.state(SourceState.WAITING)
    assert 100 <= charged(box10) <= 200


async def test_what_other_programs_read_with_the_same_token_counts_for_the_cap(box10: Desk) -> None:
    await box10.set(cap="0.05")
    box10.x.site.ledger.charge_posts([f"{10**15 + number}" for number in range(30)])
    box10.start()
    await box10.state(SourceState.WAITING)
    await box10.told_cost(lambda cost: cost.startswith("30 posts read today (UTC), about $0.15."))
    source = await box10.source()
    assert (source.told_posts, source.told_day) == (30, day_of(datetime.now(UTC)))


@pytest.mark.parametrize("status", [403, 404, 429, 500])
async def test_where_x_does_not_tell_our_own_count_stands(box10: Desk, status: int) -> None:
    box10.x.fault("http", status=status, on="usage", times=1_000)
    await box10.set(cap="5")
    box10.x.post("jo", "Hello #box10")
    box10.start()
    await box10.state(SourceState.LIVE)
    await box10.told_cost(lambda cost: cost.startswith("1 post read today (UTC), about $0.01. "))


async def test_a_pass_asks_for_no_more_than_the_cap_leaves_screens_first(box10: Desk) -> None:
    theirs = await kept(box10, 30)
    posts = await box10.stored()
    await box10.doors.do(approve, posts[0].id, by=ASHA, at=datetime.now(UTC))
    await box10.set(cap="0.05")
    passing, _, told = await paid(box10)
    for _ in range(3):
        await passing.once()
        assert {one for some in asked(box10) for one in some} == {theirs[0].id, *(one.id for one in theirs[-9:])}
    assert charged(box10) == 10
    assert told.said[-1][1] == "what a day may cost is reached."


async def test_once_the_event_is_over_only_what_is_on_screens_is_paid_for(box10: Desk) -> None:
    theirs = await kept(box10, 12)
    posts = await box10.stored()
    at = datetime.now(UTC)
    await box10.doors.do(approve, posts[0].id, by=ASHA, at=at)
    tomorrow, event_id = later(timedelta(hours=25)), box10.event.id
    assert await box10.doors.ask(posts_to_look_after, event_id, "x", at=at) == (12, 0)
    assert await box10.doors.ask(posts_to_look_after, event_id, "x", at=tomorrow.now()) == (1, 11)
    passing, _, told = await paid(box10, tomorrow)
    await passing.once()
    assert [len(some) for some in asked(box10)] == [1, 11]  # the rest once more, then ever more rarely
    await passing.once()
    assert asked(box10)[2:] == [[theirs[0].id]]
    assert told.said[-1][1] == OVER
    # Off every screen: nothing is asked for, however often.
    await box10.doors.do(reject, posts[0].id, by=ASHA, at=at)
    for _ in range(5):
        await passing.once()
    assert len(asked(box10)) == 3


async def test_a_closed_event_is_opened_again_to_have_everything_looked_after(box10: Desk) -> None:
    await kept(box10, 3)
    at, event_id = datetime.now(UTC), box10.event.id
    await box10.doors.do(close_event, event_id, at=at)
    passing, _, told = await paid(box10)
    for _ in range(3):
        await passing.once()
    assert (len(asked(box10)), told.said[-1][1]) == (1, CLOSED)
    assert "Open the event again" in told.said[-1][1]
    await box10.doors.do(open_event, event_id, at=at)
    passing, _, told = await paid(box10)
    await passing.once()
    assert [len(some) for some in asked(box10)] == [3, 3]


async def test_what_an_open_question_is_about_is_paid_for_until_it_is_dismissed(box10: Desk) -> None:
    theirs = await kept(box10, 3)
    at, posts = datetime.now(UTC), await box10.stored()
    question = await box10.doors.do(make_question, posts[0].id, by=ASHA, at=at)
    await box10.doors.do(clear_wall, box10.event.id, by=ASHA, at=at)
    await box10.doors.do(close_event, box10.event.id, at=at)
    passing, _, told = await paid(box10)
    for _ in range(2):
        await passing.once()
    first, _rest, again = asked(box10)
    assert first == again == [theirs[0].id]
    assert "what open questions are about" in told.said[-1][1]
    await box10.doors.do(dismiss, question.id, by=ASHA, at=at)
    await passing.once()
    assert len(asked(box10)) == 3


async def test_an_event_whose_programme_goes_on_is_not_over(box10: Desk) -> None:
    await kept(box10, 2)
    at, event_id = datetime.now(UTC), box10.event.id
    ends = at + timedelta(days=2)
    await box10.doors.do(add_talk, event_id, title="Day three", starts_at=at, ends_at=ends, at=at)
    for hours, over in ((47, False), (71, False), (73, True)):
        assert await box10.doors.ask(is_over, event_id, at=at + timedelta(hours=hours)) is over
    passing, _, told = await paid(box10, later(timedelta(hours=71)))
    await passing.once()
    assert len(asked(box10)) == 1
    assert told.said == []


async def test_whoever_decides_something_has_everything_looked_after_again(box10: Desk) -> None:
    await kept(box10, 2)
    at, event_id, asha = datetime.now(UTC), box10.event.id, await person(box10)
    soon = at + timedelta(hours=25)
    assert await box10.doors.ask(is_over, event_id, at=soon)
    await box10.doors.do(approve, (await box10.stored())[0].id, by=asha, at=soon)
    assert not await box10.doors.ask(is_over, event_id, at=soon + timedelta(hours=23))


async def test_a_week_after_the_end_what_was_rejected_is_erased_and_nothing_else(box10: Desk) -> None:
    await kept(box10, 4)
    posts = await box10.stored()
    at = datetime.now(UTC)
    await box10.doors.do(reject, posts[0].id, by=ASHA, at=at)
    await box10.doors.do(approve, posts[1].id, by=ASHA, at=at)
    six_days, _, _ = await paid(box10, later(timedelta(days=6)))
    await six_days.once()
    assert [post.text != "" for post in await box10.stored()] == [True] * 4
    eight_days, _, _ = await paid(box10, later(timedelta(days=8)))
    await eight_days.once()
    assert [post.text != "" for post in await box10.stored()] == [False, True, True, True]
