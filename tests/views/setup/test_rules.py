"""The rules page and its API: set, refused, tried, brought back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from tests.databases import lay_down
from tests.views.desk.test_log_page import Desk

FORM: dict[str, Any] = {
    "mode": "wait", "delay_seconds": "30", "good_record": "2", "preset": "standard", "speakers_pass": "true",
    "second_person": "true",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        opened = Desk(client)
        opened.opens(Role.OWNER)
        yield opened


def in_force(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.call("GET", "/policy").json()
    return found


def test_an_organiser_sets_the_rules(desk: Desk) -> None:
    form = {
        **FORM, "mode": "delay", "mode-floor": "wait", "delay_seconds": "45", "preset": "strict", "level-link": "note",
        "trusted": "@nia\nomar", "banned_words": "crypto, buy now", "welfare": "Priya, room 3",
    }  # fmt: skip
    del form["second_person"]
    assert desk.post("/e/box10/setup/rules", **form).status_code == 303
    policy = in_force(desk)["policy"]
    assert (policy["mode"], policy["source_modes"], policy["levels"]) == ("delay", {"floor": "wait"}, {"link": "note"})
    assert (policy["trusted"], policy["banned_words"]) == (["nia", "omar"], ["crypto", "buy now"])
    assert (policy["second_person"], policy["speakers_pass"], policy["welfare"]) == (False, True, "Priya, room 3")
    page = desk.get("setup/rules").text
    assert "mode: wait → delay" not in page
    said = "What happens to clean posts: Everything waits → Clean posts show themselves after a while"
    assert said in page
    assert "Whom to call about somebody who may need help: nothing → “Priya, room 3”" in page
    assert "Owner" in page


def test_what_is_refused_stays_typed_and_stores_nothing(desk: Desk) -> None:
    answer = desk.post("/e/box10/setup/rules", **{**FORM, "delay_seconds": "soon", "banned_words": "crypto"})
    assert answer.status_code == 422
    assert "The delay must be a number." in answer.text
    assert "crypto</textarea>" in answer.text
    assert in_force(desk)["version"] == 1


def test_trying_and_previewing_store_nothing(desk: Desk) -> None:
    desk.says("The raffle is at noon in the hall", "1")
    form = {**FORM, "blocked_words": "raffle"}
    assert "Would hold 1 more, release 0" in desk.post("/e/box10/setup/rules", act="try", **form).text
    assert "would have matched 1 post" in desk.post("/e/box10/setup/rules", act="preview", **form).text
    assert in_force(desk)["version"] == 1
    desk.post("/e/box10/setup/rules", **form)
    assert "1 has a doubt now" in desk.post("/e/box10/setup/rules/again").text


def test_an_earlier_version_comes_back_as_a_new_one(desk: Desk) -> None:
    desk.post("/e/box10/setup/rules", **{**FORM, "mode": "pass"})
    assert desk.post("/e/box10/setup/rules/versions/1").status_code == 303
    assert (in_force(desk)["version"], in_force(desk)["policy"]["mode"]) == (3, "wait")
    assert desk.post("/e/box10/setup/rules/versions/99").status_code == 404


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SPEAKER])
def test_only_owners_open_and_change_the_rules(desk: Desk, role: Role) -> None:
    desk.opens(role)
    assert desk.get("setup/rules").status_code == 403
    assert desk.post("/e/box10/setup/rules", **FORM).status_code == 403
    assert desk.call("PUT", "/policy", role, json={"version": 1, "policy": {}}).status_code == 403


def test_a_program_changes_the_rules_unless_somebody_was_quicker(desk: Desk) -> None:
    change = {"version": 1, "policy": {**in_force(desk)["policy"], "mode": "trusted"}}
    assert desk.call("PUT", "/policy", Role.OWNER, json=change).json()["version"] == 2
    assert desk.call("PUT", "/policy", Role.OWNER, json=change).status_code == 409
    bad = {"version": 2, "policy": {"mode": "chaos"}}
    assert desk.call("PUT", "/policy", Role.OWNER, json=bad).status_code == 422
    assert desk.call("PUT", "/policy", Role.OWNER, json={"version": 2, "policy": {"trusted": 7}}).status_code == 422
    assert [one["version"] for one in desk.call("GET", "/policy/versions").json()] == [2, 1]


def test_a_program_tries_previews_and_screens_again(desk: Desk) -> None:
    desk.says("The raffle is at noon in the hall", "1", at=datetime.now(UTC))
    trial = desk.call("POST", "/policy/trial", json={"policy": {"blocked_words": ["raffle"]}}).json()
    assert (trial["posts"], trial["would_hold"], trial["would_release"]) == (1, 1, 0)
    (word,) = desk.call("POST", "/policy/words/preview", json={"words": ["raffle", "*"]}).json()
    assert (word["word"], word["times"]) == ("raffle", 1)
    assert desk.call("POST", "/policy/screen-again", Role.OWNER).json()["unchanged"] == 1


def test_moderators_do_not_undo_the_organisers_rules(desk: Desk) -> None:
    desk.post("/e/box10/setup/rules", **{**FORM, "mode": "pass"})
    (row,) = desk.call("GET", "/decisions?subject=policy").json()
    assert desk.call("POST", "/undo?whose=anyone").json()["subject"] is None
    assert desk.call("POST", f"/decisions/{row['id']}/undoing").status_code == 403
    desk.opens(Role.MODERATOR)
    assert desk.post(f"/decisions/{row['id']}/undoing").status_code == 403
    assert in_force(desk)["policy"]["mode"] == "pass"
    assert desk.call("POST", f"/decisions/{row['id']}/undoing", Role.OWNER).status_code == 200
    assert in_force(desk)["policy"]["mode"] == "wait"


def test_of_two_who_change_the_same_rules_the_second_is_told_and_loses_nothing_typed(desk: Desk) -> None:
    version = str(in_force(desk)["version"])
    asha = {**FORM, "version": version, "blocked_words": "atrium"}
    ben = {**FORM, "version": version, "blocked_words": "kettle"}
    assert desk.post("/e/box10/setup/rules", **asha).status_code == 303
    told = desk.post("/e/box10/setup/rules", **ben)
    assert told.status_code == 409
    assert "The rules have changed" in told.text
    assert "kettle" in told.text
    assert in_force(desk)["policy"]["blocked_words"] == ["atrium"]
    again = {**ben, "version": str(in_force(desk)["version"])}
    assert desk.post("/e/box10/setup/rules", **again).status_code == 303
    assert in_force(desk)["policy"]["blocked_words"] == ["kettle"]
