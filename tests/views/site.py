"""One event, met over HTTP as a browser would."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.domain.access import Role
from app.main import create_app
from app.settings import Settings
from tests.databases import lay_down
from tests.exported import exported
from tests.running import furnish

OURS = {"Origin": "http://testserver"}


class Program:
    """The whole program, its verbs and queries run on its own loop."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.context = client.app.state.context  # type: ignore[attr-defined]

    def ask(self, query: Any, *args: Any) -> Any:
        return self._call(lambda: self.context.backchannel.ask(query, *args))

    def do(self, verb: Any, *args: Any, **kwargs: Any) -> Any:
        return self._call(lambda: self.context.backchannel.do(verb, *args, **kwargs))

    def _call(self, act: Any) -> Any:
        assert self.client.portal is not None
        return self.client.portal.call(act)


class Site(Program):
    """The program with one event, opened as whoever holds a link."""

    def __init__(self, client: TestClient) -> None:
        super().__init__(client)
        self.event, self.talk, self.links = self._call(lambda: furnish(self.context.backchannel))

    def exported(self, kind: str) -> str:
        context = self.context
        return str(self._call(lambda: exported(context.backchannel, self.event.id, kind, context.networks)))

    def enter(self, role: Role, page: str) -> Any:
        return self.client.get(f"/e/box10/{page}?key={self.links[role].token}")

    def post(self, path: str, **data: str) -> Any:
        return self.client.post(f"/e/box10{path}", data=data, headers=OURS)


def begun(folder: Path) -> Iterator[TestClient]:
    """The program on a database in that folder; nothing happens by itself."""
    made = Settings(_env_file=None, data_dir=folder, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3")  # type: ignore[call-arg]
    lay_down(made.data_dir)
    with TestClient(create_app(made, by_itself=False)) as client:
        yield client


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    for client in begun(tmp_path):
        yield Site(client)


def value(page: str, field: str) -> str:
    found = html.document_fromstring(page).get_element_by_id(field)
    return str(found.value if found.tag != "textarea" else found.text or "").strip()
