"""Setup, floor and the ways in: forms that lose nothing, links that hold only as long as they should."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.actions.arrivals import receive
from app.actions.moderation import approve
from app.domain.event import Role
from app.main import create_app
from app.queries.events import event_by_id, links, programme
from app.queries.sources import sources
from app.settings import Settings
from tests.conftest import ASHA, incoming
from tests.running import furnish

OURS = {"Origin": "http://testserver"}


class Site:
    """The program with one event, opened as whoever holds a link."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.context = client.app.state.context  # type: ignore[attr-defined]
        assert client.portal is not None
        self.event, self.talk, self.links = client.portal.call(furnish, self.context.backchannel)

    def enter(self, role: Role, page: str) -> Any:
        return self.client.get(f"/e/box10/{page}?key={self.links[role].token}")

    def post(self, path: str, **data: str) -> Any:
        return self.client.post(f"/e/box10{path}", data=data, headers=OURS)

    def ask(self, query: Any, *args: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.ask(query, *args))

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.do(verb, *args, **kwargs))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only for tests")  # type: ignore[call-arg]
    with TestClient(create_app(made, by_itself=False)) as client:
        yield Site(client)


def value(page: str, field: str) -> str:
    found = html.document_fromstring(page).get_element_by_id(field)
    return str(found.value if found.tag != "textarea" else found.text or "").strip()


