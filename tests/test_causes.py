"""Who did what and when is in the log of decisions: every verb says whose act it is, or why it is nobody's."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from app.actions.undo import undo_last, undo_picked
from app.domain.access import Role
from app.domain.decision import Actor, Decision
from app.domain.subject import OF_ORGANISERS
from app.files.decisions import trail_csv, trail_json
from app.queries.decisions import SUBJECTS, Sought, entries
from app.store.doors import Backchannel
from app.views import log_words, words
from tests.causes import ACTS, NOTHING_NEW
from tests.conftest import NOON
from tests.hall import SECRETS, Hall

APP = Path(__file__).resolve().parent.parent / "app"
Function = ast.FunctionDef | ast.AsyncFunctionDef

NOBODYS = {
    "forget_taps",
    "watch", "note_calls", "move_programme_on", "keep_desk", "clear_seats", "erase_unwanted", "note_looked_through",
    "end_expired_links", "put_off", "note_fetched", "publish_vote_totals", "forget_origins", "note_bursts",
    "take_batch", "batch_failed", "take_letter", "note_mailed", "note_unmailed", "count_read", "forget_paid",
    "keep_todays_sums", "note_told", "report_cost", "end_what_is_over", "run_walls", "note_screens",
    "keep_edition_times", "release_by_clock", "note_links", "note_more_links", "take_page", "note_page", "show_unread_titles",
    "take_digest", "note_digest_unsent", "forget_unconfirmed",
    "forget_due", "note_swept", "note_watch", "keep_what_changed",
}  # fmt: skip
"""What happens by itself, by the clock; where it decides something, a machine has a name for it."""
OF_SOURCES = {
    "receive", "withdraw", "follow_account", "mark_sensitive", "count_repost", "take_in", "fold", "add_sources", "report_state", "report_heard",
    "report_unseen",
}  # fmt: skip
"""What a network tells us, and how listening to it goes."""
OF_PHONES = {
    "ask_for_takedown",
    "vote",
    "take_vote_back",
    "retract",
    "correct",
    "keep_own_words",
    "ask_for_digest",
    "confirm_digest",
    "never_mail_again",
    "answer_survey",
    "suggest_theme",
    "vote_for_theme",
    "take_theme_vote_back",
    "come",
    "change_guest",
    "stay_away",
    "bring_photo",
    "take_photo_back",
}
"""A phone is known by nothing but its cookie; what it takes back is written down as its author's."""
OF_THE_INSTALLATION = {"give_home_link", "give_first_home_link", "enter_event", "delete_event"}
"""What is done with a home link is in the server's log. Entering is written down as the link that it makes."""
DRAFTS = {"keep_programme_file", "read_programme_file_as", "put_programme_file_away"}
"""A file that is looked at: nothing has changed until it is put in place."""
STEPS = {
    "edit", "follow_renaming", "known_authors", "call", "publish", "publish_all", "soon", "announce_cluster", "unfold",
    "take_down_what_is_over", "leave_talk", "open_asked_question", "open_asked_questions", "show_or_hide_question",
    "show_or_hide_questions", "new_question",
    "put_talk", "take_off", "talks_at", "go_on", "take_after", "screened", "remove_posts", "forget_words", "forget_copies",
    "forget_copies_of",
    "forget_words_to_series", "forget_all_words_to_series", "forget_at_meet", "forget_all_notes",
    "drop_quote", "settle_once", "let_guests_go", "let_earlier_notes_go", "let_photos_go", "forget_beside_questions",
}  # fmt: skip
"""Parts of a verb, which says whose they are."""
NO_DECISION = {
    "take_title_findings",
    "take_seat",
    "leave_seat",
    "take_lease",
    "release_lease",
    "is_held_by",
    "reader_came",
    "tell_stage",
    "propose_end",
    "say_seen",
    "move_by_tap",  # by the verb that it is given
}
"""Who sits where, and which process runs what, is shown while it lasts."""


def functions() -> Iterator[Function]:
    for file in sorted((APP / "actions").glob("*.py")):
        yield from (node for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef))


def verbs() -> dict[str, Function]:
    """Whatever changes rows at a time."""
    found = {one.name: one for one in functions() if not one.name.startswith("_")}
    return {name: one for name, one in found.items() if {"db", "at"} <= parameters(one)}


def parameters(function: Function) -> set[str]:
    return {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}


def organisers_verbs() -> set[str]:
    return {name for name, one in verbs().items() if "SETUP" in {_name(default) for default in one.args.kw_defaults}}


def _name(node: ast.AST | None) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_a_verb_says_whose_act_it_is_or_why_it_is_nobodys() -> None:
    without = NOBODYS | OF_SOURCES | OF_PHONES | OF_THE_INSTALLATION | DRAFTS | STEPS
    assert {name for name, one in verbs().items() if "by" not in parameters(one)} == without


