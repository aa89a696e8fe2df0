"""Colours as people write them, and shades that keep their hue."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.colour import BadColour, contrast, oklch, read_colour, shade
from app.domain.colour_names import COLOUR_NAMES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("#e6007e", "#e6007e"),
        ("E6007E", "#e6007e"),
        ("#F0a", "#ff00aa"),
        ("abc", "#aabbcc"),
        (" Rebecca Purple ", "#663399"),
        ("GREY", "#808080"),
    ],
)
def test_a_colour_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert read_colour(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "#", "#12", "#1234", "#12345g", "url(x)", "red;}", "٣٣٣", "#e6007e80", "x" * 5_000]
)
def test_what_is_no_colour_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadColour, match=r"is no colour\. Write a name"):
        read_colour(typed)


def test_css_has_148_names() -> None:
    assert len(COLOUR_NAMES) == 148


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 0xFFFFFF))
def test_a_colour_comes_back_from_its_lightness_chroma_and_hue(number: int) -> None:
    colour = f"#{number:06x}"
    again = shade(*oklch(colour))
    assert all(abs(int(colour[at : at + 2], 16) - int(again[at : at + 2], 16)) <= 1 for at in (1, 3, 5))


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#123456", "#123456") == 1
