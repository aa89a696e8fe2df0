"""Signs and emoji alone raise no doubt: no model of words knows what they mean."""

import pytest

from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level
from tests.conftest import incoming

TONES = ("", "🏻", "🏽", "🏿")
SIGNS = (
    *(f"{hand}{tone}" for hand in "👍👏🙏✊🧕👶" for tone in TONES),
    *("♿", "✡️", "☪️", "✝️", "🕉️", "🏳️‍🌈", "🏳️‍⚧️", "👩🏿‍⚕️", "👨‍👩‍👧‍👦", "👨🏿‍🦽", "🇵🇸", "🇮🇱", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "1️⃣", "❤️‍🩹"),
)


@pytest.mark.parametrize("around", ["{}", "{0}{0}{0}", "{} {}", "#box10 {}", "@jo_hart {}", "{}!", "2026 {}"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_alone_is_no_abuse(sign: str, around: str) -> None:
    ruling = screen(Reading.of(incoming(around.format(sign, sign))), Policy(mode="pass"), Surroundings())
    assert [signal for signal in ruling.signals if signal.level is not Level.NOTE] == []


@pytest.mark.parametrize("text", ["you are a f🅰️ggot", "🖕 you stupid bitch"])
def test_words_among_signs_are_read(text: str) -> None:
    assert screen(Reading.of(incoming(text)), Policy(mode="pass"), Surroundings()).verdict.value != "approved"
