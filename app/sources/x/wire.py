"""The wire to X: real tweepy, one object for each connection. Nothing else imports tweepy.

tweepy's own stream loop reconnects without a pause after a clean close, retries what cannot be mended, and
dies of one bad line. So every webhook here raises, lines are not parsed, and `supervised.py` says what is next.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Never

import aiohttp
from tweepy.asynchronous import AsyncClient, AsyncStreamingClient

from app.domain.sentence import Sentence
from app.sources import Ended, Why
from app.sources.json_fields import Json, object_of
from app.sources.x.problems import misspelled, refusal
from app.sources.x.rules import details

TWEEPYS_HOST = "https://api.twitter.com"
LONGEST_LINE = 2**20
ANSWER_WITHIN = 30.0
CONNECT_WITHIN = 10.0

UNREACHABLE = Sentence("X cannot be reached. Check this machine's network.")
SILENT = Sentence("X has gone silent.")
CLOSED = Sentence("X closed the connection.")
GARBLED = Sentence("X answered with something that is not its API. Is there a login page in between?")

# tweepy writes the headers of its requests, and so the token, into its debug log.
logging.getLogger("tweepy.asynchronous.client").addFilter(lambda record: record.levelno > logging.DEBUG)
# It also logs what went wrong as an error of the program; the supervisor reports it in its own words.
logging.getLogger("tweepy.asynchronous.streaming").addFilter(lambda _: False)


@dataclass(slots=True)
class HttpAnswer:
    """What the last answer of one connection was."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


class Wire:
    """Requests to X, and its stream. Whatever goes wrong comes out as `Ended`; the token never does."""

    def __init__(self, token: str, base_url: str, *, spelling: str = "tweet", silence: float = 30.0) -> None:
        self._token, self._base_url, self._silence = token, base_url.rstrip("/"), silence
        self.spelling = spelling

    def __repr__(self) -> str:
        return f"Wire({self._base_url})"

    def garbled(self) -> Ended:
        return Ended(Why.PROTOCOL, GARBLED)

    async def look(self, route: str, params: dict[str, str]) -> Json:
        """Ask for posts with all their details. X is renaming its fields: it gets the names it knows."""
        answer = HttpAnswer()
        try:
            return await self.request("GET", route, params=params | details(self.spelling), answer=answer)
        except Ended:
            if not misspelled(answer.status, answer.body):
                raise
        self.spelling = "tweet" if self.spelling == "post" else "post"
        return await self.request("GET", route, params=params | details(self.spelling))

    async def request(
        self,
        method: str,
        route: str,
        *,
        params: dict[str, str] | None = None,
        body: Json | None = None,
        answer: HttpAnswer | None = None,
    ) -> Json:
        """Ask once. Raises `Ended` for anything but an answer with an object in it."""
        answer = answer or HttpAnswer()
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN, sock_connect=CONNECT_WITHIN, sock_read=self._silence)
        async with self._session(answer, timeout) as session:
            client = AsyncClient(self._token)
            client.session = _Elsewhere(session, self._base_url)
            failure: Exception | None = None
            try:
                response = await client.request(method, route, params=params or {}, json=body)
                content = await response.text("utf-8", "replace")
            except Exception as error:  # noqa: BLE001 - whatever it is, it comes out as `Ended`
                failure = error
        # Out of the `except`: what aiohttp raises carries the request's headers, and so the token.
        if failure is not None:
            raise _ended(failure, answer)
        return _object(content)

    async def stream(self, hear: Callable[[bytes], None], opened: Callable[[], None]) -> Never:
        """Hold one connection to the filtered stream until it ends, and raise why.

        `hear` gets raw lines, b'' for a heartbeat; what it raises ends the connection.
        """
        answer = HttpAnswer()
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_WITHIN, sock_read=self._silence)
        session = self._session(answer, timeout)
        one = _OneConnection(self._token, hear, opened)
        one.session = _Elsewhere(session, self._base_url)
        wanted = {name.replace(".", "_"): value for name, value in details("tweet").items()}
        task = one.filter(**wanted)
        try:
            await asyncio.wait({task})  # awaiting the task itself would swallow our own cancellation
        finally:
            task.cancel()
            await asyncio.wait({task})
            await session.close()
        failure = one.failure or task.exception() or Ended(Why.CLOSED, CLOSED)
        raise _ended(failure, answer)

    def _session(self, answer: HttpAnswer, timeout: aiohttp.ClientTimeout) -> aiohttp.ClientSession:
        trace = aiohttp.TraceConfig()

        async def note(_session: object, _context: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
            response = end.response
            answer.status, answer.headers = response.status, response.headers
            if response.status not in (200, 201):
                answer.body = (await response.read())[:65536].decode("utf-8", "replace")

        trace.on_request_end.append(note)
        return aiohttp.ClientSession(timeout=timeout, trace_configs=[trace], read_bufsize=LONGEST_LINE)


class _Elsewhere:
    """A session that takes what tweepy sends to its built-in host to another one."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session, self._base_url = session, base_url

    def request(self, method: str, url: object, **kwargs: Any) -> Any:
        url = str(url).replace(TWEEPYS_HOST, self._base_url, 1)
        kwargs = {name: value for name, value in kwargs.items() if value is not None}
        return self._session.request(method, url, max_redirects=3, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


class _OneConnection(AsyncStreamingClient):  # type: ignore[misc]
    """tweepy's stream, made to end at the first thing that happens to it."""

    def __init__(self, token: str, hear: Callable[[bytes], None], opened: Callable[[], None]) -> None:
        super().__init__(token)
        self._hear, self._opened = hear, opened
        self.failure: Exception | None = None

    async def on_connect(self) -> None:
        self._opened()

    async def on_data(self, raw_data: bytes) -> None:
        self._hear(raw_data)

    async def on_keep_alive(self) -> None:
        self._hear(b"")

    async def on_request_error(self, status_code: int) -> None:
        raise Ended(Why.HTTP, Sentence("X is not working properly (%(status)s).", status=str(status_code)))

    async def on_connection_error(self) -> None:
        # tweepy calls this while it handles the error, and does not pass it on.
        raise _network(sys.exc_info()[1])

    async def on_closed(self, resp: object) -> None:  # noqa: ARG002
        raise Ended(Why.CLOSED, CLOSED)

    async def on_exception(self, exception: Exception) -> None:
        self.failure = exception


def _ended(failure: BaseException, answer: HttpAnswer) -> Ended:
    """The reason behind a failure: X's own answer if there was one, else what the network did."""
    if answer.status and answer.status not in (200, 201):
        return refusal(answer.status, answer.headers, answer.body)
    if isinstance(failure, Ended):
        return Ended(failure.why, failure.sentence, retry_at=failure.retry_at)
    return _network(failure)


def _network(failure: BaseException | None) -> Ended:
    if isinstance(failure, TimeoutError) and not isinstance(failure, aiohttp.ConnectionTimeoutError):
        return Ended(Why.STALLED, SILENT)
    if isinstance(failure, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError | OSError):
        return Ended(Why.NETWORK, UNREACHABLE)
    if isinstance(failure, aiohttp.ClientError | ValueError):
        return Ended(Why.PROTOCOL, GARBLED)
    return Ended(
        Why.PROTOCOL,
        Sentence("Something unforeseen happened while talking to X (%(error)s).", error=type(failure).__name__),
    )


def _object(content: str) -> Json:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Ended(Why.PROTOCOL, GARBLED)
    return object_of(answer)
