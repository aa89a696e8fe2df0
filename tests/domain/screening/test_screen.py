"""The first rules: each speaks in a plain sentence, and nothing with a doubt passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.post import Standing
from app.domain.screening import screen
from app.domain.screening.reading.fingerprint import casefolded, fingerprint
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Verdict
from tests.conftest import incoming

POLICY = Policy(
    mode="trusted",
    blocked_words=("buy now", "İyi"),
    trusted=("@Keynote",),
    muted=("muted",),
    allowed_hosts=("nhs.example",),
)
OPEN = Policy(mode="pass")


@pytest.mark.parametrize(
    ("post", "policy", "surroundings", "verdict", "code"),
    [
        (incoming(), POLICY, Surroundings(), Verdict.HELD, "waits"),
        (incoming(), OPEN, Surroundings(), Verdict.APPROVED, ""),
        (incoming(by="muted"), POLICY, Surroundings(), Verdict.REJECTED, "muted-author"),
        (incoming(), POLICY, Surroundings(standing=Standing.BLOCKED), Verdict.REJECTED, "blocked-author"),
        (incoming("RT @jo: hello"), OPEN, Surroundings(), Verdict.APPROVED, "repost"),
        (incoming("Buy Now or never"), POLICY, Surroundings(), Verdict.HELD, "blocked-word"),
        (incoming("Buy nowhere else"), POLICY, Surroundings(), Verdict.HELD, "waits"),
        (incoming(by="keynote"), POLICY, Surroundings(), Verdict.APPROVED, "trusted-author"),
        (incoming("buy now", by="keynote"), POLICY, Surroundings(), Verdict.HELD, "blocked-word"),
        (incoming(by="keynote", source="floor"), POLICY, Surroundings(), Verdict.HELD, "waits"),
        (incoming(), OPEN, Surroundings(same_text=2), Verdict.HELD, "same-text"),
        (incoming(), OPEN, Surroundings(same_text=2, same_text_by_author=1), Verdict.HELD, "own-repeat"),
        (incoming("see https://slides.example/x"), OPEN, Surroundings(), Verdict.APPROVED, "link-from-unknown"),
        (
            incoming("see https://slides.example/x", source="floor"),
            OPEN,
            Surroundings(),
            Verdict.HELD,
            "link-from-unknown",
        ),
        (incoming("see https://deals.xyz/x"), OPEN, Surroundings(), Verdict.HELD, "link-from-unknown"),
        (incoming("see https://nhs.example/x"), POLICY, Surroundings(), Verdict.HELD, "waits"),
        (incoming("see https://spam.example/x"), OPEN, Surroundings(approved_before=1), Verdict.APPROVED, ""),
        (incoming(sensitive=True), OPEN, Surroundings(), Verdict.HELD, "marked-sensitive"),
    ],
)
def test_the_rules_speak(
    post: Incoming, policy: Policy, surroundings: Surroundings, verdict: Verdict, code: str
) -> None:
    ruling = screen(post, policy, surroundings)
    assert (ruling.verdict, [signal.code for signal in ruling.signals][:1]) == (verdict, [code] if code else [])


@given(text=st.text(max_size=400))
def test_no_text_stops_screening_and_every_span_lies_in_the_text(text: str) -> None:
    ruling = screen(incoming(text), POLICY, Surroundings())
    assert "check-failed" not in {signal.code for signal in ruling.signals}
    for signal in ruling.signals:
        assert signal.explanation
        for start, end in signal.spans:
            assert 0 <= start < end <= len(text)


@given(text=st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(casefolded(text)) == len(text)


def test_a_check_that_breaks_means_that_a_person_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    import app.domain.screening as screening

    def broken(*_args: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(screening, "CHECKS", (broken,))
    ruling = screen(incoming(), OPEN, Surroundings())
    assert (ruling.verdict, ruling.signals[0].level) == (Verdict.HELD, Level.HOLD)


def test_the_same_words_with_another_link_and_louder_are_the_same() -> None:
    assert fingerprint("Win a prize today https://a.example") == fingerprint(
        "WIN a prize… today! https://b.example @you"
    )
    assert fingerprint("Win a prize today") != fingerprint("Win a price today")
    assert fingerprint("Well said") == ""
