"""A day in numbers: each post in its step, shown once however often it is let through, waits as they stood."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.arrivals import receive
from app.actions.links import give_link
from app.actions.questions import make_question
from app.actions.verdicts import approve, reject
from app.actions.votes import vote
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.talk import Talk
from app.queries.day_figures import DayFigures, _waited, day_figures
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming

MINUTE = timedelta(minutes=1)


async def comes(doors: Backchannel, event: Event, ref: str, at: datetime, source: str = "x") -> int:
    post = incoming(f"Something worth saying about {ref}", ref=ref, source=source, posted_at=at)
    return (await doors.do(receive, event.id, post, at=at)).post_id


async def of(
    doors: Backchannel, event: Event, day: date | None = None, at: datetime = NOON + timedelta(hours=3)
) -> DayFigures:
    return await doors.ask(day_figures, event.id, day, at)


async def test_a_day_is_counted_step_by_step(doors: Backchannel, event: Event, talk: Talk) -> None:
    link = await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label="Asha")
    asha = Actor("Asha", link.access.id)
    first = await comes(doors, event, "1", NOON + MINUTE)
    second = await comes(doors, event, "2", NOON + 7 * MINUTE, source="floor")
    await comes(doors, event, "3", NOON + 62 * MINUTE)
    await doors.do(approve, first, by=asha, at=NOON + 11 * MINUTE)
    await doors.do(reject, second, by=asha, at=NOON + 12 * MINUTE)
    await doors.do(approve, second, by=asha, at=NOON + 13 * MINUTE)
    await doors.do(reject, first, by=asha, at=NOON + 21 * MINUTE)
    await doors.do(approve, first, by=asha, at=NOON + 22 * MINUTE)
    question = await doors.do(make_question, first, by=asha, at=NOON + 23 * MINUTE)
    await doors.do(vote, question.id, "a phone", at=NOON + 24 * MINUTE)
    found = await of(doors, event)
    assert (found.day, found.step, found.begins.astimezone(NOON.tzinfo)) == (
        NOON.date(),
        5 * MINUTE,
        NOON - timedelta(hours=1),
    )
    noon = 12  # steps of five minutes after the hour before noon
    assert {source: sum(counts) for source, counts in found.arrived.items()} == {"x": 2, "floor": 1}
    assert found.arrived["x"][noon] == found.arrived["floor"][noon + 1] == found.arrived["x"][noon + 12] == 1
    assert {place - noon: n for place, n in enumerate(found.shown) if n} == {2: 2}
    assert {place - noon: n for place, n in enumerate(found.declined) if n} == {2: 1, 4: 1}
    assert [seconds / 60 for seconds in found.waited[noon : noon + 4]] == [4, 9, 0, 0]
    assert {place - noon: n for place, n in enumerate(found.people["Asha"]) if n} == {2: 3, 4: 2}
    [asked] = found.talks
    assert (asked.talk.id, asked.questions, asked.votes) == (talk.id, 1, question.votes + 1)
    assert (found.before, found.after) == (None, None)


async def test_days_lead_to_the_days_beside_them_on_which_something_came(doors: Backchannel, event: Event) -> None:
    for number, days in enumerate((0, 3, 9)):
        await comes(doors, event, str(number), NOON + timedelta(days=days))
    middle = await of(doors, event, NOON.date() + timedelta(days=3))
    assert (middle.before, middle.after) == (NOON.date(), NOON.date() + timedelta(days=9))
    assert (await of(doors, event)).day == NOON.date() + timedelta(days=9)
    empty = await of(doors, event, NOON.date() + timedelta(days=1))
    assert (sum(empty.shown), empty.before, empty.after) == (0, NOON.date(), NOON.date() + timedelta(days=3))


async def test_a_day_of_twenty_five_hours_has_them_all(doors: Backchannel, event: Event) -> None:
    changing = datetime(2026, 10, 25, 0, 30, tzinfo=NOON.tzinfo)
    await comes(doors, event, "1", changing)
    await comes(doors, event, "2", changing + timedelta(hours=22, minutes=50))
    found = await of(doors, event, date(2026, 10, 25), changing + timedelta(days=2))
    assert found.steps * found.step == found.ends - found.begins
    assert sum(found.arrived["x"]) == 2


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 119), st.one_of(st.none(), st.integers(0, 60))), max_size=12))
def test_what_waited_longest_is_what_one_would_have_found_by_looking(posts: list[tuple[int, int | None]]) -> None:
    """The law behind the sweep: at the end of a step, the age of the oldest that has not left."""
    both = [(NOON + n * MINUTE, None if stays is None else NOON + (n + stays) * MINUTE) for n, stays in posts]
    came = sorted(both, key=lambda one: one[0])
    edges, now = [NOON + 5 * number * MINUTE for number in range(24)], NOON + timedelta(hours=3)
    looked = []
    for edge in edges:
        until = edge + 5 * MINUTE
        ages = [(until - at).total_seconds() for at, left in came if at < until and (left is None or left > until)]
        looked.append(max(ages, default=0.0))
    assert _waited(edges, 5 * MINUTE, came, now) == looked
