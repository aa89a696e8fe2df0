"""What stands in X-Forwarded-For is believed from the right, and only as far as proxies of ours wrote it."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from app.views.proxies import TrustedHops, client_address
from tests.views.site import Site

PEER, CLIENT, MADE_UP, CDN = "10.0.0.2", "198.51.100.7", "203.0.113.99", "192.0.2.10"


@pytest.mark.parametrize(
    ("hops", "forwarded", "client"),
    [
        (0, [CLIENT], PEER),
        (0, [], PEER),
        (1, [], PEER),
        (1, [CLIENT], CLIENT),
        (1, [f"{MADE_UP}, {CLIENT}"], CLIENT),
        (1, [MADE_UP, CLIENT], CLIENT),
        (1, [f"{MADE_UP},{MADE_UP},{MADE_UP} , {CLIENT}"], CLIENT),
        (2, [f"{MADE_UP}, {CLIENT}, {CDN}"], CLIENT),
        (2, [f"{MADE_UP}, {CLIENT}", CDN], CLIENT),
        (2, [CLIENT], CLIENT),
        (1, [f"{CLIENT}:54321"], CLIENT),
        (1, ["[2001:db8::7]:443"], "2001:db8::7"),
        (1, ["2001:db8::7"], "2001:db8::7"),
        (1, ["unknown"], PEER),
        (1, ["_hidden, "], PEER),
        (1, ["127.0.0.1, <script>"], PEER),
        (1, [","], PEER),
    ],
)
def test_an_address_is_read_from_the_right(hops: int, forwarded: list[str], client: str) -> None:
    assert client_address(PEER, forwarded, hops) == client


@pytest.mark.parametrize("made_up", [f"{MADE_UP}, ", f"{MADE_UP}, {MADE_UP}, ", "", "127.0.0.1, "])
@pytest.mark.parametrize("hops", [1, 2, 3])
def test_nothing_that_a_client_writes_changes_who_it_is(hops: int, made_up: str) -> None:
    ours = ", ".join([CLIENT, *[CDN] * (hops - 1)])
    assert client_address(PEER, [made_up + ours], hops) == CLIENT


@pytest.mark.parametrize(
    ("kind", "hops", "proto", "scheme"),
    [
        ("http", 0, ["https"], "http"),
        ("http", 1, ["https"], "https"),
        ("http", 1, ["http, https"], "https"),
        ("http", 1, ["javascript"], "http"),
        ("websocket", 1, ["https"], "wss"),
        ("websocket", 0, ["https"], "ws"),
    ],
)
async def test_the_scheme_is_that_of_the_outermost_proxy(kind: str, hops: int, proto: list[str], scheme: str) -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    scope: dict[str, Any] = {
        "type": kind,
        "scheme": "ws" if kind == "websocket" else "http",
        "client": (PEER, 4711),
        "headers": [*((b"x-forwarded-proto", one.encode()) for one in proto), (b"x-forwarded-for", CLIENT.encode())],
    }
    await TrustedHops(app, hops)(scope, None, None)  # type: ignore[arg-type]
    assert seen[0]["scheme"] == scheme
    assert seen[0]["client"] == ((CLIENT, 0) if hops else (PEER, 4711))


@pytest.mark.parametrize(
    ("said", "hops"), [("true", 1), ("false", 0), ("", 0), ("2", 2), ("0", 0), ("1", 1), ("True", 1), ("no", 0)]
)
def test_the_setting_counts_proxies_and_still_knows_yes_and_no(
    said: str, hops: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUST_PROXY", said)
    assert Settings(_env_file=None).trust_proxy == hops  # type: ignore[call-arg]


@pytest.mark.parametrize("said", ["-1", "many", "99", "1.5"])
def test_no_other_number_is_taken(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUST_PROXY", said)
    with pytest.raises(ValueError, match="trust_proxy"):
        Settings(_env_file=None)  # type: ignore[call-arg]


@pytest.mark.parametrize(("hops", "status"), [(0, 303), (1, 403)])
def test_the_server_knows_by_its_proxy_that_it_is_reached_by_https(hops: int, status: int, tmp_path: Path) -> None:
    """Then a page that came in the open is none of ours."""
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", trust_proxy=hops)  # type: ignore[call-arg]
    with TestClient(create_app(made, by_itself=False)) as client:
        Site(client).enter(Role.MODERATOR, "desk")
        headers = {"Origin": "http://testserver", "X-Forwarded-Proto": "https", "X-Forwarded-For": CLIENT}
        assert client.post("/e/box10/undo", headers=headers, follow_redirects=False).status_code == status
