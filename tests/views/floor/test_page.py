"""The floor: whom it trusts, and how much it takes from one address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.actions.access import revoke_link
from app.actions.policies import change_policy
from app.bus.buckets import Rate
from app.domain.event import Role
from app.domain.policy import Policy
from app.domain.post import Post
from app.main import create_app
from app.queries.posts import own_posts
from app.settings import Settings
from app.views import questions
from app.views.floor import page as floor
from tests.conftest import ASHA, NOON
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


def test_an_address_may_send_only_so_much_however_many_phones_it_has(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floor, "POSTS_OF_AN_ADDRESS", Rate(burst=3, per_minute=1))
    phones = [Phone(api) for _ in range(4)]
    assert [phone.sends(f"Good morning, said number {n}") for n, phone in enumerate(phones)] == [303, 303, 303, 429]
    assert [len(phone.sent()) for phone in phones] == [1, 1, 1, 0]


def test_a_phone_may_send_only_so_much_and_its_neighbours_go_on(api: Api) -> None:
    eager, calm = Phone(api), Phone(api)
    sent = [eager.sends(f"Good morning, said {n} times") for n in range(floor.POSTS.burst + 1)]
    assert sent == [303] * floor.POSTS.burst + [429]
    assert calm.sends() == 303


def test_an_address_may_vote_only_so_much(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "VOTES_OF_AN_ADDRESS", Rate(burst=2, per_minute=1))
    question = api.call("POST", f"/posts/{api.arrives()}/question").json()
    voted = [Phone(api).client.post(f"/questions/{question['id']}/vote").status_code for _ in range(3)]
    assert voted == [303, 303, 429]
    assert [one["votes"] for one in api.call("GET", "/questions", role=Role.SPEAKER).json()] == [2]
