"""What was missed since a time: all that happened then and is shown, by half days, and nothing that is not shown."""

from datetime import datetime, timedelta
from typing import Any

from app.actions.questions import bring_on_stage, make_question, mark_answered
from app.actions.scenes import announce
from app.actions.stars import star_post
from app.actions.talks import add_talk
from app.actions.undo import undo_last
from app.actions.verdicts import reject
from app.actions.votes import vote
from app.domain.event import Event
from app.domain.talk import Talk
from app.queries.missed import Missed, missed, newest_day
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.shared_links import share

HOUR = timedelta(hours=1)
MORNING, AFTERNOON = NOON - 2 * HOUR, NOON + 3 * HOUR
"""By the clock of London, in June."""
EVENING = NOON + 9 * HOUR


class Day:
    """A day of talks with what was said in them."""

    def __init__(self, doors: Backchannel, event: Event) -> None:
        self.doors, self.event, self.number = doors, event, 0

    async def talk(self, title: str, at: datetime) -> Talk:
        return await self.doors.do(add_talk, self.event.id, title=title, starts_at=at, ends_at=at + HOUR, at=NOON)

    async def says(self, at: datetime) -> int:
        self.number += 1
        url = f"https://link-{self.number}.example/"
        return await self.doors.do(share, self.event.id, url, str(self.number), posted_at=at, at=at)

    async def asks(self, talk: Talk | None, at: datetime, *, answered: bool, votes: int = 0) -> int:
        post_id = await self.says(at)
        more: dict[str, Any] = {"talk_id": talk.id} if talk else {}
        question = await self.doors.do(make_question, post_id, by=ASHA, at=at, **more)
        for number in range(votes):
            await self.doors.do(vote, question.id, f"phone {number}", at=at)
        if answered:
            await self.doors.do(bring_on_stage, question.id, by=ASHA, at=at)
            await self.doors.do(mark_answered, question.id, by=ASHA, at=at)
        return post_id

    async def missed(self, since: datetime | None = None, at: datetime = EVENING) -> Missed:
        return await self.doors.ask(lambda db: missed(db, db.get_one(Event, self.event.id), since, at))


def told(found: Missed) -> list[tuple[str, list[tuple[str, int]], int, int, int, int]]:
    return [
        (one.half.value, [(each.talk.title, len(each.answered)) for each in one.talks], len(one.starred), len(one.voted),
         len(one.links), len(one.announced))
        for one in found.halves
    ]  # fmt: skip


async def test_a_day_is_told_by_halves_and_since_any_time(doors: Backchannel, event: Event) -> None:
    day = Day(doors, event)
    early, late = await day.talk("Early", MORNING), await day.talk("Late", AFTERNOON)
    await day.talk("Tomorrow", NOON + 24 * HOUR)
    await day.asks(early, MORNING, answered=True)
    await day.asks(late, AFTERNOON, answered=True)
    waits = await day.asks(late, AFTERNOON, answered=False, votes=3)
    await day.asks(late, AFTERNOON, answered=False)
    star = await day.says(MORNING)
    await doors.do(star_post, star, by=ASHA, at=EVENING)
    await doors.do(announce, event.id, "Lunch", until=AFTERNOON, by=ASHA, at=NOON - HOUR)
    await doors.do(announce, event.id, "A mistake", until=EVENING, by=ASHA, at=AFTERNOON)
    await doors.do(undo_last, event.id, by=ASHA, at=AFTERNOON)
    morning, afternoon = ("morning", [("Early", 1)], 1, 0, 2, 1), ("afternoon", [("Late", 1)], 0, 1, 3, 0)
    assert told(await day.missed()) == [morning, afternoon]
    assert told(await day.missed(NOON + HOUR)) == [afternoon]
    assert [half.value for _, half in (await day.missed(EVENING)).all_halves] == ["morning", "afternoon"]
    assert told(await day.missed(EVENING)) == []
    # Who comes into a talk has missed of it what was said before.
    assert told(await day.missed(AFTERNOON + HOUR / 2)) == [("afternoon", [("Late", 1)], 0, 0, 0, 0)]
    for post_id in (waits, star):
        await doors.do(reject, post_id, by=ASHA, at=EVENING)
    assert told(await day.missed()) == [
        ("morning", [("Early", 1)], 0, 0, 1, 1),
        ("afternoon", [("Late", 1)], 0, 0, 2, 0),
    ]


async def test_of_a_talk_that_asks_not_to_be_passed_on_there_is_nothing(doors: Backchannel, event: Event) -> None:
    day = Day(doors, event)
    quiet = await day.talk("Quiet", AFTERNOON)
    await doors.do(lambda db: setattr(db.get_one(Talk, quiet.id), "do_not_share", True))
    await day.asks(quiet, AFTERNOON, answered=True)
    star = await day.asks(quiet, AFTERNOON, answered=False, votes=2)
    await doors.do(star_post, star, by=ASHA, at=EVENING)
    assert told(await day.missed()) == []


async def test_a_time_alone_is_of_the_newest_day(doors: Backchannel, event: Event) -> None:
    async def newest(at: datetime) -> str:
        return str(await doors.ask(lambda db: newest_day(db, db.get_one(Event, event.id), at)))

    assert await newest(EVENING) == "2026-06-11"
    await Day(doors, event).says(NOON)
    assert await newest(NOON + 72 * HOUR) == "2026-06-11"
    await doors.do(lambda db: setattr(db.get_one(Event, event.id), "starts_on", NOON.date() + timedelta(days=1)))
    assert await newest(NOON) == "2026-06-11"
    assert await newest(NOON + 72 * HOUR) == "2026-06-12"
