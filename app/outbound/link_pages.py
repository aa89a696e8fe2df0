"""Pages behind links that people shared, asked for their titles: safely, politely, and nothing else of them.

Only public addresses, looked at at every step of the way; only what a site's robots.txt lets us read; one request a
host at a time, with a pause after it; the first 256 KiB, no pictures, nothing run, nothing kept but the title.
"""

import asyncio
import logging
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from weakref import WeakValueDictionary

import aiohttp

from app.domain.resource import Asked, PageAsked
from app.outbound.allowed_addresses import Private, check_address, public_connector
from app.outbound.page_titles import title_and_doi

log = logging.getLogger(__name__)

AGENT = "Backchannel"
LARGEST_PAGE = 256 * 1024
PAGE_SECONDS = 10.0
WAY_SECONDS = 40.0
"""For a page with all that leads to it."""
LINK_REDIRECTS = 5
MAX_ASKED_AT_ONCE = 4
HOST_PAUSE = 1.0
"""Seconds after a request in which its host is left alone; a host may ask for longer …"""
LONGEST_HOST_PAUSE = 30.0
"""… but not for ever."""
ROBOTS_SECONDS = 3_600.0
MOST_HOSTS = 1_000
_READ = ("text/html", "application/xhtml+xml")
_ON = {301, 302, 303, 307, 308}
_GONE = {404, 410}
_LATER = {408, 425, 429}


class Away(Exception):
    """There is no answer this time."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str = ""
    kind: str = ""
    charset: str = ""
    content: bytes = b""


class LinkPages:
    """Asks for pages. `allowed` are host:port that may be private; `contact` tells a site who we are."""

    def __init__(self, allowed: frozenset[str], *, contact: str = "", pause: float = HOST_PAUSE) -> None:
        self._allowed, self._pause = allowed, pause
        self._agent = f"{AGENT}/1 (titles of shared links{f'; +{contact}' if contact else ''})"
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._free_at: dict[str, float] = {}
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, url: str) -> PageAsked:
        """What the page at an address is called, and where it leads on the way."""
        try:
            async with asyncio.timeout(WAY_SECONDS):
                return await self._follow(url)
        except Private:
            return PageAsked(Asked.CLOSED)
        except (Away, TimeoutError, ValueError):
            return PageAsked(Asked.AWAY)
        except Exception:  # whatever a page is made of, it ends nothing of ours
            log.exception("a page could not be looked at")
            return PageAsked(Asked.AWAY)

    async def _follow(self, url: str) -> PageAsked:
        for _ in range(LINK_REDIRECTS + 1):
            if not await self._may_read(url):
                return PageAsked(Asked.CLOSED, url)
            answer = await self._get(url)
            if answer.status not in _ON or not answer.location:
                return await asyncio.to_thread(_told, answer, url)
            url = urljoin(url, answer.location)
        return PageAsked(Asked.CLOSED)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _may_read(self, url: str) -> bool:
        """What robots.txt says; without one all may be read, and of a host that does not answer nothing. RFC 9309."""
        site = _site(url)
        read_at, rules = self._robots.get(site, (0.0, None))
        if rules is None or time.monotonic() - read_at > ROBOTS_SECONDS:
            rules = await self._rules_of(site)
            while len(self._robots) >= MOST_HOSTS:
                del self._robots[next(iter(self._robots))]
            self._robots[site] = (time.monotonic(), rules)
        return rules.can_fetch(AGENT, url)

    async def _rules_of(self, site: str) -> RobotFileParser:
        rules, url = RobotFileParser(), f"{site}/robots.txt"
        for _ in range(LINK_REDIRECTS + 1):
            answer = await self._get(url, kinds=("text/",))
            if answer.status not in _ON or not answer.location:
                break
            url = urljoin(url, answer.location)
        if answer.status >= 500 or answer.status in _LATER:
            raise Away
        rules.parse(answer.content.decode("utf-8", "replace").splitlines() if answer.status == 200 else [])
        return rules

    async def _get(self, url: str, kinds: tuple[str, ...] = _READ) -> _Answer:
        """One request, in its host's turn. Raises Private and Away."""
        check_address(url, self._allowed)
        site = _site(url)
        turn = self._turns.setdefault(site, asyncio.Lock())
        async with turn:
            await asyncio.sleep(max(0.0, self._free_at.get(site, 0.0) - time.monotonic()))
            try:
                async with asyncio.timeout(PAGE_SECONDS):
                    return await self._asked(url, kinds)
            except (TimeoutError, aiohttp.ClientError, OSError, UnicodeError):
                raise Away from None
            finally:
                self._leave_alone(site)

    async def _asked(self, url: str, kinds: tuple[str, ...]) -> _Answer:
        headers = {"User-Agent": self._agent, "Accept": ", ".join(_READ), "Accept-Encoding": "identity"}
        async with self._open().get(url, allow_redirects=False, headers=headers) as response:
            kind, content = response.content_type, bytearray()
            if response.status == 200 and kind.startswith(kinds):
                async for piece in response.content.iter_chunked(16 * 1024):
                    content += piece
                    if len(content) >= LARGEST_PAGE:
                        break
            location = response.headers.get("Location", "")
            return _Answer(response.status, location, kind, response.charset or "", bytes(content[:LARGEST_PAGE]))

    def _leave_alone(self, site: str) -> None:
        _, rules = self._robots.get(site, (0.0, None))
        # Compared as it stands there: no float holds four hundred digits.
        wanted = min(rules.crawl_delay(AGENT) or 0, LONGEST_HOST_PAUSE) if rules is not None else 0
        while len(self._free_at) >= MOST_HOSTS:
            del self._free_at[next(iter(self._free_at))]
        self._free_at[site] = time.monotonic() + max(self._pause, float(wanted))

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = public_connector(self._allowed, limit=MAX_ASKED_AT_ONCE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _told(answer: _Answer, url: str) -> PageAsked:
    if answer.status == 200:
        title, doi = title_and_doi(answer.content, answer.charset) if answer.kind.startswith(_READ) else ("", "")
        return PageAsked(Asked.FOUND, url, title, doi)
    if answer.status in _GONE:
        return PageAsked(Asked.GONE, url)
    return PageAsked(Asked.AWAY if answer.status >= 500 or answer.status in _LATER else Asked.CLOSED, url)


def _site(url: str) -> str:
    read = urlsplit(url)
    return f"{read.scheme}://{read.netloc}".lower()
