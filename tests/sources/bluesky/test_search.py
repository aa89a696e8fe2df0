"""With an app password what was posted before we listened is found too; without one nobody asks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.sources.bluesky.network import BLUESKY
from tests.sources.bluesky.asking import settings_for, source
from tests.sources.bluesky.server import BlueskyServer
from tests.sources.keeping import Kept, listens

ACCOUNT = "nia.example:abcd-efgh"
DAY = timedelta(days=1)


@pytest.fixture
def there() -> Iterator[BlueskyServer]:
    with BlueskyServer() as server:
        server.accounts = {"nia.example": "abcd-efgh"}
        yield server


async def test_what_was_posted_before_comes_once_and_only_what_bears_the_hashtag(there: BlueskyServer) -> None:
    posted = [there.post(f"before {number} #box10") for number in range(5)]
    there.post("box10 without the sign, or a #box100")
    there.post("long ago #box10", record={"createdAt": (datetime.now(UTC) - 2 * DAY).isoformat()}, indexedAt=None)
    hidden = there.post("not for everybody #box10", labels=[{"val": "!hide"}])
    there.a_minute_passes()
    kept, done = Kept(), []

    def happens() -> bool:
        if len(kept.posts) == 5 and not done:
            done.append(there.post("after #box10"))
        return "after #box10" in kept.texts

    await listens(source(there, account=ACCOUNT), kept, happens)
    assert sorted(kept.refs) == sorted([*posted, *done])
    assert hidden not in kept.refs
    assert there.searched[0] == "#box10"


async def test_who_was_away_for_too_long_searches_for_what_was_missed(there: BlueskyServer) -> None:
    missed = there.post("while it was away #box10")
    there.noise(3)
    there.kept_since_us = there.events[-1]["us"]
    long_ago = there.events[0]["us"] - 10**12
    kept = Kept(position={"host": "another", "at_us": long_ago, "place": 5})
    await listens(source(there, account=ACCOUNT), kept, lambda: bool(kept.refs))
    assert set(kept.refs) == {missed}


@pytest.mark.parametrize("account", ["", "nia.example:wrong", "nia.example"])
async def test_without_an_account_it_listens_all_the_same(there: BlueskyServer, account: str) -> None:
    there.post("before #box10")
    there.a_minute_passes()
    kept, done = Kept(), []
    is_wrong = account == "nia.example:wrong"

    def happens() -> bool:
        ready = "does not accept" in kept.said[-1] if is_wrong and kept.said else bool(there.connected)
        if ready and not done:
            done.append(there.post("after #box10"))
        return kept.texts == ["after #box10"]

    await listens(source(there, account=account), kept, happens)
    assert there.searched == []
    assert "nia.example:wrong" not in repr(kept.said)


@pytest.mark.parametrize(
    ("account", "said", "refused"),
    [
        (ACCOUNT, "is searched for too", False),
        ("nia.example:wrong", "does not accept", True),
        ("abcd-efgh", "with a colon between", True),
    ],
)
async def test_it_is_looked_at_when_it_is_entered(
    there: BlueskyServer, account: str, said: str, *, refused: bool
) -> None:
    assert BLUESKY.token is not None
    found = await BLUESKY.token.check(BLUESKY.token.put(settings_for(there), account), {})
    assert said in str(found.said)
    assert found.refused is refused
    assert account not in repr(settings_for(there, account=account))


@pytest.mark.parametrize("answers", [False, True])
async def test_answers_are_followed_where_the_organiser_wants_them(there: BlueskyServer, *, answers: bool) -> None:
    first = there.post("who has the slides? #box10")
    kept, done = Kept(position={"host": there.host, "at_us": 0, "place": 1000}), []

    def happens() -> bool:
        if kept.refs == [first] and not done:
            reply = {"root": {"uri": first}, "parent": {"uri": first}}
            done.append(there.post("I have, see below", by="jo", record={"reply": reply}))
            deeper = {"root": {"uri": first}, "parent": {"uri": done[0]}}
            done.append(there.post("thank you", by="mira", record={"reply": deeper}))
            there.post("an answer to something else", record={"reply": {"parent": {"uri": "at://did:plc:x/y/z"}}})
            done.append(there.post("the last #box10"))
        return bool(done) and done[-1] in kept.refs

    await listens(source(there, answers=answers), kept, happens)
    assert kept.refs == [first, *(done if answers else done[-1:])]
