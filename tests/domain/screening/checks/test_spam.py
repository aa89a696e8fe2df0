"""Spam is held, by behaviour before words; a conference post is none."""

import pytest

from app.domain.post import Standing
from app.domain.screening.checks import spam
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level
from tests.domain.screening.checks.telling import told


@pytest.mark.parametrize(
    "text",
    [
        "Make £400 a day from your phone, join my telegram",
        "bitcoin mentor tripled my savings, message him now",
        "cheap rolex and gucci, order now watches.example",
        "we do your dissertation, inbox us",
        "gain followers fast #f4f #teamfollowback",
        "Your package could not be delivered, pay the fee at post.example",
        "lonely ladies near you, link in bio",
        "g a i n  f o l l o w e r s  f a s t",
    ],
)
def test_spam_is_held(text: str) -> None:
    [signal] = told(spam.check, text)
    assert (signal.category, signal.level) == ("spam", Level.HOLD)


@pytest.mark.parametrize(
    "text",
    [
        "Free lunch in hall 2, gluten free too",
        "Our trial results are out https://trust.example/trial",
        "Warning: crypto scams target carers, beware of free gift cards",
        "Win for the team: waiting list down 40%",
        "Gambling harms clinic slides https://clinic.example/g",
        "Follow back up the stairs for the poster session",
    ],
)
def test_a_conference_post_is_no_spam(text: str) -> None:
    assert told(spam.check, text) == []


def test_behaviour_counts_before_words() -> None:
    tags = "#" + " #".join(["one", "two", "three", "four", "five", "six", "seven"])
    assert told(spam.check, f"look {tags} https://a.example")[0].level is Level.HOLD
    assert told(spam.check, "see https://a.example/x", Surroundings(same_text=3))[0].level is Level.HOLD
    assert told(spam.check, "win win https://a.example", Surroundings(standing=Standing.TRUSTED)) == []
