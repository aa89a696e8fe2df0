"""Law: no number that a client names is larger than what a database takes for one; none has to be tried to know it."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from app.main import create_app
from app.settings import Settings
from app.views.row_ids import LARGEST_ID
from tests.views.test_unstorable_text import every

APP = create_app(Settings(_env_file=None), by_itself=False)  # type: ignore[call-arg]
ROUTES = [route for route in every(APP.routes) if isinstance(route, APIRoute)]
NOT_STORED_AS_NUMBERS = {
    "PUT /api/v1/alarms",
    "PUT /api/v1/policy",
    "POST /api/v1/policy/trial",
    "PUT /api/v1/retention",
}
"""What they name is checked in words, and kept in JSON (`tests/test_stored_json.py`)."""


def whole_numbers(
    schema: Any, defs: dict[str, Any], at: str, seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Any]]:
    """Each place of a JSON schema where a whole number may stand."""
    if isinstance(schema, list):
        for one in schema:
            yield from whole_numbers(one, defs, at, seen)
    elif isinstance(schema, dict):
        if (ref := str(schema.get("$ref", "")).rpartition("/")[2]) and ref not in seen:
            yield from whole_numbers(defs[ref], defs, at, seen | {ref})
        if schema.get("type") == "integer":
            yield at, schema
        for name, one in schema.get("properties", {}).items():
            yield from whole_numbers(one, defs, f"{at}.{name}", seen)
        for inner in ("items", "anyOf", "oneOf", "allOf", "additionalProperties", "schema"):
            yield from whole_numbers(schema.get(inner), defs, at, seen)


def asked_of(route: APIRoute) -> Iterator[tuple[str, Any]]:
    places = (
        (route.dependant.path_params, "path"),
        (route.dependant.query_params, "query"),
        (route.dependant.body_params, "body"),
    )
    for fields, where in places:
        for field in fields:
            schema = field._type_adapter.json_schema(mode="validation")
            yield from whole_numbers(schema, schema.get("$defs", {}), f"{where} {field.alias}")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{min(route.methods)} {route.path}")
def test_every_number_that_is_asked_for_has_an_end(route: APIRoute) -> None:
    if f"{min(route.methods)} {route.path}" in NOT_STORED_AS_NUMBERS:
        return
    endless = {
        at: schema
        for at, schema in asked_of(route)
        if not (schema.get("maximum", schema.get("exclusiveMaximum", LARGEST_ID + 1)) <= LARGEST_ID)
        and "enum" not in schema
    }
    assert endless == {}


def test_the_law_sees_numbers() -> None:
    found = [at for route in ROUTES for at, _ in asked_of(route)]
    assert {"query screen", "path post_id", "body into", "query author"} <= set(found)
    assert len(found) > 60
