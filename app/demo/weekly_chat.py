"""Beside the conference: a weekly chat with two editions that were, a survey, and a monthly meet with notes."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.actions.arrivals import receive
from app.actions.editions import keep_edition_times, keep_editions, name_edition
from app.actions.meets import come, describe_meet, judge_guest
from app.actions.notes import write_notes
from app.actions.prompts import end_prompt, release_prompt, write_prompt
from app.actions.series import LONGEST_LATE_DAYS, Described, change_series, found_series
from app.actions.stars import star_post
from app.actions.surveys import answer_survey, ask_survey, judge_words
from app.actions.themes import judge_theme, plan_theme, suggest_theme, vote_for_theme
from app.actions.verdicts import approve
from app.demo.playing import HOST
from app.domain.event import EventKind
from app.domain.incoming import ANONYMOUS, Byline, Incoming, Segment
from app.domain.linked import addresses_in
from app.domain.meet import GuestWords, MeetFacts
from app.domain.prompt import PromptKind
from app.domain.series import Every, Series
from app.domain.verdict import Verdict
from app.queries.series import Dated, editions
from app.store.doors import Backchannel

ZONE = "Europe/London"
WEEK = timedelta(weeks=1)


@cache
def written() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("weekly_chat.json").read_text(encoding="utf-8"))
    return loaded


async def make_series(doors: Backchannel, *, at: datetime) -> tuple[Series, Series]:
    """The chat and the meet, as they came to be over the last weeks."""
    return await _chat(doors, at=at), await _meet(doors, at=at)


async def _chat(doors: Backchannel, *, at: datetime) -> Series:
    """Its last edition was four days ago: late answers are over, and the next one comes."""
    first = (at - 2 * WEEK + timedelta(days=3)).astimezone(ZoneInfo(ZONE)).date()
    founded = datetime.combine(first, time(12), ZoneInfo(ZONE)) - timedelta(days=2)
    # While it is told, the calendar of the server closes nothing: answers of then come in now.
    when = Described(first, time(20), 60, late_days=LONGEST_LATE_DAYS)
    series = await _found(doors, written()["chat"], when, EventKind.CHAT, at=founded)
    for number, edition in enumerate(written()["editions"]):
        one = (await doors.ask(editions, series.id))[number]
        await _edition(doors, series, one, edition)
    await doors.do(change_series, series.id, _described(written()["chat"], replace(when, late_days=2)), by=HOST, at=at)
    await doors.do(keep_edition_times, series.id, at=at)
    await _survey(doors, series, at=at)
    return series


async def _found(
    doors: Backchannel, facts: dict[str, Any], when: Described, kind: EventKind, *, at: datetime
) -> Series:
    described = _described(facts, when)
    said: dict[str, Any] = {name: facts[name] for name in ("name", "hashtags", "accent")}
    return await doors.do(
        found_series, facts["slug"], described, **said, zone=ZONE, kind=kind, listed=True, by=HOST, at=at
    )


def _described(facts: dict[str, Any], when: Described) -> Described:
    return replace(when, about=facts["about"], hosts=facts["hosts"], confidence=facts["confidence"])


async def _edition(doors: Backchannel, series: Series, one: Dated, told: dict[str, Any]) -> None:
    begins, event_id = one.edition.starts_at, one.event.id
    await doors.do(name_edition, event_id, told["theme"], by=HOST, at=begins - timedelta(days=1))
    await doors.do(keep_edition_times, series.id, at=begins - timedelta(minutes=20))
    prompts = []
    for kind, text, minute in told["prompts"]:
        facts = {"kind": PromptKind(kind), "text": text, "minute": minute}
        prompts.append((minute, await doors.do(write_prompt, event_id, **facts, by=HOST, at=begins)))
    for number, said in enumerate(told["said"]):
        while prompts and prompts[0][0] <= said[3]:
            minute, prompt = prompts.pop(0)
            await doors.do(release_prompt, prompt.id, by=HOST, at=begins + timedelta(minutes=minute))
        await _say(doors, event_id, number, said, begins)
    await doors.do(end_prompt, event_id, by=HOST, at=one.edition.ends_at)


async def _say(doors: Backchannel, event_id: int, number: int, said: Sequence[Any], begins: datetime) -> None:
    source, handle, name, minute, text = said
    at = begins + timedelta(minutes=minute, seconds=30)
    ref = f"kettle-{event_id}-{number}"
    byline = Byline(handle or ref, name or ANONYMOUS)
    url = f"https://{source}.example/{handle}/{ref}" if source != "floor" else ""
    post = Incoming(source, ref, byline, text, at, segments=tuple(_segments(text)), url=url, lang="en")
    received = await doors.do(receive, event_id, post, at=at)
    await doors.do(approve, received.post_id, by=HOST, at=at)
    if number % 7 == 6:
        await doors.do(star_post, received.post_id, by=HOST, at=at)


def _segments(text: str) -> list[Segment]:
    """The words, and the addresses in them."""
    pieces, rest = list[Segment](), text
    for address in addresses_in(text):
        before, _, rest = rest.partition(address)
        pieces += [Segment("text", before)] if before else []
        pieces.append(Segment("link", address, address))
    return [*pieces, *([Segment("text", rest)] if rest else [])]


async def _survey(doors: Backchannel, series: Series, *, at: datetime) -> None:
    told = written()["survey"]
    offered = {name: told[name] for name in ("days", "times", "every")}
    survey = await doors.do(ask_survey, series.id, **offered, public=True, by=HOST, at=at)
    for number, (days, times, every, words) in enumerate(told["answers"]):
        said = {"days": days, "times": times, "every": every, "words": words}
        answer = await doors.do(answer_survey, survey.id, f"demo-{number}", **said, at=at)
        await doors.do(judge_words, answer.id, Verdict.APPROVED, seen=answer.seen, by=HOST, at=at)
    for number, (text, votes) in enumerate(told["themes"]):
        theme = await doors.do(suggest_theme, series.id, "demo-0", text, at=at)
        await doors.do(judge_theme, theme.id, Verdict.APPROVED, seen=theme.seen, by=HOST, at=at)
        for voter in range(1, votes):
            await doors.do(vote_for_theme, theme.id, f"demo-{voter}", at=at)
        if number == 0:
            await doors.do(plan_theme, theme.id, by=HOST, at=at)


async def _meet(doors: Backchannel, *, at: datetime) -> Series:
    """One was three weeks ago and has its notes; people say that they come to the next one."""
    told = written()["meet"]
    first = (at - 3 * WEEK).astimezone(ZoneInfo(ZONE)).date()
    founded = datetime.combine(first, time(9), ZoneInfo(ZONE)) - timedelta(days=7)
    series = await _found(doors, told, Described(first, time(14), 120, Every.MONTH), EventKind.MEET, at=founded)
    was, comes = (await doors.ask(editions, series.id))[:2]
    said = {name: told[name] for name in ("place", "step_free", "quiet", "cake", "agenda")}
    facts = MeetFacts(map_url=told["map"], seats=16, **said)
    for one, then in ((was, founded), (comes, at)):
        await doors.do(describe_meet, one.event.id, facts, by=HOST, at=then)
        for number, (name, more, brings, shown) in enumerate(told["guests"]):
            words = GuestWords(name, more, brings, shown)
            guest = (await doors.do(come, one.event.id, f"demo-{number}", words, at=then)).guest
            await doors.do(judge_guest, guest.id, Verdict.APPROVED, seen=guest.seen, by=HOST, at=then)
    await doors.do(keep_edition_times, series.id, at=was.edition.starts_at)
    await doors.do(write_notes, was.event.id, told["notes"], after=0, by=HOST, at=was.edition.ends_at)
    await doors.do(keep_editions, series.id, by=HOST, at=at)
    await doors.do(keep_edition_times, series.id, at=at)
    return series
