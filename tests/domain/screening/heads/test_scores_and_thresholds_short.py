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
def test_heads_alone_make_an_attack_of_five_words_only_where_they_are_sure(text: str) -> None:
    for signal in judge(reading(text), Policy(preset="strict"), []).signals:
        assert signal.category not in {"threat", "sexual"}
        assert signal.category != "abuse" or signal.confidence >= 0.97
        assert signal.category != "identity_attack" or (len(text.split()) > 3 and signal.level is Level.HOLD)


@pytest.mark.parametrize(
    "text",
    ["Everybody out, fire drill", "Lovely keynote.", "Quiet room upstairs", "Carers stand up", "Women only ward"],
)
def test_what_is_said_in_few_words_every_day_is_no_attack(text: str) -> None:
    assert not {"abuse", "identity_attack", "threat", "sexual"} & {
        signal.category for signal in judge(reading(text), Policy(), []).signals
    }


@pytest.mark.parametrize("text", ["all gypsies are thieves", "jews will not replace us", "all muslims are terrorists"])
def test_hatred_of_a_group_needs_no_more_than_four_words(text: str) -> None:
    found = judge(reading(text), Policy(), []).signals
    assert [signal.level for signal in found if signal.category == "identity_attack"] == [Level.HOLD]


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
