"""`/docs`: the API described, on a page of our own, because the usual ones load their scripts from elsewhere."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.views.context import InContext

router = APIRouter()


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
    return context.page("docs.html", {"operations": operations, "schemas": schemas, "base": context.base_url(request)})


def _body(operation: dict[str, Any]) -> str:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]
