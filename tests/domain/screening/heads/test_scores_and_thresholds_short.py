"""How little is too little to go by, and where one threshold is enough."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.category import category_of
from app.domain.policy import Policy
from app.domain.screening.heads.model import Head, shipped
from app.domain.screening.heads.scores_and_thresholds import judge, level_of_head
from app.domain.screening.reader import combining
from app.domain.screening.ruling import weigh
from app.domain.verdict import Level, Signal
from tests.conftest import reading

PRESETS = ("relaxed", "standard", "strict")
EVERYDAY = [
    "everybody",
    "out",
    "fire",
    "drill",
    "keynote",
    "speaker",
    "microphone",
    "professor",
    "legs",
    "room",
    "carers",
    "please",
    "wave",
    "ladies",
    "you",
    "lads",
    "all",
    "women",
    "men",
    "stand",
    "stage",
    "now",
    "shut",
    "door",
    "kids",
    "stop",
    "hands",
    "up",
    "Bristol",
    "English",
    "racoons",
    "stairs",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(EVERYDAY), min_size=1, max_size=5).map(" ".join))
def test_heads_alone_make_no_attack_of_five_words(text: str) -> None:
    signals = judge(reading(text), Policy(preset="strict"), []).signals
    assert {signal.category for signal in signals} <= {"self_harm", "privacy", "spam", "question", "vent"}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("heads", [shipped().heads, combining.shipped()], ids=["door", "reader"])
def test_what_any_doubt_would_hold_has_one_threshold(preset: str, heads: tuple[Head, ...]) -> None:
    policy = Policy(preset=preset)
    for head in heads:
        nudge, hold = head.levels[preset]
        for odds in (nudge - 0.01, nudge, (nudge + hold) / 2, hold, hold + 1):
            level = level_of_head(head, odds, policy)
            said = Signal("x", category_of(head.name), level or Level.NOTE, "")
            assert weigh(said, policy).level is not Level.HOLD or odds >= hold or preset == "strict"
            assert head.name != "care" or (level is None) == (odds < hold)
