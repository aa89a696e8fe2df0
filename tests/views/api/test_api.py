"""The JSON API: a role link's key may do what the link may do, and no more."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.actions.arrivals import receive
from app.actions.links import revoke_link
from app.actions.policies import change_policy
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.policy import Policy
from app.main import create_app
from app.settings import Settings
from tests.conftest import incoming
from tests.databases import lay_down
from tests.running import furnish


class Api:
    """The program with one event, and its keys."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.context = client.app.state.context  # type: ignore[attr-defined]
        assert client.portal is not None
        self.event, self.talk, self.links = client.portal.call(furnish, self.context.backchannel)

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.do(verb, *args, **kwargs))

    def call(self, method: str, path: str, role: Role = Role.MODERATOR, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.links[role].token}"}
        return self.client.request(method, f"/api/v1{path}", headers=headers, **more)

    def arrives(self, number: int = 1) -> int:
        now = datetime.now(UTC)
        post = incoming(f"something worth saying, number {number}", ref=str(number), posted_at=now)
        return int(self.do(receive, self.event.id, post, at=now).post_id)


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    made = Settings(
        _env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3", metrics_public=True
    )  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        yield Api(client)


def test_what_waits_is_listed_oldest_first_and_approved_by_its_id(api: Api) -> None:
    ids = [api.arrives(number) for number in range(3)]
    assert [post["id"] for post in api.call("GET", "/posts").json()] == ids
    assert api.call("POST", f"/posts/{ids[0]}/verdict", json={"verdict": "approved"}).json()["verdict"] == "approved"
    assert [post["id"] for post in api.call("GET", "/posts").json()] == ids[1:]
    assert [post["id"] for post in api.call("GET", "/posts?verdict=approved").json()] == ids[:1]


def test_who_comes_second_is_told_what_stands(api: Api) -> None:
    post_id = api.arrives()
    seen = {"seen": "held", "version": 0}
    assert api.call("POST", f"/posts/{post_id}/verdict", json={"verdict": "rejected", **seen}).status_code == 200
    late = api.call("POST", f"/posts/{post_id}/verdict", json={"verdict": "approved", **seen}, role=Role.OWNER)
    assert late.status_code == 409
    assert late.json()["detail"] == "Moderator was quicker: this post is rejected."


def test_a_post_becomes_a_question_and_goes_on_stage_and_back(api: Api) -> None:
    post_id = api.arrives()
    question = api.call("POST", f"/posts/{post_id}/question").json()
    path = f"/questions/{question['id']}/state"
    assert api.call("PUT", path, role=Role.SPEAKER, json={"state": "on_stage"}).json()["state"] == "on_stage"
    assert [one["id"] for one in api.call("GET", "/questions", role=Role.SPEAKER).json()] == [question["id"]]
    api.call("PUT", path, role=Role.SPEAKER, json={"state": "answered"})
    assert api.call("GET", "/questions", role=Role.SPEAKER).json() == []


def test_the_red_button_works_and_is_taken_back(api: Api) -> None:
    assert api.call("PUT", "/event/screen", json={"screen": "blank"}).json()["screen"] == "blank"
    assert api.call("POST", "/undo").json() == {
        "subject": "event",
        "subject_id": api.event.id,
        "from": "blank",
        "to": "live",
        "by": "Moderator",
    }
    assert api.call("GET", "/event").json()["screen"] == "live"


@pytest.mark.parametrize(
    ("role", "status"), [(Role.SCREEN, 403), (Role.SPEAKER, 403), (Role.MODERATOR, 200), (Role.OWNER, 200)]
)
def test_only_moderators_see_what_waits(api: Api, role: Role, status: int) -> None:
    assert api.call("GET", "/posts", role=role).status_code == status


def test_a_key_of_one_event_opens_nothing_of_another(api: Api) -> None:
    post_id = api.arrives()
    assert api.client.portal is not None
    _, _, others = api.client.portal.call(furnish, api.context.backchannel, "other")
    headers = {"Authorization": f"Bearer {others[Role.OWNER].token}"}
    answer = api.client.post(f"/api/v1/posts/{post_id}/verdict", headers=headers, json={"verdict": "approved"})
    assert answer.status_code == 404


