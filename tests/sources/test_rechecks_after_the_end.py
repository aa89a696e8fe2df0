"""What its author deletes after the end goes too, shown or not, and what nobody looks at any more costs nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.event_states import archive_event, close_event, open_event
from app.actions.questions import make_question
from app.actions.sources import change_source
from app.actions.verdicts import approve, reject, stash
from app.domain.source import SourceState
from app.queries.events import event_by_id
from app.queries.posts import shown_ids
from app.queries.questions import OPEN as OPEN_ONES
from app.queries.questions import open_elsewhere, ranked_ids
from app.queries.sources import assignments, posts_on_screens, posts_to_look_after
from app.sources.supervised import SWITCHED_OFF
from tests.conftest import incoming
from tests.sources.test_meter import charged, kept, later, paid
from tests.sources.test_rechecks import ASHA, asked
from tests.sources.x.desk import Desk, desk

DAY = timedelta(days=1)
LOOKING_AFTER, OFF, LIVE = SourceState.LOOKING_AFTER, SourceState.OFF, SourceState.LIVE


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


async def closed(box10: Desk) -> datetime:
    at = datetime.now(UTC)
    await box10.doors.do(close_event, box10.event.id, at=at)
    return at


async def test_after_the_end_what_was_held_or_stashed_goes_when_its_author_deletes_it(box10: Desk) -> None:
    theirs = await kept(box10, 5)
    shown, _, stashed, rejected, _ = await box10.stored()
    at = datetime.now(UTC)
    await box10.doors.do(approve, shown.id, by=ASHA, at=at)
    await box10.doors.do(stash, stashed.id, by=ASHA, at=at)
    await box10.doors.do(reject, rejected.id, by=ASHA, at=at)
    await closed(box10)
    for number in (1, 2, 3):
        box10.x.delete(theirs[number])
    passing, _, _ = await paid(box10)
    await passing.once()
    assert [post.text == "" for post in await box10.stored()] == [False, True, True, True, False]


async def test_the_rest_is_asked_for_ever_more_rarely_and_what_is_on_screens_always(box10: Desk) -> None:
    theirs = await kept(box10, 3)
    await box10.doors.do(approve, (await box10.stored())[0].id, by=ASHA, at=datetime.now(UTC))
    at = await closed(box10)
    assert await box10.doors.ask(posts_to_look_after, box10.event.id, "x", at=at) == (1, 2)
    whole = []
    for half_days in range(2 * 17):
        longer_than_this_test = timedelta(seconds=20 * half_days**2)
        passing, _, _ = await paid(box10, later(half_days * DAY / 2 + longer_than_this_test))
        before = len(asked(box10))
        await passing.once()
        first, *rest = asked(box10)[before:]
        assert first == [theirs[0].id]
        if rest:
            whole.append(half_days / 2)
    assert whole == [0, 1, 2, 4, 8, 16]


async def test_one_pass_that_was_not_let_finish_is_made_again(box10: Desk) -> None:
    await kept(box10, 3)
    await closed(box10)
    passing, _, _ = await paid(box10)
    box10.x.fault("http", status=503, on="lookup", times=50)
    await passing.once()
    box10.x.clear_faults()
    before = len(asked(box10))
    for _ in range(2):
        await passing.once()
    assert len(asked(box10)) == before + 1


async def test_a_source_that_is_switched_off_looks_after_what_it_has_brought(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    theirs = box10.x.post("jo", "Said before it was switched off #box10")
    await box10.posts(1)
    await box10.doors.do(change_source, box10.event.id, "x", enabled=False, options={}, at=datetime.now(UTC))
    await box10.state(LOOKING_AFTER)
    assert box10.sentences(LOOKING_AFTER) == [SWITCHED_OFF]
    box10.x.post("kim", "Nobody listens #box10")
    box10.x.delete(theirs)
    [gone] = await box10.where(lambda posts: posts[0].withdrawn_at)
    assert gone.text == ""
    assert not box10.x.connections
    # Nothing is left to look after.
    await box10.state(OFF)


async def test_an_archived_event_shows_nothing_of_a_network_and_asks_for_nothing(box10: Desk) -> None:
    box10.start()
    await box10.state(LIVE)
    for number in range(3):
        box10.x.post("jo", f"Number {number} #box10")
    theirs, asked_about, waits = await box10.posts(3)
    at, event_id = datetime.now(UTC), box10.event.id
    own = await box10.doors.do(receive, event_id, incoming("From the room", ref="1", source="floor"), at=at)
    for post_id in (theirs.id, asked_about.id, own.post_id):
        await box10.doors.do(approve, post_id, by=ASHA, at=at)
    for post_id in (asked_about.id, own.post_id):
        await box10.doors.do(make_question, post_id, by=ASHA, at=at)

    async def on_screens() -> tuple[list[int], int, int]:
        def looked(db: Session) -> tuple[list[int], int, int]:
            event = event_by_id(db, event_id)
            assert event is not None
            questions = ranked_ids(db, event, OPEN_ONES, 9) + open_elsewhere(db, event, 9)
            return shown_ids(db, event, 9), len(questions), len(posts_on_screens(db, event_id, "x", limit=9))

        return await box10.doors.ask(looked)

    every = await on_screens()
    assert every == ([own.post_id, asked_about.id, theirs.id], 2, 2)
    await closed(box10)
    await box10.state(LOOKING_AFTER)
    await box10.doors.do(archive_event, event_id, at=at)
    await box10.state(OFF)
    assert await on_screens() == ([own.post_id], 1, 0)
    assert await box10.doors.ask(assignments, box10.networks) == []
    source = await box10.source()
    assert (source.unseen, "each further day" in source.cost, "each time" in source.cost) == ("", False, False)
    assert source.cost.startswith("3 posts read today")
    assert "The event is archived" in source.detail

    await box10.doors.do(open_event, event_id, at=at)
    await box10.state(LIVE)
    assert await on_screens() == every
    assert waits.text == (await box10.stored())[2].text


async def test_opening_it_again_looks_after_all_that_is_kept(box10: Desk) -> None:
    theirs = await kept(box10, 2)
    at = await closed(box10)
    await box10.doors.do(archive_event, box10.event.id, at=at)
    await box10.doors.do(open_event, box10.event.id, at=at)
    passing, _, _ = await paid(box10)
    box10.x.delete(theirs[0])
    await passing.once()
    assert [post.text == "" for post in await box10.stored()] == [True, False]
    assert charged(box10) == 1
