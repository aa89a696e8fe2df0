"""What became of kept posts is asked again and again: who is asked for first, what is told, and what is not."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.actions.arrivals import receive
from app.actions.authors import block_author
from app.actions.sources import report_unseen, take_in
from app.actions.verdicts import approve, reject, stash
from app.domain.decision import Actor
from app.domain.incoming import Account, Became, Byline, Incoming, Quoted, Withdrawal
from app.domain.sentence import Sentence
from app.queries.desk import desk_cards
from app.queries.sources import assignments, posts_on_screens, posts_to_recheck
from app.sources.rechecks import Rechecks
from app.sources.x.network import X
from app.sources.x.source import XSource
from tests.sources.x.desk import QUICK, Desk, desk
from tests.x_server.people import Post as Theirs

ASHA = Actor("Asha")
ON_THE_WALL = 60


@pytest.fixture
async def box10(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path) as made:
        yield made


class Told:
    """Stores as the supervisor does, and remembers what was said."""

    def __init__(self, box10: Desk) -> None:
        self._box10, self.said, self.found = box10, list[tuple[datetime | None, str]](), list[Became]()

    async def store(self, found: Sequence[Became]) -> None:
        self.found += found
        source = await self._box10.source()
        await self._box10.doors.do(take_in, source.id, found, None, at=datetime.now(UTC))

    async def may_go_on(self) -> None: ...

    async def unseen(self, since: datetime | None, why: str) -> None:
        self.said.append((since, why))


async def rechecks(box10: Desk) -> tuple[Rechecks, Told]:
    [assignment] = await box10.doors.ask(assignments, box10.networks)
    source: XSource = X.make(assignment, box10.settings, QUICK)  # type: ignore[assignment]
    told = Told(box10)
    return Rechecks(box10.doors, assignment, source, told, QUICK), told


def byline_of(box10: Desk, theirs: Theirs) -> Byline:
    """As X shows who wrote it."""
    author = theirs.author
    picture = f"{box10.x.url}/media/avatar/{author.username}.png"
    return Byline(author.username, author.name, picture, f"https://x.com/{author.username}", ref=author.id)


async def keep(box10: Desk, theirs: Theirs, quote: Quoted | None = None) -> int:
    post = Incoming(
        source="x",
        ref=theirs.id,
        version_ref=theirs.id,
        byline=byline_of(box10, theirs),
        text=f"{theirs.text} {theirs.id}",
        posted_at=datetime.now(UTC),
        quote=quote,
    )
    return int((await box10.doors.do(receive, box10.event.id, post, at=datetime.now(UTC))).post_id)


async def a_day(box10: Desk, many: int) -> tuple[list[Theirs], list[int]]:
    """So many kept posts: the oldest are on the wall, others wait, were stashed or rejected."""
    theirs = [box10.x.post(f"u{number % 50}", f"number {number} #box10") for number in range(many)]
    ids = [
        post_id
        for start in range(0, many, 1_000)
        for post_id in await asyncio.gather(*(keep(box10, one) for one in theirs[start : start + 1_000]))
    ]
    at = datetime.now(UTC)
    await asyncio.gather(*(box10.doors.do(approve, post_id, by=ASHA, at=at) for post_id in ids[:ON_THE_WALL]))
    await box10.doors.do(reject, ids[many // 2], by=ASHA, at=datetime.now(UTC))
    await box10.doors.do(stash, ids[many // 2 + 1], by=ASHA, at=datetime.now(UTC))
    return theirs, ids


def asked(box10: Desk) -> list[list[str]]:
    return [seen.query["ids"].split(",") for seen in box10.x.requests if "ids" in seen.query]


async def test_of_more_than_a_pass_holds_the_rest_comes_in_the_next_and_screens_in_each(
    box10: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sources.rechecks.CHECKED_AT_ONCE", 100)
    theirs, _ = await a_day(box10, 250)
    passing, _ = await rechecks(box10)
    for _ in range(3):
        await passing.once()
    requests = asked(box10)
    shown = [one.id for one in reversed(theirs[:ON_THE_WALL])]
    assert [number for number, some in enumerate(requests) if some == shown] == [0, 2, 4]
    assert {post_id for some in requests for post_id in some} == {one.id for one in theirs}


async def test_what_is_on_screens_is_what_an_audience_may_see(box10: Desk) -> None:
    _, ids = await a_day(box10, 150)
    event_id = box10.event.id
    shown = await box10.doors.ask(posts_on_screens, event_id, "x", limit=500)
    assert [post.id for post in shown] == list(reversed(ids[:ON_THE_WALL]))
    every = await box10.doors.ask(posts_to_recheck, event_id, "x", below=0, limit=500)
    assert [post.id for post in every] == list(reversed(ids))
    assert await box10.doors.ask(posts_on_screens, event_id, "mastodon", limit=500) == []


@pytest.mark.parametrize("away", ["delete", "protect", "suspend", "withhold"])
async def test_a_quoted_post_that_is_taken_away_leaves_the_card_and_the_card_stays(box10: Desk, away: str) -> None:
    quoted = box10.x.post("ann", "The original thought")
    quoting = box10.x.quote("jo", quoted, "So true #box10")
    whole = Quoted(available=True, byline=Byline(handle="ann", name="Ann"), text=quoted.text, url="https://x.com/q")
    post_id = await keep(box10, quoting, whole)
    await box10.doors.do(approve, post_id, by=ASHA, at=datetime.now(UTC))
    passing, told = await rechecks(box10)
    await passing.once()
    assert told.found == []
    {
        "delete": lambda: box10.x.delete(quoted),
        "protect": lambda: box10.x.protect("ann"),
        "suspend": lambda: box10.x.suspend("ann"),
        "withhold": lambda: box10.x.withhold(quoted, ["GB"]),
    }[away]()
    for _ in range(2):
        await passing.once()
        [post] = await box10.stored()
        assert post.quote is not None
        assert (post.quote["available"], post.quote["text"], post.quote["handle"]) == (False, "", "")
        assert (post.verdict, post.withdrawn_at) == ("approved", None)


async def test_what_an_answer_leaves_out_without_a_word_is_asked_for_once_more(box10: Desk) -> None:
    theirs = [box10.x.post("jo", f"number {number} #box10") for number in range(3)]
    for one in theirs:
        await keep(box10, one)
    passing, told = await rechecks(box10)
    box10.x.leave_out(theirs[0], times=100)
    box10.x.leave_out(theirs[1], times=1)
    await passing.once()
    first, again = asked(box10)
    assert sorted(again) == sorted([theirs[0].id, theirs[1].id])
    assert len(first) == 3
    assert told.found == [Withdrawal("x", theirs[0].id, "not to be had any more")]


@pytest.mark.parametrize("status", [402, 403, 429, 503])
async def test_while_nothing_can_be_noticed_it_is_said_and_then_taken_back(box10: Desk, status: int) -> None:
    await a_day(box10, 3)
    passing, told = await rechecks(box10)
    await passing.once()
    assert told.said == []
    box10.x.fault("http", status=status, on="lookup", times=50)
    await passing.once()
    await passing.once()
    assert all(since is not None and why for since, why in told.said)
    assert len({since for since, _ in told.said}) == 1
    box10.x.clear_faults()
    await passing.once()
    assert told.said[-1] == (None, "")


async def test_an_account_that_is_renamed_is_followed_by_the_look_up_whether_it_posts_again_or_not(
    box10: Desk,
) -> None:
    theirs = box10.x.post("gwen", "Lovely keynote #box10")
    post_id = await keep(box10, theirs)
    await box10.doors.do(approve, post_id, by=ASHA, at=datetime.now(UTC))
    passing, told = await rechecks(box10)
    await passing.once()
    assert told.found == []
    # Its own words still stand, under the name that was approved; the desk is told.
    box10.x.rename("gwen", username="gwendolen", name="Gwendolen")
    for _ in range(2):
        await passing.once()
    [one] = told.found
    assert isinstance(one, Account)
    assert (one.ref, one.byline.handle) == (theirs.id, "gwendolen")
    card = (await box10.doors.ask(desk_cards, [post_id]))[post_id]
    assert (card.post.verdict, card.author.name, card.author.now) == ("approved", "gwen", "Gwendolen")
    assert (card.author.handle, card.author.now_handle) == ("gwen", "gwendolen")
    # A handle or name that would be held takes the card away.
    box10.x.rename("gwendolen", username="prof_wanker")
    await passing.once()
    [post] = await box10.stored()
    assert (post.verdict, post.decided_by) == ("held", "")
    assert {signal["field"] for signal in post.signals if signal["field"] != "text"} == {"now_handle"}
    # Whatever they are called: who is blocked stays blocked.
    await box10.doors.do(block_author, post.author_id, by=ASHA, at=datetime.now(UTC))
    box10.x.rename("prof_wanker", username="new_here", name="New Here")
    again = await keep(box10, box10.x.post("new_here", "Hello again #box10"))
    [_, second] = await box10.stored()
    assert (second.id, second.author_id, second.verdict) == (again, post.author_id, "rejected")


async def test_whoever_is_started_meanwhile_knows_what_was_said_and_takes_it_back(box10: Desk) -> None:
    await a_day(box10, 3)
    source = await box10.source()
    said = Sentence("What is deleted there cannot be noticed since %(time)s: %(why)s", time="09:12", why="the cable")
    await box10.doors.do(report_unseen, source.id, said, at=datetime.now(UTC))
    later = Sentence(said.message, time="10:40", why="X has gone silent.")
    await box10.doors.do(report_unseen, source.id, later, at=datetime.now(UTC))
    assert (await box10.source()).unseen == said.filled(time="09:12", why="X has gone silent.")
    passing, told = await rechecks(box10)
    await passing.once()
    assert told.said == [(None, "")]
