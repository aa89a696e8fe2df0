"""What is kept for a time goes in its time and not before, in small steps, and never while the event goes on."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, func, select

from app.actions import retention
from app.actions.authors import block_author
from app.actions.erasures import OF_ITSELF
from app.actions.event_states import close_event, open_event
from app.actions.events import create_event, plan_event
from app.actions.retention import change_retention, forget_due
from app.actions.surveys import answer_survey, ask_survey, close_survey
from app.actions.takedowns import refuse_takedown
from app.actions.themes import judge_theme, plan_theme, suggest_theme, vote_for_theme
from app.actions.undo import undo_picked
from app.domain.decision import Decision
from app.domain.event import Event, EventKind
from app.domain.meet import Guest, MeetNotes, MeetPhoto
from app.domain.post import Author, Post
from app.domain.question import Question, Vote
from app.domain.retention import BadRetention, Retention
from app.domain.subject import Subject
from app.domain.survey import SurveyAnswer, Theme, ThemeVote
from app.domain.takedown import Takedown
from app.domain.verdict import Verdict
from app.queries.retention import ended_at, events_with_something_kept, kept_now
from app.queries.surveys import wishes
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON
from tests.erasing import DEVICE, QUILLA, fill, furnish
from tests.weekly import FOUNDED, weekly

USUAL = {"x": 90, "mastodon": 365}
DAY = timedelta(days=1)


async def forget(doors: Backchannel, event: Event, at: datetime) -> int:
    gone = 0
    while some := await doors.do(forget_due, event.id, USUAL, at=at):
        gone += some
    return gone


def left(db: Session) -> dict[str, int]:
    def count(table: object, *which: object) -> int:
        return int(db.exec(select(func.count()).select_from(table).where(*which)).one())  # type: ignore[arg-type,call-overload]

    return {
        "x": count(Post, Post.source == "x"),
        "floor": count(Post, Post.source == "floor") + count(MeetPhoto),
        "devices": count(Post, Post.device != "") + count(Vote, col(Vote.device).in_([DEVICE, "another"])),
        "log": count(Decision, Decision.subject == Subject.LIFE, Decision.reason != ""),
        "guests": count(Guest),
        "notes": count(MeetNotes, MeetNotes.version == 1),
        "contacts": count(Takedown, Takedown.contact != ""),
    }


async def test_a_year_keeps_every_promise(doors: Backchannel, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Day by day: what goes on which day, and nothing else does on any."""
    monkeypatch.setattr(retention, "GONE_AT_ONCE", 7)
    await doors.do(fill, event.id, 25)
    ids = await furnish(doors, event)
    wanted = Retention(networks=(("x", 90),), floor=200, devices=30, notes=60, log=300, contacts=180)
    await doors.do(change_retention, event.id, wanted, by=ASHA, at=NOON)
    whole = await doors.ask(left)
    assert whole == {"x": 27, "floor": 2, "devices": 3, "log": whole["log"], "guests": 2, "notes": 1, "contacts": 1}
    # It is open, however long; but which phones voted for a theme that nobody has planned in a year is told no more.
    assert await forget(doors, event, NOON + 400 * DAY) == 3
    assert await doors.ask(left) == whole
    await doors.do(refuse_takedown, 1, "No", by=ASHA, at=NOON)
    await doors.do(close_event, event.id, by=ASHA, at=NOON)
    votes = (await doors.ask(lambda db: db.get_one(Question, ids["question"]))).votes
    changes = {}
    for day in range(1, 366):
        before = await doors.ask(left)
        await forget(doors, event, NOON + day * DAY)
        after = await doors.ask(left)
        if after != before:
            changes[day] = {name for name in before if before[name] != after[name]}
        if day == 31:
            assert (await doors.ask(lambda db: db.get_one(Question, ids["question"]))).votes == votes
    assert changes == {
        30: {"devices", "guests"},
        60: {"notes"},
        90: {"x"},
        180: {"contacts"},
        200: {"floor"},
        300: {"log"},
    }
    assert await doors.ask(left) == dict.fromkeys(whole, 0)
    said = await doors.ask(lambda db: list(db.exec(select(Decision).where(Decision.subject == Subject.RETENTION))))
    told = {one.reason: str(one.detail) for one in said if one.reason}
    assert told["x"].startswith("27 rows are gone, as they are kept for 90 days")
    assert set(told) == {"x", "floor", "devices", "guests", "notes", "contacts", "log"}
    assert await doors.ask(lambda db: [one.version for one in db.exec(select(MeetNotes))]) == [2]
    assert {one.machine for one in said if one.reason} == {True}


