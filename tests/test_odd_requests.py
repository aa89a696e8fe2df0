"""Law: with something of everything in an event, no odd word in one place is an error of ours if all others are sound.

`tests/views/test_unstorable_text.py` tries odd words everywhere at once, on addresses where mostly nothing is; there the
first that is refused hides the others. Here every row of the table of roles is asked as its owner may.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.actions.home_links import give_home_link
from tests.roles_people import OURS, bearer, numbers
from tests.roles_said import SAID
from tests.roles_table import COLUMNS, ROWS, Row
from tests.roles_world import HERE, World, world
from tests.views.test_unstorable_text import every

__all__ = ["world"]

APP = Path(__file__).resolve().parent.parent / "app"
READ = re.compile(r"query_params\.get\(\"(\w+)\"|\"(\w+)\" in request\.query_params")
LOOKED_FOR = sorted(
    {
        name
        for file in (APP / "views").rglob("*.py")
        for one in READ.findall(file.read_text())
        for name in one
        if name not in {"", "key"}
    }
)
"""What pages look for in an address without saying so in their signature."""
IN_ADDRESSES = ("9" * 20, "²", "0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59")
IN_FORMS = ("9" * 20, "²")
OWNERS = [
    row
    for row in ROWS
    if row.method != "SOCKET" and min(int(row.cells[column].rstrip("=")) for column in (6, COLUMNS - 1)) < 400
]
"""What somebody can do who owns the event, or the installation."""


class Owner:
    """Who owns the event and holds a home link, in a browser that is told of errors of ours."""

    def __init__(self, world: World) -> None:
        person = next(person for person in world.people if person.name == f"owner of {HERE}")
        self.world, self.key = world, person.key
        home = world._do(give_home_link).token
        self.client = TestClient(
            world.client.app, headers={"origin": OURS}, follow_redirects=False, raise_server_exceptions=False
        )
        self.client.portal = world.client.portal
        self.client.get(f"/?key={home}")
        self.cookies = {**dict(self.client.cookies), **person.cookies}
        world._keep()

    def answer(self, row: Row, body: dict[str, Any], query: str = "") -> int:
        url = row.path.format(**self.world.ids)
        url += f"{'&' if '?' in url else '?'}{query}" if query else ""
        self.client.cookies = self.cookies
        if url.startswith("/api/"):
            said = {"json": numbers(body, self.world.ids) or None} if row.method != "GET" else {}
            status = self.client.request(row.method, url, headers=bearer(self.key), **said).status_code
        else:
            form = {
                name: value.format(**self.world.ids) if isinstance(value, str) and value not in IN_FORMS else value
                for name, value in body.items()
            }
            status = self.client.request(row.method, url, data=form or None).status_code
        if self.world._data_version() != self.world._version:
            self.world.rewind()
        return int(status)


@pytest.fixture(scope="module")
def owner(world: World) -> Owner:
    return Owner(world)


def declared(world: World, row: Row, kind: str) -> set[str]:
    path = row.path.partition("?")[0]
    routes = (route for route in every(world.client.app.routes) if isinstance(route, APIRoute))  # type: ignore[attr-defined]
    named = (
        getattr(route.dependant, kind)
        for route in routes
        if row.method in route.methods and re.fullmatch(re.sub(r"{\w+[^}]*}", "[^/]+", route.path), path)
    )
    return {field.alias for field in next(named, ())}


def test_no_odd_word_in_an_address_is_an_error_of_ours(owner: Owner) -> None:
    errors = []
    for row in (row for row in OWNERS if row.method == "GET"):
        asked = [f"{name}={odd}" for name in declared(owner.world, row, "query_params") for odd in IN_ADDRESSES]
        together = "&".join(f"{name}={IN_ADDRESSES[0]}" for name in LOOKED_FOR)
        errors += [(str(row), query[:60]) for query in (*asked, together) if owner.answer(row, {}, query) >= 500]
    assert errors == []


@pytest.mark.parametrize("odd", [f"spotlight:{IN_FORMS[0]}", f"countdown:talk_start:{IN_FORMS[0]}", "spotlight:²", *(
    f"countdown:{time}" for time in ("2026-11-26T20:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59")
)])  # fmt: skip
def test_no_scene_that_is_none_is_an_error_of_ours(owner: Owner, odd: str) -> None:
    for asked, body in (("POST /e/box10/scene/join", {}), ("POST /e/box10/remote/scene", {"scene": odd})):
        row = next(row for row in OWNERS if str(row) == asked)
        answered = owner.answer(replace(row, path=row.path.replace("join", quote(odd, safe=""))), body)
        assert answered == 404, asked


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_no_odd_word_in_one_field_is_an_error_of_ours(owner: Owner, method: str) -> None:
    errors = []
    for row in (row for row in OWNERS if row.method == method and not row.path.startswith("/api/")):
        sound = SAID.get(str(row), {})
        for name in sorted(declared(owner.world, row, "body_params") | sound.keys()):
            digits = re.sub("{\\w+}|[0-9]+", IN_FORMS[0], str(sound.get(name, "")))
            odds = dict.fromkeys([*IN_FORMS, digits] if digits else IN_FORMS)
            tried = [odd for odd in odds if owner.answer(row, {**sound, name: odd}) >= 500]
            errors += [(str(row), name, odd[:30]) for odd in tried]
    assert errors == []
