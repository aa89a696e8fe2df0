"""A threat is held; a figure of speech is none."""

import pytest

from app.domain.screening.checks import threats
from app.domain.verdict import Level
from tests.domain.screening.checks.telling import told


@pytest.mark.parametrize(
    "text",
    [
        "I'm going to stab the chair",
        "people like you should be shot",
        "we know where you park, watch your back",
        "I know where you live",
        "k i l l  y o u r s e l f",
        "someone should burn this place down",
        "hope you get cancer",
    ],
)
def test_a_threat_is_held(text: str) -> None:
    assert [signal.level for signal in told(threats.check, text)] == [Level.HOLD]


@pytest.mark.parametrize(
    "text",
    [
        "I could murder a coffee",
        "shoot me an email",
        "this queue is killing me",
        "killer slides, you smashed it",
        "we beat the target",
    ],
)
def test_a_figure_of_speech_is_no_threat(text: str) -> None:
    assert told(threats.check, text) == []


def test_a_reported_threat_is_pointed_out_only() -> None:
    [signal] = told(threats.check, "A relative told me I'm going to kill you, and nobody came")
    assert (signal.code, signal.level) == ("threat-reported", Level.NUDGE)
