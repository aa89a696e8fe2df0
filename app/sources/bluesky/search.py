"""Search for what was posted before we listened: only for who has an account, which an app password stands for."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp

from app.domain.incoming import Incoming
from app.domain.sentence import Sentence
from app.sources import Ended, Why
from app.sources.bluesky.appview import ANSWER_TIMEOUT, HEADERS, LONGEST_LIST
from app.sources.bluesky.looking_again import read_or_none
from app.sources.bluesky.settings import BlueskySettings
from app.sources.bluesky.text import tags_of
from app.sources.json_fields import Json, object_of, objects_of, text_of

CREATE_SESSION = "/xrpc/com.atproto.server.createSession"
SEARCH_POSTS = "/xrpc/app.bsky.feed.searchPosts"
POSTS_A_SEARCH = 100
MOST_SEARCHES = 10
"""So many pages of each hashtag: what is older than these is left where it is."""

REFUSED = Sentence("Bluesky does not accept this account and app password. Enter them again in setup.")
SEARCH_AWAY = Sentence("Bluesky's search cannot be reached.")
SEARCH_BUSY = Sentence("Bluesky wants us to search less often.")
SEARCH_BROKEN = Sentence("Bluesky's search is not working properly (%(status)s).")


class Search:
    """Signs in for each search: a session is kept nowhere. Whatever goes wrong comes out as `Ended`."""

    def __init__(self, settings: BlueskySettings) -> None:
        self._home = settings.home
        self._account, _, self._password = settings.account.partition(":")

    def __repr__(self) -> str:
        return f"Search({self._home})"

    @property
    def is_possible(self) -> bool:
        return bool(self._account and self._password)

    async def sign_in(self) -> str:
        """A token for a while. Raises `Ended`."""
        asked = {"identifier": self._account, "password": self._password}
        told = await self._ask("POST", CREATE_SESSION, json=asked)
        return text_of(told.get("accessJwt"), 10_000)

    async def posts(self, tags: Sequence[str], since: datetime) -> AsyncIterator[list[Incoming]]:
        """Posts with these hashtags since then, in pages, the newest first."""
        headers = {"Authorization": f"Bearer {await self.sign_in()}"}
        for tag in tags:
            cursor = ""
            for _ in range(MOST_SEARCHES):
                asked = {"q": f"#{tag}", "sort": "latest", "limit": str(POSTS_A_SEARCH), "since": _written(since)}
                params = {**asked, "cursor": cursor} if cursor else asked
                page = await self._ask("GET", SEARCH_POSTS, params=params, headers=headers)
                views = objects_of(page.get("posts"))
                found = (_read(view, tag, since) for view in views)
                yield [post for post in found if post is not None]
                cursor = text_of(page.get("cursor"), 1_000)
                if not cursor or not views:
                    break

    async def _ask(self, method: str, route: str, **asked: Any) -> Json:
        failure: Ended
        headers = HEADERS | asked.pop("headers", {})
        try:
            async with (
                aiohttp.ClientSession(timeout=ANSWER_TIMEOUT, headers=headers) as session,
                session.request(method, self._home + route, allow_redirects=False, **asked) as answer,
            ):
                if answer.status == 200:
                    return object_of(json.loads(await answer.content.read(LONGEST_LIST)))
                failure = _refusal(answer.status)
        except TimeoutError:
            failure = Ended(Why.STALLED, SEARCH_AWAY)
        except (aiohttp.ClientError, OSError, ValueError, RecursionError):
            failure = Ended(Why.NETWORK, SEARCH_AWAY)
        # Out of the `except`: what aiohttp raises carries the request, and so the password.
        raise failure


def _read(view: Json, tag: str, since: datetime) -> Incoming | None:
    """The search finds words that look alike too: only what bears the hashtag is ours."""
    record = object_of(view.get("record"))
    post = read_or_none(view)
    bears = post is not None and tag in tags_of(record, text_of(record.get("text")))
    return post if post is not None and bears and post.posted_at >= since else None


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").removesuffix("+00:00") + "Z"


def _refusal(status: int) -> Ended:
    if status in (400, 401, 403):
        return Ended(Why.AUTH, REFUSED)
    if status == 429:
        return Ended(Why.RATE_LIMITED, SEARCH_BUSY)
    return Ended(Why.HTTP, SEARCH_BROKEN.filled(status=str(status)))
