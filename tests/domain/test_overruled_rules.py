"""Which rules may be let say less: only those that protect nobody, and only after enough decisions."""

import pytest

from app.domain.category import SETTABLE, Category
from app.domain.overruled_rules import MAY_SAY_LESS, Judgement, overruled_rules, saying_less
from app.domain.policy import PRESETS, Policy
from app.domain.screening.ruling import ORDER, weigh
from app.domain.verdict import Level, Signal, Verdict

PROTECTS = {
    Category.SELF_HARM, Category.THREAT, Category.PRIVACY, Category.IDENTITY_ATTACK, Category.SEXUAL, Category.VENT,
}  # fmt: skip


def decided(approved: int, rejected: int, category: str = "link", first: int = 1, version: int = 1) -> list[Judgement]:
    verdicts = [Verdict.REJECTED] * rejected + [Verdict.APPROVED] * approved
    return [Judgement(first + n, f",{category},", verdict, version) for n, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("approved", "rejected", "suggested"),
    [(9, 0, False), (10, 0, True), (9, 1, True), (8, 2, False), (18, 2, True), (17, 3, False), (0, 30, False)],
)
def test_nine_of_ten_and_ten_at_least(approved: int, rejected: int, suggested: bool) -> None:
    found = overruled_rules(Policy(), decided(approved, rejected), {})
    assert [(one.category, one.overruled, one.of) for one in found] == (
        [("link", approved, approved + rejected)] if suggested else []
    )


@pytest.mark.parametrize("category", SETTABLE)
def test_what_protects_people_is_never_suggested_however_often_it_is_overruled(category: Category) -> None:
    assert (category in PROTECTS) != (category in MAY_SAY_LESS)
    for preset in PRESETS:
        found = overruled_rules(Policy(preset=preset), decided(50, 0, category), {})
        assert not (found and category in PROTECTS)


@pytest.mark.parametrize("category", MAY_SAY_LESS)
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("own", [None, *Level])
def test_what_is_suggested_lets_a_rule_say_less_and_is_suggested_once(
    category: str, preset: str, own: Level | None
) -> None:
    policy = Policy(preset=preset, levels=((category, own.value),) if own else ())
    found = overruled_rules(policy, decided(10, 0, category), {})
    if not found:
        return
    then = saying_less(policy, category)
    for level in Level:
        before, after = (weigh(Signal("x", category, level, "", 1.0), rules).level for rules in (policy, then))
        assert ORDER.index(after) <= ORDER.index(before)
    assert overruled_rules(then, decided(10, 0, category), {}) == []


def test_insults_are_pointed_out_at_least() -> None:
    (found,) = overruled_rules(Policy(), decided(10, 0, "abuse"), {})
    assert found.level is Level.NUDGE


def test_what_was_decided_before_the_rules_changed_or_were_left_counts_no_more() -> None:
    before, after = decided(10, 0), decided(9, 0, first=20, version=3)
    assert overruled_rules(Policy(), [*before, *after], {"link": (3, 0)}) == []
    assert overruled_rules(Policy(), [*before, *after], {"link": (0, 10)}) == []
    assert overruled_rules(Policy(), [*before, *after], {"link": (0, 9)})[0].of == 10
    assert overruled_rules(Policy(), [*before, *after], {"spam": (3, 40)})[0].of == 19