async def test_whom_a_question_was_held_for_goes_with_the_words_of_the_log(doors: Backchannel, event: Event) -> None:
    """Also where its post is kept: the names of a panel stand in the log and beside the question."""
    ids = await furnish(doors, event)
    wanted = Retention(networks=(("x", 0), ("mastodon", 0)), floor=0, log=300)
    await doors.do(change_retention, event.id, wanted, by=ASHA, at=NOON)
    await doors.do(close_event, event.id, by=ASHA, at=NOON)

    def named(db: Session) -> tuple[int, str, str]:
        question = db.get_one(Question, ids["question"])
        states = [state for one in db.exec(select(Decision)) for state in (one.before, one.after)]
        return sum(state.startswith("for:") for state in states), question.held_for, question.note

    before = await doors.ask(named)
    assert before == (5, QUILLA.name, f"Ask {QUILLA.name} first")
    await forget(doors, event, NOON + 299 * DAY)
    assert await doors.ask(named) == before
    await forget(doors, event, NOON + 300 * DAY)
    assert await doors.ask(named) == (0, "", "")
    held = await doors.ask(lambda db: list(db.exec(select(Decision).where(Decision.subject == Subject.HOLD))))
    assert [one.after for one in held] == ["for"] * 3, "that it was held stays"
    assert not await doors.do(undo_picked, held[-1].id, by=ASHA, at=NOON + 300 * DAY)


async def test_what_was_interrupted_goes_on_where_it_was(
    doors: Backchannel, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "GONE_AT_ONCE", 10)
    await doors.do(fill, event.id, 25)
    await doors.do(close_event, event.id, at=NOON)
    steps = [await doors.do(forget_due, event.id, USUAL, at=NOON + 91 * DAY) for _ in range(4)]
    assert steps == [10, 10, 5, 0]
    said = await doors.ask(lambda db: db.exec(select(Decision).where(Decision.reason == "x")).one())
    assert "25 rows" in said.detail


async def test_the_days_begin_at_the_end_and_again_when_it_was_open_again(doors: Backchannel, event: Event) -> None:
    assert await doors.ask(lambda db: ended_at(db, db.get_one(Event, event.id))) is None
    await doors.do(close_event, event.id, at=NOON)
    await doors.do(open_event, event.id, at=NOON + DAY)
    assert await doors.ask(lambda db: ended_at(db, db.get_one(Event, event.id))) is None
    await doors.do(close_event, event.id, at=NOON + 2 * DAY)
    assert await doors.ask(lambda db: ended_at(db, db.get_one(Event, event.id))) == NOON + 2 * DAY

    def last_day(db: Session) -> None:
        db.get_one(Event, event.id).ends_on = (NOON + 5 * DAY).date()

    await doors.do(last_day)
    midnight = datetime(2026, 6, 16, 23, tzinfo=NOON.tzinfo)  # 00:00 in London
    assert await doors.ask(lambda db: ended_at(db, db.get_one(Event, event.id))) == midnight


async def test_nothing_goes_where_that_is_said_and_zero_is_for_ever(doors: Backchannel, event: Event) -> None:
    await furnish(doors, event)
    await doors.do(close_event, event.id, at=NOON)
    for kept in (Retention(nothing_goes=True), Retention(False, (("x", 0), ("mastodon", 0)), 0, 0, 0, 0, 0, 0)):
        await doors.do(change_retention, event.id, kept, by=ASHA, at=NOON)
        assert await forget(doors, event, NOON + 4_000 * DAY) == 0


