"""Any JSON and any bytes there are: nothing raises anything but our own error."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.incoming import Incoming
from app.sources.x.fields import Unreadable
from app.sources.x.payload import Page, read_line
from tests.sources.x.pages import ID, JO


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
