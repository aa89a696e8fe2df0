"""Opens the demo's doors with a morning's worth of posts, and then lets the day go on, for ever."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.actions.alarms import change_alarms
from app.actions.arrivals import receive
from app.actions.brand import change_brand
from app.actions.current_talk import move_programme_on
from app.actions.event_days import set_days
from app.actions.events import create_event
from app.actions.folds import fold
from app.actions.policies import change_policy
from app.actions.programme_scenes import let_programme_run
from app.actions.questions import make_question
from app.actions.sources import change_source
from app.actions.stars import star_post
from app.actions.talks import add_talk, keep_talk_back
from app.actions.verdicts import approve
from app.actions.votes import vote
from app.actions.withdrawals import withdraw
from app.demo.asking import look_after
from app.demo.brand_of_the_day import brand
from app.demo.conference import SLUG, beside, day, known, opening, policy, slots
from app.domain.alarms import LONGEST_SECONDS, Alarms
from app.domain.decision import Actor
from app.domain.event import Event, EventKind, TakesNothing
from app.domain.incoming import Incoming, IncomingRepost, Withdrawal
from app.domain.question import Question
from app.files.recorded.own_lines import Line
from app.queries.rooms import whereabouts
from app.sources.replay import Now, Recorded, Sleep, moment, pause, shifted, take_in
from app.store.doors import Backchannel

HOST = Actor(label="The demo")
QUICKER = 12.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.4, 7.0
"""Seconds between two posts: a day in three quarters of an hour, with its bursts and its lulls."""


async def make_demo(backchannel: Backchannel, *, at: datetime) -> Event:
    """The event with its programme, a talk of which is running."""
    facts = known()
    event = await backchannel.do(
        create_event,
        SLUG,
        name=facts["name"],
        hashtags=facts["hashtags"],
        zone=facts["zone"],
        accent=facts["accent"],
        welcome=facts["welcome"],
        by=HOST,
        at=at,
    )
    # Everybody finds it on the front page.
    await backchannel.do(
        set_days, event.id, kind=EventKind.CONFERENCE, starts_on=None, ends_on=None, listed=True, by=HOST, at=at
    )
    await backchannel.do(change_brand, event.id, **await asyncio.to_thread(brand), by=HOST, at=at)
    await backchannel.do(change_policy, event.id, policy(), by=HOST, at=at)
    # Its posts are dated back an hour: nobody is to be called for them.
    await backchannel.do(
        change_alarms, event.id, Alarms(wait_seconds=LONGEST_SECONDS, nobody_seconds=LONGEST_SECONDS), by=HOST, at=at
    )
    await backchannel.do(change_source, event.id, "x", enabled=False, options={}, by=HOST, at=at)
    for slot in slots(at):
        talk = await backchannel.do(
            add_talk,
            event.id,
            title=slot.title,
            room=slot.room,
            speakers=slot.speakers,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            by=HOST,
            at=at,
        )
        if slot.do_not_share:
            await backchannel.do(keep_talk_back, event.id, talk.id, by=HOST, at=at)
    await backchannel.do(move_programme_on, event.id, at=at)
    runs: dict[str, Any] = {"runs": True, "quiet_talks": False, "question_minutes": 10}
    await backchannel.do(let_programme_run, event.id, by=HOST, at=at, **runs)
    return event


async def open_the_doors(backchannel: Backchannel, event_id: int, *, now: Now) -> None:
    """What was said before the visitor came: some of it on the wall, some waiting, a few questions with votes."""
    talks = await _talks(backchannel, event_id, now)
    before = [line for line in day() if opening(line)]
    asked: dict[str, int] = {}
    for number, line in enumerate(before):
        ago = timedelta(minutes=(len(before) - number) * 0.7)
        for one in line.found:
            told = _as_of(one, now() - ago)
            if not isinstance(told, Incoming):
                await take_in(backchannel, event_id, told, at=now())
                continue
            its = talks[number % len(talks)] if talks else None
            asks = its if beside(line, "asks") else None
            received = await backchannel.do(receive, event_id, replace(told, asks_talk_id=asks), at=now() - ago)
            await backchannel.do(fold, received.post_id, at=now())
            if opening(line) in {"approve", "question"}:
                await backchannel.do(approve, received.post_id, by=HOST, at=now())
            if beside(line, "star"):
                await backchannel.do(star_post, received.post_id, by=HOST, at=now())
            if opening(line) == "question":
                question = await backchannel.do(make_question, received.post_id, by=HOST, at=now(), talk_id=its)
                assert isinstance(question, Question)  # noqa: S101 - it is approved
                for voter in range(int(beside(line, "votes") or 0)):
                    await backchannel.do(vote, question.id, f"demo-{voter}", at=now())
                await look_after(backchannel, line, question, asked, by=HOST, at=now())


async def play_for_ever(backchannel: Backchannel, event_id: int, *, now: Now, sleep: Sleep) -> None:
    """The day goes on, lap after lap. Each lap takes the last one's posts away as it says them again."""
    lap = 0
    while True:
        lines = [line for line in day() if lap or not opening(line)]
        await _play(backchannel, event_id, lines, lap, now=now, sleep=sleep)
        lap += 1


