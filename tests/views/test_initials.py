"""The letter in an avatar is the first sign of a name as a reader sees it."""

import pytest

from app.views.initials import initial


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("jo Hart", "J"),
        ("  zoë", "Z"),
        ("e\u0301milie", "É"),
        ("\u0078\u0323\u0302y", "X\u0323\u0302"),
        ("हिन्दी", "हि"),
        ("กำธร", "ก"),
        ("נִקּוּד", "נִ"),
        ("山田", "山"),
        ("👩🏿\u200d⚕️ Dr Ade", "👩🏿\u200d⚕️"),
        ("👨\u200d👩\u200d👧\u200d👦 Family", "👨\u200d👩\u200d👧\u200d👦"),
        ("🏳️\u200d🌈 Sam", "🏳️\u200d🌈"),
        ("🇬🇧🇫🇷", "🇬🇧"),
        ("🏴󠁧󠁢󠁷󠁬󠁳󠁿 Gwen", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("1️⃣ First", "1️⃣"),
        ("❤️‍🔥", "❤️‍🔥"),
        ("ßeta", "ß"),
        ("ǆamila", "Ǆ"),
        ("\u200b\u2060Ann", "A"),
        ("", ""),
        ("\u200d", ""),
    ],
)
def test_the_letter_of_a_name(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_stacked_marks_are_cut() -> None:
    assert len(initial("Z" + "\u0337" * 200)) <= 12
