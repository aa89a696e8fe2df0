"""A talk that is not to be shared: pictures wait, and when it is over nothing of it is in what is handed on."""

import json
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.current_talk import move_programme_on
from app.actions.events import Refused
from app.actions.policies import change_policy
from app.actions.programme_import import import_programme
from app.actions.questions import make_question
from app.actions.talks import add_talk, keep_talk_back, share_talk
from app.actions.talks_by_hand import start_talk
from app.domain.event import Event
from app.domain.incoming import Photo
from app.domain.network import Networks
from app.domain.policy import Policy
from app.domain.programme_matching import PlannedTalk, Programme
from app.domain.question import QuestionState
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.files.event_formats import FORMATS
from app.queries.archive import outline
from app.queries.do_not_share import shared_ids, shared_questions
from app.queries.posts import post_by_id
from app.queries.programme import all_talks
from app.queries.transcript import transcript
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming
from tests.exported import exported

MINUTE = timedelta(minutes=1)
PHOTO = (Photo("https://pictures.example/a.jpg", "A slide"),)


@pytest.fixture
async def talk(doors: Backchannel, event: Event) -> Talk:
    """In confidence, from noon on for an hour; before and after it are others."""
    times = [(-60, "Before"), (0, "In confidence"), (60, "After")]
    made = [
        await doors.do(
            add_talk, event.id, title=title, starts_at=NOON + n * MINUTE, ends_at=NOON + (n + 60) * MINUTE, at=NOON
        )
        for n, title in times
    ]
    await doors.do(change_policy, event.id, Policy(mode="pass"), by=ASHA, at=NOON)
    await doors.do(keep_talk_back, event.id, made[1].id, at=NOON)
    return made[1]


async def said(doors: Backchannel, event: Event, words: str, minute: float, **facts: object) -> int:
    at = NOON + minute * MINUTE
    post = incoming(words, ref=words, by=words.replace(" ", "_")[:12], posted_at=at, **facts)  # type: ignore[arg-type]
    return (await doors.do(receive, event.id, post, at=at)).post_id


async def verdict(doors: Backchannel, post_id: int) -> Verdict:
    post = await doors.ask(post_by_id, post_id)
    assert post is not None
    return post.verdict


async def test_pictures_wait_while_it_runs_and_by_hand_too(doors: Backchannel, event: Event, talk: Talk) -> None:
    minutes = {-1: Verdict.APPROVED, 0: Verdict.HELD, 59: Verdict.HELD, 69: Verdict.HELD, 71: Verdict.APPROVED}
    for minute, expected in minutes.items():
        assert (
            await verdict(doors, await said(doors, event, f"A picture at {minute}", minute, photos=PHOTO)) is expected
        )
    await doors.do(start_talk, event.id, talk.id, room_id=None, by=ASHA, at=NOON + 80 * MINUTE)
    assert await verdict(doors, await said(doors, event, "It runs over", 85, photos=PHOTO)) is Verdict.HELD
    assert await verdict(doors, await said(doors, event, "Words are free", 85)) is Verdict.APPROVED


async def test_nothing_of_it_is_in_what_is_handed_on(doors: Backchannel, event: Event, talk: Talk) -> None:
    kept = [await said(doors, event, "Said in confidence", 5), await said(doors, event, "Asked in confidence?", 90)]
    question = await doors.do(make_question, kept[1], by=ASHA, at=NOON, talk_id=talk.id)
    free = [await said(doors, event, "Said before it", -5), await said(doors, event, "Said after it", 65)]

    def handed_on(db: Session) -> list[set[int]]:
        now = db.get_one(Event, event.id)
        found = {utterance.card.id for chapter in transcript(db, now).chapters for utterance in chapter.said}
        return [{one.id for one in outline(db, event.id).posts}, found, set(shared_ids(db, now, 50))]

    await doors.do(move_programme_on, event.id, at=NOON + 10 * MINUTE)
    archived, told, shown = await doors.ask(handed_on)
    assert archived == told == set(free)
    assert shown == {*free, *kept}, "while it runs the wall is a page too"
    await doors.do(move_programme_on, event.id, at=NOON + 60 * MINUTE)
    archived, told, shown = await doors.ask(handed_on)
    assert archived == told == shown == set(free)
    for form in FORMATS:
        assert "confidence?" not in await exported(doors, event.id, form, Networks(NETWORKS)), form
    assert (await doors.ask(outline, event.id)).kept_back == 2
    whole = json.loads(await exported(doors, event.id, "json", Networks(NETWORKS), unshared=True))
    assert {one["id"] for one in whole["posts"]} == {*free, *kept}
    assert [one["do_not_share"] for one in whole["talks"]] == [False, True, False]

    def asked(db: Session) -> list[int]:
        return shared_questions(db, db.get_one(Event, event.id), (QuestionState.OPEN,), 50)

    assert question.id not in await doors.ask(asked)
    await doors.do(share_talk, event.id, talk.id, at=NOON)
    archived, told, shown = await doors.ask(handed_on)
    assert archived == told == shown == {*free, *kept}


async def test_no_file_takes_the_mark_off(doors: Backchannel, event: Event, talk: Talk) -> None:
    def plan(key: str, *, kept: bool) -> PlannedTalk:
        return PlannedTalk(key, "In confidence", NOON, NOON + 60 * MINUTE, "", (), kept)

    for kept in (False, True, False):
        await doors.do(import_programme, event.id, Programme("csv", "UTC", (plan("a", kept=kept),)), at=NOON)
        found = {one.title: one.do_not_share for one in await doors.ask(all_talks, event.id)}
        assert found["In confidence"] is True
    again = await doors.do(import_programme, event.id, Programme("csv", "UTC", (plan("a", kept=False),)), at=NOON)
    assert not again.changes.changed


async def test_a_talk_of_another_event_is_none(doors: Backchannel, event: Event, talk: Talk) -> None:
    for verb in (keep_talk_back, share_talk):
        with pytest.raises(Refused):
            await doors.do(verb, event.id + 1, talk.id, at=NOON)
