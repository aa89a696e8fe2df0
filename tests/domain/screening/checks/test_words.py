"""Word lists: whole words, in any disguise, and what the organiser allows goes before."""

import pytest

from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.checks import words
from app.domain.screening.checks.words import preview
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal
from tests.conftest import incoming, reading

LISTS = Policy(
    banned_words=("grotbag",), blocked_words=("flapdoodle*", "soggy biscuit"), watched_words=("tombola",),
    allowed_words=("grotbag museum",),
)  # fmt: skip


def found(text: str, policy: Policy = LISTS) -> dict[str, Signal]:
    return {signal.code: signal for signal in words.check(reading(text), policy, Surroundings())}


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("you grotbag", "banned-word", Level.HIDE),
        ("more flapdoodlery, please", "blocked-word", Level.HOLD),
        ("a Soggy  Biscuit!", "blocked-word", Level.HOLD),
        ("the tombola is open", "watched-word", Level.NUDGE),
        ("gr0tb4g", "banned-word", Level.HIDE),
        ("g r o t b a g", "banned-word", Level.HIDE),
        ("g.r.o.t.b.a.g", "banned-word", Level.HIDE),
        ("ｇｒｏｔｂａｇ", "banned-word", Level.HIDE),
        ("grоtbаg", "banned-word", Level.HIDE),
        ("grot\u200bbag", "banned-word", Level.HIDE),
        ("grrrrrotbaaaaag", "banned-word", Level.HIDE),
    ],
)
def test_each_list_does_what_it_says_in_any_disguise(text: str, code: str, level: Level) -> None:
    assert found(text)[code].level is level


def test_a_disguise_is_told_as_such_and_an_honest_word_is_not() -> None:
    assert "disguised-word" in found("gr0tb4g")
    assert "disguised-word" not in found("GROTBAG")


@pytest.mark.parametrize(
    "text", ["grotbags", "agrotbag", "tombolas", "the grotbag museum is shut", "soggy old biscuit"]
)
def test_only_whole_words_count_and_allowed_phrases_go_before(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe, Penistone and Clitheroe hospitals merged",
        "cocktail of drugs, assessment, analysis, classic therapist, essex, peacock",
        "breast screening, anal cancer, penile implants, vaginal birth, rape crisis, semen samples",
        "lesbian, gay, bisexual, trans and queer carers, Jewish and Muslim staff, deaf people",
        "Dick Whittington ward, Fanny and Willy retire, Niger and Nigeria health teams",
    ],
)
def test_places_clinical_words_and_people_are_not_insults(text: str) -> None:
    assert found(text) == {}


def test_the_preview_shows_what_new_words_would_have_matched() -> None:
    texts = ["A tombola!", "t0mb0la today", "symbol", "tombola museum"]
    shown = preview(["tombola", "sym*", "nothing"], texts, allowed=["tombola museum"])
    assert shown == {"tombola": [0, 1], "sym*": [2], "nothing": []}


@pytest.mark.parametrize("pattern", ["a*a*a*a*a*a*", "*" * 50, "((((", "[a-z]+", "*a", "\\", "a" * 500])
def test_no_word_of_the_organiser_breaks_or_slows_screening(pattern: str) -> None:
    ruling = screen(incoming("a" * 5000), Policy(blocked_words=(pattern,)), Surroundings())
    assert "check-failed" not in {signal.code for signal in ruling.signals}
