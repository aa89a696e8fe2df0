"""Asks Plaza again and again, over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from app.domain.incoming import Became, Byline, Incoming
from app.domain.source import SourceState
from app.queries.sources import Assignment, Position
from app.sources import Clock, Ended, Outlet, Why

EVERY_SECONDS = 0.05


@dataclass(frozen=True)
class Answer:
    posts: list[dict[str, Any]]
    date: str


class Plaza:
    """Plaza, for one Event."""

    def __init__(self, assignment: Assignment, url: str, key: str, clock: Clock) -> None:
        self._assignment, self._url, self._key, self._clock = assignment, url, key, clock

    async def run(self, outlet: Outlet, position: Position) -> None:
        after = int(str(position.get("after", 0)))
        while True:
            answer = await asked(self._url, self._key, after=after)
            found: list[Became] = [read_post(post) for post in answer.posts if post["tag"] in self._assignment.hashtags]
            after = max([after, *(post["id"] for post in answer.posts)])
            await outlet.store(found, {"after": after})
            await outlet.say(SourceState.LIVE, f"Listening at {self._assignment.options.get('square', 'the market')}.")
            await self._clock.sleep(EVERY_SECONDS)

    async def recheck(self, refs: dict[str, str]) -> list[Became]:
        return []


def read_post(post: Mapping[str, Any]) -> Incoming:
    return Incoming(
        source="plaza",
        ref=str(post["id"]),
        byline=Byline(handle=post["by"], name=post["by"].title()),
        text=post["text"],
        posted_at=datetime.now(UTC),
        url=f"https://plaza.example/{post['id']}",
    )


async def asked(url: str, key: str, *, after: int) -> Answer:
    """What was said there since. Raises `Ended` for everything else."""
    params, headers = {"after": str(after)}, {"Key": key}
    try:
        async with aiohttp.ClientSession() as session, session.get(url, params=params, headers=headers) as answer:
            if answer.status != 200:
                raise Ended(Why.AUTH, "Plaza does not take the key.")
            return Answer(await answer.json(), answer.headers["Date"])
    except aiohttp.ClientError:
        raise Ended(Why.NETWORK, "Plaza cannot be reached.") from None
