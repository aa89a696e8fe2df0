"""X's own description of its API, where it is at hand: does an answer look as X says it does?"""

import functools
import gzip
import json
from pathlib import Path
from typing import Any

from openapi_schema_validator import OAS30Validator

PAYLOADS = Path(__file__).parents[3] / "shared" / "data" / "payloads" / "x"
VERSIONS = {"tweet": "2.166", "post": "2.167"}
ABSENT = f"X's OpenAPI files are not beside the checkout ({Path('..') / PAYLOADS.relative_to(PAYLOADS.parents[3])})"


def present() -> bool:
    return all((PAYLOADS / f"openapi_{version}.json.gz").exists() for version in VERSIONS.values())


@functools.cache
def description(style: str) -> dict[str, Any]:
    with gzip.open(PAYLOADS / f"openapi_{VERSIONS[style]}.json.gz") as file:
        found: dict[str, Any] = json.load(file)
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
        if "$ref" in parameter:
            parameter = description(style)["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
        if values := parameter["schema"].get("items", {}).get("enum"):
            found[parameter["name"]] = frozenset(values)
    return found


def _wrong(style: str, schema: dict[str, Any], body: Any) -> list[str]:
    whole = {"components": description(style)["components"], "allOf": [schema]}
    return [f"{error.json_path}: {error.message[:200]}" for error in OAS30Validator(whole).iter_errors(body)]
