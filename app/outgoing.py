"""What our server sends to others: web requests to addresses that organisers named, and e-mail."""

import asyncio
import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiohttp

from app.addresses import Private, PublicResolver, check_address

SECONDS = 8.0
AT_ONCE = 8
ANSWER = 2_000
"""Bytes of an answer that are looked at."""


class Undelivered(Exception):
    """It did not arrive; the sentence says why, for the organiser."""


class Outgoing:
    """Posts to web addresses. `allowed` are host:port that may be private."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send, follow no redirect, and give the status. Raises Undelivered for anything but a 2xx answer in time."""
        try:
            check_address(url, self._allowed)
            async with (
                asyncio.timeout(SECONDS),
                self._open().post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                await response.content.read(ANSWER)
        except Private as error:
            raise Undelivered(f"{_host(url)}: {error}") from None
        except TimeoutError:
            raise Undelivered(f"{_host(url)} did not answer within {SECONDS:.0f} seconds") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Undelivered(f"{_host(url)} could not be reached ({type(error).__name__})") from None
        if not 200 <= response.status < 300:
            raise Undelivered(f"{_host(url)} answered {response.status}")
        return response.status

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = PublicResolver(self._allowed)
            connector = aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit=AT_ONCE)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self._session


async def send_mail(server: str, message: EmailMessage) -> None:
    """Hand an e-mail to a server named as smtp://user:password@host:587 or smtps://…. Raises Undelivered."""
    try:
        await asyncio.to_thread(_hand_over, server, message)
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(f"the mail server did not take it ({type(error).__name__})") from None


def _hand_over(server: str, message: EmailMessage) -> None:
    parts = urlsplit(server)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise OSError("SMTP_URL is not like smtp://host:587")
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname, parts.port or (465 if parts.scheme == "smtps" else 587), timeout=SECONDS) as smtp:
        smtp.ehlo()
        if parts.scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls()
        if parts.username:
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
        smtp.send_message(message)


def _host(url: str) -> str:
    """Only the host: the rest of an address may be a secret."""
    return urlsplit(url).hostname or "the address"
