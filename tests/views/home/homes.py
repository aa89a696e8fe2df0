"""The program as whoever runs it meets it: from a home link, in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.actions.home_links import FreshHomeLink, give_home_link
from app.main import create_app
from app.settings import Settings
from tests.conftest import NOON
from tests.databases import lay_down
from tests.views.site import OURS


class Home:
    """A server without an event, opened with its home link."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.context = client.app.state.context  # type: ignore[attr-defined]
        self.link: FreshHomeLink = self.do(give_home_link, at=NOON, label="Asha")

    def opens(self) -> Any:
        return self.client.get(f"/?key={self.link.token}")

    def post(self, path: str, **data: str) -> Any:
        return self.client.post(path, data=data, headers=OURS)

    def makes(self, slug: str = "closer26", **more: str) -> Any:
        return self.post("/events", **{"name": "Closer to Home", "slug": slug, "zone": "Europe/London", **more})

    def stranger(self) -> TestClient:
        """Another browser, at the same server."""
        other = TestClient(self.client.app, headers=OURS)
        other.portal = self.client.portal
        return other

    def ask(self, query: Any, *args: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.ask(query, *args))

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(lambda: self.context.backchannel.do(verb, *args, **kwargs))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Settings(_env_file=None, data_dir=tmp_path, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        yield Home(client)
