"""What is known of a link: titles only where screening has no doubt, marks that can be undone, nothing of what is gone."""

from datetime import timedelta

import pytest

from app.actions.events import Refused
from app.actions.resources import (
    TRIED_AGAIN_AFTER,
    mark_resource,
    note_links,
    note_page,
    show_title,
    sort_resource,
    take_page,
)
from app.actions.undo import undo_last
from app.actions.verdicts import approve, reject
from app.actions.withdrawals import withdraw
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.incoming import Withdrawal
from app.domain.resource import Asked, Mark, PageAsked, Resource, ResourceKind
from app.domain.screening import page_titles
from app.queries.link_news import resources_due
from app.queries.shelf import Resourced
from app.queries.shelf import resources as known
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.shared_links import on_shelf, share
from tests.until import until

HIPS = "https://hips.example/x"
WEEK = timedelta(days=7)
OMAR = Actor("Omar")


class Shelved:
    """An event whose shelf has links, and what becomes of them."""

    def __init__(self, doors: Backchannel, event: Event) -> None:
        self.doors, self.event = doors, event

    async def note(self) -> dict[str, Resource]:
        await self.doors.do(note_links, self.event.id, at=NOON)
        return {row.url: row for row in (await self.doors.ask(known, self.event.id)).values()}

    async def told(self, url: str, asked: Asked = Asked.FOUND, title: str = "", *, end: str = "", at=NOON) -> None:
        row = (await self.note())[url]
        await self.doors.do(note_page, row.id, PageAsked(asked, end or url, title), at=at)

    async def shelf(self) -> list[Resourced]:
        return await self.doors.ask(on_shelf, self.event.id)

    async def due(self, at=NOON) -> list[str]:
        return [row.url for row in await self.doors.ask(resources_due, at, 50)]


@pytest.fixture
async def shelved(doors: Backchannel, event: Event) -> Shelved:
    await doors.do(share, event.id, HIPS, "1")
    return Shelved(doors, event)


async def test_a_title_is_shown_once_screening_has_no_doubt_and_held_otherwise(shelved: Shelved) -> None:
    await shelved.told(HIPS, title="A guide  to hips")
    assert (await shelved.shelf())[0].name == "A guide to hips"
    await shelved.told(HIPS, title="You are a fucking idiot")
    (hips,) = await shelved.shelf()
    assert (hips.name, hips.title, hips.held_title) == ("hips.example/x", "", "You are a fucking idiot")
    await shelved.told(HIPS, title="Call Edith Quillfeather on 07700 900123, NHS number 943 476 5919")
    assert (await shelved.shelf())[0].title == ""
    await shelved.told(HIPS, title="")
    assert (await shelved.shelf())[0].held_title == ""


async def test_what_names_a_doi_is_a_paper_whatever_it_is_called(shelved: Shelved) -> None:
    row = (await shelved.note())[HIPS]
    page = PageAsked(Asked.FOUND, HIPS, "A toolkit", doi="https://doi.org/10.1136/BMJ.n1")
    await shelved.doors.do(note_page, row.id, page, at=NOON)
    (hips,) = await shelved.shelf()
    assert (hips.doi, hips.kind) == ("10.1136/bmj.n1", ResourceKind.PAPER)


async def test_what_cannot_be_screened_is_held(shelved: Shelved, monkeypatch: pytest.MonkeyPatch) -> None:
    """Screening that breaks is what is tested, so here it breaks."""

    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(page_titles, "screen", breaks)
    await shelved.told(HIPS, title="A guide to hips")
    assert ((await shelved.shelf())[0].title, (await shelved.shelf())[0].held_title) == ("", "A guide to hips")


async def test_a_moderator_shows_or_takes_a_title_and_an_undo_never_shows_another_one(shelved: Shelved) -> None:
    await shelved.told(HIPS, title="Damn good hips")
    key, doors, event = (await shelved.shelf())[0].key, shelved.doors, shelved.event
    await doors.do(show_title, event.id, key, shown=False, by=OMAR, at=NOON)
    await doors.do(show_title, event.id, key, shown=True, by=OMAR, at=NOON)
    assert (await shelved.shelf())[0].title == "Damn good hips"
    await shelved.told(HIPS, title="Damn good hips")
    assert (await shelved.shelf())[0].title == "Damn good hips"
    await doors.do(show_title, event.id, key, shown=False, by=OMAR, at=NOON)
    await shelved.told(HIPS, title="You are a fucking idiot")
    assert await doors.do(undo_last, event.id, by=OMAR, at=NOON) is None
    assert (await shelved.shelf())[0].title == ""


