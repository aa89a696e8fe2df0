"""Half of a surrogate pair and NUL: repaired wherever they come in, on both databases, and nothing ends of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.actions.arrivals import receive
from app.actions.events import change_event
from app.actions.links import give_link
from app.actions.sources import change_source, take_in
from app.domain.access import Role
from app.domain.event import Event
from app.domain.incoming import Byline, Photo, Quoted, ReplyTo, Segment, Withdrawal
from app.domain.post import Post
from app.files.recorded import open_recording
from app.queries.events import event_by_id, event_by_slug
from app.queries.posts import post_by_id, post_by_ref
from app.sources.networks import NETWORKS
from app.sources.replay import replay
from app.store.doors import Backchannel
from app.store.text_repair import as_json
from tests.conftest import NOON, incoming
from tests.store.stores import doors, event, store

__all__ = ["doors", "event", "store"]

CUT = "cut \ud83d here\0"
WHOLE = "cut \ufffd here\ufffd"


def everywhere(ref: str) -> Any:
    """A post with such a text in each of its places."""
    byline = Byline(handle=f"h{CUT}", name=CUT, avatar_url=f"https://e.example/{CUT}", url=CUT, verified="\0")
    return incoming(
        CUT,
        ref=f"{ref}{CUT}",
        byline=byline,
        segments=(Segment("text", CUT, CUT),),
        photos=(Photo(f"https://e.example/b{CUT}", CUT),),
        quote=Quoted(True, byline, CUT, CUT),
        reply_to=ReplyTo(CUT, CUT),
        hashtags=(CUT,),
        lang="\0",
        url=CUT,
    )


async def test_a_post_is_stored_repaired(doors: Backchannel, event: Event) -> None:
    post_id = (await doors.do(receive, event.id, everywhere("1"), at=NOON)).post_id
    post = await doors.ask(post_by_id, post_id)
    assert isinstance(post, Post)
    assert (post.text, post.byline["name"], post.quote and post.quote["text"]) == (WHOLE, WHOLE, WHOLE)
    assert "\0" not in str(post.model_dump())
    assert await doors.ask(post_by_ref, event.id, "x", f"1{CUT}") is not None


async def test_a_source_goes_on_after_one(doors: Backchannel, event: Event) -> None:
    source = await doors.do(change_source, event.id, "x", enabled=True, options={}, at=NOON)
    found = [everywhere("1"), Withdrawal("x", f"none{CUT}", CUT), incoming("the next one", ref="2")]
    await doors.do(take_in, source.id, found, {"since": CUT}, at=NOON)
    assert await doors.ask(post_by_ref, event.id, "x", "2") is not None


async def test_a_replay_goes_on_after_one(doors: Backchannel, event: Event, tmp_path: Path) -> None:
    lines = [
        {"source": "x", "ref": ref, "byline": {"handle": "h", "name": "N"}, "text": text, "posted_at": NOON.isoformat()}
        for ref, text in (("1", "before"), ("2", CUT), ("3", "a whole \U0001f600 and \\ud83d in words"), ("4", "after"))
    ]
    file = tmp_path / "cut.jsonl"
    written = "\n".join(map(json.dumps, lines)).encode()
    file.write_bytes(written.replace(b"after", b"after \xff\xfe"))

    async def at_once(_seconds: float) -> None: ...

    with open_recording(file, NETWORKS) as recorded:
        speed, keeps = (lambda: 1000.0), (lambda: False)
        rows = recorded.rows()
        tally = await replay(doors, event.id, rows, speed=speed, keep_times=keeps, now=lambda: NOON, sleep=at_once)
    assert (tally.played, tally.bad) == (4, 0)
    texts = [(await doors.ask(post_by_ref, event.id, "x", ref)).text for ref in "1234"]  # type: ignore[union-attr]
    assert texts == ["before", WHOLE, "a whole \U0001f600 and \\ud83d in words", "after \ufffd\ufffd"]


async def test_everything_else_that_is_typed_is_repaired_too(doors: Backchannel, event: Event) -> None:
    link = await doors.do(give_link, event.id, Role.MODERATOR, label=CUT, at=NOON)
    assert link.access.id
    told = {"name": CUT, "hashtags": [], "zone": "UTC", "accent": "teal", "welcome": CUT, "language": "en"}
    await doors.do(change_event, event.id, **told, at=NOON)
    stored = await doors.ask(event_by_id, event.id)
    assert stored is not None
    assert (stored.name, stored.welcome) == (WHOLE, WHOLE)
    assert await doors.ask(event_by_slug, CUT) is None


@pytest.mark.parametrize(
    "value", ["\U0001f600", "\\u0000", "\\\\ud83d", "é", {"a": ["\U0001f600\U0001f600", None, 1.5]}]
)
def test_what_is_whole_stays_as_it_is(value: object) -> None:
    assert json.loads(as_json(value)) == value
