"""What X sends becomes posts of ours: invented shapes, any JSON there is, and real recorded pages."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.incoming import Incoming, IncomingRepost, Photo, Quoted, ReplyTo, Segment, Withdrawal
from app.sources.x.fields import Unreadable, snowflake_time
from app.sources.x.payload import Page, read_json, read_line, read_page

RECORDED = Path(__file__).resolve().parents[4] / "shared" / "data" / "payloads" / "x"
PAGES = sorted(RECORDED.glob("twarc_*.jsonl.gz"))
ID, NEXT = "1576994746135764992", "1576994789110992896"
JO = {"id": "7", "username": "jo_nhs", "name": "Jo Hart", "verified_type": "blue"}

Json = dict[str, Any]


def page(
    text: str = "Hello #box10", *, users: list[Json] | None = None, includes: Json | None = None, **post: Any
) -> Page:
    data = {"id": ID, "text": text, "author_id": "7", "created_at": "2022-10-03T17:57:01.000Z"} | post
    return read_page({"data": data, "includes": {"users": users or [JO]} | (includes or {})})


def read(text: str = "Hello #box10", **more: Any) -> Incoming:
    [found] = page(text, **more).found
    assert isinstance(found, Incoming)
    return found


def at(text: str, part: str, **more: Any) -> Json:
    start = text.index(part)
    return {"start": start, "end": start + len(part)} | more


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


@pytest.mark.parametrize("name", ["edit_history_tweet_ids", "edit_history_post_ids"])
def test_an_edit_counts_its_version_and_keeps_the_first_id(name: str) -> None:
    post = read(id=NEXT, created_at="2022-10-03T17:57:11.000Z", **{name: [ID, NEXT]})
    assert (post.ref, post.version, post.version_ref) == (ID, 1, NEXT)
    assert post.edited_at == datetime(2022, 10, 3, 17, 57, 11, tzinfo=UTC)
    assert abs(post.posted_at - datetime(2022, 10, 3, 17, 57, 1, tzinfo=UTC)) < timedelta(seconds=1)


def test_an_old_version_asks_for_the_newest() -> None:
    assert page(edit_history_tweet_ids=[ID, NEXT]).incomplete == (NEXT,)


@pytest.mark.parametrize(
    "names", [("referenced_tweets", "tweets"), ("referenced_posts", "posts")], ids=["tweet", "post"]
)
def test_a_quoted_post_comes_along_in_either_spelling(names: tuple[str, str]) -> None:
    quoted = {"id": "55", "text": "It &amp; me", "author_id": "8", "created_at": "2022-10-01T10:00:00Z"}
    ann = {"id": "8", "username": "ann", "name": "Ann"}
    post = read(**{names[0]: [{"type": "quoted", "id": "55"}]}, users=[JO, ann], includes={names[1]: [quoted]})
    assert post.quote is not None
    assert post.quote.byline is not None
    assert (post.quote.available, post.quote.byline.handle, post.quote.text) == (True, "ann", "It & me")
    assert post.quote.url == "https://x.com/ann/status/55"


def test_a_quoted_post_that_is_gone_is_unavailable_and_its_link_is_still_not_read() -> None:
    text = "So true https://t.co/q"
    link = at(text, "https://t.co/q", url="https://t.co/q", expanded_url="https://twitter.com/ann/status/55")
    post = read(text, entities={"urls": [link]}, referenced_tweets=[{"type": "quoted", "id": "55"}])
    assert post.text == "So true"
    assert post.quote == Quoted(available=False, url="https://x.com/i/status/55")


def test_a_reply_names_whom_it_answers_even_when_the_answered_post_is_gone() -> None:
    text = "@ann Yes"
    post = read(
        text,
        referenced_tweets=[{"type": "replied_to", "id": "55"}],
        entities={"mentions": [at(text, "@ann", username="ann")]},
    )
    assert post.reply_to == ReplyTo(ref="55", handle="ann")


def test_a_repost_brings_its_original_and_folds_into_it() -> None:
    original = {
        "id": "55",
        "text": "The whole text",
        "author_id": "8",
        "edit_history_tweet_ids": ["50", "55"],
    }
    ann = {"id": "8", "username": "ann", "name": "Ann"}
    found = page(
        "RT @ann: The who…",
        referenced_tweets=[{"type": "retweeted", "id": "55"}],
        users=[JO, ann],
        includes={"tweets": [original]},
    ).found
    assert isinstance(found[0], Incoming)
    assert (found[0].ref, found[0].text, found[0].byline.handle) == ("50", "The whole text", "ann")
    assert found[1] == IncomingRepost("x", ID, "50", "jo_nhs", datetime(2022, 10, 3, 17, 57, 1, tzinfo=UTC))


def test_a_repost_of_what_is_gone_is_only_counted() -> None:
    [found] = page("RT @ann: The who…", referenced_tweets=[{"type": "retweeted", "id": "55"}]).found
    assert isinstance(found, IncomingRepost)
    assert found.of_ref == "55"


@pytest.mark.parametrize(
    ("says", "ours"),
    [
        ("en", "en"),
        ("cy", "cy"),
        ("und", ""),
        ("zxx", ""),
        ("qst", ""),
        ("qme", ""),
        ("qht", ""),
        ("in", "id"),
        ("iw", "he"),
        (None, ""),
    ],
)
def test_a_language_is_only_told_when_x_knows_it(says: str | None, ours: str) -> None:
    assert read(lang=says).lang == ours


@pytest.mark.parametrize(
    ("user", "ours"),
    [
        ({"verified_type": "none"}, ""),
        ({"verified_type": "business"}, "business"),
        ({"verified": True}, "verified"),
        ({}, ""),
    ],
)
def test_verified_is_shown_as_x_reports_it(user: Json, ours: str) -> None:
    assert read(users=[{"id": "7", "username": "jo", "name": "Jo"} | user]).byline.verified == ours


def test_an_avatar_is_asked_for_in_a_size_for_walls() -> None:
    user = JO | {"profile_image_url": "https://pbs.twimg.com/profile_images/1/a_normal.jpg"}
    assert read(users=[user]).byline.avatar_url == "https://pbs.twimg.com/profile_images/1/a_400x400.jpg"


@pytest.mark.parametrize("hidden", [{"withheld": {"country_codes": ["GB"]}}])
def test_a_withheld_post_is_not_taken_in(hidden: Json) -> None:
    assert page(**hidden).found == (Withdrawal("x", ID, "withheld in some countries"),)


def test_a_protected_author_is_not_taken_in() -> None:
    assert page(users=[JO | {"protected": True}]).found == (Withdrawal("x", ID, "its author has protected it"),)


@pytest.mark.parametrize("missing", [{"author_id": None}, {"author_id": "9"}, {"text": None}])
def test_a_post_that_came_incomplete_is_looked_up(missing: Json) -> None:
    found = page(**missing)
    assert (found.found, found.incomplete) == ((), (ID,))


def test_ids_may_be_numbers_and_numbers_may_be_text() -> None:
    answer = {
        "data": {"id": int(ID), "text": "Hi", "author_id": 7, "edit_history_tweet_ids": [int(ID)]},
        "includes": {"users": [JO | {"id": 7}]},
        "matching_rules": [{"id": 12, "tag": "bk:box10"}],
    }
    read_back = read_page(answer)
    [post] = read_back.found
    assert (post.ref, read_back.rules) == (ID, (("12", "bk:box10"),))


def test_characters_that_no_database_takes_are_replaced() -> None:
    post = read("a\x00b\ud83dc", users=[JO | {"name": "J\x00o"}])
    assert (post.text, post.byline.name) == ("a\ufffdb\ufffdc", "J\ufffdo")


def test_without_a_time_the_id_tells_it() -> None:
    assert read(created_at="yesterday").posted_at == snowflake_time(ID)


def test_lookup_tells_what_may_not_be_shown_any_more() -> None:
    about = "https://api.twitter.com/2/problems/"
    errors = [
        {"parameter": "ids", "resource_id": "1", "type": about + "resource-not-found"},
        {"parameter": "ids", "value": "2", "type": about + "not-authorized-for-resource"},
        {"parameter": "ids", "value": "3", "type": about + "something-new"},
        {"parameter": "author_id", "value": "4", "type": about + "resource-not-found"},
        {"parameter": "referenced_tweets.id", "value": "5", "type": about + "resource-not-found"},
    ]
    assert read_page({"errors": errors}).gone == {
        "1": "deleted, or its author is gone",
        "2": "its author has protected it",
    }


def test_x_says_why_it_is_about_to_hang_up() -> None:
    line = b'{"errors":[{"title":"operational-disconnect","disconnect_type":"ForceDisconnect"}]}'
    assert read_line(line).disconnect == "ForceDisconnect"


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"<html>",
        b"[]",
        b"7",
        b"null",
        b'"text"',
        b"\xff",
        b'{"data":7}',
        b'{"data":{}}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_a_message_of_x_is_unreadable(line: bytes) -> None:
    with pytest.raises(Unreadable):
        read_line(line)


@pytest.mark.parametrize("line", [b"{}", b'{"weather":"rain"}', b'{"data":null}', b'{"errors":[{"title":"Unknown"}]}'])
def test_messages_of_a_new_kind_are_no_fault(line: bytes) -> None:
    assert read_line(line) == Page()


NAMES = st.sampled_from(
    [
        "data",
        "includes",
        "users",
        "tweets",
        "posts",
        "media",
        "errors",
        "matching_rules",
        "meta",
        "id",
        "text",
        "author_id",
        "username",
        "name",
        "created_at",
        "entities",
        "urls",
        "hashtags",
        "mentions",
        "start",
        "end",
        "url",
        "tag",
        "expanded_url",
        "media_key",
        "attachments",
        "media_keys",
        "note_tweet",
        "referenced_tweets",
        "type",
        "edit_history_tweet_ids",
        "withheld",
        "lang",
        "title",
        "disconnect_type",
        "value",
        "parameter",
    ]
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([ID, "quoted", "retweeted", "7", "ids"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(), inner, max_size=8),
    max_leaves=40,
)
POSTLIKE = st.fixed_dictionaries(
    {"id": st.just(ID) | ANYTHING, "text": st.text() | ANYTHING, "author_id": st.just("7")},
    optional=dict.fromkeys(
        (
            "entities",
            "attachments",
            "referenced_tweets",
            "note_tweet",
            "edit_history_tweet_ids",
            "created_at",
            "lang",
            "withheld",
        ),
        ANYTHING,
    ),
)


@given(
    ANYTHING
    | st.fixed_dictionaries(
        {
            "data": POSTLIKE,
            "includes": st.fixed_dictionaries(
                {"users": st.just([JO])},
                optional={"media": ANYTHING, "tweets": st.lists(POSTLIKE, max_size=2)},
            ),
        }
    )
)
@settings(max_examples=150, deadline=None)
def test_no_json_whatever_raises_anything_but_our_own_error(anything: object) -> None:
    try:
        found = read_line(json.dumps(anything).encode())
    except Unreadable:
        return
    for one in found.found:
        if isinstance(one, Incoming):
            assert one.text == "".join(segment.text for segment in one.segments)
            one.text.encode()


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_bytes_whatever_raise_anything_but_our_own_error(raw: bytes) -> None:
    try:
        read_line(raw)
    except Unreadable:
        return


def recorded() -> Iterator[tuple[str, Json]]:
    for path in PAGES:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                answer = read_json(line) if line.strip() else None
                if isinstance(answer, dict) and ("data" in answer or "includes" in answer):
                    yield path.name, answer


real = pytest.mark.skipif(not PAGES, reason="recorded pages of X are not here (../shared/data/payloads/x)")


@real
def test_every_recorded_post_is_read() -> None:
    posts = reposts = 0
    for name, answer in recorded():
        data = answer.get("data", [])
        asked = data if isinstance(data, list) else [data]
        found = read_page(answer)
        told = {one.version_ref if isinstance(one, Incoming) else one.ref for one in found.found}
        for post in asked:
            assert {post["id"]} & (told | set(found.incomplete)), (name, post["id"])
        posts += sum(isinstance(one, Incoming) for one in found.found)
        reposts += sum(isinstance(one, IncomingRepost) for one in found.found)
    assert posts > 500
    assert reposts > 100


@real
def test_every_recorded_hashtag_is_found_where_x_says_it_is() -> None:
    exact = 0
    for name, answer in recorded():
        data = answer.get("data", [])
        by_id = {post["id"]: post for post in (data if isinstance(data, list) else [data])}
        for one in read_page(answer).found:
            if not isinstance(one, Incoming) or one.version_ref not in by_id:
                continue
            post = by_id[one.version_ref]
            tags = sorted(post.get("entities", {}).get("hashtags", []), key=lambda tag: tag["start"])
            wanted = [post["text"][tag["start"] : tag["end"]] for tag in tags]
            shown = [segment.text for segment in one.segments if segment.kind == "hashtag" and segment.text[0] in "#＃"]
            assert shown == wanted, (name, one.ref)
            exact += len(wanted)
    assert exact > 100


@real
def test_no_recorded_text_keeps_an_escape_or_a_short_link_it_should_not() -> None:
    for name, answer in recorded():
        for one in read_page(answer).found:
            if isinstance(one, Incoming):
                assert "&amp;" not in one.text.replace("&amp;amp;", ""), (name, one.ref)
                assert all(segment.href.startswith(("http://", "https://")) for segment in one.segments if segment.href)


@real
def test_the_recorded_edit_is_one_post_in_two_versions() -> None:
    refs = set()
    for name in ("twarc_edited.jsonl.gz", "twarc_edited_before.jsonl.gz"):
        with gzip.open(RECORDED / name, "rb") as lines:
            found = read_page(read_json(lines.readline()))
        refs |= {(one.ref, one.version) for one in found.found if isinstance(one, Incoming)}
    assert refs == {(ID, 1), (ID, 0)}


@real
def test_answers_that_tweepy_recorded_are_read_too() -> None:
    posts = 0
    with gzip.open(RECORDED / "tweepy_cassettes.jsonl.gz", "rb") as lines:
        for line in lines:
            body = json.loads(line)["body"]
            answer = read_json(body.encode()) if isinstance(body, str) and body.startswith("{") else body
            if isinstance(answer, dict) and "/tweets" in json.loads(line)["uri"]:
                found = read_page(answer)
                posts += len(found.found) + len(found.incomplete)
    assert posts > 0
