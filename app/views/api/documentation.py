"""`/docs`: the API described, on a page of our own, because the usual ones load their scripts from elsewhere."""

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from app.views.api.examples import EXAMPLES, PARAMETERS
from app.views.context import InContext
from app.views.problem_json import PROBLEM_JSON, Problem

router = APIRouter()


BODY = {
    400: "It is no JSON.",
    408: "The body did not come within ten seconds.",
    413: "The body is too large.",
    422: "Something in it could not be read, or cannot be.",
}
KEY = {401: "There is no key, or it does not hold.", 403: "The key is for less than this."}
ALWAYS = {422: "Something in it could not be read.", 503: "The database does not answer, or too much waits."}


def describe(app: FastAPI) -> None:
    """Let the description name every refusal, and how it is told, for each operation there is."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(title=app.title, version=version("backchannel"), routes=app.routes)
            schemas = found["components"]["schemas"]
            schemas["Problem"] = Problem.model_json_schema()
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            for name, example in EXAMPLES.items():
                schemas[name]["examples"] = [example]
            for path, methods in found["paths"].items():
                for operation in methods.values():
                    _name_refusals(path, operation)
                    for parameter in operation.get("parameters", ()):
                        parameter["example"] = PARAMETERS[parameter["name"]]
            app.openapi_schema = found
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _name_refusals(path: str, operation: dict[str, Any]) -> None:
    answers: dict[str, Any] = operation["responses"]
    told = {**ALWAYS, **(KEY if operation.get("security") else {}), **(BODY if "requestBody" in operation else {})}
    if "{" in path:
        told[404] = "There is none of that number in this event."
    for status, said in told.items():
        answers[str(status)] = {"description": said}
    for code, answer in answers.items():
        if code >= "400":
            answer["content"] = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}


@router.get("/docs")
async def documentation(request: Request, context: InContext) -> Response:
    described: dict[str, Any] = request.app.openapi()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "said": operation.get("description", ""),
            "parameters": operation.get("parameters", []),
            "body": _body(operation),
            "answers": {status: answer["description"] for status, answer in operation["responses"].items()},
        }
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = described.get("components", {}).get("schemas", {})
    return context.page(
        "api_docs.html", {"operations": operations, "schemas": schemas, "base": context.base_url(request)}
    )


def _body(operation: dict[str, Any]) -> str:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]