def test_the_owner_renames_the_event(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.post("/setup/event", name="Box ten", hashtags="#box10 nhssm", zone="Europe/London", accent="plum")
    assert answer.status_code == 200
    event = site.ask(event_by_id, site.event.id)
    assert (event.name, event.hashtags, event.accent) == ("Box ten", ["box10", "nhssm"], "plum")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"zone": "Mars/Base"}, "not a time zone"),
        ({"hashtags": "no-way!"}, "not a hashtag"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(site: Site, wrong: dict[str, str], said: str) -> None:
    site.enter(Role.OWNER, "setup")
    typed = {"name": "A new name", "hashtags": "box10", "zone": "Europe/London", "welcome": "Back soon", **wrong}
    answer = site.post("/setup/event", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert value(answer.text, "welcome") == "Back soon"
    assert site.ask(event_by_id, site.event.id).name == "Box 10 live"


def test_a_programme_is_pasted_one_talk_a_line(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home | Main hall | Nia Rees, Omar Said\n\n11.00–11.30 | Coffee"
    assert site.post("/setup/talks", day="2026-06-11", talks=text).status_code == 200
    talks = site.ask(programme, site.event.id)
    found = [(talk.title, talk.room, talk.speakers, talk.starts_at) for talk in talks if talk.id != site.talk.id]
    assert found == [
        ("Care at home", "Main hall", ["Nia Rees", "Omar Said"], datetime(2026, 6, 11, 9, 0, tzinfo=UTC)),
        ("Coffee", "", [], datetime(2026, 6, 11, 10, 0, tzinfo=UTC)),
    ]


def test_a_programme_with_a_bad_line_adds_nothing_and_loses_nothing(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    text = "10:00-10:45 | Care at home\nsoon | Something\n12:00-11:00 | Backwards"
    answer = site.post("/setup/talks", day="2026-06-11", talks=text)
    assert answer.status_code == 422
    assert "Line 2" in answer.text
    assert "Line 3" in answer.text
    assert value(answer.text, "lines") == text
    assert len(site.ask(programme, site.event.id)) == 1


def test_a_removed_talk_leaves_its_questions(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    answer = site.client.post(f"/e/box10/setup/talks/{site.talk.id}?_method=DELETE", headers=OURS)
    assert answer.status_code == 200
    assert site.ask(programme, site.event.id) == []


def test_x_is_switched_off_and_on(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    site.post("/setup/sources/x")
    assert [source.enabled for source in site.ask(sources, site.event.id)] == [False]
    site.post("/setup/sources/x", enabled="true", mode="true")
    assert [(source.enabled, source.options["mode"]) for source in site.ask(sources, site.event.id)] == [(True, "poll")]


def test_a_new_link_is_shown_once_and_kept_only_as_a_hash(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    page = site.post("/setup/links", role="moderator", label="Asha").text
    url = value(page, "fresh-url")
    token = url.partition("?key=")[2]
    assert len(token) >= 32
    assert token not in site.client.get("/e/box10/setup").text
    made = site.ask(links, site.event.id)[-1]
    assert (made.label, made.role) == ("Asha", Role.MODERATOR)
    assert token not in made.token_hash
    with TestClient(site.client.app) as stranger:  # same app, other cookies
        assert stranger.get(f"/e/box10/desk?key={token}").status_code == 200


def test_a_revoked_link_opens_nothing_any_more(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    access = site.links[Role.MODERATOR].access
    site.client.post(f"/e/box10/setup/links/{access.id}?_method=DELETE", headers=OURS)
    site.client.cookies.clear()
    assert site.enter(Role.MODERATOR, "desk").status_code == 403


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [(Role.SCREEN, "desk", 403), (Role.SPEAKER, "desk", 403), (Role.MODERATOR, "setup", 403), (Role.MODERATOR, "stage", 200),
     (Role.OWNER, "setup", 200), (Role.SCREEN, "wall", 200), (Role.SPEAKER, "wall", 200), (Role.SCREEN, "stage", 403)],
)  # fmt: skip
def test_a_role_opens_its_screens_and_no_others(site: Site, role: Role, page: str, status: int) -> None:
    assert site.enter(role, page).status_code == status


def test_the_key_of_a_link_leaves_the_address_bar(site: Site) -> None:
    answer = site.enter(Role.MODERATOR, "desk")
    assert str(answer.url) == "http://testserver/e/box10/desk"


def test_a_link_of_one_event_opens_nothing_of_another(site: Site) -> None:
    assert site.client.portal is not None
    site.client.portal.call(furnish, site.context.backchannel, "other")
    assert site.client.get(f"/e/other/desk?key={site.links[Role.OWNER].token}").status_code == 403


def test_a_forged_cookie_opens_nothing(site: Site) -> None:
    site.client.cookies.set("links-box10", '["box10",1]')
    assert site.client.get("/e/box10/setup").status_code == 403


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_page_may_not_write(site: Site, origin: dict[str, str]) -> None:
    site.enter(Role.MODERATOR, "desk")
    now = datetime.now(UTC)
    post_id = site.do(receive, site.event.id, incoming(), at=now).post_id
    assert site.client.post(f"/posts/{post_id}/approval", headers=origin).status_code == 403
    assert site.client.post(f"/posts/{post_id}/approval", headers=OURS).status_code == 200


def test_a_body_that_is_too_large_is_refused(site: Site) -> None:
    site.client.get("/e/box10")
    assert site.post("/posts", text="x" * 100_000).status_code == 413


def test_one_phone_is_slowed_down_and_the_hall_behind_its_address_is_not(site: Site) -> None:
    site.client.get("/e/box10")
    statuses = [site.post("/posts", text=f"I have a lot to say, part {n}", key=str(n)).status_code for n in range(6)]
    assert statuses == [200, 200, 200, 200, 429, 429]
    for number in range(20):
        site.client.cookies.clear()
        site.client.get("/e/box10")
        assert site.post("/posts", text=f"Another phone, number {number}").status_code == 200


def test_the_same_draft_sent_twice_is_stored_once(site: Site) -> None:
    site.client.get("/e/box10")
    for _ in range(2):
        page = site.post("/posts", text="Can you hear us at the back?", key="one-draft")
    assert page.text.count("Can you hear us at the back?") == 1


def test_a_phone_sees_the_state_of_its_own_posts_only(site: Site) -> None:
    site.client.get("/e/box10")
    site.post("/posts", text="Is there a hearing loop?", key="k")
    assert "waiting for a moderator" in site.client.get("/e/box10/mine").text
    site.do(approve, 1, by=ASHA, at=datetime.now(UTC))
    assert "asked" in site.client.get("/e/box10/mine").text
    site.client.cookies.clear()
    assert "hearing loop" not in site.client.get("/e/box10/mine").text


def test_nobody_withdraws_somebody_elses_post(site: Site) -> None:
    site.client.get("/e/box10")
    site.post("/posts", text="Is there a hearing loop?", key="k")
    site.client.cookies.clear()
    site.client.get("/e/box10")
    assert site.client.delete("/e/box10/posts/1", headers=OURS).status_code == 404


def test_every_answer_carries_the_security_headers(site: Site) -> None:
    for path in ("/e/box10", "/e/nowhere", "/up", "/docs"):
        headers = site.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_words_are_shown_as_words(site: Site) -> None:
    post_id = site.do(
        receive, site.event.id, incoming("<script>alert(1)</script> & so on"), at=datetime.now(UTC)
    ).post_id
    site.do(approve, post_id, by=ASHA, at=datetime.now(UTC))
    page = site.client.get("/e/box10").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in page


def test_a_mistake_of_ours_is_a_page_that_says_what_to_do(site: Site) -> None:
    def boom() -> None:
        raise ZeroDivisionError

    site.client.app.add_api_route("/boom", boom)  # type: ignore[attr-defined]
    with TestClient(site.client.app, raise_server_exceptions=False) as careful:
        answer = careful.get("/boom")
        toast = careful.get("/boom", headers={"HX-Request": "true"})
    assert (answer.status_code, toast.status_code) == (500, 500)
    assert "please try again" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "ZeroDivisionError" not in answer.text
    assert toast.text.startswith("<hx-partial")
