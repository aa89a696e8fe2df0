"""What X sends becomes posts of ours, in shapes that are invented here."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.incoming import Incoming, IncomingRepost, Quoted, ReplyTo, Withdrawal
from app.sources.x.fields import snowflake_time
from app.sources.x.payload import read_line, read_page
from tests.sources.x.pages import ID, JO, NEXT, Json, at, page, read


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


@pytest.mark.parametrize("kind", ["photo", "video", "animated_gif"])
def test_a_quoted_post_brings_its_time_its_avatar_and_its_pictures(kind: str) -> None:
    where = "url" if kind == "photo" else "preview_image_url"
    picture = {"media_key": "3_9", "type": kind, where: "https://pbs.example/9.png", "alt_text": "A soup"}
    text = "It is hot https://t.co/pic"
    quoted = {
        "id": "55",
        "text": text,
        "author_id": "8",
        "created_at": "2022-10-01T10:00:00Z",
        "attachments": {"media_keys": ["3_9"]},
        "entities": {"urls": [at(text, "https://t.co/pic", url="https://t.co/pic", media_key="3_9")]},
    }
    ann = {"id": "8", "username": "ann", "name": "Ann", "profile_image_url": "https://pbs.example/ann_normal.png"}
    post = read(
        referenced_tweets=[{"type": "quoted", "id": "55"}],
        users=[JO, ann],
        includes={"tweets": [quoted], "media": [picture]},
    )
    assert post.quote is not None
    assert post.quote.byline is not None
    assert post.quote.text == "It is hot"
    assert [(photo.url, photo.alt) for photo in post.quote.photos] == [("https://pbs.example/9.png", "A soup")]
    assert post.quote.posted_at == datetime(2022, 10, 1, 10, tzinfo=UTC)
    assert post.quote.byline.avatar_url == "https://pbs.example/ann_400x400.png"
    assert post.photos == ()


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ([{"position": 2, "label": "Later"}, {"position": 1, "label": "Now"}], ("Now", "Later")),
        ([{"position": "1", "label": " Now "}, {"label": ""}, "nonsense", {"position": 3}], ("Now",)),
        ("nonsense", ()),
    ],
)
def test_the_options_of_a_poll_come_along_in_their_order(options: object, labels: tuple[str, ...]) -> None:
    polls = [{"id": "77", "options": options, "voting_status": "open"}]
    assert read(attachments={"poll_ids": ["77"]}, includes={"polls": polls}).poll == labels
    assert read(attachments={"poll_ids": ["77"]}).poll == ()


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
