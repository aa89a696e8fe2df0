"""The wire to one server of Mastodon's kind. Whatever goes wrong comes out as `Ended`; the token never does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import aiohttp
from yarl import URL

from app.domain.sentence import Sentence
from app.outbound.allowed_addresses import Private, check_address, public_connector
from app.sources import Clock, Ended, Why
from app.sources.json_fields import Json, number_of, object_of, objects_of, text_of
from app.sources.mastodon.servers import name_of
from app.sources.turns import Turns

STATUSES_SECONDS = 20.0
CONNECT_SECONDS = 8.0
LONGEST_ANSWER = 4 * 1024 * 1024
LONGEST_ROBOTS = 500 * 1024
AGENT = "Backchannel"
HEADERS = {"User-Agent": f"{AGENT} (live conference backchannel)", "Accept": "application/json"}

SERVER_REQUESTS = 240
CALM_SERVER_REQUESTS = 180
"""So many are left to looking after what is kept, so that new posts never wait for it."""
RATE_WINDOW = timedelta(minutes=5)
"""Servers allow 300 in five minutes for an address. The rest is for whoever else asks from this hall."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    content: object
    newer: str = ""
    """`min_id` of what comes after this page, if the server names it."""


class Wire:
    """Requests to one server, not more than it allows."""

    def __init__(self, server: str, clock: Clock, *, token: str = "", allowed: frozenset[str] = frozenset()) -> None:
        self.server, self.name = server, name_of(server)
        self._clock, self._token, self._allowed = clock, token, allowed
        self._turns = Turns(clock, most=SERVER_REQUESTS, calm=CALM_SERVER_REQUESTS, window=RATE_WINDOW)

    def __repr__(self) -> str:
        return f"Wire({self.server})"

    async def get(self, route: str, params: Sequence[tuple[str, str]] = ()) -> HttpAnswer:
        """Ask once. Raises `Ended` for anything but JSON."""
        status, headers, body = await self._get(route, params, LONGEST_ANSWER)
        if status != 200:
            raise self._refusal(status, headers, body)
        try:
            return HttpAnswer(json.loads(body), _newer(headers))
        except (ValueError, RecursionError):
            raise self.garbled() from None

    async def listed(self, route: str, params: Sequence[tuple[str, str]]) -> list[Json] | None:
        """Several things at once; None where a server does not know how. Raises `Ended` for any other refusal."""
        status, headers, body = await self._get(route, params, LONGEST_ANSWER, calmly=True)
        if status in (400, 404, 405, 422):
            return None
        if status != 200:
            raise self._refusal(status, headers, body)
        try:
            return objects_of(json.loads(body))
        except (ValueError, RecursionError):
            raise self.garbled() from None

    async def there(self, route: str) -> Json | None:
        """One thing by its address; None if it is not there (any more). Raises `Ended` for any other refusal."""
        status, headers, body = await self._get(route, (), LONGEST_ANSWER, calmly=True)
        if status in (404, 410):
            return None
        if status != 200:
            raise self._refusal(status, headers, body)
        try:
            return object_of(json.loads(body))
        except (ValueError, RecursionError):
            raise self.garbled() from None

    async def may_ask(self, route: str) -> bool:
        """Whether its robots.txt lets programs like this one ask there. One that has none lets everybody."""
        status, _, body = await self._get("/robots.txt", (), LONGEST_ROBOTS)
        if status != 200:
            return True
        rules = RobotFileParser()
        rules.parse(body.decode("utf-8", "replace").splitlines())
        return rules.can_fetch(AGENT, self.server + route)

    async def _get(
        self, route: str, params: Sequence[tuple[str, str]], longest: int, *, calmly: bool = False
    ) -> tuple[int, Mapping[str, str], bytes]:
        await self._turns.wait(calmly=calmly)
        headers = HEADERS | ({"Authorization": f"Bearer {self._token}"} if self._token else {})
        timeout = aiohttp.ClientTimeout(total=STATUSES_SECONDS, sock_connect=CONNECT_SECONDS)
        failure: Ended | None = None
        try:
            check_address(self.server, self._allowed)
            connector = public_connector(self._allowed, limit=1)
            async with (
                aiohttp.ClientSession(timeout=timeout, connector=connector, headers=headers) as session,
                session.get(self.server + route, params=list(params), allow_redirects=False) as answer,
            ):
                body = await _read(answer.content, longest)
                return answer.status, dict(answer.headers), body
        except (Private, aiohttp.InvalidURL):
            failure = Ended(Why.BAD_RULES, Sentence("%(server)s is no address of a server.", server=self.name))
        except TimeoutError:
            failure = Ended(Why.STALLED, Sentence("%(server)s does not answer.", server=self.name))
        except _TooLong:
            failure = self.garbled()
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError):
            failure = Ended(Why.NETWORK, Sentence("%(server)s cannot be reached.", server=self.name))
        except (aiohttp.ClientError, ValueError):
            failure = self.garbled()
        # Out of the `except`: what aiohttp raises carries the request's headers, and so the token.
        raise failure

    def _refusal(self, status: int, headers: Mapping[str, str], body: bytes) -> Ended:
        """What a refusal means for the person at the desk. Nothing that the server said is shown."""
        server = self.name
        if status == 401 and self._token:
            return Ended(
                Why.AUTH, Sentence("%(server)s does not accept the token. Enter another one in setup.", server=server)
            )
        if status in (401, 403) or (status == 422 and _wants_a_person(body)):
            return Ended(
                Why.FORBIDDEN_PLAN,
                Sentence("%(server)s shows its timelines to its members only. Name another server.", server=server),
            )
        if status == 429:
            said = Sentence("%(server)s wants us to ask less often.", server=server)
            return Ended(Why.RATE_LIMITED, said, retry_at=_reset(headers, self._clock.now()))
        if status in (301, 302, 307, 308):
            return Ended(Why.BAD_RULES, Sentence("%(server)s is elsewhere now. Name its new address.", server=server))
        if status in (404, 410):
            return Ended(Why.BAD_RULES, Sentence("%(server)s is no server of this kind.", server=server))
        said = Sentence("%(server)s is not working properly (%(status)s).", server=server, status=str(status))
        return Ended(Why.HTTP, said)

    def garbled(self) -> Ended:
        return Ended(
            Why.PROTOCOL,
            Sentence("%(server)s answered with something else than posts. Is there a login page in between?",
                     server=self.name),
        )  # fmt: skip


