"""Addresses in an organiser's words are links, and the words stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.linked import linked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://example.org/a?b=1.", ["https://example.org/a?b=1"]),
        ("(https://example.org) and http://b.example/x,", ["https://example.org", "http://b.example/x"]),
        ("javascript:alert(1) ftp://a.example mailto:a@b.example", []),
        ('https://example.org/"onclick="x', ["https://example.org/"]),
    ],
)
def test_only_web_addresses_are_links(text: str, found: list[str]) -> None:
    assert [piece for kind, piece in linked(text) if kind == "link"] == found


@given(st.text(alphabet=st.sampled_from("htps:/ a.b<\"') \n,"), max_size=80))
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece for _, piece in linked(text)) == text
