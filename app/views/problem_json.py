"""A refusal in the form that programs read (RFC 9457), also where no endpoint has been reached yet."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from app.views.translation import say

PROBLEM_JSON = "application/problem+json"


class Problem(BaseModel):
    """Why something was refused."""

    type: str = Field(default="about:blank", description="The status says it all.")
    title: str = Field(examples=["Not Found"], description="The status in words.")
    status: int = Field(examples=[404], ge=400, le=599)
    detail: str = Field(examples=["There is no such post."], description="A sentence for people.")


def problem_json(status: int, said: str, headers: Mapping[str, str] | None = None) -> Response:
    title = HTTPStatus(status).phrase if status in set(HTTPStatus) else str(status)
    told: dict[str, Any] = Problem(title=title, status=status, detail=said).model_dump()
    return JSONResponse(told, status, headers, PROBLEM_JSON)


def is_for_programs(path: str, headers: Mapping[str, str]) -> bool:
    accept = headers.get("accept", "")
    json = "application/json" in accept or PROBLEM_JSON in accept
    return path.startswith("/api/") or (json and "text/html" not in accept and "hx-request" not in headers)


def plain_refusal(scope: Scope, status: int, said: str, headers: Mapping[str, str]) -> Response:
    """From a guard, before anything is known: JSON for programs, else the sentence."""
    said = say(said)
    if is_for_programs(scope["path"], headers):
        return problem_json(status, said)
    return PlainTextResponse(said, status)
