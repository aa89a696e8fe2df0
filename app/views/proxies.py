"""Who is really asking when proxies of ours stand in front: each writes down, on the right, whom it was asked by."""

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

SCHEMES = {"http": "http", "https": "https", "ws": "http", "wss": "https"}


class TrustedHops:
    """Puts the client's own address and scheme in place of the proxy's. `hops` proxies are ours; 0 believes nobody."""

    def __init__(self, app: ASGIApp, hops: int) -> None:
        self.app = app
        self.hops = hops

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.hops and scope["type"] in {"http", "websocket"}:
            headers = Headers(scope=scope)
            peer, port = scope.get("client") or ("", 0)
            client = client_address(peer, headers.getlist("x-forwarded-for"), self.hops)
            said = _from_right(headers.getlist("x-forwarded-proto"), self.hops)
            scheme = SCHEMES.get(said.lower(), SCHEMES.get(scope["scheme"], "http"))
            if scope["type"] == "websocket":
                scheme = {"http": "ws", "https": "wss"}[scheme]
            scope = {**scope, "client": (client, port if client == peer else 0), "scheme": scheme}
        await self.app(scope, receive, send)


def client_address(peer: str, forwarded: Sequence[str], hops: int) -> str:
    """The address that the outermost of our proxies was asked by; what stands left of it anybody may have made up."""
    said = _from_right(forwarded, hops) if hops else ""
    try:
        return str(ipaddress.ip_address(_bare(said)))
    except ValueError:
        return peer


def _from_right(values: Sequence[str], hops: int) -> str:
    listed = [one.strip() for one in ",".join(values).split(",") if one.strip()]
    return listed[-min(hops, len(listed))] if listed else ""


def _bare(address: str) -> str:
    """Without a port, which some proxies add."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
