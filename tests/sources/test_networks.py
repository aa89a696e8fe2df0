"""A network is one folder and one line: an invented one shows everywhere, without a word about it anywhere else."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlmodel import select

from app.actions.event_states import close_event, open_event
from app.actions.sources import report_unseen
from app.actions.verdicts import approve
from app.cli.doctor import examine
from app.domain.access import Role
from app.domain.doctor_findings import Health
from app.domain.event import Event
from app.domain.network import Networks
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.source import SourceState
from app.files.event_formats import FORMATS
from app.main import create_app
from app.queries.events import event_by_slug
from app.queries.sources import sources
from app.settings import Settings
from tests.conftest import ASHA
from tests.databases import lay_down
from tests.exported import exported
from tests.networks import x_with
from tests.running import furnish
from tests.sources.invented import PLAZA
from tests.sources.invented.server import KEY, PlazaServer
from tests.until import until_now

OURS = {"Origin": "http://testserver"}


@dataclass
class Town:
    """The program with Plaza registered, and Plaza itself. Its event listens to #box10."""

    client: TestClient
    plaza: PlazaServer
    event: Event

    def ask(self, query: Any, *args: Any) -> Any:
        return self._call("ask", query, *args)

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self._call("do", verb, *args, **kwargs, at=datetime.now(UTC))

    def page(self, path: str) -> Any:
        answer = self.client.get(f"/e/box10{path}")
        assert answer.status_code == 200, answer.text
        return html.document_fromstring(answer.text)

    def post(self, path: str, **data: str) -> None:
        assert self.client.post(f"/e/box10{path}", data=data, headers=OURS).status_code == 200

    def source(self) -> Any:
        return next((one for one in self.ask(sources, self.event.id) if one.kind == "plaza"), None)

    def hears(self, text: str) -> int:
        """Somebody says this on the plaza; gives the id of our post."""
        self.plaza.post("nia", text)
        until_now(lambda: text in self._texts())
        return int(self._texts()[text])

    def _texts(self) -> dict[str, int]:
        found = select(Post.text, Post.id).where(Post.event_id == self.event.id)
        return dict(self.ask(lambda db: db.exec(found).all()))

    def _call(self, door: str, *args: Any, **kwargs: Any) -> Any:
        assert self.client.portal is not None
        backchannel = self.client.app.state.context.backchannel  # type: ignore[attr-defined]
        return self.client.portal.call(lambda: getattr(backchannel, door)(*args, **kwargs))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, failures = tmp_path_factory.mktemp("data"), []
    lay_down(folder)
    settings = Settings(
        _env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", metrics_public=True
    )  # type: ignore[call-arg]
    with PlazaServer() as plaza:
        networks = (x_with(), plaza.network())
        with TestClient(create_app(settings, networks=networks, on_failure=lambda: failures.append(1))) as client:
            assert client.portal is not None
            event, _, links = client.portal.call(furnish, client.app.state.context.backchannel)  # type: ignore[attr-defined]
            client.get(f"/e/box10/setup?key={links[Role.OWNER].token}")
            made = Town(client, plaza, event)
            until_now(lambda: made.source() and made.source().state is SourceState.LIVE)
            yield made
    assert not failures


def test_its_posts_arrive_and_bear_its_mark(town: Town) -> None:
    post_id = town.hears("Good morning from the plaza")
    assert town.page("/desk").xpath(f"//*[@id='post-{post_id}']//*[@aria-label='Plaza']")
    town.do(approve, post_id, by=ASHA)
    for screen in ("", "/wall"):
        [mark] = town.page(screen).xpath(f"//*[@id='post-{post_id}']//*[@aria-label='Plaza']/*")
        assert (mark.tag, mark.get("d")) == ("path", PLAZA.mark.line)


def test_the_desk_says_how_it_is_doing_and_finds_its_posts(town: Town) -> None:
    post_id = town.hears("Who has the slides?")
    [strip] = town.page("/desk").xpath("//*[@id='sources']/*[@data-source='plaza']")
    assert strip.get("data-state") == "live"
    assert "Plaza" in strip.text_content()
    assert town.page("/desk").xpath("//select[@name='source']/option[@value='plaza']")[0].text == "Plaza"
    found = town.page("/desk?source=plaza").xpath("//article/@id")
    assert f"post-{post_id}" in found
    assert town.page("/desk?source=x").xpath("//article") == []


