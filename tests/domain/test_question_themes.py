"""What many ask about, as a chair may say it: words that mean the same count together, people once, and the talk itself is none."""

import pytest

from app.domain.question_themes import THEMES_SAID, AskedAbout, themes_of

FUNDING = [
    "Who pays for the nights?",
    "Is there any funding left after March?",
    "Which budget does this come from?",
    "Could a small trust get funding too?",
]
CARERS = ["What do unpaid carers get?", "Did carers help to plan it?", "How many families were asked?"]
OTHER = ["Is the loop switched on?", "Why Leeds?", "When does the bus leave?", "May we see the figures?"]


def asked(*texts: str, people: dict[int, set[int]] | None = None) -> list[AskedAbout]:
    who = people or {}
    return [AskedAbout(number, (text,), frozenset(who.get(number, {number}))) for number, text in enumerate(texts)]


def told(questions: list[AskedAbout]) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(theme.word, theme.people, theme.questions) for theme in themes_of(questions)]


def test_words_that_mean_the_same_are_one_theme_under_the_word_that_is_used_most() -> None:
    assert told(asked(*FUNDING, *CARERS, *OTHER)) == [("funding", 4, (0, 1, 2, 3)), ("carers", 3, (4, 5, 6))]


def test_people_count_once_and_those_who_ask_with_others_count_too() -> None:
    questions = asked(*FUNDING[:2], *OTHER, people={0: {1, 2, 3, 90}, 1: {1, 2, 91}})
    assert told(questions) == [("funding", 5, (0, 1))] or told(questions)[0][1:] == (5, (0, 1))
    few = asked(*FUNDING[:2], *OTHER, people={0: {1, 2}, 1: {1, 2}})
    assert told(few) == [], "two people are no many"
    assert themes_of([AskedAbout(0, tuple(FUNDING), frozenset(range(9))), *asked(*OTHER[:3])[1:]]) == [], (
        "one question is no theme"
    )


@pytest.mark.parametrize("texts", [[], [""], ["?"] * 9, ["Why?"] * 9, ["日本語の質問"] * 9])
def test_where_nothing_is_in_common_nothing_is_said(texts: list[str]) -> None:
    assert themes_of(asked(*texts)) == []


def test_what_nearly_all_ask_about_is_the_talk_itself_and_there_are_never_many() -> None:
    wards = [
        f"Does the ward at home take {what}?" for what in ("dogs", "cats", "birds", "fish", "bees", "ants", "owls")
    ]
    assert told(asked(*wards)) == []
    words = ("ramps", "lifts", "toilets", "parking", "lunch", "badges", "coffee", "signs")
    many = [f"{begins} {word}?" for word in words for begins in ("Any", "More", "Better")]
    found = themes_of(asked(*many))
    assert len(found) == THEMES_SAID
    assert {len(theme.questions) for theme in found} == {3}


def test_a_theme_of_the_same_questions_is_not_told_twice() -> None:
    twice = [
        "Night shifts for volunteers?",
        "Do volunteers like the night shifts?",
        "Night shifts without volunteers?",
        *OTHER,
    ]
    assert [theme.questions for theme in themes_of(asked(*twice))] == [(0, 1, 2)]
