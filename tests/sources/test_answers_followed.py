"""What answers a post on the screens is followed where the organiser wants it, at every network; otherwise nowhere."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions.sources import add_sources, change_source
from app.actions.verdicts import approve
from app.domain.decision import Actor
from app.domain.post import Post
from app.domain.source import SourceState
from app.sources.x.answers import queries
from tests.networks import bluesky_at, mastodon_at
from tests.sources.bluesky.server import V2, BlueskyServer
from tests.sources.mastodon.server import MastodonServer
from tests.sources.x.desk import Desk, desk
from tests.until import until

Says = Callable[[str, str], str]
"""Somebody says this; after the address of what it answers, or ''. Gives its own."""


@dataclass
class Place:
    box10: Desk
    kind: str
    says: Says
    servers: str = ""

    async def listens(self, *, answers: bool, **more: object) -> None:
        options = {"servers": self.servers, "answers": answers, **more}
        at, doors, event_id = datetime.now(UTC), self.box10.doors, self.box10.event.id
        await doors.do(add_sources, event_id, self.box10.networks.keys, at=at)
        await doors.do(change_source, event_id, "x", enabled=False, options={}, at=at)
        await doors.do(change_source, event_id, self.kind, enabled=True, options=options, at=at)
        self.box10.start()
        await self.box10.until(lambda: {SourceState.LIVE, SourceState.POLLING} & {*self.box10.told})

    async def shows(self, text: str) -> Post:
        [post] = [one for one in await self.has(text) if one.text == text]
        await self.box10.doors.do(approve, post.id, by=Actor("Asha"), at=datetime.now(UTC))
        return post

    async def has(self, *texts: str) -> list[Post]:
        return await self.box10.where(lambda posts: {*texts} <= {post.text for post in posts})


@asynccontextmanager
async def at_x(box10: Desk) -> AsyncIterator[Place]:
    def says(text: str, answers: str) -> str:
        return box10.x.post("mira", text, reply_to=answers or None).id

    yield Place(box10, "x", says)


@asynccontextmanager
async def at_mastodon(box10: Desk) -> AsyncIterator[Place]:
    with MastodonServer() as there:
        box10.others = (mastodon_at(there.name),)

        def says(text: str, answers: str) -> str:
            return there.post(f"<p>{text}</p>", tag="box10" if "#box10" in text else "", answers=answers)

        yield Place(box10, "mastodon", says, there.url)


@asynccontextmanager
async def at_bluesky(box10: Desk) -> AsyncIterator[Place]:
    roots: dict[str, str] = {}
    with BlueskyServer() as there:
        box10.others = (bluesky_at(there.jetstream(V2), there.appview),)

        def says(text: str, answers: str) -> str:
            root = roots.get(answers, answers)
            reply = {"reply": {"root": {"uri": root}, "parent": {"uri": answers}}} if answers else {}
            uri = there.post(text, record=reply)
            roots[uri] = root or uri
            return uri

        yield Place(box10, "bluesky", says)


PLACES = pytest.mark.parametrize("place", [at_x, at_mastodon, at_bluesky], ids=["x", "mastodon", "bluesky"])


@pytest.fixture
async def stack(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncExitStack]:
    monkeypatch.setattr("app.sources.x.answers.SEARCH_EVERY", timedelta(0))
    async with AsyncExitStack() as made:
        yield made


@PLACES
async def test_answers_and_what_answers_these_come_without_the_hashtag(
    tmp_path: Path, stack: AsyncExitStack, place: Callable[[Desk], Place]
) -> None:
    there: Place = await stack.enter_async_context(place(await stack.enter_async_context(desk(tmp_path))))  # type: ignore[arg-type]
    await there.listens(answers=True)
    asked = there.says("Who has the slides? #box10", "")
    question = await there.shows("Who has the slides? #box10")
    answer = there.says("I have, see below", asked)
    there.says("thank you", answer)
    found = await there.has("I have, see below", "thank you")
    there.says("another one, later", asked)
    there.says("nothing to do with it", "")
    there.says("the last #box10", "")
    found = await there.has("another one, later", "the last #box10")
    assert sorted(post.text for post in found) == sorted(
        [question.text, "I have, see below", "thank you", "another one, later", "the last #box10"]
    )


@PLACES
async def test_nobody_follows_answers_who_was_not_asked_to(
    tmp_path: Path, stack: AsyncExitStack, place: Callable[[Desk], Place]
) -> None:
    there: Place = await stack.enter_async_context(place(await stack.enter_async_context(desk(tmp_path))))  # type: ignore[arg-type]
    await there.listens(answers=False)
    asked = there.says("Who has the slides? #box10", "")
    await there.shows("Who has the slides? #box10")
    there.says("I have, see below", asked)
    for number in range(3):
        there.says(f"and later {number} #box10", "")
        found = await there.has(f"and later {number} #box10")
    assert "I have, see below" not in {post.text for post in found}
    assert "conversation_id:" not in str([seen.query for seen in there.box10.x.requests])


async def test_at_the_cap_of_a_day_no_conversation_is_searched(tmp_path: Path, stack: AsyncExitStack) -> None:
    box10 = await stack.enter_async_context(desk(tmp_path))
    there = await stack.enter_async_context(at_x(box10))
    await there.listens(answers=True, cap="0.005")
    asked = there.says("Who has the slides? #box10", "")
    await there.shows("Who has the slides? #box10")
    await box10.until(lambda: any("may cost is reached" in said for _, said in box10.bus.told))
    seen = len(box10.x.requests)
    there.says("I have, see below", asked)
    await until(lambda: sum("ids" in one.query for one in box10.x.requests[seen:]) >= 3)
    assert not [one for one in box10.x.requests[seen:] if "conversation_id:" in str(one.query)]


def test_each_conversation_is_in_one_query_and_none_is_longer_than_x_takes() -> None:
    refs = [str(10**18 + number) for number in range(120)]
    made = [*queries(refs)]
    assert [ref for query in made for ref in refs if f"conversation_id:{ref}" in query] == refs
    assert max(map(len, made)) <= 512
    assert len(made) == 10