def test_every_act_of_somebody_is_written_down() -> None:
    """It comes to `decide`, by whatever functions of its room."""
    called = {
        one.name: {_name(node.func) for node in ast.walk(one) if isinstance(node, ast.Call)} for one in functions()
    }
    mapped = {name for one in functions() if one.name == "undo" for name in called if name.startswith("take_back_")}
    called["undo"] |= mapped  # by a table
    reached = {"decide", "decision_row"}
    while more := {name for name, names in called.items() if names & reached} - reached:
        reached |= more
    assert {name for name, one in verbs().items() if "by" in parameters(one)} - reached == NO_DECISION


def test_nobody_calls_an_organisers_verb_without_saying_whose_act_it_is() -> None:
    ours = organisers_verbs()
    silent = [
        f"{file.relative_to(APP)}:{node.lineno}"
        for file in APP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and ours & {_name(one) for one in (node.func, *node.args)}
        and "by" not in {keyword.arg for keyword in node.keywords}
    ]
    assert silent == []


def test_every_organisers_verb_has_its_row() -> None:
    assert organisers_verbs() == {act.verb for act in ACTS}


@pytest.fixture
async def hall(doors: Backchannel) -> Hall:
    return await Hall.of(doors)


async def lines(hall: Hall) -> list[Decision]:
    def read(db: Session) -> list[Decision]:
        return list(db.exec(select(Decision).order_by(col(Decision.id))))

    return await hall.doors.ask(read)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.verb)
async def test_an_organisers_act_leaves_a_line_and_the_same_again_none(act, hall: Hall) -> None:
    await act.before(hall)
    known = len(await lines(hall))
    await act.does(hall)
    new = (await lines(hall))[known:]
    assert [(one.subject, one.before, one.after) for one in new] == act.lines
    assert {(one.by, one.access_id, one.machine) for one in new} == {(hall.owner.label, hall.owner.access_id, False)}
    for one in new:
        assert one.subject in log_words.SUBJECTS
        assert one.subject == "policy" or {one.before, one.after} - {""} <= log_words.STATES.keys()
        assert one.subject in SUBJECTS
    if act.verb not in NOTHING_NEW:
        await act.does(hall)
        assert len(await lines(hall)) == known + len(new)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.verb)
async def test_the_desks_undo_leaves_it_alone(act, hall: Hall) -> None:
    await act.before(hall)
    await act.does(hall)
    told = await lines(hall)
    if told[-1].subject not in OF_ORGANISERS:
        return  # the rules have an undo of their own
    assert await hall.doors.do(undo_last, told[-1].event_id, by=hall.owner, at=NOON) is None
    assert await hall.doors.do(undo_last, told[-1].event_id, by=hall.owner, at=NOON, whosoever=True) is None
    assert not await hall.doors.do(undo_picked, told[-1].id, by=hall.owner, at=NOON)
    assert len(await lines(hall)) == len(told)


async def test_a_rule_that_is_taken_back_is_one_line_more(hall: Hall) -> None:
    (act,) = (one for one in ACTS if one.verb == "change_policy")
    await act.does(hall)
    told = await lines(hall)
    assert await hall.doors.do(undo_last, hall.event.id, by=hall.owner, at=NOON) is not None
    assert len(await lines(hall)) == len(told) + 1


async def test_no_secret_is_in_the_log(doors: Backchannel) -> None:
    told = ""
    for number, act in enumerate(ACTS):
        hall = await Hall.of(doors, f"hall-{number}")
        await act.before(hall)
        await act.does(hall)
        found = await doors.ask(entries, hall.event.id, Sought(), limit=1_000)
        told += trail_json(found) + trail_csv(found) + json.dumps([str(one.decision.detail) for one in found])
    assert "hooks.example" in told
    assert not [secret for secret in SECRETS if secret in told]


async def test_what_was_changed_is_found_by_its_words(hall: Hall) -> None:
    (act,) = (one for one in ACTS if one.verb == "change_event")
    await act.does(hall)
    (found,) = await hall.doors.ask(entries, hall.event.id, Sought(reason="welcome"))
    assert str(found.decision.detail) == "Changed: name, welcome"


def test_every_machine_has_a_word_in_the_log() -> None:
    labels = {
        keyword.value.value
        for file in APP.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and _name(node.func) == "Actor"
        and any(one.arg == "machine" for one in node.keywords)
        for keyword in node.keywords
        if keyword.arg == "label" and isinstance(keyword.value, ast.Constant)
    }
    assert {*labels, "screening"} == words.MACHINES.keys()


def test_an_owner_is_told_apart_from_their_assistant() -> None:
    assert Actor("Owner", 1) != Actor("Owner", 2)
    assert Role.OWNER in words.ROLES
