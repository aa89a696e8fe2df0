"""A talk as a picture, as the figures draw a day: small charts one below the other, on one axis of time."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.sentence import Sentence
from app.domain.talk_over_time import Counts, TalkOverTime
from app.views.desk.day_picture import Chart, chart

SAID = Sentence("Said while it ran")
ASKED = Sentence("Questions")
WISHED = Sentence("Votes")


@dataclass(frozen=True, slots=True)
class TalkPicture:
    over_time: TalkOverTime
    charts: list[Chart]
    kinds: list[tuple[Sentence, Counts]]
    minutes: int
    """How long a step is."""


def draw_talk(over_time: TalkOverTime) -> TalkPicture | None:
    """None where nothing happened."""
    kinds = [(SAID, over_time.posts), (ASKED, over_time.questions), (WISHED, over_time.votes)]
    if not any(counts.total for _, counts in kinds):
        return None
    begins, step = over_time.begins, over_time.step
    return TalkPicture(
        over_time,
        [chart(begins, step, label, "talk", counts.steps, max(counts.steps)) for label, counts in kinds],
        kinds,
        max(1, round(step / timedelta(minutes=1))),
    )
