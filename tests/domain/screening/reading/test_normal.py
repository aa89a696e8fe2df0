"""Three readings of a text undo its disguises, and each letter knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.screening.reading.normal import views


@pytest.mark.parametrize(
    "disguised",
    [
        "muppet",
        "MUPPET",
        "ｍｕｐｐｅｔ",
        "mυρρеt",
        "m\u200bup\u00adpet",
        "múppét",
        "m.u.p.p.e.t",
        "m u p p e t",
        "mupp3t",
        "muppettttt",
    ],
)
def test_a_disguised_word_is_read_as_itself(disguised: str) -> None:
    assert "muppet" in views(f"you {disguised} there").squeezed.text


@pytest.mark.parametrize(
    "plain", ["great! see you at 4", "vitamin b12", "A&E at 9.30", "covid in wave 2", "@user1 thanks"]
)
def test_what_is_no_disguise_stays_as_it_is(plain: str) -> None:
    assert views(plain).squeezed.text == plain.lower()


def test_a_place_in_a_reading_is_a_place_in_the_original() -> None:
    text = "so 𝓯\u200b𝓊 n\u0301 d.o.l.t"
    read = views(text).squeezed
    start = read.text.index("dolt")
    assert text[slice(*read.span(start, start + 4))] == "d.o.l.t"


@given(text=st.text(max_size=300))
def test_every_reading_maps_into_the_text_in_order(text: str) -> None:
    read = views(text)
    assert len(read.shown) == len(read.folded.text)
    for reading in (read.folded, read.skeleton, read.squeezed):
        assert len(reading.text) == len(reading.places)
        assert list(reading.places) == sorted(reading.places)
        assert all(0 <= place < len(text) for place in reading.places)


@given(text=st.text(alphabet=st.characters(max_codepoint=0x17F), max_size=200))
def test_folding_keeps_what_has_no_disguise(text: str) -> None:
    plain = "".join(char for char in text if char.isascii())
    assert views(plain).folded.text == plain.lower()
