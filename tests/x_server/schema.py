"""X's own description of its API, where it is at hand: does an answer look as X says it does?"""

import functools
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]

PAYLOADS = Path(__file__).parents[3] / "shared" / "data" / "payloads" / "x"
VERSIONS = {"tweet": "2.166", "post": "2.167"}
ABSENT = "X's OpenAPI files are not beside the checkout, in ../shared/data/payloads/x"

# Asked for by name, or recorded from X itself, or in the other of its two descriptions.
SAID_THOUGH_NOT_DESCRIBED = ("parody", "sent", "id", "resumable", "errors", "alt_text")


def present() -> bool:
    return all((PAYLOADS / f"openapi_{version}.json.gz").exists() for version in VERSIONS.values())


@functools.cache
def description(style: str) -> dict[str, Any]:
    with gzip.open(PAYLOADS / f"openapi_{VERSIONS[style]}.json.gz") as file:
        found: dict[str, Any] = _nullable(json.load(file))
    return found


def recorded(name: str) -> list[str]:
    """The lines of one recorded file."""
    with gzip.open(PAYLOADS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return file.read().splitlines()


def faults_of(style: str, method: str, path: str, status: int, body: Any) -> list[str]:
    """What is wrong with this answer; nothing, if X could have said it."""
    responses = description(style)["paths"][path][method.lower()]["responses"]
    if status < 400:
        return _wrong(style, responses["200"]["content"]["application/json"]["schema"], body)
    return _wrong(style, {"$ref": "#/components/schemas/Problem"}, body)


def wrong_for(style: str, name: str, body: Any) -> list[str]:
    return _wrong(style, {"$ref": f"#/components/schemas/{name}"}, body)


def parameter_values(style: str, path: str) -> dict[str, frozenset[str]]:
    """The list parameters of an endpoint with their allowed values."""
    found: dict[str, frozenset[str]] = {}
    for parameter in description(style)["paths"][path]["get"]["parameters"]:
        named = parameter.get("$ref", "").rsplit("/", 1)[-1]
        described = description(style)["components"]["parameters"][named] if named else parameter
        if values := described["schema"].get("items", {}).get("enum"):
            found[described["name"]] = frozenset(values)
    return found


def _wrong(style: str, schema: dict[str, Any], body: Any) -> list[str]:
    return _misshapen(style, schema, body, "$") + list(_odd(style, schema, body, "$"))


def _misshapen(style: str, schema: dict[str, Any], body: Any, where: str) -> list[str]:
    whole = {"components": description(style)["components"], "allOf": [schema]}
    errors = Draft4Validator(whole, format_checker=FormatChecker()).iter_errors(body)
    return [f"{where} {error.json_path}: {error.message[:200]}" for error in errors]


def _odd(style: str, schema: dict[str, Any], body: Any, where: str) -> Iterator[str]:
    """What JSON Schema lets pass: names X does not have, and a shape that does not fit its own `type`."""
    schema = _resolved(style, schema)
    if isinstance(body, list):
        for n, item in enumerate(body):
            yield from _odd(style, schema.get("items", {}), item, f"{where}[{n}]")
    if not isinstance(body, dict):
        return
    if target := _chosen(schema, body):
        yield from _misshapen(style, target, body, where)
    names = _properties(style, schema) | (_properties(style, _resolved(style, target)) if target else {})
    for key, item in body.items():
        if key in names:
            yield from _odd(style, names[key], item, f"{where}.{key}")
        elif names and "errors" not in where and key not in SAID_THOUGH_NOT_DESCRIBED:
            yield f"{where}: unknown {key}"


def _chosen(schema: dict[str, Any], body: dict[str, Any]) -> dict[str, Any] | None:
    selector = schema.get("discriminator", {})
    target = selector.get("mapping", {}).get(body.get(selector.get("propertyName")))
    return {"$ref": target} if target else None


def _properties(style: str, schema: dict[str, Any]) -> dict[str, Any]:
    names: dict[str, Any] = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        names |= _properties(style, _resolved(style, part))
    return names


def _resolved(style: str, schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = description(style)["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _nullable(value: Any) -> Any:
    """OpenAPI's `nullable` in the words of JSON Schema."""
    if isinstance(value, list):
        return [_nullable(item) for item in value]
    if not isinstance(value, dict):
        return value
    made = {key: _nullable(item) for key, item in value.items()}
    if made.pop("nullable", False) is True and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
    return made
