"""Which addresses on the web our server may ask: only what everybody could reach, and what the operator allows.

The check is made on the address that is connected to, so a name that changes its mind gains nothing.
"""

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

THREADS = 8


class Private(Exception):
    """It is no address that we ask; the sentence says why."""


class PublicResolver(AbstractResolver):
    """Resolves names, and gives only addresses that everybody could reach.

    In threads of its own: a name server that does not answer must not hold up anything else.
    """

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="resolve")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _addresses, host, port, family)
        if f"{host}:{port}" in self._allowed:
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


def check_address(url: str, allowed: frozenset[str]) -> None:
    """Raise Private for an address that we do not ask. An IP address in the URL never meets the resolver."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise Private("it is not an http address")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if f"{parts.hostname}:{port}" in allowed:
        return
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return
    if not is_public(str(literal)):
        raise Private("the address is not a public one")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when it is written as mapped IPv6."""
    known = ipaddress.ip_address(address)
    inner = known.ipv4_mapped or known.sixtofour if isinstance(known, ipaddress.IPv6Address) else None
    known = inner or known
    return known.is_global and not known.is_multicast
