"""No spelling, no redirect and no name that changes its mind brings our server to an address that is not public."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import given
from hypothesis import strategies as st

from app.outbound.allowed_addresses import Private, asked, check_address, is_allowed, is_public, public_connector
from app.outbound.downloads import NoDocument, fetch_document
from app.outbound.pictures import NoPicture, Pictures
from app.outbound.requests import Outgoing, Undelivered

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SPELLINGS: dict[str, Callable[[ipaddress.IPv4Address], str]] = {
    "plain": str,
    "with a dot at the end": lambda ip: f"{ip}.",
    "full width": lambda ip: str(ip).translate(FULL_WIDTH),
    "circled": lambda ip: str(ip).translate(CIRCLED),
    "bold": lambda ip: str(ip).translate(BOLD),
    "superscript": lambda ip: str(ip).translate(SUPERSCRIPT),
    "ideographic full stops": lambda ip: str(ip).replace(".", "。"),
    "half-width ideographic full stops": lambda ip: str(ip).replace(".", "｡"),
    "one dot leaders": lambda ip: str(ip).replace(".", "․"),
    "full width and ideographic": lambda ip: str(ip).translate(FULL_WIDTH).replace("．", "。"),
    "one number": lambda ip: str(int(ip)),
    "one hex number": lambda ip: hex(int(ip)),
    "one big hex number": lambda ip: f"0X{int(ip):X}",
    "one octal number": lambda ip: f"0{int(ip):o}",
    "octal": lambda ip: ".".join(f"0{byte:o}" for byte in ip.packed),
    "octal with many noughts": lambda ip: ".".join(f"0000{byte:o}" for byte in ip.packed),
    "hex": lambda ip: ".".join(hex(byte) for byte in ip.packed),
    "decimal with noughts": lambda ip: ".".join(f"{byte:03d}" for byte in ip.packed),
    "octal and decimal": lambda ip: f"0{ip.packed[0]:o}.{ip.packed[1]}.{ip.packed[2]}.{ip.packed[3]}",
    "three parts": lambda ip: f"{ip.packed[0]}.{ip.packed[1]}.{int(ip) & 0xFFFF}",
    "two parts": lambda ip: f"{ip.packed[0]}.{int(ip) & 0xFFFFFF}",
    "two parts, hex": lambda ip: f"{ip.packed[0]:#x}.{int(ip) & 0xFFFFFF:#x}",
    "percent": lambda ip: "".join(f"%{ord(letter):02x}" for letter in str(ip)),
    "percent, dots only": lambda ip: str(ip).replace(".", "%2e"),
    "percent, full width": lambda ip: str(ip).replace(".", "%e3%80%82"),
    "with a soft hyphen": lambda ip: str(ip).replace(".", "\u00ad."),
    "with a joiner": lambda ip: str(ip).replace(".", "\u200d."),
    "with a tab": lambda ip: str(ip).replace(".", "\t."),
    "with a new line": lambda ip: str(ip).replace(".", "\n."),
    "behind a name": lambda ip: f"example.org@{ip}",
    "behind a name and word": lambda ip: f"example.org:80@{ip}",
    "behind an empty name": lambda ip: f"@{ip}",
    "before a backslash": lambda ip: f"{ip}\\@example.org",
    "behind a backslash": lambda ip: f"example.org\\@{ip}",
    "before a hash": lambda ip: f"{ip}#@example.org",
    "before a question": lambda ip: f"{ip}?@example.org",
    "mapped": lambda ip: f"[::ffff:{ip}]",
    "mapped, hex": lambda ip: f"[{ipaddress.IPv6Address(0xFFFF00000000 | int(ip))}]",
    "mapped, in full": lambda ip: f"[{ipaddress.IPv6Address(0xFFFF00000000 | int(ip)).exploded}]",
    "compatible": lambda ip: f"[::{ip}]",
    "translated": lambda ip: f"[::ffff:0:{ip}]",
    "NAT64": lambda ip: f"[64:ff9b::{ip}]",
    "NAT64 of a place": lambda ip: f"[64:ff9b:1::{ip}]",
    "6to4": lambda ip: f"[2002:{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}::]",
    "Teredo": lambda ip: f"[2001:0:4136:e378:8000:63bf:{~int(ip) >> 16 & 0xFFFF:x}:{~int(ip) & 0xFFFF:x}]",
    "ISATAP": lambda ip: f"[fe80::5efe:{ip}]",
    "mapped, with a zone": lambda ip: f"[::ffff:{ip}%25lo]",
    "mapped, full width": lambda ip: f"[::ｆｆｆｆ:{ip}]",
    "in brackets": lambda ip: f"[{ip}]",
    "in brackets, as the future has it": lambda ip: f"[v1.{ip}]",
}
OTHERS = (
    "localhost", "LOCALHOST", "localhost.", "ⓛocalhost", "ｌｏｃａｌｈｏｓｔ", "loca\u00adlhost", "lo\tcalhost", "%6cocalhost",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::1%25lo]", "[::1%lo]", "[fe80::1%25eth0]", "[fe80::1]", "[fec0::1]",
    "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[100::1]", "[2001:db8::1]", "[3fff::1]", "[5f00::1]", "[2001:10::1]",
    "[2001:20::1]", "[::１]", "0", "0.0.0.0", "00", "0x", "", ".", "..", "*", "-", "a..b",
)  # fmt: skip
SPECIAL = (
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.9.9", "172.31.255.255", "192.168.0.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1",
    "198.19.255.255", "192.88.99.1", "192.175.48.1", "192.31.196.1", "192.52.193.1",
)  # fmt: skip
PUBLIC = ("93.184.216.34", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1")


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Where the client would have connected to. Nothing leaves this machine, and no name server is asked."""
    peers: list[str] = []
    look_up = socket.getaddrinfo

    async def connect(_loop: object, _socket: socket.socket, address: tuple[str, int]) -> None:
        peers.append(address[0])
        raise ConnectionRefusedError

    def known(host: str, *rest: object, **more: object) -> object:
        numeric = {**more, "flags": socket.AI_NUMERICHOST}
        name = str(host).lower().rstrip(".")
        return look_up("127.0.0.1" if name == "localhost" else host, *rest, **numeric)  # type: ignore[arg-type]

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", known)
    yield peers
    assert [peer for peer in peers if not is_public(peer)] == []