async def test_a_preview_says_what_goes_when(doors: Backchannel, event: Event) -> None:
    await furnish(doors, event)
    now = await doors.ask(lambda db: {due.kind: due for due in kept_now(db, db.get_one(Event, event.id), USUAL)})
    assert {kind: due.rows for kind, due in now.items() if kind in {"x", "mastodon", "floor", "devices"}} == {
        "x": 2, "mastodon": 0, "floor": 2, "devices": 3,
    }  # fmt: skip
    assert {due.at for due in now.values()} == {None}
    await doors.do(close_event, event.id, at=NOON)
    then = await doors.ask(lambda db: {due.kind: due for due in kept_now(db, db.get_one(Event, event.id), USUAL)})
    assert (then["x"].at, then["floor"].at) == (NOON + 90 * DAY, NOON + 365 * DAY)


async def test_whom_somebody_blocked_stays_known_by_that(doors: Backchannel, event: Event) -> None:
    await doors.do(fill, event.id, 3)
    await doors.do(block_author, 1, by=ASHA, at=NOON)
    await doors.do(close_event, event.id, at=NOON)
    await forget(doors, event, NOON + 91 * DAY)
    blocked = await doors.ask(lambda db: [author.ref for author in db.exec(select(Author))])
    assert "a0" in blocked
    assert "a1" not in blocked


async def test_an_edition_is_kept_as_its_pattern_is(doors: Backchannel, event: Event) -> None:
    await doors.do(change_retention, event.id, Retention(floor=7), by=OF_ITSELF, at=NOON)
    facts = {"hashtags": [], "zone": "Europe/London", "accent": "teal", "language": "en", "kind": EventKind.CHAT}
    days = {"starts_on": None, "ends_on": None, "listed": False}
    like = await doors.do(plan_event, "next", name="Next", like=event.id, **facts, **days, by=ASHA, at=NOON)
    assert Retention.from_json(like.retention).floor == 7
    fresh = await doors.do(create_event, "fresh", name="Fresh", hashtags=[], at=NOON)
    assert Retention.from_json(fresh.retention) == Retention()


@pytest.mark.parametrize("days", [-1, 3_651, 2**40])
async def test_days_that_cannot_be_are_refused(doors: Backchannel, event: Event, days: int) -> None:
    for wanted in (Retention(floor=days), Retention(networks=(("x", days),))):
        with pytest.raises(BadRetention, match="0 to 3650"):
            await doors.do(change_retention, event.id, wanted, by=ASHA, at=NOON)


async def test_of_a_series_it_is_forgotten_which_phones_answered_and_voted_and_every_answer_and_vote_stays(
    doors: Backchannel,
) -> None:
    series = await doors.do(weekly)
    offered: dict[str, list[str]] = {"days": ["1"], "times": ["20:00"], "every": ["week"]}
    survey = await doors.do(ask_survey, series.id, **offered, public=True, at=FOUNDED)
    for phone in ("kai", "mel"):
        await doors.do(answer_survey, survey.id, phone, **offered, words="", at=FOUNDED)
        theme = await doors.do(suggest_theme, series.id, phone, "Cake", at=FOUNDED)
    await doors.do(judge_theme, theme.id, Verdict.APPROVED, seen=theme.seen, by=ASHA, at=FOUNDED)

    def known(db: Session) -> tuple[int, ...]:
        devices = ({*db.exec(select(table.device))} for table in (SurveyAnswer, Theme, ThemeVote))
        return tuple(len(one & {"kai", "mel"}) for one in devices)

    pattern, days = series.pattern_id, [0, 29, 31, 60, 200]
    found = []
    for day in days:
        if day == 29:
            await doors.do(close_survey, survey.id, at=FOUNDED)
        if day == 60:
            await doors.do(plan_theme, theme.id, at=FOUNDED)
        assert pattern in await doors.ask(events_with_something_kept) or day == 200
        while await doors.do(forget_due, pattern, USUAL, at=FOUNDED + day * DAY):
            pass
        found.append(await doors.ask(known))
    assert found == [(2, 1, 2), (2, 1, 2), (0, 1, 2), (0, 0, 0), (0, 0, 0)]
    stands = await doors.ask(lambda db: wishes(db, pattern, "", host=True))
    assert (stands.counted.answers, stands.themes[0].votes) == (2, 2)  # type: ignore[union-attr]
    assert await doors.do(vote_for_theme, theme.id, "jo", at=FOUNDED)
    assert (await doors.ask(lambda db: wishes(db, pattern, "", host=True))).themes[0].votes == 3
