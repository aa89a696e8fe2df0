"""A file that an organiser names is fetched from public addresses only, whatever its name leads to by then."""

import asyncio
import socket

import pytest

from app.outbound import allowed_addresses
from app.outbound.downloads import NoDocument, fetch_document
from tests.outbound.test_allowed_addresses import Fickle


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where it would have connected to. Nothing leaves this machine."""
    found: list[str] = []

    async def connect(_loop: object, _socket: socket.socket, address: tuple[str, int]) -> None:
        found.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    return found


async def test_the_peer_of_a_download_is_looked_at_when_the_connection_is_made(
    peers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowed_addresses.PublicResolver, "resolve", Fickle().resolve)
    with pytest.raises(NoDocument, match="no answer"):
        await fetch_document("http://changed.example/programme.ics", frozenset())
    assert peers == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://10.0.0.5:8080/", "http://[::1]/", "http://169.254.1.1/"])
async def test_a_private_address_is_not_asked_for_a_file(peers: list[str], url: str) -> None:
    with pytest.raises(NoDocument):
        await fetch_document(url, frozenset())
    assert peers == []


async def test_what_the_operator_allows_is_asked_for_a_file(peers: list[str]) -> None:
    with pytest.raises(NoDocument, match="no answer"):
        await fetch_document("http://10.0.0.5:8080/programme.ics", frozenset({"10.0.0.5:8080"}))
    assert peers == ["10.0.0.5"]
