"""Every refusal is a page that says what to do next, or JSON for programs, or a toast for htmx."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from app.domain.event import TakesNothing
from app.domain.sentence import Sentence
from app.store.doors import Busy, Unreachable, Unstorable
from app.views.closing import TAKES_NOTHING
from app.views.context import Context, came_from
from app.views.problem_json import is_for_programs, problem_json
from app.views.security_headers import HEADERS
from app.views.translation import say

log = logging.getLogger(__name__)


def add_problems(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def problem(request: Request, error: HTTPException) -> Response:
        said = error.detail if error.detail not in _PHRASES else Sentence("This address does not take that.")
        return _problem(request, error.status_code, str(said), dict(error.headers or {}))

    @app.exception_handler(404)
    async def missing(request: Request, error: Exception) -> Response:
        if elsewhere := _as_meant(request):
            return RedirectResponse(elsewhere, 307)
        detail = getattr(error, "detail", "")
        said = detail if detail and detail != "Not Found" else Sentence("There is nothing at this address.")
        return _problem(request, 404, said, {})

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        fields = ", ".join(dict.fromkeys(_plain(problem["loc"][-1]) for problem in error.errors()))
        return _problem(request, 422, Sentence("This could not be read: %(fields)s.", fields=fields[:200]), {})

    @app.exception_handler(Unstorable)
    async def unstorable(request: Request, _error: Unstorable) -> Response:
        return _problem(request, 422, Sentence("There is something in it that cannot be stored."), {})

    @app.exception_handler(TakesNothing)
    async def takes_nothing(request: Request, error: TakesNothing) -> Response:
        return _problem(request, 409, TAKES_NOTHING[error.state], {})

    @app.exception_handler(NoResultFound)
    @app.exception_handler(StaleDataError)
    async def gone(request: Request, error: Exception) -> Response:
        # An event that is deleted takes its rows along, also from under who was let in a moment before.
        log.warning("%s needs a row that is gone", request.url.path, exc_info=error)
        return _problem(request, 404, Sentence("It is not there any more."), {})

    @app.exception_handler(Exception)
    async def broken(request: Request, _error: Exception) -> Response:
        # The traceback is logged by the server. This answer passes no guard any more, so it brings its headers.
        said = Sentence("Something went wrong here. What you wrote is not lost; please try again.")
        return _problem(request, 500, said, HEADERS)

    @app.exception_handler(Busy)
    async def busy(request: Request, _error: Busy) -> Response:
        said = Sentence("Too much at once. Please try again in a moment.")
        return _problem(request, 503, said, {"Retry-After": "2"})

    @app.exception_handler(Unreachable)
    async def unreachable(request: Request, _error: Unreachable) -> Response:
        log.error("the database cannot be reached")
        said = Sentence("Our database does not answer. What you wrote is not lost; please try again in a moment.")
        return _problem(request, 503, said, {"Retry-After": "5"})


def _problem(request: Request, status: int, said: str, headers: Mapping[str, str]) -> Response:
    context: Context = request.app.state.context
    said = say(said)
    if is_for_programs(request.url.path, request.headers):
        return problem_json(status, said, headers)
    if request.headers.get("hx-request"):
        toast = context.render("parts/toast.html", {"said": said, "status": status, "undo": ""})
        body = f'<hx-partial hx-target="#toasts" hx-swap="beforeend">{toast}</hx-partial>'
        return HTMLResponse(body, status, headers)
    values = {"said": said, "status": status, "back": came_from(request, "/")}
    response = context.page("problem.html", values, status)
    response.headers.update(headers)
    return response


def _as_meant(request: Request) -> str:
    """Where a page may be that is not at an address as it was typed: in capitals, or with a sentence's end."""
    path: str = request.scope["path"]
    if request.method not in {"GET", "HEAD"} or is_for_programs(path, request.headers):
        return ""
    meant = re.sub(r"[^\w/]+$", "", re.sub(r"^/+e/+", "/e/", path, flags=re.IGNORECASE))
    if not meant.startswith("/e/") or meant == path:
        return ""
    return quote(meant) + (f"?{request.url.query}" if request.url.query else "")


def _plain(name: object) -> str:
    """A name as it may be said again: what a program sent may be no text at all."""
    return "".join(letter for letter in str(name) if letter.isprintable())[:60]


_PHRASES = {status.phrase for status in HTTPStatus}
