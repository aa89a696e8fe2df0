"""Each note of the desk names the address that takes back just what it tells of: it is there, and it does so."""

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html
from sqlmodel import Session, select

from app.actions.policies import change_policy
from app.actions.questions import make_question
from app.actions.verdicts import approve
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.question import Question
from app.queries.desk import desk_cards
from tests.conftest import ASHA
from tests.views.desk.at_the_desk import PERSONAL, Desk

HTMX = {"origin": "http://testserver", "hx-request": "true"}
ACTS = (
    "/posts/3/approval",
    "/posts/3/rejection",
    "/posts/3/stash",
    "/posts/3/question",
    "/posts/2/approval",  # needs a second person
    "/posts/1/hold",
    "/authors/1/block",
    "/authors/1/trust",
    "/e/box10/screen/blank",
    "/e/box10/screen/paused",
    "/e/box10/intake/hold_all",
    "/e/box10/intake/only_trusted",
    "/e/box10/clearing",
    "/questions/1/stage",
    "/questions/1/answer",
    "/questions/1/dismissal",
)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """One post that is shown and asked, one with somebody's data in it, one that shows itself soon."""
    now = datetime.now(UTC)
    asked = desk.says("Who pays for the bus?", "asked", by="jo_hart")
    desk.do(approve, asked, by=ASHA, at=now)
    desk.do(make_question, asked, by=ASHA, at=now)
    desk.says(PERSONAL, "personal")
    desk.do(change_policy, desk.event.id, Policy(mode="delay", good_record=1), at=now)
    desk.says("A quiet word that shows itself soon", "soon", by="jo_hart")
    return desk


def stands(desk: Desk) -> dict[str, Any]:
    """All that a press can change, whoever pressed it and when."""

    def look(db: Session) -> dict[str, Any]:
        event = db.get_one(Event, desk.event.id)
        posts = [db.get_one(Post, card) for card in sorted(desk_cards(db, [1, 2, 3]))]
        return {
            "posts": [(one.verdict, one.agreed_by) for one in posts],
            "standing": db.get_one(Author, 1).standing,
            "question": db.get_one(Question, 1).state,
            "asked": sum(one.state != "taken_back" for one in db.exec(select(Question))),
            "event": (event.wall_state, event.intake, event.cleared_at),
        }

    return desk.ask(look)  # type: ignore[no-any-return]


@pytest.mark.parametrize("act", ACTS)
def test_what_a_note_tells_of_is_taken_back_at_the_address_that_it_names(busy: Desk, act: str) -> None:
    before = stands(busy)
    note = busy.client.post(act, headers=HTMX)
    assert stands(busy) != before
    form = html.fragment_fromstring(note.text).find(".//form")
    assert form is not None, note.text
    undone = busy.client.delete(form.get("hx-delete"), headers=HTMX)
    assert (undone.status_code, stands(busy)) == (200, before), undone.text
    assert form.get("action") == f"{form.get('hx-delete')}?_method=DELETE"
    assert "<form" not in undone.text


def test_a_delay_that_was_stopped_runs_again(busy: Desk) -> None:
    def delayed(db: Session) -> bool:
        return db.get_one(Post, 3).delayed

    note = busy.client.post("/posts/3/stop", headers=HTMX)
    assert not busy.ask(delayed)
    form = html.fragment_fromstring(note.text).find(".//form")
    assert form is not None
    assert busy.client.delete(form.get("hx-delete"), headers=HTMX).status_code == 200
    assert busy.ask(delayed)


@pytest.mark.parametrize("act", ["/authors/1/trust", "/e/box10/screen/blank", "/e/box10/intake/hold_all"])
def test_what_was_so_already_is_not_offered_to_be_taken_back(busy: Desk, act: str) -> None:
    """It would take back what somebody else did."""
    first, second = (busy.client.post(act, headers=HTMX) for _ in range(2))
    assert ("<form" in first.text, "<form" in second.text) == (True, False)


def test_a_refusal_offers_nothing(busy: Desk) -> None:
    busy.client.post("/posts/3/stop", headers=HTMX)
    refused = busy.client.post("/posts/3/stop", headers=HTMX)
    assert (refused.status_code, "<form" in refused.text) == (409, False)
