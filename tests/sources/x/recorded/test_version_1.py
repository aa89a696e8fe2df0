"""Posts of the first version of X's API come out as those of the second do."""

from datetime import UTC, datetime

import pytest

from app.domain.incoming import Incoming, Photo
from app.domain.recorded import Skipped
from app.sources import Unreadable
from app.sources.x.recorded.version_1 import read_tweet, time_in
from tests import recordings as made_up


def test_a_post_is_whole_with_its_links_and_whom_it_quotes() -> None:
    quoted = made_up.tweet(
        "1251954312772812700", "Said before", user=made_up.NIA | {"id_str": "42", "screen_name": "jo"}
    )
    picture = {"id_str": "9", "url": "https://t.co/p1", "indices": [23, 38], "type": "photo"}
    picture |= {
        "media_url_https": "https://pics.example/p.jpg",
        "ext_alt_text": "a cup",
        "sizes": {"large": {"w": 4, "h": 3}},
    }
    told = made_up.tweet(text="Tea &amp; cake #box10 see https://t.co/p1", user=made_up.NIA)
    told["entities"]["media"] = [picture | {"indices": [26, 41]}]
    more = {"quoted_status": quoted, "quoted_status_id_str": quoted["id_str"], "in_reply_to_status_id_str": "7"}
    [post] = read_tweet(told | more | {"in_reply_to_screen_name": "jo", "in_reply_to_user_id_str": "42"})
    assert isinstance(post, Incoming)
    assert post.text == "Tea & cake #box10 see"
    assert post.posted_at == datetime(2020, 4, 19, 19, 22, 23, tzinfo=UTC)
    assert post.photos == (Photo("https://pics.example/p.jpg", "a cup", 4, 3),)
    assert post.quote is not None
    assert (post.quote.text, post.reply_to and post.reply_to.handle) == ("Said before", "jo")


@pytest.mark.parametrize("name", ["full_text", "text", "extended"])
def test_the_text_is_the_whole_one(name: str) -> None:
    told = made_up.tweet(text="whole", user=made_up.NIA)
    del told["full_text"]
    told |= (
        {"extended_tweet": {"full_text": "whole"}, "text": "wh…", "truncated": True}
        if name == "extended"
        else {name: "whole"}
    )
    [post] = read_tweet(told)
    assert isinstance(post, Incoming)
    assert post.text == "whole"


def test_an_edited_one_is_a_version_of_the_first() -> None:
    info = {"edit": {"initialTweetId": "1", "editControlInitial": {"editTweetIds": [made_up.FIRST, made_up.SECOND]}}}
    [post] = read_tweet(made_up.tweet(made_up.SECOND, user=made_up.NIA, edit_info=info))
    assert isinstance(post, Incoming)
    assert (post.ref, post.version) == (made_up.FIRST, 1)


def test_what_is_protected_or_withheld_stays_out() -> None:
    for more in ({"user": made_up.NIA | {"protected": True}}, {"user": made_up.NIA, "withheld_in_countries": ["DE"]}):
        [row] = read_tweet(made_up.tweet(**more))
        assert isinstance(row, Skipped)


@pytest.mark.parametrize("more", [{"id_str": "1.25E+18"}, {"id_str": None}, {"id_str": "20", "created_at": "?"}])
def test_without_an_id_or_a_time_it_is_unreadable(more: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        list(read_tweet(made_up.tweet(user=made_up.NIA) | more))


@pytest.mark.parametrize(
    "odd", ["", "soon", "9999-99-99", "2020-", "Sun Apr 99 19:22:23 +0000 2020", "0001-01-01T00:00:00+23:00"]
)
def test_no_time_is_no_time(odd: str) -> None:
    assert time_in(odd) is None