def test_setup_shows_its_form_and_keeps_its_options_and_no_others(town: Town) -> None:
    [form] = town.page("/setup").xpath("//form[@action='/e/box10/setup/sources/plaza']")
    assert form.xpath(".//input[@name='square']/@value") == ["the market"]
    town.post("/setup/sources/plaza", enabled="true", square=" north ", loud="true", nonsense="1", mode="poll")
    assert town.source().options == {"square": "north", "loud": "shouted"}
    [form] = town.page("/setup").xpath("//form[@action='/e/box10/setup/sources/plaza']")
    assert form.xpath(".//input[@name='square']/@value") == ["north"]
    assert form.xpath("boolean(.//input[@name='loud']/@checked)")
    until_now(lambda: town.source().detail == "Listening at north.")


def test_a_source_that_is_no_network_is_not_set_up(town: Town) -> None:
    for path in ("/setup/sources/floor", "/setup/sources/nowhere", "/setup/sources/nowhere/again"):
        assert town.client.post(f"/e/box10{path}", headers=OURS).status_code == 404


def test_the_rules_have_a_mode_for_it(town: Town) -> None:
    page = town.page("/setup/rules")
    assert page.xpath("//label[@for='mode-plaza']")[0].text == "Plaza"
    form = page.xpath("//form[@action='/e/box10/setup/rules']")[0]
    typed = {name: value for name, value in form.form_values() if value}
    town.post("/setup/rules", **{**typed, "mode-plaza": "pass", "act": "save"})
    assert Policy.from_json(town.ask(event_by_slug, "box10").policy).source_modes == (("plaza", "pass"),)


def test_every_export_has_its_posts(town: Town) -> None:
    post_id = town.hears("For the record")
    town.do(approve, post_id, by=ASHA)
    doors, networks = town.client.app.state.context.backchannel, Networks([town.plaza.network()])  # type: ignore[attr-defined]
    assert town.client.portal is not None
    told = {name: town.client.portal.call(exported, doors, town.event.id, name, networks) for name in FORMATS}
    assert ("plaza", "For the record") in {(one["source"], one["text"]) for one in json.loads(told["json"])["posts"]}
    assert ("plaza", "For the record") in {
        (r["source"], r["text"]) for r in csv.DictReader(io.StringIO(told["csv"].removeprefix("\ufeff")))
    }
    assert "For the record (Nia, @nia)" in told["md"]


def test_the_desk_of_a_closed_event_says_that_what_is_kept_is_looked_after(town: Town) -> None:
    town.hears("Said before the end")
    town.do(close_event, town.event.id)
    until_now(lambda: town.source().state is SourceState.LOOKING_AFTER)
    town.do(report_unseen, town.source().id, "What is deleted there cannot be noticed since 14:32.")
    for screen in ("/desk", "/setup"):
        [strip] = town.page(screen).xpath("//*[@id='sources']/*[@data-source='plaza']")
        said = " ".join(strip.text_content().split())
        assert "looking after what is kept" in said
        assert "nothing new is read, and what is kept is looked after." in said
        assert "What is deleted there cannot be noticed since 14:32." in said
        assert "is not noticed since" not in said
    town.do(open_event, town.event.id)
    until_now(lambda: town.source().state is SourceState.LIVE)


@pytest.mark.parametrize(("key", "health"), [(KEY, Health.OK), ("wrong", Health.WRONG)])
async def test_doctor_looks_at_it(tmp_path: Path, key: str, health: Health) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)  # type: ignore[call-arg]
    with PlazaServer() as plaza:
        found = await examine(settings, host="127.0.0.1", port=0, networks=[plaza.network(key)])
    told = {one.about: one.health for one in found}
    assert told["Plaza"] is health
    # Its answer tells the time, too.
    assert told["clock"] is (Health.OK if health is Health.OK else Health.WARNING)