def test_a_revoked_or_invented_key_is_refused(api: Api) -> None:
    api.do(revoke_link, api.links[Role.MODERATOR].access.id, at=datetime.now(UTC))
    assert api.call("GET", "/posts").status_code == 401
    assert api.client.get("/api/v1/posts", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    assert api.client.get("/api/v1/posts").status_code in {401, 403}


def test_the_api_is_described_without_anybody_elses_scripts(api: Api) -> None:
    page = api.client.get("/docs")
    assert page.status_code == 200
    assert "/api/v1/posts/{post_id}/verdict" in page.text
    assert "cdn" not in page.text
    assert all(path.startswith("/api/v1/") for path in api.client.get("/openapi.json").json()["paths"])


def test_metrics_tell_what_waits(api: Api) -> None:
    api.arrives()
    text = api.client.get("/metrics").text
    assert 'backchannel_posts{event="box10",verdict="held"} 1' in text


def test_the_server_says_that_it_is_up(api: Api) -> None:
    assert (api.client.get("/up").status_code, api.client.get("/up").text) == (200, "up")


def test_the_server_says_that_it_is_not_up_when_a_writer_hangs(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def hangs(_db: Session) -> None:
        begun.set()
        may_end.wait()

    hanging = threading.Thread(target=api.do, args=(hangs,))
    hanging.start()
    begun.wait()
    assert api.client.get("/up").status_code == 200
    monkeypatch.setattr("app.store.writers.HANGING_SECONDS", 0.0)
    assert api.client.get("/up").status_code == 503
    may_end.set()
    hanging.join()


@pytest.mark.parametrize("verdict", ["held", "approved", "stashed", "rejected"])
def test_a_list_is_read_page_by_page_and_nothing_twice(api: Api, verdict: str) -> None:
    """By the Link of each answer, while posts come and go."""
    ids = [api.arrives(number) for number in range(7)]
    if verdict != "held":
        for post_id in ids:
            api.call("POST", f"/posts/{post_id}/verdict", json={"verdict": verdict})
    whole = [post["id"] for post in api.call("GET", f"/posts?verdict={verdict}&limit=200").json()]
    assert sorted(whole) == ids
    for search in ("", "&q=worth"):
        read, path = [], f"/posts?verdict={verdict}&limit=3{search}"
        while path:
            answer = api.call("GET", path)
            read += [post["id"] for post in answer.json()]
            path = answer.links.get("next", {}).get("url", "").removeprefix("/api/v1")
            if len(read) == 3:
                api.arrives(len(search) + 100)
        assert [one for one in read if one in ids] == whole


def test_every_refusal_is_a_problem_that_programs_can_read(api: Api) -> None:
    bearer = {"Authorization": f"Bearer {api.links[Role.SCREEN].token}"}
    asked = [
        ("GET", "/api/v1/posts", {}, 401),
        ("GET", "/api/v1/posts", {"HX-Request": "true", "Accept": "text/html"}, 401),
        ("GET", "/api/v1/posts", {"Authorization": "Basic x"}, 401),
        ("GET", "/api/v1/posts", {"Authorization": "Bearer nonsense"}, 401),
        ("GET", "/api/v1/posts", bearer, 403),
        ("GET", "/api/v1/nowhere", bearer, 404),
        ("DELETE", "/api/v1/posts", bearer, 405),
        ("GET", "/api/v1/posts?limit=x", bearer, 422),
        ("GET", "/api/v1/posts?q=%00", bearer, 422),
        ("POST", "/api/v1/undo", {"Origin": "https://elsewhere.example"}, 403),
    ]
    for method, path, headers, status in asked:
        answer = api.client.request(method, path, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), path
        assert answer.json()["status"] == status
        assert answer.json()["detail"]
    assert "www-authenticate" in api.client.get("/api/v1/posts").headers


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_too_large_is_a_problem_that_programs_can_read(
    api: Api, announced: bool, caplog: pytest.LogCaptureFixture
) -> None:
    content = b'{"verdict": "held", "posts": [' + b" " * 100_000 + b"]}"
    headers = {"Authorization": f"Bearer {api.links[Role.OWNER].token}", "Content-Type": "application/json"}
    answer = api.client.post(
        "/api/v1/posts/verdicts",
        content=content if announced else iter([content[:900], content[900:]]),
        headers=headers,
    )
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert answer.json()["detail"] == "What was sent is too large."
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"]
    assert not [line.getMessage() for line in caplog.records if " 500 " in line.getMessage()]


def test_a_policy_with_a_mode_for_a_network_that_was_removed_can_be_sent_back(api: Api) -> None:
    policy = Policy(source_modes=(("plaza", "wait"), ("x", "trusted")))
    api.do(change_policy, api.event.id, policy, by=Actor("Owner"), at=datetime.now(UTC))
    told = api.call("GET", "/policy", role=Role.OWNER).json()
    told["policy"]["welfare"] = "Priya"
    sent = {"version": told["version"], "policy": told["policy"]}
    assert api.call("PUT", "/policy", role=Role.OWNER, json=sent).status_code == 200
    again = api.call("GET", "/policy", role=Role.OWNER).json()
    assert again["policy"]["source_modes"] == {"plaza": "wait", "x": "trusted"}
    new = {"version": again["version"], "policy": {**again["policy"], "source_modes": {"nowhere": "wait"}}}
    assert api.call("PUT", "/policy", role=Role.OWNER, json=new).status_code == 422


def test_a_seat_at_a_post_of_nobody_is_refused(api: Api) -> None:
    assert api.call("POST", "/seat", json={"tab": "12345678", "post_id": 4711}).status_code == 404
