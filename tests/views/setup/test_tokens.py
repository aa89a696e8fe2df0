"""A network's token is entered in setup, checked once with the network, kept sealed, and said to nobody again."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.domain.access import Role
from app.domain.event import Event
from app.main import create_app
from app.queries.network_tokens import kept_tokens
from app.settings import Settings
from tests.databases import lay_down
from tests.networks import x_with
from tests.views.site import Site
from tests.x_server import XServer

TOKEN = "AAAAown%3Dtoken-of-box10"
DEFAULT = "AAAAdefault-of-the-installation"
NAMED = "/setup/sources/x/token"
KEY = "only-for-tests-7fQ2xW9cLr4Tz0bVk3"


def settings(folder: Path, key: str = KEY) -> Settings:
    return Settings(_env_file=None, data_dir=folder, secret_key=key)  # type: ignore[call-arg]


def at_setup(folder: Path, x_url: str, act: Callable[[Site], None]) -> None:
    lay_down(folder)
    app = create_app(settings(folder), networks=[x_with(x_api_url=x_url, x_bearer_token=DEFAULT)], by_itself=False)
    with TestClient(app) as client:
        site = Site(client)
        site.enter(Role.OWNER, "setup")
        act(site)


async def with_x(folder: Path, act: Callable[[Site], None], **x: Any) -> XServer:
    async with XServer(token=TOKEN, **x) as server:
        for fault in x.pop("faults", ()):
            server.fault(*fault)
        await asyncio.to_thread(at_setup, folder, server.url, act)
    return server


def kept(site: Site) -> Any:
    return site.ask(kept_tokens, site.event.id).get("x")


async def test_a_token_is_checked_once_kept_and_told_to_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []

    def act(site: Site) -> None:
        page = site.post(NAMED, token=f"  Bearer {TOKEN}\n")
        assert "X takes the token. Its plan allows 3,000,000 posts a month, and 0 are read." in page.text
        assert "This event has a token of its own" in page.text
        key = site.links[Role.OWNER].token
        api = {"Authorization": f"Bearer {key}"}
        pages = ("/setup", "/desk", "/log", "/figures", "/setup/rules", "/export.json", "/export.csv")
        told.extend(site.client.get(f"/e/box10{page}").text for page in pages)
        told.extend(site.client.get(f"/api/v1/{name}", headers=api).text for name in ("event", "decisions", "figures"))
        found = kept(site)
        told.extend([page.text, repr(found), str(found.told), repr(site.context)])
        assert site.context.seal.opened(found.sealed, "x") == TOKEN
        assert found.sealed not in "".join(told)
        assert site.client.get("/e/box10/setup").text.count('type="password"') == 1
        site.post(f"{NAMED}?_method=DELETE")
        assert kept(site) is None
        assert "The token of this installation is used." in site.client.get("/e/box10/setup").text

    server = await with_x(tmp_path, act)
    assert [request.path for request in server.requests] == ["/2/usage/tweets"]
    assert TOKEN not in "".join(told) + caplog.text
    assert TOKEN.encode() not in b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("AAAA-of-somebody-else", 422, "X does not accept this token."),
        ("two words", 422, "That is not a token"),
        ("tök", 422, "That is not a token"),
        ("a\r\nHost: elsewhere", 422, "That is not a token"),
        ("x" * 2_001, 422, "That is not a token"),
        ("", 422, "That is not a token"),
        (DEFAULT, 409, "That is the token of this installation."),
    ],
)
async def test_what_is_no_token_here_is_not_kept_and_not_said_again(
    tmp_path: Path, typed: str, status: int, said: str
) -> None:
    def act(site: Site) -> None:
        answer = site.post(NAMED, token=typed)
        assert (answer.status_code, said in answer.text, kept(site)) == (status, True, None)
        assert not typed or typed not in answer.text

    await with_x(tmp_path, act)


@pytest.mark.parametrize(
    ("status", "said"), [(503, "X is not working properly (503)."), (429, "X wants us to ask less")]
)
async def test_what_x_cannot_say_now_is_kept_with_that_word(tmp_path: Path, status: int, said: str) -> None:
    def act(site: Site) -> None:
        page = site.post(NAMED, token=TOKEN).text
        assert "The token could not be checked now:" in page
        assert said in page
        assert site.context.seal.opened(kept(site).sealed, "x") == TOKEN

    async with XServer(token=TOKEN) as server:
        server.fault("http", status=status, on="any", times=3)
        await asyncio.to_thread(at_setup, tmp_path, server.url, act)


async def test_after_another_secret_key_setup_says_what_to_do_and_everything_else_goes_on(tmp_path: Path) -> None:
    links: dict[Role, str] = {}

    def act(site: Site) -> None:
        site.post(NAMED, token=TOKEN)
        links.update({role: link.token for role, link in site.links.items()})

    await with_x(tmp_path, act)
    app = create_app(settings(tmp_path, KEY[::-1]), networks=[x_with(x_bearer_token=DEFAULT)], by_itself=False)
    with TestClient(app) as client:
        page = client.get(f"/e/box10/setup?key={links[Role.OWNER]}")
        assert page.status_code == 200
        assert "cannot be read any more: SECRET_KEY has changed since" in page.text
        assert client.get("/e/box10/desk").status_code == 200
        assert client.get("/e/box10").status_code == 200


async def test_only_a_network_that_takes_a_token_has_a_place_for_one(tmp_path: Path) -> None:
    def act(site: Site) -> None:
        assert site.post("/setup/sources/floor/token", token=TOKEN).status_code == 404
        assert isinstance(site.event, Event)

    await with_x(tmp_path, act)
