"""Gates only save time: whatever a pattern matches, its gate lets through."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.screening.checks import care, contact, questions, threats, venting
from app.domain.screening.checks.care_cues import CARE
from app.domain.screening.checks.spam_cues import CUES
from app.domain.screening.reading.pattern_gates import Gated

GATES = [
    CARE,
    care._NOW,
    care._CLOSE,
    contact._LIVES,
    questions._ASKS,
    threats._PLAIN,
    venting._OWN,
    venting._SCORN,
    venting._ALONE,
    venting._BREACH,
    venting._KIND,
    *(cue for _, _, cue in CUES),
]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.pattern.pattern[:24])
def test_each_pattern_has_a_gate(gate: Gated) -> None:
    assert gate.needed


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.pattern.pattern[:24])
@settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_matches_is_let_through(gate: Gated, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(gate.pattern))
    assert gate.pattern.search(text)
    assert gate.may_match(text)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:my|our) (?:\w+ )?patients?\b", {"patient", "patients"}),
        (r"free ?spins?", {"freespin", "freespins", "free spin", "free spins"}),
        (r"kill (?!time)(?:you|them)\b|kys", {"kill you", "kill them", "kys"}),
        (r"x(?:ab)+y", {"ab"}),
        (r"(?:ab|\d)c", {"c"}),
        (r"(?i:casino) bonus", {" bonus"}),
        (r"[a-z]+|casino", None),
        (r"(?:casino)?", None),
    ],
)
def test_the_pieces_are_those_that_every_match_has(pattern: str, needed: set[str] | None) -> None:
    assert Gated(pattern).needed == needed


def test_a_pattern_for_which_no_piece_can_be_named_is_always_tried() -> None:
    assert Gated(r"\d\d:\d\d").search("at 10:30")
