"""Names are marked whole, with what people are called beside them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.screening.heads import words
from app.domain.screening.heads.names import names
from app.domain.screening.reading.normal import views


def marked(text: str) -> list[str]:
    read = views(text)
    return [text[start:end] for start, end in names(text, words.texts(read), words.places(read))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sat with Doreen Marsh all night", ["Doreen Marsh"]),
        ("they lost Mrs Adeyinka-Cole again", ["Mrs Adeyinka-Cole"]),
        ("it was young Tomos's third fall", ["young Tomos"]),
        ("our doreen waits", ["doreen"]),
        ("Meanwhile the porter took Vukasin down", ["Vukasin"]),
        ("my lad, J.P., has no bed", ["J.P."]),
        ("R.T., the only girl at Marlfield, has no bed in the whole of the U.K. today", ["R.T."]),
        ("nobody is named", []),
        ("ring on 07700 900461 and I'll tell you what I’ve seen, and I'd do it again", []),
        ("porters are never in the talk #CloserToHome26", []),
        ("the son of Brychan came #CloserToHome26", ["Brychan"]),
        ("thank you #Doreen and @Doreen_Marsh, they sat with Edith", ["Edith"]),
        ("will mark the rose on the page", []),
    ],
)
def test_a_name_is_marked_whole(text: str, found: list[str]) -> None:
    assert marked(text) == found


@given(st.text(st.sampled_from("Ann Doreen'’s-. MrsO\u0301é!"), max_size=60))
def test_what_is_marked_lies_within_and_apart(text: str) -> None:
    read = views(text)
    spans = names(text, words.texts(read), words.places(read))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