async def _play(
    backchannel: Backchannel, event_id: int, lines: list[Line], lap: int, *, now: Now, sleep: Sleep
) -> None:
    before: datetime | None = None
    for line, one in [(told, one) for told in _lively(lines, lap) for one in told.found]:
        at = moment(one) or before or now()
        await sleep(min(LONGEST_PAUSE, max(SHORTEST_PAUSE, pause(before, at) / QUICKER)))
        before = at
        if lap and isinstance(one, Incoming) and not one.version:
            gone = Withdrawal(one.source, _ref(one.ref, lap - 1), "the demo's day begins anew")
            await backchannel.do(withdraw, event_id, gone, at=now())
        told = _as_of(_of_lap(one, lap), now())
        if isinstance(told, Incoming) and beside(line, "asks"):
            talks = await _talks(backchannel, event_id, now)
            told = replace(told, asks_talk_id=talks[len(told.text) % len(talks)] if talks else None)
        with suppress(TakesNothing):  # whoever tries the demo closes it, too; it goes on when it is opened again
            await take_in(backchannel, event_id, told, at=now())


async def _talks(backchannel: Backchannel, event_id: int, now: Now) -> list[int]:
    """What runs in the rooms: people ask in all of them."""
    await backchannel.do(move_programme_on, event_id, at=now())
    return sorted(await backchannel.ask(lambda db: whereabouts(db, db.get_one(Event, event_id)).running))


def _lively(lines: list[Line], lap: int) -> Iterator[Line]:
    """Neighbours change places a little from lap to lap, so that no two are the same; edits stay after posts."""
    if lap == 0:
        yield from lines
        return
    shuffle = random.Random(lap)  # noqa: S311 - for variety, not for secrets
    places = {id(line): number + shuffle.uniform(0, 5) for number, line in enumerate(lines)}
    yield from sorted(lines, key=lambda line: max(places[id(line)], *(_after(one, lines) for one in line.found), 0.0))


def _after(one: Recorded, lines: list[Line]) -> float:
    """The place that a line must stay behind: what changes, repeats or removes a post comes after it."""
    if isinstance(one, Incoming) and not one.version:
        return 0.0
    ref = one.of_ref if isinstance(one, IncomingRepost) else one.ref
    places = [
        number + 6.0
        for number, line in enumerate(lines)
        for other in line.found
        if isinstance(other, Incoming) and other.ref == ref and not other.version
    ]
    return max(places, default=0.0)


def _of_lap(one: Recorded, lap: int) -> Recorded:
    if isinstance(one, IncomingRepost):
        return replace(one, ref=_ref(one.ref, lap), of_ref=_ref(one.of_ref, lap))
    return replace(one, ref=_ref(one.ref, lap))


def _ref(ref: str, lap: int) -> str:
    return ref if lap == 0 else f"{ref}-{lap}"


def _as_of(one: Recorded, at: datetime) -> Recorded:
    recorded = moment(one)
    return one if recorded is None else shifted(one, at - recorded)
