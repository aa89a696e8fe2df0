"""The text of a post of X: entities, links, pictures, notes."""

import pytest

from app.domain.incoming import Photo, Segment
from tests.sources.x.pages import at, read


def test_entities_are_cut_in_code_points_and_unescaped_afterwards() -> None:
    text = "👩🏽‍⚕️ tea &amp; talk &lt;3 @ann #box10 $NHS https://t.co/a"
    entities = {
        "mentions": [at(text, "@ann", username="ann")],
        "hashtags": [at(text, "#box10", tag="box10")],
        "cashtags": [at(text, "$NHS", tag="NHS")],
        "urls": [
            at(
                text,
                "https://t.co/a",
                url="https://t.co/a",
                expanded_url="https://bit.ly/x",
                unwound_url="https://example.org/the/long/story?a=1&b=2",
                display_url="example.org/the/long/st…",
            )
        ],
    }
    post = read(text, entities=entities)
    assert post.segments == (
        Segment("text", "👩🏽‍⚕️ tea & talk <3 "),
        Segment("mention", "@ann", "https://x.com/ann"),
        Segment("text", " "),
        Segment("hashtag", "#box10", "https://x.com/hashtag/box10"),
        Segment("text", " "),
        Segment("hashtag", "$NHS", "https://x.com/search?q=%24NHS"),
        Segment("text", " "),
        Segment("link", "example.org/the/long/st…", "https://example.org/the/long/story?a=1&b=2"),
    )
    assert post.text == "".join(segment.text for segment in post.segments)
    assert post.hashtags == ("box10",)


def test_text_that_was_typed_as_an_entity_stays_as_it_was_typed() -> None:
    assert read("write &amp;amp; for an &amp;copy").text == "write &amp; for an &copy"


def test_an_entity_that_is_not_where_it_claims_to_be_is_text() -> None:
    post = read("Hello #box10", entities={"hashtags": [{"start": 0, "end": 5, "tag": "box10"}]})
    assert post.segments == (Segment("text", "Hello #box10"),)


def test_a_link_that_is_no_web_address_is_text() -> None:
    text = "Click https://t.co/a"
    url = at(text, "https://t.co/a", url="javascript:alert(1)", expanded_url="javascript:alert(1)")
    assert read(text, entities={"urls": [url]}).segments == (Segment("text", text),)


def test_a_picture_is_shown_and_its_link_is_not() -> None:
    text = "Look https://t.co/p"
    link = at(
        text,
        "https://t.co/p",
        url="https://t.co/p",
        expanded_url="https://x.com/jo/status/1/photo/1",
        media_key="3_1",
    )
    media = {
        "media_key": "3_1",
        "type": "photo",
        "url": "https://pbs.twimg.com/1.jpg",
        "alt_text": "A map",
        "width": 1200,
        "height": "800",
    }
    post = read(text, entities={"urls": [link]}, attachments={"media_keys": ["3_1"]}, includes={"media": [media]})
    assert post.text == "Look"
    assert post.photos == (Photo("https://pbs.twimg.com/1.jpg", "A map", 1200, 800, "photo"),)


def test_a_picture_that_is_missing_leaves_its_link() -> None:
    text = "Look https://t.co/p"
    link = at(text, "https://t.co/p", url="https://t.co/p", display_url="pic.x.com/p", media_key="3_1")
    post = read(text, entities={"urls": [link]}, attachments={"media_keys": ["3_1"]})
    assert (post.text, post.photos) == ("Look pic.x.com/p", ())


@pytest.mark.parametrize(("kind", "ours"), [("video", "video"), ("animated_gif", "gif")])
def test_moving_pictures_are_shown_by_their_preview(kind: str, ours: str) -> None:
    media = {"media_key": "7_1", "type": kind, "preview_image_url": "https://pbs.twimg.com/p.jpg"}
    [photo] = read(attachments={"media_keys": ["7_1"]}, includes={"media": [media]}).photos
    assert (photo.url, photo.kind) == ("https://pbs.twimg.com/p.jpg", ours)


@pytest.mark.parametrize("name", ["note_tweet", "note_post"])
def test_a_long_post_is_read_from_its_note_with_entities_of_its_own(name: str) -> None:
    text = "word " * 60 + "#box10"
    note = {"text": text, "entities": {"hashtags": [at(text, "#box10", tag="box10")]}}
    post = read("word word…", **{name: note})
    assert post.text == text
    assert post.segments[-1] == Segment("hashtag", "#box10", "https://x.com/hashtag/box10")


def test_the_title_of_a_page_that_a_link_leads_to_comes_with_it() -> None:
    text = "Read this: https://t.co/a https://t.co/b"
    urls = [
        at(text, short, url=short, expanded_url="https://example.org/", display_url="example.org", **more)
        for short, more in (("https://t.co/a", {"title": " A story\nof two "}), ("https://t.co/b", {"title": 7}))
    ]
    post = read(text, entities={"urls": urls})
    assert [segment.title for segment in post.segments if segment.kind == "link"] == ["A story of two", ""]
