"""The program as whoever runs it meets it: from a home link, in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.actions.home_links import FreshHomeLink, give_home_link
from tests.conftest import NOON
from tests.views.site import OURS, Program, begun


class Home(Program):
    """A server without an event, opened with its home link."""

    def __init__(self, client: TestClient) -> None:
        super().__init__(client)
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


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    for client in begun(tmp_path):
        yield Home(client)
