"""What our server sends to others: web requests to addresses that organisers named, and e-mail."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from app.domain.sentence import Sentence
from app.outbound.allowed_addresses import Private, asked, check_address, is_allowed, public_connector

REQUEST_SECONDS = 8.0
MAX_CONNECTIONS = 8
MAX_ANSWER_BYTES = 2_000
"""Bytes of an answer that are looked at."""
MAX_ANSWER_LETTERS = 200


SIGNATURE = "X-Backchannel-Signature"


class Undelivered(Exception):
    """It did not arrive; the sentence says why, for the organiser. `answered` is what came back, never for a log.

    What was refused `for_good` is refused again.
    """

    def __init__(self, said: str, answered: str = "", *, for_good: bool = False) -> None:
        super().__init__(said)
        self.answered, self.for_good = answered, for_good


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back: the status, and the beginning of the words."""

    status: int
    words: str


def signature(secret: str, body: bytes) -> str:
    """What proves to a receiver that a request is from us."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def refusal(url: str, allowed: frozenset[str], *, secure: bool = False) -> str:
    """Why an address will not be asked, in a sentence; '' if it may be. `secure` asks for https besides."""
    try:
        check_address(url, allowed)
        known = is_allowed(url, allowed)
    except Private:
        return Sentence(
            "“%(url)s” is not a public web address. HOOK_HOSTS in the server’s settings may allow it.", url=url[:80]
        )
    if secure and not url.lower().startswith("https:") and not known:
        return Sentence("What is sent there must not be read on the way: the address must begin with https://.")
    return ""


class Outgoing:
    """Posts to web addresses. `allowed` are host:port that may be private."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Send, follow no redirect, and give the answer. Raises Undelivered for anything but a 2xx answer in time."""
        try:
            check_address(url, self._allowed)
            async with (
                asyncio.timeout(REQUEST_SECONDS),
                self._open().post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                words = _plain(await response.content.read(MAX_ANSWER_BYTES))
        except Private as error:
            raise Undelivered(Sentence("%(host)s: %(why)s", host=_host(url), why=str(error))) from None
        except TimeoutError:
            seconds = int(REQUEST_SECONDS)
            late = Sentence("%(host)s did not answer within %(most)d seconds", host=_host(url), most=seconds)
            raise Undelivered(late) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            away = Sentence("%(host)s could not be reached: %(why)s", host=_host(url), why=_why(error))
            raise Undelivered(away) from None
        if not 200 <= response.status < 300:
            said = Sentence("%(host)s answered %(status)s", host=_host(url), status=str(response.status))
            raise Undelivered(said, words)
        return HttpAnswer(response.status, words)

    async def post_signed(self, url: str, secret: str, told: Mapping[str, object]) -> HttpAnswer:
        """Send JSON to somebody who knows our secret. Raises Undelivered."""
        body = json.dumps(told, ensure_ascii=False).encode()
        return await self.post(url, body, {"Content-Type": "application/json", SIGNATURE: signature(secret, body)})

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = public_connector(self._allowed, limit=MAX_CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _why(error: Exception) -> str:
    """In words where we know them."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return Sentence("its certificate does not hold")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Sentence("its name leads to no public address")
    if isinstance(error, aiohttp.ClientConnectorError):
        return Sentence("nothing answers there")
    return type(error).__name__


def _plain(content: bytes) -> str:
    words = " ".join(content.decode(errors="replace").split())
    return "".join(letter for letter in words[:MAX_ANSWER_LETTERS] if letter.isprintable())


def _host(url: str) -> str:
    """Only the host: the rest of an address may be a secret."""
    try:
        return asked(url)[0]
    except Private:
        return "the address"
