"""Mastodon.py, which nobody here wrote, reads the same servers, and tells of each status what ours does."""

from typing import Any

import pytest
from lxml import html

from app.domain.incoming import Incoming
from tests.sources.keeping import Kept
from tests.sources.mastodon.asking import ULID, listened, source
from tests.sources.mastodon.recorded import EVERYTHING, QUOTING
from tests.sources.mastodon.server import MastodonServer

SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("<p>plain &amp; simple</p>", {}),
    (EVERYTHING["content"], {name: value for name, value in EVERYTHING.items() if name != "content"}),
    (QUOTING["content"], {name: value for name, value in QUOTING.items() if name != "content"}),
]


@pytest.mark.parametrize("ids", [str, ULID], ids=["numbers", "letters"])
async def test_another_reader_is_told_the_same_of_each_status(ids: Any) -> None:
    from mastodon import Mastodon

    with MastodonServer(ids=ids) as server:
        posted = [server.post(content, **more) for content, more in SHAPES]
        server.edit(posted[0], "<p>plain &amp; edited</p>")
        kept = Kept()
        await listened(source(server), kept)
        other = Mastodon(api_base_url=server.url, version_check_mode="none")
        theirs = {one.uri: one for one in other.timeline_hashtag("box10", limit=40)}
        assert [*theirs][::-1] == kept.refs
        assert len(kept.posts) == len(SHAPES)
        for ours in kept.posts:
            agree(ours, theirs[ours.ref])
            agree(ours, other.status(ours.version_ref.partition("/")[2].partition("#")[0]))


def agree(ours: Incoming, theirs: Any) -> None:
    assert ours.byline.handle.partition("@")[0] == theirs.account.acct
    assert ours.byline.name == theirs.account.display_name
    assert ours.byline.ref == theirs.account.uri
    assert (ours.url, ours.lang) == (theirs.url, theirs.language or "")
    assert (ours.posted_at, ours.edited_at) == (theirs.created_at, theirs.edited_at)
    assert ours.hashtags == tuple(tag.name.casefold() for tag in theirs.tags)
    assert ours.sensitive == bool(theirs.sensitive or theirs.spoiler_text)
    assert list(ours.poll) == [option.title for option in (theirs.poll.options if theirs.poll else [])]
    assert [photo.alt for photo in ours.photos] == [media.description for media in theirs.media_attachments]
    assert words(ours.text) == words(theirs.spoiler_text) + seen(theirs.content)
    quoted = theirs.get("quote") and theirs.quote.quoted_status
    assert (ours.quote.text if ours.quote else None) == ("".join(seen(quoted.content)) if quoted else None)


def words(text: str) -> list[str]:
    return text.replace("…", " ").split()


def seen(content: str) -> list[str]:
    """What stands in the HTML and is not hidden there, read by itself."""
    root = html.fragment_fromstring(content.replace("<br", " <br").replace("</p>", " </p>"), create_parent="div")
    for hidden in root.xpath("//*[contains(@class, 'invisible') or contains(@class, 'quote-inline')]"):
        hidden.drop_tree()
    return words(root.text_content())
