"""The pages of a series: axe finds nothing, all is translated, nothing is cut on a phone; and what is practised goes nowhere."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app.actions.editions import call_off_edition, keep_edition_times, keep_editions
from app.actions.event_states import CALENDAR
from app.actions.links import give_link
from app.actions.meets import come, judge_guest
from app.actions.notes import write_notes
from app.actions.series import pause_series
from app.actions.surveys import answer_survey, ask_survey
from app.actions.themes import judge_theme, suggest_theme
from app.domain.access import Role
from app.domain.meet import GuestWords, MeetFacts
from app.domain.series import Series
from app.domain.verdict import Verdict
from app.views.languages import PSEUDO
from tests.browser.layout import faults
from tests.browser.test_states import DESKTOP, PHONE, serving, violations
from tests.conftest import ASHA
from tests.meeting import meet_made
from tests.pseudo_language.unmarked import unmarked
from tests.running import Running
from tests.weekly import WEEK, Described, editions, weekly

NOW = datetime.now(UTC)
BEGUN = NOW - timedelta(minutes=10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    yield from serving(tmp_path_factory.mktemp("series"))


@pytest.fixture(scope="module")
def tea(server: Running) -> Series:
    """One that was, one that is on, one that is off, a pause."""
    before = BEGUN - WEEK - timedelta(minutes=30)
    begins = BEGUN.time().replace(second=0, microsecond=0)
    described = Described((BEGUN - WEEK).date(), begins, about="10", hosts="10", confidence="10")
    facts = {"name": "10", "hashtags": ["tea"], "zone": "UTC", "language": PSEUDO}
    series = server.do(weekly, at=before, described=described, **facts)
    for at in (before + timedelta(minutes=20), NOW):
        server.do(keep_editions, series.id, by=CALENDAR, at=at)
        server.do(keep_edition_times, series.id, at=at)
    server.do(call_off_edition, server.do(editions)[2].event.id, at=NOW)
    far = (NOW + 9 * WEEK).date()
    server.do(pause_series, series.id, first_on=far, last_on=far, why="10", at=NOW)
    asked = {"days": [*"0123456"], "times": [f"{hour}:00" for hour in range(12, 20)], "every": ["week", "month"]}
    survey = server.do(ask_survey, series.id, **asked, public=True, at=NOW)
    for device in "123":
        server.do(answer_survey, survey.id, device, **asked, words=f"10{device}", at=NOW)
        theme = server.do(suggest_theme, series.id, device, device * 60, at=NOW)
    server.do(judge_theme, theme.id, Verdict.APPROVED, seen=theme.seen, by=CALENDAR, at=NOW)
    first, _ = server.do(
        meet_made,
        at=NOW,
        name="10",
        language=PSEUDO,
        facts=MeetFacts("10", "https://10.example/", "10", "10", "10", "# 10\n- 10"),
    )
    server.do(write_notes, first.id, "# 10\n- 10 https://10.example/\n\n10", after=0, by=ASHA, at=NOW)
    comes = [server.do(come, first.id, one, GuestWords(one, 2, "10", shown=True), at=NOW) for one in ("10", "1" * 60)]
    server.do(judge_guest, comes[0].guest.id, Verdict.APPROVED, seen=comes[0].guest.seen, by=ASHA, at=NOW)
    return series


def looked_at(page: Page) -> dict[str, list[str]]:
    found = {"axe": violations(page), "not translated": unmarked(page.content())}
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    found |= {"axe on a phone by night": violations(page), "on a phone": faults(page)}
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    return {where: what for where, what in found.items() if what}


def test_its_pages_are_for_everybody(server: Running, tea: Series, browser: Browser) -> None:
    context = browser.new_context(viewport=DESKTOP, timezone_id="Asia/Kolkata", reduced_motion="reduce")
    page, asked = context.new_page(), []
    token = server.do(give_link, tea.pattern_id, Role.OWNER, at=NOW).token
    page.goto(f"{server.url}/e/tea-pattern/setup?key={token}")
    meet = "/e/" + server.do(lambda db, at: next(one.event.slug for one in editions(db, 2)), at=NOW)
    key = server.do(
        give_link, server.do(lambda db, at: db.get_one(Series, 2).pattern_id, at=NOW), Role.OWNER, at=NOW
    ).token
    page.goto(f"{server.url}/e/cake-pattern/setup?key={key}")
    page.on("request", lambda request: asked.append((request.method, request.url)))
    found = {}
    for path in (
        "/s/tea",
        "/s/tea/how",
        "/s/tea/setup",
        "/s/tea/survey",
        f"{meet}/meet",
        f"{meet}/notes",
        f"{meet}/archive",
    ):
        page.goto(server.url + path)
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[path] = looked_at(page)
    assert {path: what for path, what in found.items() if what} == {}
    assert {url.removeprefix(server.url)[:3] for _, url in asked} <= {"/s/", "/st", "/fa", "/e/"}
    page.goto(f"{server.url}/s/tea")
    expect(page.locator(".series-when .here")).to_be_visible()
    page.goto(f"{server.url}/s/tea/how")
    asked.clear()
    page.locator("#practice").fill("A1 A kind word")
    page.locator("#practise").click()
    expect(page.locator("#practised li")).to_contain_text("A1 A kind word #tea")
    assert asked == []
    context.close()
