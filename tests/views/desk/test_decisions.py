"""The log and its files, incidents and figures."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.moderation import approve, reject
from app.actions.posts import withdraw
from app.domain.decision import Actor, Decision
from app.domain.event import Role
from app.domain.incoming import Withdrawal
from app.domain.post import Post
from app.domain.subject import Subject
from app.main import create_app
from app.queries.figures import Pace
from app.queries.incidents import MAX_POSTS_TAKEN as INCIDENT_MOST
from app.settings import Settings
from app.views.desk.decisions import ROWS
from tests.conftest import incoming
from tests.views.api.test_api import Api

PERSONAL = "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave"


class Desk(Api):
    def opens(self, role: Role) -> None:
        path = {Role.OWNER: "setup", Role.MODERATOR: "desk", Role.SPEAKER: "stage"}[role]
        self.client.cookies.clear()
        self.client.get(f"/e/box10/{path}?key={self.links[role].token}")

    def call(self, method: str, path: str, role: Role = Role.MODERATOR, **more: Any) -> Any:
        """As a program: with the key and without the cookies of the browser."""
        kept, self.client.cookies = self.client.cookies, type(self.client.cookies)()
        try:
            return super().call(method, path, role, **more)
        finally:
            self.client.cookies = kept

    def get(self, path: str) -> Any:
        return self.client.get(f"/e/box10/{path}")

    def post(self, path: str, **data: object) -> Any:
        return self.client.post(path, data=data, headers={"origin": "http://testserver"}, follow_redirects=False)

    def ask(self, query: Any, *args: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.ask(query, *args))

    def says(self, text: str, ref: str, by: str = "", at: datetime | None = None) -> int:
        at = at or datetime.now(UTC)
        return int(self.do(receive, self.event.id, incoming(text, ref=ref, by=by or f"a{ref}"), at=at).post_id)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only for tests")  # type: ignore[call-arg]
    with TestClient(create_app(made, by_itself=False)) as client:
        opened = Desk(client)
        opened.opens(Role.MODERATOR)
        yield opened


def by(desk: Desk, label: str = "Moderator") -> Actor:
    return Actor(label, desk.links[Role.MODERATOR].access.id)


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
    rows = list(csv.DictReader(io.StringIO(desk.get("log.csv").text)))
    assert rows[0]["reason"] == "'=cmd|' /C calc'!A0"
    assert "HYPERLINK" not in desk.get("log.csv").text + desk.get("log.json").text
    assert [row["after"] for row in desk.get("log.json").json()] == ["rejected", "held"]


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
        assert "No entry fits" in desk.get(f"log?{asked}").text, asked
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
    told = desk.get("log.json").json()
    assert [row["subject_id"] for row in told] == list(range(rows, 0, -1))
    assert len(list(csv.DictReader(io.StringIO(desk.get("log.csv").text)))) == rows
    assert desk.get("log.json?by=nobody").json() == []
    assert desk.get("log.csv?by=nobody").text.startswith("id,at,by")


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


def test_an_incident_is_one_file_that_says_everything_and_that_it_was_taken(desk: Desk) -> None:
    post_id = desk.says(PERSONAL, "1")
    desk.call("POST", f"/posts/{post_id}/reveal")
    desk.do(reject, post_id, by=by(desk), at=datetime.now(UTC), declined_as="personal")
    answer = desk.post("/e/box10/incidents", posts=f"#{post_id}, 99999")
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    manifest = json.loads(pack.read("manifest.json"))
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest
    (post,) = json.loads(pack.read("incident.json"))["posts"]
    assert post["text"] == PERSONAL
    done = [(one["subject"], one["after"], one["by"]) for one in post["decisions"]]
    assert done == [
        ("post", "held", "screening"),
        ("reveal", "revealed", "Moderator"),
        ("post", "rejected", "Moderator"),
        ("incident", "taken", "Moderator"),
    ]
    page = pack.read("incident.html").decode()
    assert PERSONAL in page
    assert "<script" not in page
    assert json.loads(pack.read("rules.json"))[0]["version"] == 1
    assert desk.post("/e/box10/incidents", posts="none").status_code == 422


def test_an_incident_tells_the_record_of_an_author_and_what_is_not_in_it(desk: Desk) -> None:
    for number in range(INCIDENT_MOST + 3):
        desk.says(f"something worth saying, number {number}", str(number), by="jo_hart")
    named = desk.says("something else entirely", "other", by="ben")
    (jo,) = {row.author_id for row in desk.ask(lambda db: db.exec(select(Post)).all()) if row.id != named}
    answer = desk.post("/e/box10/incidents", posts=f"{named} 99999", author=str(jo))
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(pack.read("incident.json"))
    assert (len(told["posts"]), told["left_out"], told["unknown"]) == (INCIDENT_MOST, 4, [99999])
    # What was named is in it, and of the rest the newest.
    assert told["posts"][-1]["id"] == named
    assert sum(told["posts"][0]["author"]["record"].values()) == INCIDENT_MOST + 3
    page = pack.read("incident.html").decode()
    assert "4 more posts were asked for" in page
    assert f"{datetime.now(UTC):%d %b %Y}" in page


def test_an_incident_shows_no_script_of_an_author(desk: Desk) -> None:
    post_id = desk.says("<script>alert(1)</script> and more words", "1", by="<b>bold</b>")
    pack = zipfile.ZipFile(io.BytesIO(desk.post("/e/box10/incidents", posts=str(post_id)).content))
    assert "<script>" not in pack.read("incident.html").decode()


def test_figures_tell_how_long_decisions_took_and_which_rule_is_rarely_right(desk: Desk) -> None:
    now = datetime.now(UTC)
    for number in range(12):
        came = now - timedelta(seconds=60 + number)
        post_id = desk.says(f"Talk number {number}: see https://shop.example/{number}", f"l{number}", at=came)
        desk.do(approve, post_id, by=by(desk), at=came + timedelta(seconds=10 + number))
    bad = desk.says("You stupid wankers should all be sacked", "bad", at=now - timedelta(seconds=50))
    desk.do(reject, bad, by=by(desk), at=now)
    desk.says("something worth saying", "waits", at=now - timedelta(seconds=5))
    found = desk.call("GET", "/figures").json()
    assert (found["waiting"], found["decisions"], found["taken_down"]) == (1, 13, 0)
    assert (found["median_seconds"], found["p95_seconds"]) == (16.0, 50.0)
    rules = {rule["code"]: rule for rule in found["rules"]}
    assert rules["link-from-unknown"]["rarely_right"]
    assert any(rule["confirmed"] == rule["decided"] == 1 for rule in rules.values())
    page = desk.get("figures").text
    assert "rarely right" in page
    assert "16 s" in page


def test_the_last_hour_is_told_beside_all_that_went_before(desk: Desk) -> None:
    now = datetime.now(UTC)
    for number, (ago, took) in enumerate([(timedelta(hours=3), 100), (timedelta(minutes=5), 4)]):
        post_id = desk.says("something worth saying", str(number), at=now - ago)
        desk.do(approve, post_id, by=by(desk), at=now - ago + timedelta(seconds=took))
    found = desk.call("GET", "/figures").json()
    assert (found["decisions"], found["median_seconds"], found["p95_seconds"]) == (2, 52.0, 100.0)
    assert found["last_hour"] == {"decisions": 1, "median_seconds": 4.0, "p95_seconds": 4.0}
    assert "4 s" in desk.get("figures").text


def test_95_of_100_are_95_of_100() -> None:
    assert Pace.of(range(1, 101)).p95 == 95
    assert Pace.of(range(1, 21)).p95 == 19
    assert Pace.of([7.0]) == Pace(1, 7.0, 7.0)
    assert Pace.of([]) == Pace(0, None, None)


def test_what_its_author_takes_away_was_not_taken_down_by_us(desk: Desk) -> None:
    now = datetime.now(UTC)
    post_id = desk.says("something worth saying", "1", at=now)
    desk.do(approve, post_id, by=by(desk), at=now)
    desk.do(withdraw, desk.event.id, Withdrawal(source="x", ref="1", reason="deleted by its author"), at=now)
    assert desk.call("GET", "/figures").json()["taken_down"] == 0


def test_what_is_taken_down_after_it_was_shown_is_counted(desk: Desk) -> None:
    now = datetime.now(UTC)
    post_id = desk.says("something worth saying", "1", at=now)
    desk.do(approve, post_id, by=by(desk), at=now)
    desk.do(reject, post_id, by=by(desk), at=now)
    assert desk.call("GET", "/figures").json()["taken_down"] == 1
