"""What somebody wrote on Mastodon: what was public comes in, and nothing else."""

from typing import Any

import pytest

from app.domain.incoming import Incoming, IncomingRepost
from app.domain.recorded import Broken, Owner, Row, Skipped
from app.sources.mastodon.outbox import NOT_PUBLIC, OUTBOX
from tests import recordings as made_up


def read(*items: Any) -> list[Row]:
    known = {"type": "OrderedCollection", "orderedItems": list(items)}
    assert OUTBOX.knows(known)
    return list(OUTBOX.read(known, Owner()))


def test_a_post_is_read_as_its_server_would_have_told_it() -> None:
    tag = {"type": "Hashtag", "name": "#Box10", "href": "https://plaza.example/tags/box10"}
    picture = {"type": "Document", "mediaType": "image/png", "url": "https://plaza.example/p.png", "name": "a cup"}
    stored = picture | {"url": "/media_attachments/files/1.png"}
    [post] = read(made_up.note(1, summary="tea", tag=[tag], attachment=[picture, stored], contentMap={"en": ""}))
    assert isinstance(post, Incoming)
    assert (post.source, post.ref) == ("mastodon", f"{made_up.NIA_THERE}/statuses/1")
    assert (post.byline.handle, post.url) == ("nia@plaza.example", "https://plaza.example/@nia/1")
    assert (post.text, post.lang, post.hashtags, post.sensitive) == ("tea\n\nTea 1", "en", ("box10",), True)
    assert [(photo.url, photo.alt) for photo in post.photos] == [("https://plaza.example/p.png", "a cup")]


WHO = [made_up.FOLLOWERS, f"{made_up.NIA_THERE}/friend", "", None, [], 7, {"id": made_up.PUBLIC + "x"}]


@pytest.mark.parametrize("to", WHO)
@pytest.mark.parametrize("where", ["both", "note", "activity"])
def test_what_was_not_public_stays_out(to: Any, where: str) -> None:
    both = made_up.note(1)
    for one in {"both": [both, both["object"]], "note": [both["object"]], "activity": [both]}[where]:
        one |= {"to": to, "cc": [made_up.FOLLOWERS]}
    assert read(both) == [Skipped(NOT_PUBLIC)]
    passed = made_up.outbox()["orderedItems"][-1] | {"to": to, "cc": []}
    assert read(passed) == [Skipped(NOT_PUBLIC)]


@pytest.mark.parametrize("public", [made_up.PUBLIC, "as:Public", "Public"])
def test_what_was_unlisted_was_public(public: str) -> None:
    both = made_up.note(1)
    for one in (both, both["object"]):
        one |= {"to": made_up.FOLLOWERS, "cc": public}
    [post] = read(both)
    assert isinstance(post, Incoming)


def test_other_activities_and_broken_ones_are_told_apart() -> None:
    odd = [{"type": "Like"}, {"type": "Delete"}, {"type": "Create", "object": "https://x.example/1"}, {}, 7, None, [[]]]
    assert [type(row) for row in read(*odd)] == [Skipped, Skipped, *[Broken] * 5]
    assert isinstance(read(made_up.outbox()["orderedItems"][-1])[0], IncomingRepost)
