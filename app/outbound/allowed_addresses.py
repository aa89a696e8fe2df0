"""Which addresses on the web our server may ask: only what everybody could reach, and what the operator allows.

Looked at three times: the host as the client itself reads it, each address that its name leads to, and the peer at the
moment of connecting. So neither a spelling nor a name that changes its mind gains anything.
"""

import asyncio
import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

THREADS = 8
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?", re.IGNORECASE)
_ENDS_IN_A_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[\da-f]*)\.?$", re.IGNORECASE)
"""Such a host is an IPv4 address for some readers, whatever it looks like: 127.1, 0x7f.1, 2130706433."""

_SPECIAL_4 = tuple(
    map(ipaddress.IPv4Network, (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    ))
)  # fmt: skip
_UNICAST_6 = ipaddress.IPv6Network("2000::/3")
"""Outside of it is nothing to ask: loopback, mapped and compatible, NAT64, local ones, multicast."""
_SPECIAL_6 = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
)


class Private(Exception):
    """It is no address that we ask; the sentence says why."""


class PublicResolver(AbstractResolver):
    """Resolves names, and gives only addresses that everybody could reach; `vouched` are those of allowed hosts.

    In threads of its own: a name server that does not answer must not hold up anything else.
    """

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self.vouched: set[tuple[str, int]] = set()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="resolve")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _addresses, host, port, family)
        if f"{host}:{port}" in self._allowed:
            self.vouched |= {(one["host"], port) for one in found}
            return found
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise OSError("the address is not a public one")
        return public

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    return [
        ResolveResult(hostname=host, host=str(address[0]), port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
        for kind, _, _, _, address in socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    ]


def public_connector(allowed: frozenset[str], *, limit: int) -> aiohttp.TCPConnector:
    """Connects to public addresses only, and to what the operator allows; every request of ours goes through one."""
    resolver = PublicResolver(allowed)

    def open_socket(found: tuple[Any, ...]) -> socket.socket:
        family, kind, proto, _, peer = found
        address, port = str(peer[0]), int(peer[1])
        if not (is_public(address) or f"{address}:{port}" in allowed or (address, port) in resolver.vouched):
            raise OSError("the address is not a public one")
        return socket.socket(family, kind, proto)

    return aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit=limit, socket_factory=open_socket)


def check_address(url: str, allowed: frozenset[str]) -> None:
    """Raise Private for an address that we do not ask. An IP address in the URL never meets the resolver."""
    if is_allowed(url, allowed):
        return
    host, _ = asked(url)
    if (":" in host or _ENDS_IN_A_NUMBER.search(host)) and not is_public(host):
        raise Private("the address is not a public one")


def is_allowed(url: str, allowed: frozenset[str]) -> bool:
    """Whether the operator has named it. Raises Private for what is no http address at all."""
    host, port = asked(url)
    return f"{host}:{port}" in allowed


def asked(url: str) -> tuple[str, int]:
    """The host and port that the client will ask, read as it reads them. Raises Private for no http address."""
    try:
        read = URL(url)
        scheme, host, port = read.scheme, read.host or "", read.port or 0
    except ValueError:
        raise Private("it is not an http address") from None
    if scheme not in {"http", "https"} or not port or read.user is not None or read.password is not None:
        raise Private("it is not an http address")
    if ":" not in host and not _NAME.fullmatch(host):
        raise Private("it is not an http address")
    return host, port


def is_public(address: str) -> bool:
    """Whether an IP address, as it is written in full, belongs to the public internet and to nothing special."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(known, ipaddress.IPv4Address):
        return not any(known in special for special in _SPECIAL_4)
    if known.scope_id is not None or known not in _UNICAST_6:
        return False
    return not any(known in special for special in _SPECIAL_6)
