"""The law of roles: every route answers every role as the table says, and who is refused has changed nothing."""

import re

import pytest
from fastapi.routing import iter_route_contexts

from app.views.desk.verdicts import BY_ADDRESS
from app.views.questions import MOVES
from tests.roles_said import SAID
from tests.roles_table import COLUMNS, ROWS, Row
from tests.roles_world import World, world

__all__ = ["world"]

READS = {"GET", "SOCKET"}
ACTS = {
    "/posts/{}/{}": {
        "POST": {*BY_ADDRESS, "question", "reveal", "stop"},
        "DELETE": {*BY_ADDRESS, "question"} - {"hold"},
    },
    "/questions/{}/{}": {"POST": {*MOVES}, "DELETE": {"stage"}},
    "/authors/{}/{}": {"POST": {"block", "trust"}, "DELETE": {"block", "trust"}},
}
"""Addresses whose last word says which act it is: each act has a row. Moves are taken back by one and the same line."""


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_is_answered_as_the_table_says(world: World, row: Row) -> None:
    answered, changed = [], []
    for person in world.people:
        before, ours = world.rows()
        status = world.answers(person, row.method, row.path, SAID.get(str(row), {}))
        after, ours_after = world.rows()
        wrote = after != before
        answered.append(f"{status}=" if status < 400 and not wrote and row.method not in READS else str(status))
        if wrote and (status >= 400 or row.method in READS):
            changed.append(f"{person.name}, who was answered {status}, changed something")
        if person.elsewhere and not is_for_everybody(row) and ours_after != ours:
            changed.append(f"{person.name} changed something of this event")
        if wrote:
            world.rewind()
    assert changed == []
    assert tuple(answered) == row.cells


def is_for_everybody(row: Row) -> bool:
    return int(row.cells[1].rstrip("=")) < 400


def test_every_route_has_a_row(world: World) -> None:
    routes = [
        (method, context.path)
        for context in iter_route_contexts(world.client.app.routes)  # type: ignore[attr-defined]
        for method in sorted((context.methods or {"SOCKET"}) - {"HEAD"})
        if context.path != "/static"
    ]
    assert len(routes) > 80
    assert [f"{method} {path}" for method, path in routes if not any(_is_of(row, method, path) for row in ROWS)] == []


@pytest.mark.parametrize("path", ACTS)
def test_every_act_of_an_address_has_a_row(path: str) -> None:
    for method, acts in ACTS[path].items():
        stated = {match[1] for row in ROWS if row.method == method and (match := _match(path, row.path))}
        assert acts <= stated, f"{method} {path} lacks {acts - stated}"


def test_every_row_states_every_cell_and_something_is_said_only_where_there_is_a_row() -> None:
    assert [str(row) for row in ROWS if len(row.cells) != COLUMNS] == []
    assert len({str(row) for row in ROWS}) == len(ROWS)
    assert SAID.keys() <= {str(row) for row in ROWS}


def _is_of(row: Row, method: str, path: str) -> bool:
    return row.method == method and _match(path, row.path) is not None


def _match(path: str, asked: str) -> re.Match[str] | None:
    """Matches an address with what is asked for; the last group is its last word."""
    pattern = re.sub(r"\\\{\w*\\\}", "([^/]+)", re.escape(path))
    found = re.fullmatch(pattern, asked.partition("?")[0])
    if found is None or not found.groups():
        return found
    return re.match("(.*)", found.groups()[-1])
