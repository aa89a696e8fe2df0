"""Sheets to print: the code leads where the address says, each room has its own, and the calendar is served."""

from datetime import timedelta

from icalendar import Calendar
from lxml import html

from app.actions.talks import add_talk
from app.domain.access import Role
from app.views.reading.sheets import COPIES
from tests.conftest import NOON
from tests.views.site import Site


def sheets(site: Site, query: str = "") -> html.HtmlElement:
    page = site.client.get(f"/e/box10/sheets{query}")
    assert page.status_code == 200
    return html.document_fromstring(page.text)


def words(sheet: html.HtmlElement) -> str:
    [spoken] = sheet.xpath("./div[not(@aria-hidden)]")
    return " ".join(spoken.text_content().split())


def test_each_room_has_a_sheet_and_each_paper_its_copies(site: Site) -> None:
    site.enter(Role.MODERATOR, "desk")
    assert len(sheets(site).xpath("//section")) == 1  # with one room nobody need know of any
    later = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=1), "at": NOON}
    site.do(add_talk, site.event.id, title="Another", room="Room <2>", speakers=[], **later)
    both = [words(sheet) for sheet in sheets(site).xpath("//section")]
    assert [name for name in ("Main hall", "Room <2>") for said in both if name in said] == ["Main hall", "Room <2>"]
    for paper, copies in COPIES.items():
        [sheet] = sheets(site, f"?paper={paper}&room=main-hall").xpath("//section")
        assert len(sheet.xpath("./div")) == copies
        for said in ("Main hall", "/e/box10/r/main-hall", "#box10", "Anything can be removed."):
            assert said in words(sheet)
    for nonsense in ("?paper=a9", "?room=nowhere"):
        assert len(sheets(site, nonsense).xpath("//section")) == 2


def test_everybody_gets_the_calendar(site: Site) -> None:
    answer = site.client.get("/e/box10/event.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [talk] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(talk["summary"]), str(talk["location"])) == ("Care closer to home", "Main hall")
