"""What looks like nothing has no words, whatever it is made of."""

import pytest

from app.domain.screening.reading.blanks import has_words

NOTHING = [
    "",
    "  \n\t",
    "\u2800" * 40,
    "\u3164\u115f\u1160\uffa0",
    "\u200b\u200d\ufeff\u2060",
    "\u2003\u00a0\u3000",
    "\u0301\u0335\u20dd",
    "\x00\x07",
    "\U000e0061\U000e007f",
    "\ufe0f",
    " \u2800\u200b \u0301\n",
]
SOMETHING = ["a", "7", "?", "♿", "👍🏿", "🏳️‍🌈", "1️⃣", "⠓⠑⠇⠇⠕", "न", "\u2800" * 300 + "x", "\u200fשלום"]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_sees_has_no_words(text: str) -> None:
    assert not has_words(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_what_is_seen_has(text: str) -> None:
    assert has_words(text)
