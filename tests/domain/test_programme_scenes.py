"""What the programme has for a wall, minute by minute of a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.programme_scenes import AtThePoint, HowItRuns, scene_due

NINE = datetime(2026, 6, 11, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAIN, QUIET, HELPED = HowItRuns(), HowItRuns(quiet=True), HowItRuns(has_sponsors=True)
TALK = AtThePoint(ends_at=NINE + 60 * MINUTE)
BREAK = AtThePoint(ended_at=NINE, next_id=7, next_at=NINE + 30 * MINUTE)
MORNING = AtThePoint(next_id=7, next_at=NINE)
NIGHT = AtThePoint(ended_at=NINE, next_id=7, next_at=NINE + 15 * 60 * MINUTE)
EVENING = AtThePoint(ended_at=NINE)


@pytest.mark.parametrize(
    ("point", "how", "minute", "due"),
    [
        (TALK, PLAIN, 0, "feed"),
        (TALK, QUIET, 0, "join"),
        (TALK, QUIET, 49, "join"),
        (TALK, QUIET, 50, "questions"),
        (TALK, PLAIN, 75, "questions"),  # it runs on by hand
        (TALK, HowItRuns(question_minutes=0), 55, "feed"),
        (replace(TALK, takes_questions=False), PLAIN, 55, "feed"),
        (BREAK, HELPED, 1, "sponsors"),
        (BREAK, HELPED, 25, "countdown:talk_start:7"),
        (BREAK, PLAIN, 1, "countdown:talk_start:7"),
        (MORNING, PLAIN, -61, "holding"),
        (MORNING, PLAIN, -60, "join"),
        (MORNING, HELPED, -5, "countdown:talk_start:7"),
        (NIGHT, HELPED, 10, "feed"),
        (NIGHT, HELPED, 31, "holding"),
        (EVENING, PLAIN, 29, "feed"),
        (EVENING, PLAIN, 31, "holding"),
        (AtThePoint(), QUIET, 0, "feed"),  # nobody has given it a programme
    ],
)
def test_what_is_due(point: AtThePoint, how: HowItRuns, minute: int, due: str) -> None:
    assert str(scene_due(point, how, NINE + minute * MINUTE)) == due