async def test_pinned_hidden_and_sorted_by_hand_and_back(shelved: Shelved) -> None:
    doors, event = shelved.doors, shelved.event
    await doors.do(share, event.id, "https://tea.example/", "2")
    tea, hips = await shelved.shelf()
    await doors.do(mark_resource, event.id, hips.key, Mark.PINNED, by=ASHA, at=NOON)
    assert [one.site for one in await shelved.shelf()] == ["hips.example", "tea.example"]
    await doors.do(mark_resource, event.id, tea.key, Mark.HIDDEN, by=ASHA, at=NOON)
    assert [one.site for one in await shelved.shelf()] == ["hips.example"]
    await doors.do(sort_resource, event.id, hips.key, ResourceKind.VIDEO, by=ASHA, at=NOON)
    assert (await shelved.shelf())[0].kind is ResourceKind.VIDEO
    assert await doors.do(mark_resource, event.id, hips.key, Mark.PINNED, by=ASHA, at=NOON) is None
    for _ in range(3):
        assert await doors.do(undo_last, event.id, by=ASHA, at=NOON)
    assert [(one.site, one.mark, one.kind) for one in await shelved.shelf()] == [
        ("tea.example", Mark.NONE, ResourceKind.OTHER),
        ("hips.example", Mark.NONE, ResourceKind.OTHER),
    ]
    with pytest.raises(Refused):
        await doors.do(mark_resource, event.id, "0" * 24, Mark.PINNED, by=ASHA, at=NOON)


async def test_short_addresses_are_the_page_that_they_lead_to(shelved: Shelved) -> None:
    await shelved.doors.do(share, shelved.event.id, "https://bit.ly/3x", "2")
    assert len(await shelved.shelf()) == 2
    await shelved.told("https://bit.ly/3x", title="A guide to hips", end=f"{HIPS}/?utm_source=short")
    (hips,) = await shelved.shelf()
    assert (hips.url, hips.title, len(hips.recommended)) == (HIPS, "A guide to hips", 2)
    await shelved.doors.do(withdraw, shelved.event.id, Withdrawal("x", "1", "deleted"), at=NOON)
    assert [one.title for one in await shelved.shelf()] == ["A guide to hips"]


async def test_a_page_that_only_moved_is_not_taken_for_another(shelved: Shelved) -> None:
    """A login page that everything leads to would make one of many."""
    await shelved.told(HIPS, title="Log in", end="https://hips.example/login")
    assert [one.url for one in await shelved.shelf()] == [HIPS]


async def test_a_page_is_asked_for_when_it_is_due_and_gone_when_nobody_finds_it(shelved: Shelved) -> None:
    row = (await shelved.note())[HIPS]
    doors = shelved.doors
    assert [await doors.do(take_page, row.id, at=NOON) for _ in range(2)] == [HIPS, ""]
    at = NOON
    for pause in TRIED_AGAIN_AFTER:
        await shelved.told(HIPS, Asked.AWAY, at=at)
        assert ((await shelved.shelf())[0].dead_since, await shelved.due(at)) == (None, [])
        at += pause
        assert await shelved.due(at) == [HIPS]
    await shelved.told(HIPS, Asked.AWAY, at=at)
    assert (await shelved.shelf())[0].dead_since == at
    assert await shelved.due(at + WEEK) == [HIPS]
    await shelved.told(HIPS, Asked.GONE, at=at + WEEK)
    assert (await shelved.shelf())[0].dead_since == at
    await shelved.told(HIPS, Asked.CLOSED, at=at + WEEK)
    assert (await shelved.shelf())[0].dead_since is None


async def test_only_what_is_shown_is_asked_for_and_nothing_of_what_is_gone_is_kept(shelved: Shelved) -> None:
    doors, event = shelved.doors, shelved.event
    held = await doors.do(share, event.id, "https://held.example/", "2", approved=False)
    assert list(await shelved.note()) == [HIPS]
    await doors.do(approve, held, by=ASHA, at=NOON)
    assert len(await shelved.note()) == 2
    await doors.do(reject, held, by=ASHA, at=NOON)
    await shelved.note()
    assert await shelved.due() == [HIPS]
    for ref in ("1", "2"):
        await doors.do(withdraw, event.id, Withdrawal("x", ref, "deleted"), at=NOON)

    async def nothing_is_known() -> bool:
        return await doors.ask(known, event.id) == {}

    await until(nothing_is_known)
