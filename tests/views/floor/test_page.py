"""The floor: whom it trusts, and how much it takes from one address."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import HTTPConnection

from app.actions.links import revoke_link
from app.actions.policies import change_policy
from app.actions.votes import publish_vote_totals
from app.bus.rate_limits import Rate
from app.domain.access import Role
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.vote_bursts import MANY
from app.main import create_app
from app.queries.posts import own_posts
from app.settings import Settings
from app.views import questions
from app.views.floor import page as floor
from tests.conftest import ASHA, NOON
from tests.databases import lay_down
from tests.views.api.test_api import Api

HEADERS = {"origin": "http://testserver"}


class Phone:
    """A browser of its own, at the address that all phones of the hall share."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.client = TestClient(api.client.app, headers=HEADERS, follow_redirects=False)
        self.client.portal = api.client.portal
        self.client.get("/e/box10")

    def opens(self, role: Role) -> "Phone":
        self.client.get(f"/e/box10?key={self.api.links[role].token}")
        return self

    def sends(self, text: str = "Croeso i bawb, braf eich gweld") -> int:
        return int(self.client.post("/e/box10/posts", data={"text": text, "kind": "post"}).status_code)

    def sent(self) -> list[Post]:
        device = self.api.context.cookies.device(self.client)
        assert self.api.client.portal is not None
        ask = self.api.context.backchannel.ask
        cards = self.api.client.portal.call(lambda: ask(own_posts, self.api.event.id, device))
        return [getattr(card, "post", card) for card in cards]

    def verdict(self) -> str:
        (post,) = self.sent()
        return str(post.verdict.value)


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        opened = Api(client)
        opened.do(change_policy, opened.event.id, Policy(mode="trusted"), by=ASHA, at=NOON)
        yield opened


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.SPEAKER, Role.MODERATOR, Role.OWNER])
def test_the_phone_of_somebody_whom_the_organiser_knows_is_trusted(api: Api, role: Role) -> None:
    known, stranger = Phone(api).opens(role), Phone(api)
    assert (known.sends(), stranger.sends("Good morning from the back row")) == (303, 303)
    assert (known.verdict(), stranger.verdict()) == ("approved", "held")


def test_a_screen_vouches_for_nobody_and_a_revoked_link_no_more(api: Api) -> None:
    screen, former = Phone(api).opens(Role.SCREEN), Phone(api).opens(Role.DELEGATE)
    api.do(revoke_link, api.links[Role.DELEGATE].access.id, at=NOON)
    assert (screen.sends(), former.sends("Good morning from the back row")) == (303, 303)
    assert (screen.verdict(), former.verdict()) == ("held", "held")


def test_new_phones_of_an_address_may_send_only_so_much_together(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "POSTS_OF_NEW_PHONES", Rate(burst=3, per_minute=1))
    phones = [Phone(api) for _ in range(4)]
    assert [phone.sends(f"Good morning, said number {n}") for n, phone in enumerate(phones)] == [303, 303, 303, 429]
    assert [len(phone.sent()) for phone in phones] == [1, 1, 1, 0]


def test_a_phone_may_send_only_so_much_and_its_neighbours_go_on(api: Api) -> None:
    eager, calm = Phone(api), Phone(api)
    sent = [eager.sends(f"Good morning, said {n} times") for n in range(floor.POSTS.burst + 1)]
    assert sent == [303] * floor.POSTS.burst + [429]
    assert calm.sends() == 303


def test_new_phones_of_an_address_may_vote_only_so_much(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "VOTES_OF_NEW_PHONES", Rate(burst=2, per_minute=1))
    question = api.call("POST", f"/posts/{api.arrives()}/question").json()
    voted = [Phone(api).client.post(f"/questions/{question['id']}/vote").status_code for _ in range(3)]
    assert voted == [303, 303, 429]
    assert [one["votes"] for one in api.call("GET", "/questions", role=Role.SPEAKER).json()] == [2]


def test_what_one_phone_is_refused_costs_the_hall_behind_its_address_nothing(api: Api) -> None:
    """One cookie with 520 sends once silenced everybody at that address."""
    eager, json = Phone(api), {"accept": "application/json"}
    data = {"text": "Good morning", "kind": "post"}
    began = time.monotonic()
    sent = [eager.client.post("/e/box10/posts", data=data, headers=json).status_code for _ in range(520)]
    regained = (time.monotonic() - began) * floor.POSTS.per_minute / 60
    assert floor.POSTS.burst <= 520 - sent.count(429) <= floor.POSTS.burst + regained
    assert [Phone(api).sends(f"Good morning, said number {n}") for n in range(20)] == [303] * 20


def test_who_votes_too_often_is_refused_before_anything_is_read_for_them(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "VOTES", Rate(burst=1, per_minute=1))
    phone = Phone(api)
    assert phone.client.post("/questions/4711/vote").status_code == 404
    reads = api.context.backchannel.reads
    assert phone.client.post("/questions/4711/vote").status_code == 429
    assert api.context.backchannel.reads == reads


def test_many_votes_from_one_address_are_shown_and_left_out_and_counted_again(api: Api) -> None:
    question = api.call("POST", f"/posts/{api.arrives()}/question").json()
    path = f"/questions/{question['id']}"
    for _ in range(MANY):
        assert Phone(api).client.post(f"{path}/vote").status_code == 303
    api.do(publish_vote_totals, api.event.id, at=datetime.now(UTC))
    said, speaker, desk = "of these votes came within ten seconds from one address", Phone(api), Phone(api)
    speaker.client.get(f"/e/box10/stage?key={api.links[Role.SPEAKER].token}")
    desk.client.get(f"/e/box10/desk?key={api.links[Role.MODERATOR].token}")
    assert f"{MANY} {said}" in speaker.client.get("/e/box10/stage").text
    assert f"{MANY} {said}" in desk.client.get("/e/box10/desk").text
    assert said not in Phone(api).client.get("/e/box10").text
    for act, votes in (("POST", 0), ("DELETE", MANY), ("POST", 0)):
        assert speaker.client.request(act, f"{path}/omission").status_code == 303
        assert [one["votes"] for one in api.call("GET", "/questions", role=Role.SPEAKER).json()] == [votes]
    assert said not in speaker.client.get("/e/box10/stage").text
    assert Phone(api).client.post(f"{path}/vote").status_code == 303


def test_the_same_address_has_the_same_origin_and_nobody_can_tell_which(api: Api) -> None:
    def origin(host: str) -> str:
        return str(api.context.cookies.origin(HTTPConnection({"type": "http", "client": (host, 1), "headers": []})))

    assert origin("192.0.2.7") == origin("192.0.2.7") != origin("192.0.2.8")
    assert origin("::ffff:192.0.2.7") == origin("192.0.2.7") != origin("::ffff:192.0.2.8")
    assert origin("2001:db8::1") == origin("2001:db8::2:3") != origin("2001:db8:0:1::1")
    assert "192" not in origin("192.0.2.7")