class _TooLong(Exception):
    pass


async def _read(content: aiohttp.StreamReader, longest: int) -> bytes:
    body = bytearray()
    async for some in content.iter_chunked(65_536):
        body += some
        if len(body) > longest:
            raise _TooLong
    return bytes(body)


def _newer(headers: Mapping[str, str]) -> str:
    """`min_id` of the page that the `Link` header calls the previous one: the newer."""
    for part in next((value for name, value in headers.items() if name.lower() == "link"), "").split(","):
        address, _, kind = part.partition(";")
        if 'rel="prev"' in kind.replace("'", '"').replace(" ", ""):
            try:
                return URL(address.strip().strip("<>")).query.get("min_id", "")[:200]
            except ValueError:
                return ""
    return ""


def _reset(headers: Mapping[str, str], at: datetime) -> datetime | None:
    """Mastodon writes a date, others seconds since 1970, some how long to wait."""
    told = {name.lower(): value.strip() for name, value in headers.items()}
    if (seconds := number_of(told.get("retry-after", ""))) is not None and seconds < 86_400:
        return at + timedelta(seconds=seconds)
    reset = told.get("x-ratelimit-reset", "")
    if (since_1970 := number_of(reset)) is not None:
        return datetime.fromtimestamp(since_1970, UTC) if 10**8 < since_1970 < 10**11 else None
    try:
        then = datetime.fromisoformat(reset)
    except ValueError:
        return None
    return then if then.tzinfo else then.replace(tzinfo=UTC)


def _wants_a_person(body: bytes) -> bool:
    try:
        said = object_of(json.loads(body))
    except (ValueError, RecursionError):
        return False
    words = [text_of(said.get("error")), *(text_of(one.get("message")) for one in objects_of(said.get("errors")))]
    return "authenticat" in " ".join(words).lower()
