"""Look-ups at Bluesky's AppView: what a post and its author look like now. Open to everybody."""

import json
from collections.abc import Iterable
from datetime import timedelta

import aiohttp

from app.domain.sentence import Sentence
from app.sources import Clock, Ended, Why
from app.sources.json_fields import Json, object_of, objects_of, text_of
from app.sources.turns import Turns

GET_POSTS = "/xrpc/app.bsky.feed.getPosts"
URIS_A_REQUEST = 25
ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=20, sock_connect=8)
APPVIEW_REQUESTS = 2_700
CALM_APPVIEW_REQUESTS = 2_000
RATE_WINDOW = timedelta(minutes=5)
"""It allows an address 3,000 requests in five minutes."""
LONGEST_LIST = 8 * 1024 * 1024
HEADERS = {"User-Agent": "Backchannel (live conference backchannel)", "Accept": "application/json"}


class NotTaken(Ended):
    """One of the addresses that were asked for is none for it."""


class AppView:
    """Requests to one AppView, not more than it allows. Whatever goes wrong comes out as `Ended`."""

    def __init__(self, base_url: str, clock: Clock) -> None:
        self._base_url = base_url
        self._turns = Turns(clock, most=APPVIEW_REQUESTS, calm=CALM_APPVIEW_REQUESTS, window=RATE_WINDOW)

    async def posts(self, uris: Iterable[str], *, calmly: bool = False) -> dict[str, Json]:
        """These posts by their address, as they are now; those that are gone, or not there yet, are left out.

        At most as many as one request takes; who looks after what is kept asks `calmly`.
        """
        asked = [("uris", uri) for uri in uris]
        if not asked:
            return {}
        await self._turns.wait(calmly=calmly)
        failure: Ended
        try:
            async with (
                aiohttp.ClientSession(timeout=ANSWER_TIMEOUT, headers=HEADERS) as session,
                session.get(self._base_url + GET_POSTS, params=asked, max_redirects=3) as answer,
            ):
                if answer.status != 200:
                    failure = _refusal(answer.status)
                else:
                    content = object_of(json.loads(await answer.content.read(LONGEST_LIST)))
                    if "posts" in content:
                        return {text_of(one.get("uri"), 300): one for one in objects_of(content.get("posts"))}
                    failure = _garbled()
        except TimeoutError:
            failure = Ended(Why.STALLED, Sentence("Bluesky's look-ups do not answer."))
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError):
            failure = Ended(Why.NETWORK, Sentence("Bluesky's look-ups cannot be reached."))
        except (aiohttp.ClientError, ValueError, RecursionError):
            failure = _garbled()
        raise failure


def _refusal(status: int) -> Ended:
    if status == 429:
        return Ended(Why.RATE_LIMITED, Sentence("Bluesky wants us to look up less often."))
    said = Sentence("Bluesky's look-ups are not working properly (%(status)s).", status=str(status))
    return NotTaken(Why.HTTP, said) if status == 400 else Ended(Why.HTTP, said)


def _garbled() -> Ended:
    return Ended(
        Why.PROTOCOL, Sentence("Bluesky's look-ups answered something else. Is there a login page in between?")
    )
