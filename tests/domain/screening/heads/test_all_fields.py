"""What is quoted and what pictures are said to show is judged as the text is."""

import pytest

from app.domain.incoming import Byline, Photo, Quoted
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.heads import all_fields
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Verdict
from tests.conftest import incoming

BAD = "I can't see the point of going home tonight, I don't want to be here any more"
BESIDE = {
    "quote": {"quote": Quoted(True, Byline("nia", "Nia Rees"), BAD)},
    "alt": {
        "photos": (Photo("https://pictures.example/a.jpg", "A bridge"), Photo("https://pictures.example/b.jpg", BAD))
    },
}


@pytest.mark.parametrize("field", BESIDE)
def test_what_stands_beside_a_text_is_judged_as_the_text_is(field: str) -> None:
    text, beside = (
        screen(post, Policy(), Surroundings()) for post in (incoming(BAD), incoming("Hello", **BESIDE[field]))
    )
    assert beside.scores["care"] >= text.scores["care"] > 0.5
    found = [signal for signal in beside.signals if signal.category == "self_harm"]
    assert {signal.field for signal in found} == {field}
    assert all(0 <= start < end <= len(BAD) for signal in found for start, end in signal.spans)


def test_what_cannot_be_judged_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(all_fields, "judge", broken)
    ruling = screen(incoming("Hello"), Policy(mode="pass"), Surroundings())
    assert ruling.verdict is Verdict.HELD
    assert ("check-failed", Level.HOLD) in [(signal.code, signal.level) for signal in ruling.signals]