async def ask(url: str, folder: Path) -> None:
    pictures, outgoing = Pictures(folder), Outgoing(frozenset())
    with pytest.raises(NoPicture):
        await pictures.get("key", url)
    with pytest.raises(Undelivered):
        await outgoing.post(url, b"{}", {})
    await pictures.close()
    await outgoing.close()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "192.0.2.1"])
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
async def test_no_spelling_leads_to_a_private_address(
    connected: list[str], spelling: Callable[[ipaddress.IPv4Address], str], address: str, tmp_path: Path
) -> None:
    host = spelling(ipaddress.IPv4Address(address))
    for scheme, port in (("http", ""), ("https", ":8443"), ("HTTP", ":80")):
        await ask(f"{scheme}://{host}{port}/picture.png", tmp_path)


@pytest.mark.parametrize("host", OTHERS)
async def test_no_other_name_of_this_machine_or_network_is_asked(
    connected: list[str], host: str, tmp_path: Path
) -> None:
    await ask(f"http://{host}/", tmp_path)
    assert connected == []


async def test_a_public_address_is_asked(connected: list[str], tmp_path: Path) -> None:
    """Or else all of this would show nothing."""
    for address in PUBLIC:
        await ask(f"http://[{address}]/" if ":" in address else f"http://{address}/", tmp_path)
    await ask("http://９３.１８４.２１６.３４/", tmp_path)
    assert set(connected) == set(PUBLIC)


@given(st.ip_addresses(v=4), st.sampled_from(list(SPELLINGS.values())))
def test_what_is_asked_is_a_public_address_or_a_name(
    ip: ipaddress.IPv4Address, spelling: Callable[[ipaddress.IPv4Address], str]
) -> None:
    url = f"http://{spelling(ip)}/"
    try:
        check_address(url, frozenset())
        host, _ = asked(url)
    except Private:
        return
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, 80, flags=socket.AI_NUMERICHOST)}
    except OSError:
        return
    assert all(is_public(one) for one in found)


@pytest.mark.parametrize("address", [*SPECIAL, "::1", "fe80::1", "fc00::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "x"])
def test_a_special_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_knows_not_to_be_global_is_not_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert address.is_global or not is_public(str(address))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a", "http://u:p@example.org/a", "http:///a", "a"]
)
def test_only_plain_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(Private):
        check_address(url, frozenset())


def test_what_the_operator_names_is_allowed_by_host_and_port() -> None:
    allowed = frozenset({"10.0.0.5:8080"})
    assert is_allowed("http://10.0.0.5:8080/", allowed)
    for other in ("http://10.0.0.5/", "http://10.0.0.6:8080/", "https://10.0.0.5:8081/"):
        with pytest.raises(Private):
            check_address(other, allowed)


class Fickle(AbstractResolver):
    """Says something else than what was checked."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None: ...


async def test_the_peer_is_looked_at_when_the_connection_is_made(connected: list[str]) -> None:
    connector = public_connector(frozenset({"10.0.0.5:80"}), limit=1)
    connector._resolver = Fickle()
    async with aiohttp.ClientSession(connector=connector) as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get("http://changed.example/")
    assert connected == []


async def test_so_it_is_for_files_named_by_their_address(connected: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.outbound.allowed_addresses.PublicResolver.resolve", Fickle.resolve)
    with pytest.raises(NoDocument):
        await fetch_document("http://changed.example/programme.ics", frozenset())
    assert connected == []


async def test_a_name_is_looked_at_each_time_it_is_resolved(
    connected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["10.0.0.1", "1.1.1.1"]])

    def changing(_host: str, port: int, **_more: object) -> object:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    outgoing = Outgoing(frozenset())
    for _ in range(3):
        with pytest.raises(Undelivered):
            await outgoing.post("http://changing.example/", b"", {})
    await outgoing.close()
    assert connected == ["93.184.216.34", "1.1.1.1"]
