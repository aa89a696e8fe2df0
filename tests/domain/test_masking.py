"""Covering words keeps every place, and leaves no letter of a name."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import covered, covered_reason


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


@given(
    st.lists(st.text("abcdé", min_size=1, max_size=30), min_size=2, max_size=6, unique=True),
    st.integers(0, 5),
    st.booleans(),
)
def test_a_reason_quotes_no_word_that_is_covered(words: list[str], which: int, all_else: bool) -> None:
    text = " ".join(words)
    at = which % len(words)
    start = len(" ".join(words[:at])) + (1 if at else 0)
    signal = {"category": "privacy", "level": "hold", "spans": [(start, start + len(words[at]))]}
    shown = covered(text, [signal])
    cut = words[at][:24]
    said = covered_reason(f"It names “{words[at]}”, most of all “{text[start : start + 24]}”.", [(text, shown)])
    assert f"“{words[at]}" not in said
    assert f"“{cut}”" not in said
    if all_else:
        other = words[(at + 1) % len(words)]
        assert covered_reason(f"It names “{other} and”.", [(text, shown)]) == f"It names “{other} and”."


def test_a_reason_shows_of_a_number_what_the_text_shows() -> None:
    texts = [("Call 07700900123", "Call 07•••••••23"), ("Ann", "•••")]
    assert covered_reason("Numbers (“07700900123”), Ann is “ANN”.", texts) == "Numbers (“07•••••••23”), Ann is “•••”."
