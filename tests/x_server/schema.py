"""A description of X's API, ours or X's own where it is at hand: does an answer look as it says?"""

import functools
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]

from tests.x_server.described import described

INVENTED = Path(__file__).parent.parent / "sources" / "x" / "recorded"
PAYLOADS = Path(__file__).parents[3] / "shared" / "data" / "payloads" / "x"
VERSIONS = {"tweet": "2.166", "post": "2.167"}

# Asked for by name, or recorded from X itself, or in the other of its two descriptions.
SAID_THOUGH_NOT_DESCRIBED = ("parody", "sent", "id", "resumable", "errors", "alt_text")


def present() -> bool:
    """Whether X's own description is beside the checkout."""
    return all((PAYLOADS / f"openapi_{version}.json.gz").exists() for version in VERSIONS.values())


def whose() -> tuple[str, ...]:
    return ("ours", "of X") if present() else ("ours",)


def recorded(name: str) -> list[str]:
    """The lines of one recorded file: invented, in the shape of real ones."""
    return (INVENTED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


class Description:
    """What X answers in one of its two spellings."""

    def __init__(self, style: str, whose: str = "ours") -> None:
        self.paths, components = _parts(style, whose)
        self.schemas: dict[str, Any] = components["schemas"]
        self.parameters: dict[str, Any] = components["parameters"]

    def faults_of(self, method: str, path: str, status: int, body: Any) -> list[str]:
        """What is wrong with this answer; nothing, if X could have said it."""
        responses = self.paths[path][method.lower()]["responses"]
        if status < 400:
            return self._wrong(responses["200"]["content"]["application/json"]["schema"], body)
        return self.wrong_for("Problem", body)

    def wrong_for(self, name: str, body: Any) -> list[str]:
        return self._wrong({"$ref": f"#/components/schemas/{name}"}, body)

    def parameter_values(self, path: str) -> dict[str, frozenset[str]]:
        """The list parameters of an endpoint with their allowed values."""
        found: dict[str, frozenset[str]] = {}
        for parameter in self.paths[path]["get"]["parameters"]:
            named = parameter.get("$ref", "").rsplit("/", 1)[-1]
            described = self.parameters[named] if named else parameter
            if values := described["schema"].get("items", {}).get("enum"):
                found[described["name"]] = frozenset(values)
        return found

    def _wrong(self, schema: dict[str, Any], body: Any) -> list[str]:
        return self._misshapen(schema, body, "$") + list(self._odd(schema, body, "$"))

    def _misshapen(self, schema: dict[str, Any], body: Any, where: str) -> list[str]:
        whole = {"components": {"schemas": self.schemas}, "allOf": [schema]}
        errors = Draft4Validator(whole, format_checker=FormatChecker()).iter_errors(body)
        return [f"{where} {error.json_path}: {error.message[:200]}" for error in errors]

    def _odd(self, schema: dict[str, Any], body: Any, where: str) -> Iterator[str]:
        """What JSON Schema lets pass: names X does not have, and a shape that does not fit its own `type`."""
        schema = self._resolved(schema)
        if isinstance(body, list):
            for n, item in enumerate(body):
                yield from self._odd(schema.get("items", {}), item, f"{where}[{n}]")
        if not isinstance(body, dict):
            return
        if target := _chosen(schema, body):
            yield from self._misshapen(target, body, where)
        names = self._properties(schema) | (self._properties(self._resolved(target)) if target else {})
        for key, item in body.items():
            if key in names:
                yield from self._odd(names[key], item, f"{where}.{key}")
            elif names and "errors" not in where and key not in SAID_THOUGH_NOT_DESCRIBED:
                yield f"{where}: unknown {key}"

    def _properties(self, schema: dict[str, Any]) -> dict[str, Any]:
        names: dict[str, Any] = dict(schema.get("properties", {}))
        for part in schema.get("allOf", ()):
            names |= self._properties(self._resolved(part))
        return names

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[1]]
        return schema


@functools.cache
def _parts(style: str, whose: str) -> tuple[dict[str, Any], dict[str, Any]]:
    if whose == "ours":
        found = described(style)
    else:
        with gzip.open(PAYLOADS / f"openapi_{VERSIONS[style]}.json.gz") as file:
            found = _nullable(json.load(file))
    return found["paths"], found["components"]


def _chosen(schema: dict[str, Any], body: dict[str, Any]) -> dict[str, Any] | None:
    selector = schema.get("discriminator", {})
    target = selector.get("mapping", {}).get(body.get(selector.get("propertyName")))
    return {"$ref": target} if target else None


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
