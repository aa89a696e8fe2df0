"""Covering words keeps every place, and leaves no letter of a name."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import covered


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4),
)
def test_covering_keeps_every_place_and_no_letter_inside_a_span_of_a_name(
    text: str, found: list[tuple[int, int]]
) -> None:
    spans = [(start, min(start + size, len(text))) for start, size in found if start < len(text)]
    hidden = covered(text, [{"category": "privacy", "level": "hold", "spans": spans}] if spans else [])
    assert len(hidden) == len(text)
    for start, end in spans:
        if not any(map(str.isdigit, text[start:end])):
            assert not any(map(str.isalnum, hidden[start:end]))


@given(st.text("abcdéя ", min_size=1, max_size=30), st.sampled_from(["name", "quote", "alt"]), st.integers(0, 2))
def test_covering_touches_the_field_that_a_signal_points_into_and_no_other(text: str, field: str, place: int) -> None:
    signal = {"category": "privacy", "level": "hold", "spans": [], "field": field, "place": place}
    assert not any(map(str.isalnum, covered(text, [signal], field, place)))
    assert covered(text, [signal]) == text
    assert covered(text, [signal], field, place + 1) == text
    del signal["field"], signal["place"]
    assert not any(map(str.isalnum, covered(text, [signal])))
