"""A desk that talks HTTP as a page does, and as a program does."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.actions.arrivals import receive
from app.domain.access import Role
from app.domain.decision import Actor
from app.main import create_app
from app.settings import Settings
from tests.conftest import incoming
from tests.databases import lay_down
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
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        opened = Desk(client)
        opened.opens(Role.MODERATOR)
        yield opened


def by(desk: Desk, label: str = "Moderator") -> Actor:
    return Actor(label, desk.links[Role.MODERATOR].access.id)
