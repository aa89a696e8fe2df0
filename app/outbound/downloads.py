"""Files that organisers name by their address on the web: fetched by our server, from public addresses only."""

import asyncio
from urllib.parse import urljoin

import aiohttp

from app.domain.sentence import Said
from app.outbound.allowed_addresses import Private, check_address, public_connector

DOWNLOAD_SECONDS = 30.0
REDIRECTS = 3
LARGEST_FILE = 25_000_000


class NoDocument(Said):
    """It cannot be had; says why."""


async def fetch_document(url: str, allowed: frozenset[str]) -> bytes:
    """What stands at an address. Raises NoDocument. `allowed` are host:port that may be private."""
    connector = public_connector(allowed, limit=1)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        try:
            async with asyncio.timeout(DOWNLOAD_SECONDS):
                for _ in range(REDIRECTS + 1):
                    check_address(url, allowed)
                    content, location = await _asked(session, url)
                    if content is not None:
                        return content
                    url = urljoin(url, location)
        except Private as error:
            raise NoDocument("This address is not asked: %(why)s.", why=str(error)) from None
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError):
            raise NoDocument("There is no answer from this address.") from None
    raise NoDocument("This address leads on to others too often.")


async def _asked(session: aiohttp.ClientSession, url: str) -> tuple[bytes | None, str]:
    async with session.get(url, allow_redirects=False) as response:
        if response.status in {301, 302, 303, 307, 308}:
            return None, response.headers.get("Location", "")
        if response.status != 200:
            raise NoDocument("The server at this address says %(status)d.", status=response.status)
        content = bytearray()
        async for piece in response.content.iter_chunked(64 * 1024):
            content += piece
            if len(content) > LARGEST_FILE:
                raise NoDocument("The file at this address is too large.")
        return bytes(content), ""
