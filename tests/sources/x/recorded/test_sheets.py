"""Rows of sheets: ids and times as they are, whatever programs the sheet went through."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.incoming import Incoming, IncomingRepost
from app.domain.recorded import Owner, Row
from app.sources import Unreadable
from app.sources.x.fields import snowflake_time
from app.sources.x.recorded.sheets import RTWEET, TAGS, TWITTERCHIVE
from tests import recordings as made_up

AT = datetime(2020, 4, 19, 19, 22, 23, tzinfo=UTC)
LINK = f"http://twitter.com/nia_care/statuses/{made_up.FIRST}"


def row(**changes: str) -> dict[str, Any]:
    [first, _] = csv.DictReader(io.StringIO(made_up.sheet(**changes).decode()))
    return {name: cell for name, cell in first.items() if cell}


def read(known: dict[str, Any]) -> Row:
    assert TAGS.knows(known)
    [found] = TAGS.read(known, Owner())
    return found


@pytest.mark.parametrize(
    ("changes", "author"),
    [
        ({}, "1041"),
        ({"id_str": "1.25195E+18", "from_user_id_str": "1.04E+17"}, ""),
        ({"id_str": "1,25195E+18", "from_user_id_str": "1251950000000000000"}, ""),
        ({"id_str": "1251954312772810000", "from_user_id_str": "1251950000000000000"}, ""),
        ({"id_str": "NA", "from_user": "NA"}, ""),
        ({"status_url": "NA"}, "1041"),
        ({"status_url": "https://x.com/nia_care/status/" + made_up.FIRST, "created_at": "NA"}, "1041"),
        ({"entities_str": '{"urls": [{"url": 7}, 1], "x":'}, "1041"),
        ({"created_at": "Sun, 19 Apr 2020 19:22:23 +0000"}, "1041"),
        ({"created_at": "2020-04-19T19:22:23.000Z"}, "1041"),
    ],
)
def test_ids_and_times_are_right_whatever_it_went_through(changes: dict[str, str], author: str) -> None:
    found = read(row(**changes))
    assert isinstance(found, Incoming)
    assert (found.source, found.ref, found.byline.handle) == ("x", made_up.FIRST, "nia_care")
    assert found.byline.ref == author
    by_id = snowflake_time(made_up.FIRST)
    assert found.posted_at == (by_id if changes.get("created_at") == "NA" else AT)
    assert abs((found.posted_at - by_id).total_seconds()) < 3 * 10**7
    assert (found.text, found.hashtags) == ("Tea, talk\nand #box10", ("box10",))


@pytest.mark.parametrize("wrong", ["1.25195E+18", "1251950000000000000", "", "NA"])
def test_a_row_whose_id_is_lost_does_not_come_in_under_another(wrong: str) -> None:
    with pytest.raises(Unreadable):
        read(row(id_str=wrong, status_url="NA"))


def test_what_is_passed_on_is_no_post_and_what_only_begins_like_it_is() -> None:
    assert isinstance(read(row(text="RT @jo: First …")), IncomingRepost)
    assert isinstance(read(row(text="RT this, @jo")), Incoming)


def test_links_lead_where_they_led() -> None:
    told = '{"urls": [{"url": "https://t.co/a1", "expanded_url": "https://tea.example/a", "display_url": "tea.example/a"}]}'
    found = read(row(text="see https://t.co/a1, &amp; more", entities_str=told))
    assert isinstance(found, Incoming)
    assert found.text == "see tea.example/a, & more"
    assert [segment.href for segment in found.segments if segment.kind == "link"] == ["https://tea.example/a"]


def test_nothing_is_kept_of_where_people_are_and_how_many_follow_them() -> None:
    assert "Leeds" not in repr(read(row()))


def test_tables_of_r_are_read_too() -> None:
    told = {"status_id": f"x{made_up.FIRST}", "screen_name": "nia_care", "text": "Tea #box10", "is_retweet": "FALSE"}
    [post] = RTWEET.read(told | {"created_at": "2020-04-19 19:22:23"}, Owner())
    [passed] = RTWEET.read(told | {"is_retweet": "TRUE", "retweet_status_id": "x7"}, Owner())
    assert isinstance(post, Incoming)
    assert (post.ref, post.posted_at) == (made_up.FIRST, AT)
    assert isinstance(passed, IncomingRepost)
    assert passed.of_ref == "7"
    minute = {"id": made_up.FIRST, "datetime": "2020-04-19 15:22:00", "user": "nia_care", "text": "Tea"}
    [row] = TWITTERCHIVE.read(minute, Owner())
    assert isinstance(row, Incoming)
    assert row.posted_at == snowflake_time(made_up.FIRST)
