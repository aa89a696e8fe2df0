"""What is written about the API is true: programs made at random from its description find nothing else."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.domain.policy import Policy
from app.domain.policy_settings import checked
from app.views.api.examples import EXAMPLES
from tests.running import Running
from tests.views.api.described import WHO, description, is_as_described, operations, running, schema, schemathesis

__all__ = ["running", "schema"]


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("method", "path"), operations("desk"))
def test_every_answer_is_as_described(
    running: Running, schema: schemathesis.BaseSchema, who: str, method: str, path: str
) -> None:
    is_as_described(running, schema, who, method, path)


DESCRIBED = description()
SCHEMAS = DESCRIBED["components"]["schemas"]


def test_every_operation_is_tried() -> None:
    tried = [*operations("desk"), *operations("event", "rules"), *operations("watch", "keep and forget", "chats")]
    assert sorted(tried) == sorted((verb, path) for path, verbs in DESCRIBED["paths"].items() for verb in verbs)


@pytest.mark.parametrize("name", [name for name, told in SCHEMAS.items() if told["type"] == "object"])
def test_every_shape_has_an_example_that_is_of_that_shape(name: str) -> None:
    (example,) = SCHEMAS[name]["examples"]
    whole = {"$ref": f"#/components/schemas/{name}", "components": DESCRIBED["components"]}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(example)
    assert example.keys() <= SCHEMAS[name]["properties"].keys()


@pytest.mark.parametrize(
    "asked",
    [
        (verb, path, told)
        for path, verbs in DESCRIBED["paths"].items()
        for verb, one in verbs.items()
        for told in one.get("parameters", ())
    ],
)
def test_every_parameter_has_an_example_that_it_may_be(asked: tuple[str, str, dict[str, Any]]) -> None:
    whole = {**asked[2]["schema"], "components": DESCRIBED["components"]}
    Draft202012Validator(whole).validate(asked[2]["example"])


def test_the_rules_of_the_example_can_be_saved() -> None:
    rules = Policy.from_json(EXAMPLES["RulesWanted"]["policy"])
    assert checked(rules, ("floor",), Policy()) == rules
