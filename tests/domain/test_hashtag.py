"""Hashtags of any script are taken as networks take them; what would be found nowhere is refused with the reason."""

import unicodedata

import pytest

from app.domain.hashtag import BadHashtag, hashtag

TAKEN = ("ไทยแลนด์", "हिन्दी", "Café25", "می‌خواهم", "தமிழ்", "box_10", "ラーメン・フェス", "col·laboració", "2026conf")


@pytest.mark.parametrize("typed", TAKEN)
@pytest.mark.parametrize("sign", ["", "#", "＃"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_tag_of_any_script_is_taken_and_composed(typed: str, sign: str, form: str) -> None:
    assert hashtag(sign + unicodedata.normalize(form, typed)) == unicodedata.normalize("NFC", typed)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["2026", "#10", "٢٠٢٦", "１２３"])
def test_digits_alone_are_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(BadHashtag, match="only digits"):
        hashtag(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "care home",
        "care-home",
        "care!",
        "a" * 101,
        "\u200d",
        "care\x00",
        "___",
        "_",
        "·_·",
        "_\u0301",
        "²",
        "①②",
        "box²",
    ],
)
def test_what_no_network_takes_is_refused(typed: str) -> None:
    with pytest.raises(BadHashtag):
        hashtag(typed)


@pytest.mark.parametrize("typed", ["", "#", "  "])
def test_nothing_is_no_tag(typed: str) -> None:
    assert hashtag(typed) == ""
