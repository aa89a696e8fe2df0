"""The log: who did what, undoing any of it, and the trail as a file."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session

from app.actions.verdicts import approve, reject
from app.domain.access import Role
from app.domain.decision import Decision
from app.domain.subject import Subject
from app.views.desk.log_page import ROWS
from tests.views.desk.at_the_desk import PERSONAL, Desk, by


def decided(desk: Desk, verb: Any, post_id: int, label: str) -> int:
    return int(desk.do(verb, post_id, by=by(desk, label), at=datetime.now(UTC)).decision.id)


def test_the_log_names_who_did_what_and_anyone_may_undo_it_there(desk: Desk) -> None:
    post_id = desk.says("something worth saying", "1")
    desk.do(approve, post_id, by=by(desk), at=datetime.now(UTC))
    page = desk.get("log").text
    assert "Moderator" in page
    assert "<bdi>the rules</bdi>" not in page
    (row,) = desk.call("GET", f"/decisions?subject=post&subject_id={post_id}&machine=false").json()
    assert (row["before"], row["after"], row["by"], row["policy_version"]) == ("held", "approved", "Moderator", 1)
    desk.opens(Role.OWNER)
    assert desk.post(f"/decisions/{row['id']}/undoing").status_code == 303
    assert desk.post(f"/decisions/{row['id']}/undoing").status_code == 409
    assert desk.call("GET", "/posts").json()[0]["verdict"] == "held"
    rows = desk.call("GET", f"/decisions?subject=post&subject_id={post_id}").json()
    assert [one["after"] for one in rows] == ["held", "approved", "held"]
    assert rows[0]["undoes_id"] == row["id"] == rows[1]["id"]


@pytest.mark.parametrize("role", [None, Role.SPEAKER])
@pytest.mark.parametrize("path", ["log", "log.csv", "figures", "setup/watch"])
def test_only_operators_read_it(desk: Desk, role: Role | None, path: str) -> None:
    desk.client.cookies.clear()
    if role:
        desk.opens(role)
    assert desk.get(path).status_code == 403


def test_only_owners_set_alarms_and_what_was_typed_stays(desk: Desk) -> None:
    assert desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60").status_code == 403
    desk.opens(Role.OWNER)
    refused = desk.post("/e/box10/setup/watch", wait_seconds="3", nobody_seconds="60", ntfy="https://ntfy.example/t")
    assert refused.status_code == 422
    assert "https://ntfy.example/t" in refused.text
    assert (
        desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60", fallback="pause").status_code == 303
    )
    assert desk.call("GET", "/alarms", Role.OWNER).json()["fallback"] == "pause"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x", "http://10.1.2.3/x", "http://[::1]/x", "https://169.254.169.254/"]
)
def test_private_addresses_are_refused_where_they_are_typed(desk: Desk, address: str) -> None:
    desk.opens(Role.OWNER)
    for way in ("ntfy", "webhook"):
        refused = desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60", **{way: address})
        assert refused.status_code == 422
        assert "not a public web address" in refused.text
        assert desk.call("PUT", "/alarms", Role.OWNER, json={way: address}).status_code == 422
    assert desk.post("/e/box10/setup/hooks", url=address).status_code == 422
    assert desk.call("POST", "/hooks", Role.OWNER, json={"url": address}).status_code == 422
    assert desk.call("GET", "/hooks", Role.OWNER).json() == []


def test_a_webhook_is_told_over_https(desk: Desk) -> None:
    refused = desk.call("POST", "/hooks", Role.OWNER, json={"url": "http://example.org/x"})
    assert (refused.status_code, "https://" in refused.json()["detail"]) == (422, True)
    made = desk.call("POST", "/hooks", Role.OWNER, json={"url": "https://example.org/x"}).json()
    assert len(made["secret"]) > 30
    assert [webhook["secret"] for webhook in desk.call("GET", "/hooks", Role.OWNER).json()] == [""]


def test_the_trail_as_a_file_has_no_words_of_posts_and_no_formula(desk: Desk) -> None:
    post_id = desk.says("=HYPERLINK(1) something worth saying", "1")
    desk.do(reject, post_id, by=by(desk), at=datetime.now(UTC), reason="=cmd|' /C calc'!A0")
    rows = list(csv.DictReader(io.StringIO(desk.get("log.csv").content.decode("utf-8-sig"))))
    assert rows[0]["reason"] == "'=cmd|' /C calc'!A0"
    assert "HYPERLINK" not in desk.get("log.csv").text + desk.get("log.json").text
    assert [row["after"] for row in desk.get("log.json?what=post").json()] == ["rejected", "held"]


def test_the_log_is_paged_and_filtered(desk: Desk) -> None:
    for number in range(120):
        desk.says(f"something worth saying, number {number}", str(number))
    first = desk.call("GET", "/decisions").json()
    rest = desk.call("GET", f"/decisions?before={first[-1]['id']}").json()
    ids = [row["id"] for row in first + rest if row["subject"] == "post"]
    assert (len(first), len(ids), ids) == (100, 120, sorted(ids, reverse=True))
    assert desk.call("GET", "/decisions?by=nobody").json() == []
    assert "No entry fits" in desk.get("log?by=nobody").text


def test_what_was_overruled_or_taken_back_is_not_undone_again_and_has_no_button(desk: Desk) -> None:
    post_id = desk.says("something worth saying", "1")
    first = decided(desk, approve, post_id, "Asha")
    decided(desk, reject, post_id, "Ben")
    last = decided(desk, approve, post_id, "Ben")
    page = desk.get("log").text
    assert f"/decisions/{last}/undoing" in page
    assert f"/decisions/{first}/undoing" not in page
    # The post is approved, as the first decision had it; and yet that is the work of the last one.
    refused = desk.post(f"/decisions/{first}/undoing")
    assert refused.status_code == 409
    assert "decided otherwise since" in refused.text
    assert desk.call("GET", "/posts?verdict=approved").json()[0]["id"] == post_id
    assert desk.post(f"/decisions/{last}/undoing").status_code == 303
    decided(desk, approve, post_id, "Asha")
    assert desk.post(f"/decisions/{last}/undoing").status_code == 409


def test_what_changed_nothing_cannot_be_undone_and_says_so(desk: Desk) -> None:
    post_id = desk.says(PERSONAL, "1")
    desk.call("POST", f"/posts/{post_id}/reveal")
    (look,) = desk.call("GET", "/decisions?subject=reveal").json()
    refused = desk.call("POST", f"/decisions/{look['id']}/undoing")
    assert (refused.status_code, refused.json()["detail"]) == (409, "This changed nothing that could be undone.")


def test_a_first_agreement_is_taken_back_from_the_log(desk: Desk) -> None:
    post_id = desk.says(PERSONAL, "1")
    desk.do(approve, post_id, by=by(desk), at=datetime.now(UTC))
    (agreed,) = desk.call("GET", "/decisions?subject=agreement").json()
    assert f"/decisions/{agreed['id']}/undoing" in desk.get("log").text
    assert desk.post(f"/decisions/{agreed['id']}/undoing").status_code == 303


def test_the_log_is_asked_for_a_stretch_of_time_in_the_zone_of_the_event(desk: Desk) -> None:
    noon = datetime(2026, 6, 11, 12, 0, 30, tzinfo=UTC)  # 13:00:30 in London
    post_id = desk.says("something worth saying", "1", at=noon)
    desk.do(approve, post_id, by=by(desk), at=noon)
    fits = ["since=2026-06-11T13:00", "until=2026-06-11T13:00", "since=2026-06-11&until=2026-06-11", "until=9999-12-31"]
    for asked in fits:
        assert f'href="?about={post_id}&' in desk.get(f"log?{asked}").text, asked
        assert ",approved," in desk.get(f"log.csv?{asked}").text
    for asked in ("since=2026-06-11T13:01", "until=2026-06-11T12:59", "until=2026-06-10"):
        assert "No entry fits" in desk.get(f"log?{asked}&what=post").text, asked
    assert desk.call("GET", "/decisions?since=2026-06-11T12:00:31Z&subject=post").json() == []
    assert len(desk.call("GET", "/decisions?until=2026-06-11T12:00:31Z&subject=post").json()) == 2


def test_a_long_trail_is_written_in_pieces_and_whole(desk: Desk) -> None:
    rows = 3 * ROWS + 7

    def many(db: Session) -> None:
        db.add_all(
            Decision(
                event_id=desk.event.id,
                subject=Subject.POST,
                subject_id=n,
                before="held",
                after="approved",
                by="Asha",
                at=datetime.now(UTC),
            )
            for n in range(1, rows + 1)
        )

    desk.do(many)
    told = desk.get("log.json?what=post").json()
    assert [row["subject_id"] for row in told] == list(range(rows, 0, -1))
    assert len(list(csv.DictReader(io.StringIO(desk.get("log.csv?what=post").content.decode("utf-8-sig"))))) == rows
    assert desk.get("log.json?by=nobody").json() == []
    assert desk.get("log.csv?by=nobody").text.startswith("\ufeffid,at,by")


@pytest.mark.parametrize(
    "path",
    ["log?day=9999-12-31", "log?since=0001-01-01", "log?before=99999999999999999999", "log?about=99999999999999999999"],
)
def test_no_question_to_the_log_breaks_it(desk: Desk, path: str) -> None:
    assert desk.get(path).status_code in {200, 422}


def test_a_number_that_is_too_large_is_refused(desk: Desk) -> None:
    assert desk.post("/decisions/99999999999999999999/undoing").status_code == 422
    assert desk.post("/e/box10/incidents", posts="99999999999999999999").status_code == 422
    assert desk.call("POST", "/incidents", json={"posts": [10**20]}).status_code == 422
    assert desk.call("GET", f"/decisions?subject_id={10**20}").status_code == 422
