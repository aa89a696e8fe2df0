"""Facets count bytes; whatever they say, the text stays what its author wrote, and tags are found as people find them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources.bluesky.text import segments_of, tags_of


def facet(start: int, end: int, **feature: Any) -> dict[str, Any]:
    kind = feature.pop("kind")
    return {
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": f"app.bsky.richtext.facet#{kind}", **feature}],
    }


def test_places_are_bytes() -> None:
    record = {
        "text": "Grüße 👋 #Box10 an @mira: bbc.co.uk/…",
        "facets": [
            facet(13, 19, kind="tag", tag="Box10"),
            facet(23, 28, kind="mention", did="did:plc:mira"),
            facet(30, 43, kind="link", uri="https://www.bbc.co.uk/news/health"),
        ],
    }
    assert [(one.kind, one.text, one.href) for one in segments_of(record)] == [
        ("text", "Grüße 👋 ", ""),
        ("hashtag", "#Box10", "https://bsky.app/hashtag/Box10"),
        ("text", " an ", ""),
        ("mention", "@mira", "https://bsky.app/profile/did:plc:mira"),
        ("text", ": ", ""),
        ("link", "bbc.co.uk/…", "https://www.bbc.co.uk/news/health"),
    ]


PLACES = st.integers(min_value=-5, max_value=60) | st.none() | st.text(max_size=3)
FEATURES = st.sampled_from(
    [
        {"kind": "link", "uri": "https://e.example/"},
        {"kind": "link", "uri": "javascript:x"},
        {"kind": "tag", "tag": "x"},
        {"kind": "mention", "did": "did:plc:x"},
        {"kind": "mention", "did": 7},
        {"kind": "unknown"},
    ]
)


@given(st.text(max_size=20), st.lists(st.tuples(PLACES, PLACES, FEATURES), max_size=6))
def test_whatever_facets_say_no_letter_is_lost_or_made_up(text: str, facets: list[tuple[Any, Any, Any]]) -> None:
    record = {"text": text, "facets": [facet(start, end, **feature) for start, end, feature in facets]}
    segments = segments_of(record)
    assert "".join(one.text for one in segments) == text.replace("\x00", "\ufffd")
    assert all(one.href.startswith("https://") for one in segments if one.kind != "text")


@pytest.mark.parametrize(
    ("record", "is_tagged"),
    [
        ({"text": "#Box10 is on"}, True),
        ({"text": "what a day.#box10!"}, True),
        ({"text": "#box10's programme"}, True),
        ({"text": "#box100"}, False),
        ({"text": "box10"}, False),
        ({"text": "beside the text", "tags": ["BOX10"]}, True),
        ({"text": "a facet", "facets": [facet(0, 7, kind="tag", tag="box10")]}, True),
        ({"text": "x", "tags": "box10"}, False),
    ],
)
def test_a_tag_is_found_with_and_without_a_facet(record: dict[str, Any], is_tagged: bool) -> None:
    assert ("box10" in tags_of(record, str(record["text"]))) is is_tagged


def test_the_page_that_hangs_on_a_post_is_linked_once() -> None:
    page = {"external": {"uri": "https://e.example/guide", "title": "A  guide"}}
    link = facet(4, 13, kind="link", uri="https://e.example/guide")
    (_, inside), outside = (
        segments_of({"text": "see e.example", "facets": [link], "embed": page}),
        segments_of({"text": "see this", "embed": page}),
    )
    assert (inside.text, inside.title) == ("e.example", "A guide")
    assert [(one.kind, one.text, one.title) for one in outside] == [
        ("text", "see this", ""), ("text", "\n\n", ""), ("link", "e.example/guide", "A guide"),
    ]  # fmt: skip
