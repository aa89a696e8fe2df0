"""With somebody's token a server's stream is listened to: posts, edits and deletions at once, and nothing is lost."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.source import SourceState
from app.sources import Clock
from tests.sources.keeping import Kept, listens
from tests.sources.mastodon.asking import ULID, source
from tests.sources.mastodon.server import MastodonServer


@pytest.fixture
def there() -> Iterator[MastodonServer]:
    with MastodonServer(ids=ULID) as server:
        server.accounts = {"ours"}
        yield server


async def follows(server: MastodonServer, kept: Kept, content: Any, **more: Any) -> Any:
    """Listen with the account's token until there is what was waited for; the stream is open before it is looked."""
    listening = source(server, token="ours", every=more.pop("every", 0.02), **more)
    await listens(listening, kept, content)
    return listening


async def test_what_is_posted_edited_and_deleted_comes_by_the_stream(there: MastodonServer) -> None:
    before = there.post("<p>before anybody listened</p>")
    kept, done = Kept(), []

    def happens() -> bool:
        if there.streams.subscribed and SourceState.LIVE in kept.states and kept.texts and not done:
            there.asked.clear()
            done.append(there.post("<p>now</p>"))
            there.edit(done[0], "<p>now, better</p>")
            there.delete(before)
            there.post("<p>of something else</p>", tag="other")
            there.post("<p>for followers</p>", visibility="private")
        return bool(kept.gone)

    await follows(there, kept, happens)
    assert kept.texts == ["before anybody listened", "now", "now, better"]
    assert [one.version for one in kept.posts[1:]] == [0, 1]
    assert kept.gone == {kept.refs[0]}
    assert sum("timelines" in path for path in there.asked) <= 1  # once after it opened, for what was missed
    assert there.streams.subscribed == ["box10"]
    assert f"Listening to {there.name}." in kept.said[-1]


async def test_one_that_becomes_private_leaves(there: MastodonServer) -> None:
    kept, done = Kept(), []
    known = there.post("<p>for everybody</p>")

    def happens() -> bool:
        if there.streams.subscribed and SourceState.LIVE in kept.states and kept.texts and not done:
            done.append(1)
            there.find(known)["visibility"] = "private"
            there.edit(known, "<p>for friends</p>")
        return bool(kept.gone)

    await follows(there, kept, happens)
    assert kept.texts == ["for everybody"]


@pytest.mark.parametrize("code", [1000, 1001, 1011, 1012])
async def test_whoever_is_cut_off_comes_back_and_asks_for_what_was_missed(there: MastodonServer, code: int) -> None:
    kept, done = Kept(), []

    async def soon(seconds: float) -> None:
        await asyncio.sleep(0 if seconds == 0 else min(seconds, 0.01))

    def happens() -> bool:
        if SourceState.LIVE in kept.states and not done:
            done.append(1)
            there.streams.refused_with = 503  # it stays shut until the cut was noticed, however quickly one comes back
            there.streams.close(code)
        if done == [1] and SourceState.POLLING in kept.states[kept.states.index(SourceState.LIVE) :]:
            done.append(2)
            there.post("<p>while nobody listened</p>")
            there.streams.refused_with = None
        return "while nobody listened" in kept.texts and len(there.streams.subscribed) > 1

    await follows(there, kept, happens, clock=Clock(sleep=soon))
    assert kept.refs == list(dict.fromkeys(kept.refs)) or len(set(kept.refs)) == 1


@pytest.mark.parametrize(
    ("refused_with", "token"), [(None, "revoked"), (403, "ours"), (404, "ours"), (500, "ours"), (429, "ours")]
)
async def test_without_the_stream_the_timeline_is_asked_and_the_desk_is_told(
    there: MastodonServer, refused_with: int | None, token: str
) -> None:
    there.streams.refused_with = refused_with
    there.post("<p>asked for</p>")
    kept = Kept()
    listening = source(there, token=token)
    await listens(listening, kept, lambda: bool(kept.texts) and "stream" in (kept.said or [""])[-1])
    assert kept.states[-1] is SourceState.POLLING
    assert token not in repr(kept.said)


GARBLED = ["not JSON", "[]", '{"event":"update","payload":"{"}', '{"event":"update","payload":5}']


async def test_a_few_bad_frames_take_nothing_with_them_and_ten_end_the_stream(there: MastodonServer) -> None:
    there.streams.raw = [
        *GARBLED, '{"event":"notification","payload":"{}"}', '{"event":"delete","payload":null}', "{}",
        json.dumps({"stream": ["hashtag", "box10"], "event": "update", "payload": json.dumps({"uri": 5})}),
    ]  # fmt: skip
    kept, done = Kept(), []

    def happens() -> bool:
        if SourceState.LIVE in kept.states and not there.streams.raw and not done:
            done.append(there.post("<p>still here</p>"))
        return kept.texts == ["still here"]

    await follows(there, kept, happens)
    there.streams.raw, again = GARBLED * 3, Kept()
    await follows(there, again, lambda: any("cannot be read" in said for said in again.said))


async def test_the_token_goes_to_the_server_of_its_account_and_nowhere_else(there: MastodonServer) -> None:
    with MastodonServer() as other:
        other.accounts = {"ours"}
        for server in (there, other):
            server.post(f"<p>{server.name}</p>")
        kept = Kept()
        listening = source(other, there, token="ours", whose=there.name, every=0.02)
        await listens(listening, kept, lambda: len(kept.texts) == 2 and there.streams.subscribed != [])
        assert other.streams.subscribed == []
        assert all("ours" not in path for path in (*there.asked, *other.asked))
        assert "ours" not in repr(listening._servers)


async def test_another_reader_is_told_the_same_by_the_stream() -> None:
    """It reads the ids of deleted ones as numbers, so this server has such."""
    from mastodon import Mastodon, StreamListener

    class Listener(StreamListener):
        def __init__(self) -> None:
            self.told: list[tuple[str, str]] = []

        def on_update(self, status: Any) -> None:
            self.told.append(("made", str(status.id)))

        def on_status_update(self, status: Any) -> None:
            self.told.append(("edited", str(status.id)))

        def on_delete(self, status_id: Any) -> None:
            self.told.append(("deleted", str(status_id)))

    with MastodonServer() as there:
        there.accounts = {"ours"}
        listener, kept, done = Listener(), Kept(), []
        other = Mastodon(api_base_url=there.url, access_token="ours", version_check_mode="none")
        handle = other.stream_open_websocket(listener)
        handle.subscribe("hashtag", tag="box10")

        def happens() -> bool:
            if len(there.streams.subscribed) == 2 and SourceState.LIVE in kept.states and not done:
                done.append(there.post("<p>for both</p>"))
                there.edit(done[0], "<p>for both, better</p>")
                there.delete(done[0])
            return bool(kept.gone) and len(listener.told) == 3

        await follows(there, kept, happens)
        assert listener.told == [(what, done[0]) for what in ("made", "edited", "deleted")]
        assert kept.texts == ["for both", "for both, better"]
        handle.close()
