"""Copies are found in every coat, and what says something else is left alone."""

import pytest

from app.domain.policy import Policy
from app.domain.screening.checks import repeats
from app.domain.screening.checks.repeats import copies
from app.domain.screening.reading.fingerprint import essence
from app.domain.screening.surroundings import Recent, Surroundings
from app.domain.verdict import Level
from tests.conftest import reading

FIRST = "Carers on our ward have started a choir, come and sing on Friday"


@pytest.mark.parametrize(
    "copy",
    [
        FIRST.upper(),
        f"RT @somebody: {FIRST}",
        f"{FIRST} https://choir.example/{'x' * 20}",
        f"🎶 {FIRST} 🎶🎉",
        f"{FIRST} wow",
        FIRST.replace("started", "startd"),
        f"@all {FIRST.lower()}!!!",
    ],
)
def test_a_copy_is_a_copy_in_any_coat(copy: str) -> None:
    assert copies(essence(copy), [essence("Something else entirely, about parking"), essence(FIRST)]) == [1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The workshop moves to room 4 at two today", "The workshop moves to room 5 at two today"),
        ("The lift on the second floor is working again", "The lift on the second floor is not working again"),
        ("Does it work for people with dementia at home", "Does it work for people with diabetes at home"),
        ("Who owns the data when the project ends", "Who owns the house when the project ends"),
        ("Great talk by Miriam Castellan this morning", "Great talk by Tomos Pritchard this morning"),
        ("Well said", "Well said"),
    ],
)
def test_what_says_something_else_is_no_copy(one: str, other: str) -> None:
    assert copies(essence(one), [essence(other)]) == []


def test_several_authors_with_nearly_one_text_are_told_as_coordinated() -> None:
    recent = tuple(Recent(essence(f"{FIRST} {word}"), author) for word, author in (("now", "a"), ("please", "b")))
    [signal] = repeats.check(reading(FIRST), Policy(), Surroundings("c", recent=recent))
    assert (signal.code, signal.level) == ("coordinated", Level.HOLD)
    [own] = repeats.check(reading(FIRST), Policy(), Surroundings("a", recent=recent))
    assert own.code == "own-near-repeat"
