"""Networks come and go: events keep up, setup is pushed as it is loaded, and what is unknown breaks no page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.actions.arrivals import receive
from app.actions.event_states import close_event
from app.actions.events import create_event
from app.actions.sources import add_sources, change_source, report_state, report_unseen
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.event import Event
from app.domain.network import Limits, Networks
from app.domain.policy import Policy
from app.domain.source import Source, SourceState
from app.files.recorded.own_lines import BadLine, read
from app.main import create_app
from app.queries.sources import assignments, events_lacking, sources
from app.settings import Settings
from app.sources.networks import NETWORKS
from app.sources.x.network import X
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.databases import lay_down
from tests.exported import exported
from tests.networks import x_with
from tests.pages import Page
from tests.running import furnish
from tests.sources.invented import PLAZA

BOTH = Networks([X, PLAZA])


async def enabled(doors: Backchannel, event: Event) -> dict[str, bool]:
    return {source.kind: source.enabled for source in await doors.ask(sources, event.id)}


async def test_a_new_event_with_a_hashtag_listens_to_every_network(doors: Backchannel, event: Event) -> None:
    silent = await doors.do(create_event, "silent", name="Silent", hashtags=[], at=NOON)
    assert await doors.ask(events_lacking, BOTH.keys) == [event.id, silent.id]
    for one in (event, silent):
        await doors.do(add_sources, one.id, BOTH.keys, at=NOON)
    assert await enabled(doors, event) == {"x": True, "plaza": True}
    assert await enabled(doors, silent) == {"x": False, "plaza": False}
    assert await doors.ask(events_lacking, BOTH.keys) == []


async def test_a_new_network_waits_in_older_events_until_somebody_switches_it_on(
    doors: Backchannel, event: Event
) -> None:
    await doors.do(add_sources, event.id, [X.key], at=NOON)
    assert await doors.ask(events_lacking, BOTH.keys) == [event.id]
    await doors.do(add_sources, event.id, BOTH.keys, at=NOON)
    assert await enabled(doors, event) == {"x": True, "plaza": False}


async def test_the_newest_events_share_the_streams_that_a_network_allows(doors: Backchannel) -> None:
    for slug in ("first", "second", "third"):
        made = await doors.do(create_event, slug, name=slug, hashtags=["tag"], at=NOON)
        await doors.do(add_sources, made.id, [PLAZA.key], at=NOON)

    async def streaming(streams: int | None) -> list[str]:
        networks = Networks([replace(PLAZA, limits=Limits(streams=streams))])
        return [one.slug for one in await doors.ask(assignments, networks) if one.streams]

    assert await streaming(2) == ["third", "second"]
    assert await streaming(None) == ["third", "second", "first"]
    await doors.do(change_source, made.id, PLAZA.key, enabled=True, options={"loud": "shouted"}, at=NOON)
    assert await streaming(2) == ["second", "first"]


async def test_the_sources_of_a_network_that_was_removed_rest(doors: Backchannel, event: Event) -> None:
    await doors.do(add_sources, event.id, BOTH.keys, at=NOON)
    assert [one.kind for one in await doors.ask(assignments, BOTH)] == ["x", "plaza"]
    assert [one.kind for one in await doors.ask(assignments, Networks([X]))] == ["x"]


@pytest.mark.parametrize("network", [*NETWORKS, PLAZA], ids=lambda network: network.key)
def test_a_descriptor_fits_the_tables(network: Any) -> None:
    assert len(network.key) <= 16
    assert network.mark.fill or network.mark.line
    assert len({option.name for option in network.options} - {"enabled"}) == len(network.options)


def test_a_line_of_its_stream_is_replayed() -> None:
    said = {"plaza": {"id": 7, "by": "nia", "text": "Hello"}}
    [found] = read(json.dumps(said), [X, PLAZA]).found
    assert (found.source, found.ref) == ("plaza", "7")
    with pytest.raises(BadLine):
        read(json.dumps(said), [X])


class Quiet:
    """The program as it stands, with one event; nothing happens by itself."""

    def __init__(self, client: TestClient) -> None:
        self.client, self.context = client, client.app.state.context  # type: ignore[attr-defined]
        assert client.portal is not None
        self.call = client.portal.call
        self.event, _, links = self.call(furnish, self.context.backchannel)
        client.get(f"/e/box10/setup?key={links[Role.OWNER].token}")

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self.call(lambda: self.context.backchannel.do(verb, *args, **kwargs, at=self.context.now()))

    def ask(self, query: Any, *args: Any) -> Any:
        return self.call(lambda: self.context.backchannel.ask(query, *args))


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[Quiet]:
    lay_down(tmp_path)
    settings = Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", metrics_public=True
    )  # type: ignore[call-arg]
    with TestClient(create_app(settings, networks=(x_with(), PLAZA), by_itself=False)) as client:
        yield Quiet(client)


def test_a_pushed_setup_is_the_setup_one_would_load_now(quiet: Quiet) -> None:
    view = quiet.context.views["setup"]
    page = Page.load(quiet.client.get("/e/box10/setup").text)

    def told() -> None:
        _, message = quiet.ask(view.catch_up, quiet.event.id, page.cursor, quiet.context.render)
        page.receive(message)
        fresh = Page.load(quiet.client.get("/e/box10/setup").text)
        for part in view.parts:
            assert page.part(part.id) == fresh.part(part.id), part.id

    told()
    quiet.do(add_sources, quiet.event.id, BOTH.keys)
    told()
    plaza = quiet.ask(sources, quiet.event.id)[1]
    quiet.do(report_state, plaza.id, SourceState.STOPPED, "Plaza does not take the key.")
    told()
    assert "Plaza does not take the key." in (page.part("sources") or "")
    quiet.do(change_source, quiet.event.id, "plaza", enabled=False, options={"square": "<north>"})
    told()
    assert "<north>" in (page.part("sources") or "")


def test_the_desk_of_a_closed_event_says_that_what_is_shown_is_looked_after(quiet: Quiet) -> None:
    quiet.do(add_sources, quiet.event.id, BOTH.keys)
    plaza = next(one for one in quiet.ask(sources, quiet.event.id) if one.kind == "plaza")
    quiet.do(lambda db, at: setattr(db.get_one(Source, plaza.id), "last_post_at", at))
    quiet.do(close_event, quiet.event.id)
    quiet.do(report_state, plaza.id, SourceState.LOOKING_AFTER, "Only what it shows is looked after.")
    quiet.do(report_unseen, plaza.id, "Nothing else is since noon.")
    page = " ".join(quiet.client.get("/e/box10/desk").text.split())
    for said in ("looking after what is kept", "Only what it shows is looked after.", "Nothing else is since noon."):
        assert said in page
    assert "What is deleted there is not noticed since" not in page


def test_what_a_network_needs_is_said_in_setup(quiet: Quiet) -> None:
    page = quiet.client.get("/e/box10/setup").text
    assert "Ask Plaza for a key and set PLAZA_KEY." in page
    assert "enter its bearer token here" in page


def test_a_network_that_was_removed_breaks_no_page_and_its_words_stay_here(quiet: Quiet) -> None:
    quiet.do(change_source, quiet.event.id, "gone", enabled=True, options={"mode": 7})
    post_id = quiet.do(receive, quiet.event.id, incoming("Said elsewhere", source="gone")).post_id
    quiet.do(approve, post_id, by=ASHA)
    for path in ("", "/wall", "/stage", "/desk", "/desk?list=approved", "/setup", "/setup/rules", "/log", "/figures"):
        answer = quiet.client.get(f"/e/box10{path}")
        assert answer.status_code == 200, path
    assert quiet.client.get("/metrics").status_code == 200
    assert 'aria-label="another network"' in quiet.client.get("/e/box10/wall").text
    written = quiet.call(exported, quiet.context.backchannel, quiet.event.id, "md", quiet.context.networks)
    assert "a post on another network" in written
    assert Policy(source_modes=(("gone", "pass"),)).mode_for("gone") == "pass"
