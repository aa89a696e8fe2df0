"""Similar questions are suggested, never folded."""

from app.domain.policy import Policy
from app.domain.screening.checks import similar_questions
from app.domain.screening.checks.similar_questions import most_similar
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level
from tests.conftest import reading

OPEN_QUESTIONS = (
    (1, "Who pays for the app?"),
    (2, "Does it work for people with a stroke?"),
    (3, "Can we see the data?"),
)


def test_similar_questions_are_suggested_never_folded() -> None:
    assert most_similar("How is the app funded?", OPEN_QUESTIONS)[0][0] == 1
    [first, *_] = similar_questions.check(
        reading("How is the app funded?"), Policy(), Surroundings(questions=OPEN_QUESTIONS)
    )
    assert (first.level, first.category) == (Level.NOTE, "question")
