"""Every text can be translated, proved: in a language made by a program, nothing on a screen is not."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from app.actions.alarms import Raised, change_alarms, note_calls
from app.actions.policies import change_policy
from app.actions.red_buttons import set_intake, set_wall_state
from app.actions.sources import change_source, report_state, report_unseen
from app.actions.verdicts import reject
from app.domain.access import Role
from app.domain.alarms import NOBODY, WAITING, Alarms
from app.domain.event import WallState
from app.domain.policy import Intake, Policy
from app.domain.sentence import Moment, Sentence, Written
from app.domain.source import SourceState
from app.domain.verdict import Verdict
from app.outbound.alarm_messages import words
from app.queries.sources import sources
from app.views.translation import say, speaking
from tests.pseudo_language.saying import is_all_translated
from tests.pseudo_language.unmarked import unmarked
from tests.views.desk.at_the_desk import PERSONAL, Desk, by

NOW = datetime.now(UTC)
HELD = {
    "privacy": PERSONAL,
    "abuse": "You are a stupid useless idiot and everybody here hates you",
    "threat": "I am going to kill you after this talk, you will pay",
    "self_harm": "I want to kill myself tonight and nobody would notice",
    "spam": "Earn £500 a day from home, guaranteed profit, DM me now https://bit.ly/x",
    "link": "Look at this https://сare.example/login",
    "obfuscation": "what a sh\u200bit sh\u200bow th\u200bis is",
    "vent": "Some of my patients are so thick, honestly, I laughed at her in the office after",
    "language": "Bonjour à tous, nous sommes très heureux de vous retrouver dans cette belle salle aujourd'hui",
    "duplicate": "RT @nia: Care moves home, and so do we",
}


def test_a_text_that_is_not_translated_would_be_seen() -> None:
    page = '<p>Save <b>⟦ñöw⟧</b></p><input placeholder="Name"><svg aria-label="Video"></svg><bdi>Nia</bdi>⟦å ⟦b⟧ c⟧'
    assert unmarked(page) == ["Save ", "Name", "Video"]


def test_a_time_that_is_kept_as_words_would_be_seen() -> None:
    assert unmarked("<p>⟦šïñçé 11 Jun 14:05⟧</p><p>⟦šïñçé ⟨11 Jun 2026 14:05⟩⟧</p>") == ["⟦šïñçé 11 Jun 14:05⟧"]


@pytest.mark.parametrize("listed", [verdict.value for verdict in Verdict])
def test_an_empty_desk_and_its_empty_lists(desk: Desk, listed: str) -> None:
    is_all_translated(desk.get(f"desk?list={listed}").text)
    is_all_translated(desk.get(f"desk?list={listed}&q=nothing").text)


def test_every_reason_to_hold_a_post(desk: Desk) -> None:
    desk.do(change_policy, desk.event.id, Policy(preset="strict", blocked_words=("atrium",), muted=("muted",)), at=NOW)
    for category, text in HELD.items():
        desk.says(text, category)
    desk.says("the atrium is nice today", "word")
    desk.says("the atrium is nice today", "again")
    desk.says("a fine day in the hall", "muted", by="muted")
    desk.says("A" * 12_000, "long")
    page = desk.get("desk").text + desk.get("desk?list=rejected").text
    assert {category for category in HELD if f",{category}," in page} >= HELD.keys() - {"language", "duplicate"}
    for listed in ("held", "rejected"):
        is_all_translated(desk.get(f"desk?list={listed}").text)


@pytest.mark.parametrize("state", list(WallState))
@pytest.mark.parametrize("intake", list(Intake))
def test_every_state_of_the_wall_and_of_what_gets_in(desk: Desk, state: WallState, intake: Intake) -> None:
    desk.do(set_wall_state, desk.event.id, state, by=by(desk), at=NOW)
    desk.do(set_intake, desk.event.id, intake, by=by(desk), at=NOW)
    desk.opens(Role.OWNER)
    for screen in ("desk", "stage", "wall", "setup", ""):
        is_all_translated(desk.get(screen).text)


@pytest.mark.parametrize("state", list(SourceState))
def test_every_state_of_a_source(desk: Desk, state: SourceState) -> None:
    desk.do(change_source, desk.event.id, "x", enabled=True, options={}, at=NOW)
    (source,) = desk.ask(sources, desk.event.id)
    said = Sentence("Waiting until %(time)s.", time=Moment(NOW, Written.SECONDS))
    desk.do(report_state, source.id, state, said, at=NOW, next_try_at=NOW + timedelta(minutes=1))
    unseen = Sentence("What is deleted there cannot be noticed since %(time)s: %(why)s", time=Moment(NOW), why=said)
    desk.do(report_unseen, source.id, unseen, at=NOW)
    desk.opens(Role.OWNER)
    is_all_translated(desk.get("desk").text)
    is_all_translated(desk.get("setup").text)


@pytest.mark.parametrize("reason", ["off_topic", "unkind", "personal", "spam", "repeat", "unclear", "not_now"])
def test_an_author_is_told_why_in_their_language(desk: Desk, reason: str) -> None:
    desk.get("")
    desk.post("/e/box10/posts", text="a word from a phone", key="key-00000001")
    desk.do(reject, 1, by=by(desk), at=NOW, declined_as=reason)
    page = desk.get("").text
    assert "own-why" in page
    is_all_translated(page)


@pytest.mark.parametrize("kind", [WAITING, NOBODY])
@pytest.mark.parametrize("waiting", [1, 3])
def test_alarms(desk: Desk, kind: str, waiting: int) -> None:
    raised = Raised(desk.event.id, "box10", "Box 10", kind, waiting, NOW, Alarms(), "en-XA")
    with speaking(raised):
        title, text = map(say, words(raised))
    assert unmarked(f"<p>{title}</p><p>{text}</p>") == []


def test_a_call_that_failed(desk: Desk) -> None:
    desk.do(change_alarms, desk.event.id, Alarms(ntfy="https://ntfy.example/t"), at=NOW)
    desk.do(note_calls, desk.event.id, {"ntfy": Sentence("MAIL_FROM or an address is none")}, at=NOW)
    desk.opens(Role.OWNER)
    is_all_translated(desk.get("setup/watch").text)


def test_an_incident(desk: Desk) -> None:
    post_id = desk.says(PERSONAL, "1")
    answer = desk.post("/e/box10/incidents", posts=f"{post_id} 99999")
    is_all_translated(zipfile.ZipFile(io.BytesIO(answer.content)).read("incident.html").decode())


def test_what_is_pushed_is_in_the_language_of_the_event(desk: Desk) -> None:
    desk.says("a word to push", "1")
    context = desk.context
    _, message = desk.ask(context.views["desk"].catch_up, desk.event.id, -1, context.render)
    assert "⟦Åppröve" in message or "⟦Åpprövé" in message.replace("Åppröve", "Åpprövé")
