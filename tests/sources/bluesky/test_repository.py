"""Records of Bluesky, in whatever list they stand."""

from datetime import UTC, datetime
from typing import Any

from app.domain.incoming import Incoming
from app.domain.recorded import Broken, Owner, Row, Skipped
from app.sources.bluesky.repository import RECORDS, VIEWS
from tests import recordings as made_up

KEY = "app.bsky.feed.post/3juazpfj7zj2y"


def read(records: dict[str, Any]) -> list[Row]:
    known = {"did": made_up.DID, "records": records}
    assert RECORDS.knows(known)
    return list(RECORDS.read(known, Owner("nia.example", "Nia")))


def test_a_post_is_known_by_its_address_and_its_author_by_their_id() -> None:
    [post] = read({KEY: made_up.RECORDS[KEY]})
    assert isinstance(post, Incoming)
    assert (post.source, post.ref) == ("bluesky", f"at://{made_up.DID}/{KEY}")
    assert (post.byline.ref, post.byline.handle, post.hashtags) == (made_up.DID, "nia.example", ("box10",))
    assert post.posted_at == datetime(2023, 4, 26, 7, 9, 11, tzinfo=UTC)


def test_a_wrong_clock_puts_nothing_into_the_future() -> None:
    [post] = read({"app.bsky.feed.post/3juazpfjjrz2y": made_up.RECORDS["app.bsky.feed.post/3juazpfjjrz2y"]})
    assert isinstance(post, Incoming)
    assert post.posted_at.date().isoformat() == "2023-04-26"


def test_who_is_for_signed_in_people_only_stays_out() -> None:
    labels = {"values": [{"val": "!no-unauthenticated"}]}
    profile = {"$type": "app.bsky.actor.profile", "labels": labels}
    rows = read({KEY: made_up.RECORDS[KEY], "app.bsky.actor.profile/self": profile})
    assert [type(row) for row in rows] == [Skipped, Skipped]


def test_what_is_no_record_is_told() -> None:
    rows = list(RECORDS.read({"records": [7, None, {}, {"uri": "at://x/y/z"}, {"uri": 7, "value": []}]}, Owner()))
    assert [type(row) for row in rows] == [Broken] * 5


def test_posts_as_servers_show_them() -> None:
    author = {"did": made_up.DID, "handle": "nia.example"}
    view = {"uri": f"at://{made_up.DID}/{KEY}", "cid": "c", "author": author, "record": made_up.RECORDS[KEY]}
    known = {"feed": [{"post": view}, {"post": view | {"labels": [{"val": "!takedown"}]}}, {"post": {}}]}
    assert VIEWS.knows(known)
    assert [type(row) for row in VIEWS.read(known, Owner())] == [Incoming, Skipped, Broken]
