"""How a talk went, step by step: what was said, asked and wished for while it ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60))
STEPS_OF_A_TALK = 30


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one kind of thing; what came before the talk, and after it, is in no step."""

    before: int
    steps: tuple[int, ...]
    after: int

    @property
    def total(self) -> int:
        return self.before + sum(self.steps) + self.after


@dataclass(frozen=True, slots=True)
class TalkOverTime:
    begins: datetime
    step: timedelta
    posts: Counts
    questions: Counts
    votes: Counts

    @property
    def times(self) -> list[datetime]:
        """When each step begins."""
        return [self.begins + self.step * number for number in range(len(self.posts.steps))]


def over_time(
    begins: datetime,
    ends: datetime,
    *,
    posts: Iterable[datetime],
    questions: Iterable[datetime],
    votes: Iterable[datetime],
) -> TalkOverTime:
    """In so few steps that each can be seen. Its last step ends with the talk or a little later."""
    long = max(ends - begins, STEPS[0])
    step = next((one for one in STEPS if long / one <= STEPS_OF_A_TALK), -(-long // STEPS_OF_A_TALK))
    number = -(-long // step)

    def count(times: Iterable[datetime]) -> Counts:
        steps, before, after = [0] * number, 0, 0
        for at in times:
            place = (at - begins) // step
            if place < 0:
                before += 1
            elif at >= ends:
                after += 1
            else:
                steps[place] += 1
        return Counts(before, tuple(steps), after)

    return TalkOverTime(begins, step, count(posts), count(questions), count(votes))
