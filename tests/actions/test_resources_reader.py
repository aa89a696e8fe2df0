"""Where a reader reads what arrives, a title waits for it too; only what it has no doubt about is shown by itself."""

from datetime import timedelta

import pytest

from app.actions.leases import take_lease
from app.actions.reader_findings import reader_came, reader_went
from app.actions.resources import TitleFinding, note_links, note_page, take_title_findings
from app.domain.event import Event
from app.domain.lease import READING
from app.domain.resource import Asked, PageAsked
from app.domain.screening.reader.combining import found_in
from app.queries.unread import TitleToRead, titles_to_read
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.reading_steps import FOUND
from tests.shared_links import on_shelf, share

HIPS, ME = "https://hips.example/x", "this process"


@pytest.fixture
async def waiting(doors: Backchannel, event: Event) -> TitleToRead:
    """A title that has only the reader to wait for."""
    await doors.do(take_lease, READING, by=ME, until=NOON + timedelta(seconds=30), at=NOON)
    await doors.do(reader_came, event.id, by=ME, at=NOON)
    await doors.do(share, event.id, HIPS, "1")
    await doors.do(note_links, event.id, at=NOON)
    await doors.do(note_page, 1, PageAsked(Asked.FOUND, HIPS, "A guide to hips"), at=NOON)
    (title,) = await doors.ask(titles_to_read, 8)
    return title


async def shown(doors: Backchannel, event: Event) -> tuple[str, str]:
    (one,) = await doors.ask(on_shelf, event.id)
    return one.title, one.held_title


@pytest.mark.parametrize(("finds", "read"), [("nothing", True), ("abuse", False), ("it cannot be read", False)])
async def test_a_title_is_shown_when_the_reader_has_no_doubt(
    doors: Backchannel, event: Event, waiting: TitleToRead, finds: str, read: bool
) -> None:
    assert await shown(doors, event) == ("", "A guide to hips")
    odds = FOUND[finds]
    found = found_in(dict.fromkeys(waiting.texts, odds)) if odds is not None else None
    for by, version in (("another", waiting.version), (ME, waiting.version + 1)):
        await doors.do(take_title_findings, [TitleFinding(waiting.resource_id, version, found)], by=by, at=NOON)
        assert len(await doors.ask(titles_to_read, 8)) == 1
    await doors.do(take_title_findings, [TitleFinding(waiting.resource_id, waiting.version, found)], by=ME, at=NOON)
    assert await shown(doors, event) == (("A guide to hips", "") if read else ("", "A guide to hips"))
    assert await doors.ask(titles_to_read, 8) == []


async def test_where_nobody_reads_any_more_rules_and_heads_decide(
    doors: Backchannel, event: Event, waiting: TitleToRead
) -> None:
    assert waiting.texts
    await doors.do(reader_went, event.id, by=ME, at=NOON)
    assert await shown(doors, event) == ("A guide to hips", "")
