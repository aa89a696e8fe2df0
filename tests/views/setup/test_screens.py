"""Setup of screens: each has a link of its own, a room and what it may show, and says whether it answers."""

from datetime import UTC, datetime
from typing import Any

from lxml import html

from app.actions.scenes import show_scene
from app.actions.screens import note_screens
from app.domain.access import Role
from app.domain.scene import Scene, Showing
from app.queries.screens import screens
from tests.conftest import ASHA
from tests.views.site import Site, value


def follows(page: Any) -> str:
    return str(html.document_fromstring(page.text).xpath("//@data-follows")[0])


def own(site: Site) -> Any:
    return next(one for one in site.ask(screens, site.event) if one.name.startswith("Foyer"))


def test_a_screen_has_a_link_of_its_own_and_its_page_follows_as_that_screen(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    form = {"label": "Foyer <left>", "may_show": "questions", "key": "once"}
    first, again = (site.post("/setup/screens", **form) for _ in range(2))
    assert value(first.text, "fresh-url") == value(again.text, "fresh-url")
    screen = own(site)
    assert len([one for one in site.ask(screens, site.event) if one.name == screen.name]) == 1
    opened = site.client.get(value(first.text, "fresh-url").replace("http://testserver", ""))
    assert (opened.url.query, follows(opened)) == (f"screen={screen.id}".encode(), f"wall~{screen.id}")
    # It shows no posts, whatever the others do.
    site.do(show_scene, site.event.id, Showing(Scene.FEED), by=ASHA, at=datetime.now(UTC))
    assert 'data-scene="join"' in site.client.get(f"/e/box10/wall?screen={screen.id}").text
    assert 'data-scene="feed"' in site.client.get("/e/box10/wall").text


def test_setup_says_which_screens_answer_in_all_processes_and_when_others_did_last(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    site.post("/setup/screens", label="Foyer", key="once")
    screen, bus = own(site), site.context.bus

    def answers() -> str:
        page = html.document_fromstring(site.client.get("/e/box10/setup/screens/now").text)
        return " ".join(page.xpath(f'//tr[th//text()="{screen.name}"]/td[last()]')[0].text_content().split())

    assert answers() == "never yet"
    site.do(note_screens, {screen.id}, at=datetime(2026, 6, 11, 9, 30, tzinfo=UTC))
    assert answers().startswith("last at")
    for process in ("one", "other"):
        site.client.portal.call(lambda name=process: bus.tell_present(name, {f"{site.event.id}/wall~{screen.id}": 1}))
    assert answers() == "now, on 2 machines"


def test_a_screen_that_is_changed_is_another_one_from_now_on(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    site.post("/setup/screens", label="Foyer", key="once")
    screen = own(site)
    site.post(f"/setup/screens/{screen.id}", label="Foyer, right", may_show="everything", showing="holding")
    assert own(site).name == "Foyer, right"
    assert 'data-scene="holding"' in site.client.get(f"/e/box10/wall?screen={screen.id}").text
    site.post(f"/setup/screens/{screen.id}", label="Foyer, right", may_show="overflow", showing="holding")
    assert 'data-scene="feed"' in site.client.get(f"/e/box10/wall?screen={screen.id}").text
    # Another screen's page is not for whoever holds one link only.
    site.client.cookies.clear()
    site.enter(Role.SCREEN, "wall")
    assert site.client.get(f"/e/box10/wall?screen={screen.id}", follow_redirects=False).status_code == 303


def test_a_browser_that_holds_nothing_but_a_screens_link_is_that_screen(site: Site) -> None:
    screen = site.links[Role.SCREEN].access.id
    assert follows(site.enter(Role.SCREEN, "wall")) == f"wall~{screen}"
    assert follows(site.client.get("/e/box10/wall")) == f"wall~{screen}"
    site.enter(Role.MODERATOR, "desk")
    assert follows(site.client.get("/e/box10/wall")) == "wall"


def test_a_remote_for_the_chair_is_a_link_to_scan(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    made = site.post("/setup/screens/remote", label="Chair", key="once")
    url = value(made.text, "fresh-url")
    site.client.cookies.clear()
    opened = site.client.get(url.replace("http://testserver", ""))
    assert (opened.url.path, follows(opened)) == ("/e/box10/remote", "remote")
