"""Where sockets are refused: what is asked for over HTTP is what a socket would have pushed, to the same people."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx2
import pytest
from websockets.sync.client import connect

from app.actions.arrivals import receive
from app.actions.links import give_link, revoke_link
from app.actions.questions import bring_on_stage, make_question
from app.actions.verdicts import approve, reject
from app.domain.access import Role
from app.live import audience
from app.settings import Settings
from tests.conftest import ASHA, incoming
from tests.pages import Page
from tests.running import Running, ThreadedServer
from tests.until import until_now

ROLES = {"floor": None, "wall": Role.SCREEN, "stage": Role.SPEAKER, "desk": Role.MODERATOR}
PATHS = {"floor": "", "wall": "/wall", "stage": "/stage", "desk": "/desk"}
_numbers = count()


@pytest.fixture(scope="module")
def threaded(tmp_path_factory: pytest.TempPathFactory) -> ThreadedServer:
    made = Settings(
        _env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )  # type: ignore[call-arg]
    return ThreadedServer(made)


@pytest.fixture(scope="module")
def server(threaded: ThreadedServer) -> Iterator[Running]:
    yield threaded.start()
    threaded.stop()


def now() -> datetime:
    return datetime.now(UTC)


def arrives(server: Running) -> int:
    number = next(_numbers)
    post = incoming(f"something worth saying, number {number}", ref=f"poll-{number}", by=f"a{number}")
    return int(server.do(receive, server.event.id, post, at=now()).post_id)


def happens(server: Running) -> None:
    """Something for every screen: one waits, one is shown, one was shown, one is on stage."""
    arrives(server)
    shown, taken_down, asked = arrives(server), arrives(server), arrives(server)
    for post_id in (shown, taken_down):
        server.do(approve, post_id, by=ASHA, at=now())
    server.do(reject, taken_down, by=ASHA, at=now())
    question = server.do(make_question, asked, by=ASHA, at=now())
    server.do(bring_on_stage, question.id, by=ASHA, at=now())


class Screen:
    """A browser that holds a link, and where its page stands."""

    def __init__(self, server: Running, view: str) -> None:
        self.server, self.view = server, view
        self.client = httpx2.Client(verify=False, base_url=server.url, follow_redirects=True)
        role = ROLES[view]
        self.client.get(server.link(role) if role else server.floor)
        self.page = self.fresh()

    def fresh(self) -> Page:
        return Page.load(self.client.get(f"/e/box10{PATHS[self.view]}").text)

    def asks(self, after: int | None = None) -> list[dict[str, Any]]:
        after = self.page.cursor if after is None else after
        answer = self.client.get(f"/live/box10/{self.view}?after={after}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        found: list[dict[str, Any]] = answer.json()
        return found

    def is_pushed(self, after: int, to: int) -> list[dict[str, Any]]:
        """What a socket that opens at a cursor is told, until it stands where the others do."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        url = f"{self.server.url.replace('http', 'ws')}/live/box10/{self.view}?after={after}"
        told: list[dict[str, Any]] = []
        with connect(url, origin=self.server.url, additional_headers={"Cookie": cookie}) as socket:
            while not told or told[-1].get("cursor", told[-1].get("tick")) < to:
                told.append(json.loads(socket.recv(timeout=60)))
        return told


def said(messages: list[dict[str, Any]]) -> list[tuple[int, str]]:
    return [(one["cursor"], one["content"]) for one in messages if "content" in one]


@pytest.mark.parametrize("view", ROLES)
@pytest.mark.parametrize("behind", [0, 3, 10**6])
def test_what_is_asked_for_is_what_a_socket_is_pushed(server: Running, view: str, behind: int) -> None:
    screen = Screen(server, view)
    screen.asks()
    happens(server)
    end = screen.fresh().cursor
    until_now(lambda: screen.asks()[-1]["tick"] >= end)
    after = -1 if behind == 10**6 else max(0, screen.page.cursor - behind)

    def both() -> tuple[list[dict[str, Any]], list[dict[str, Any]]] | None:
        asked = screen.asks(after)
        pushed = screen.is_pushed(after, asked[-1]["tick"])
        # What the server does by itself may have come in between.
        return (asked, pushed) if said(asked)[-1][0] == said(pushed)[-1][0] else None

    asked, pushed = until_now(both)
    assert said(asked) == said(pushed)
    assert asked[-1].keys() == {"tick", "now"}, "the last one says where the page stands, and the time"
    assert asked[-1]["tick"] >= end


@pytest.mark.parametrize("view", ROLES)
def test_a_page_that_only_asks_is_the_page_one_would_load_now(server: Running, view: str) -> None:
    screen = Screen(server, view)
    for _ in range(4):
        happens(server)
        end = screen.fresh().cursor
        until_now(lambda end=end: screen.asks()[-1]["tick"] >= end)
        for message in screen.asks():
            if "content" in message:
                screen.page.receive(json.dumps(message))
    fresh = screen.fresh()
    for part in ("frame", "posts", "questions", "onstage", "held", "counts"):
        assert screen.page.part(part) == fresh.part(part), part


def test_who_has_nothing_new_is_told_the_time_and_where_it_stands(server: Running) -> None:
    screen = Screen(server, "floor")
    end = screen.fresh().cursor
    (tick,) = until_now(lambda: [found] if (found := screen.asks(end))[-1]["tick"] == end else None)[-1]
    assert tick.keys() == {"tick", "now"}


@pytest.mark.parametrize("path", ["/live/nowhere/floor", "/live/box10/cellar"])
def test_there_is_nothing_to_ask_for_at_an_unknown_address(server: Running, path: str) -> None:
    assert httpx2.get(server.url + path).status_code == 404


def test_a_link_that_is_revoked_is_told_nothing_more(server: Running) -> None:
    link = server.do(give_link, server.event.id, Role.MODERATOR, at=now())
    with httpx2.Client(verify=False, base_url=server.url, follow_redirects=True) as client:
        client.get(f"/e/box10/desk?key={link.token}")
        assert client.get("/live/box10/desk?after=0").status_code == 200
        server.do(revoke_link, link.access.id, at=now())
        until_now(lambda: client.get("/live/box10/desk?after=0").status_code == 403)


def test_a_hall_that_asks_from_one_place_costs_one_look(threaded: ThreadedServer, server: Running) -> None:
    figures = threaded.app.state.feed.figures
    screen = Screen(server, "floor")
    happens(server)
    end = screen.fresh().cursor
    until_now(lambda: screen.asks()[-1]["tick"] >= end)
    before = figures.catch_ups
    answers = [screen.asks(-1) for _ in range(20)]
    assert figures.catch_ups - before <= 1
    assert all(said(answer) == said(answers[0]) for answer in answers)


def test_who_asks_is_counted_as_long_as_it_asks(
    threaded: ThreadedServer, server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listening() -> int:
        found = [one for one in threaded.app.state.feed.audiences() if one.broadcast.view == "stage"]
        return sum(map(len, found))

    for screen in (first := Screen(server, "stage"), Screen(server, "stage")):
        screen.client.cookies.set("device", f"another tablet {next(_numbers)}")
        before = listening()
        screen.asks()
        screen.asks()
        assert listening() == before + 1
    monkeypatch.setattr(audience, "POLLED", 0.0)
    until_now(lambda: not listening())
    monkeypatch.undo()
    first.asks()
    assert listening() == 1
