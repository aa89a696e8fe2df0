"""What people overrule, on the rules page, at the desk and for programs: said, eased with one click, undone with one."""

from datetime import UTC, datetime

from app.actions.verdicts import approve
from app.domain.access import Role
from tests.views.desk.at_the_desk import Desk, by, desk

__all__ = ["desk"]
EASING = "/e/box10/setup/rules/overruled/link/easing"
SAID = "Links: overruled 10 of 10 times."


def let_through(desk: Desk, count: int = 10, first: int = 0) -> None:
    for n in range(first, first + count):
        post_id = desk.says(f"The slides of our talk number {n}: https://bit.ly/talk{n}", f"l{n}")
        desk.do(approve, post_id, by=by(desk), at=datetime.now(UTC))


def levels(desk: Desk) -> dict[str, str]:
    found: dict[str, str] = desk.call("GET", "/policy").json()["policy"]["levels"]
    return found


def test_nothing_is_said_before_there_is_something_to_say(desk: Desk) -> None:
    let_through(desk, 9)
    assert "overruled" not in desk.get("desk").text.replace('id="overruled" class="desk-overruled"', "")
    assert desk.call("GET", "/policy/overruled").json() == []


def test_the_desk_says_it_and_only_the_organiser_can_do_it_and_take_it_back(desk: Desk) -> None:
    let_through(desk)
    assert SAID in desk.get("desk").text
    assert desk.post(EASING).status_code == 403
    desk.opens(Role.OWNER)
    page = desk.get("setup/rules").text
    assert "What people overrule" in page
    assert "overruled 10 of 10 times" in page
    eased = desk.post(EASING)
    assert (eased.status_code, levels(desk)) == (303, {"link": "note"})
    page = desk.client.get(eased.headers["location"]).text
    assert "Links: says less from now on" in page
    assert "What people overrule" not in page
    assert "It was overruled 10 of 10 times." in desk.get("log").text
    undone = desk.post(f"{EASING}?_method=DELETE")
    assert (undone.status_code, levels(desk)) == (303, {})
    assert "Taken back" in desk.client.get(undone.headers["location"]).text
    assert desk.post(f"{EASING}?_method=DELETE").status_code == 409
    assert desk.post(EASING).status_code == 409


def test_what_is_left_as_it_is_is_written_down_and_not_said_again(desk: Desk) -> None:
    let_through(desk)
    desk.opens(Role.OWNER)
    assert desk.post("/e/box10/setup/rules/overruled/link/keeping").status_code == 303
    assert "What people overrule" not in desk.get("setup/rules").text
    assert SAID not in desk.get("desk").text
    assert "left as it is" in desk.get("log").text
    assert levels(desk) == {}


def test_programs_are_told_and_may_do_it_with_the_organisers_key(desk: Desk) -> None:
    let_through(desk)
    (told,) = desk.call("GET", "/policy/overruled").json()
    assert told == {"category": "link", "overruled": 10, "of": 10, "level": "note"}
    assert desk.call("POST", "/policy/overruled/link/easing").status_code == 403
    eased = desk.call("POST", "/policy/overruled/link/easing", Role.OWNER).json()
    assert (eased["version"], eased["policy"]["levels"]) == (2, {"link": "note"})
    back = desk.call("DELETE", "/policy/overruled/link/easing", Role.OWNER).json()
    assert (back["version"], back["policy"]["levels"]) == (3, {})
    assert desk.call("POST", "/policy/overruled/link/keeping", Role.OWNER).status_code == 409


def test_what_is_pushed_to_the_desk_is_what_its_page_says(desk: Desk) -> None:
    view = desk.context.views["desk"]
    render = desk.context.render
    let_through(desk, 9)
    cursor = desk.ask(lambda db: view.page(db, desk.event.id)["cursor"])
    let_through(desk, 1, first=9)
    _, message = desk.ask(view.catch_up, desk.event.id, cursor, render)
    assert SAID in message
    assert SAID in desk.get("desk").text
