"""A question for the speaker is noted; logistics, greetings and rhetoric are none."""

import pytest

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.screening.checks import questions
from app.domain.screening.reading.reading import Reading
from app.domain.verdict import Level
from tests.conftest import incoming, reading
from tests.domain.screening.checks.telling import NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "How was the pilot evaluated?",
        "who trains the carers",
        "Would this work in a hospice?",
        "Please ask the panel about pay",
        "Curious whether night staff were asked",
        "Great talk! What would you do first?",
        "And what about people without a phone?",
    ],
)
def test_a_question_for_the_speaker_is_noted(text: str) -> None:
    [signal] = questions.check(reading(text), Policy(), NOTHING)
    assert (signal.category, signal.level) == ("question", Level.NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Where is the cloakroom?",
        "Anyone fancy lunch?",
        "How good was that?",
        "What a session",
        "How are you all?",
        "Who else is on the 17:05?",
        "Lovely question from the lady in red",
        "Is the coffee decaf?",
    ],
)
def test_logistics_greetings_and_rhetoric_are_not_for_the_speaker(text: str) -> None:
    assert list(questions.check(reading(text), Policy(), NOTHING)) == []


def test_a_post_that_a_phone_asks_is_a_question(tmp_path: object) -> None:
    post: Incoming = incoming("more about pay please", asks_talk_id=1)
    assert [signal.code for signal in questions.check(Reading.of(post), Policy(), NOTHING)] == ["speaker-question"]
