"""Wires everything together: doors, bus, feed, screens, sources, and the guardians that keep them running."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from app.access import Cookies
from app.actions.events import move_programme_on, trim_log
from app.backchannel import Backchannel, Busy
from app.bus import Bus, open_bus
from app.guards import HEADERS, PlainForms, SameOrigin, SecurityHeaders
from app.limits import Limits
from app.live import sockets
from app.live.admission import Admission
from app.live.feed import Feed
from app.live.pulse import keep_pulse
from app.live.upgrade import Gate
from app.pictures import Pictures
from app.queries.events import answers, every_event
from app.schema import migrate
from app.settings import Settings
from app.sources import SourceSettings
from app.sources.running import run_sources
from app.views import (
    api,
    desk,
    documentation,
    floor,
    metrics,
    pictures,
    questions,
    setup,
    stage,
    verdicts,
    wall,
)
from app.views.listings import Addresses
from app.views.parts import renderer
from app.views.shell import Shell, came_from
from app.views.templates import FRONTEND, VersionedStatic, templates

log = logging.getLogger(__name__)

PROGRAMME_SECONDS = 5.0
TRIM_SECONDS = 600.0
LARGEST_BODY = 64 * 1024

Guarded = Callable[[Shell], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Extra:
    """A further task that runs as long as the server, such as the demo's visitors."""

    name: str
    run: Guarded


def stop_process() -> None:
    """End this process as a supervisor would, so that it is started afresh."""
    os.kill(os.getpid(), signal.SIGTERM)


def create_app(
    settings: Settings,
    *,
    extras: tuple[Extra, ...] = (),
    on_failure: Callable[[], None] = stop_process,
    by_itself: bool = True,
) -> FastAPI:
    """The whole application. Nothing is opened before its lifespan begins.

    `on_failure` is called when a task that must run has ended. Unless `by_itself`, nothing happens but
    what is asked for: no source runs and the programme moves on only when told to.
    """
    static = VersionedStatic(FRONTEND / "static")
    environment = templates(static)
    addresses = Addresses(settings.public_url.rstrip("/"), settings.short_url)
    screens = {
        made.name: made
        for made in (make(addresses) for make in (wall.wall, stage.stage, desk.desk, floor.floor, setup.setup))
    }

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
        migrate(settings.database)
        bus = open_bus(settings.bus_url)
        backchannel = Backchannel(settings.database, bus)
        shell = Shell(
            backchannel=backchannel,
            templates=environment,
            views=screens,
            render=renderer(environment),
            cookies=Cookies(settings.signing_key, secure=settings.public_url.startswith("https://")),
            limits=Limits(time.monotonic),
            settings=settings,
            pictures=Pictures(settings.data_dir / "pictures", allowed=settings.allowed_picture_hosts),
            now=lambda: datetime.now(UTC),
        )
        feed = Feed(backchannel, bus, screens, shell.render)
        gate = Gate(feed, Admission(shell, feed))
        app.state.shell, app.state.feed, app.state.bus, app.state.gate = shell, feed, bus, gate
        tasks = (
            Extra("feed", lambda _shell: feed.run()),
            Extra("pulse", lambda _shell: keep_pulse(feed)),
            *((_PROGRAMME, _TRIM, _SOURCES) if by_itself else ()),
            *extras,
        )
        guarded = [asyncio.create_task(_guard(extra, shell, on_failure), name=extra.name) for extra in tasks]
        try:
            yield {"gate": gate}
        finally:
            for task in guarded:
                task.cancel()
            await asyncio.gather(*guarded, return_exceptions=True)
            await shell.pictures.close()
            await bus.close()
            await backchannel.close()

    app = FastAPI(title="Backchannel", lifespan=lifespan, docs_url=None, redoc_url=None, max_body_size=LARGEST_BODY)
    app.mount("/static", static, name="static")
    for router in (desk, setup, verdicts, questions, stage, wall, floor, pictures, sockets):
        app.include_router(router.router, include_in_schema=False)
    for router in (documentation, metrics):
        app.include_router(router.router, include_in_schema=False)
    app.include_router(api.router)
    _add_health(app)
    _add_problems(app)
    app.add_middleware(PlainForms)
    app.add_middleware(SameOrigin, public_url=settings.public_url)
    app.add_middleware(SecurityHeaders)
    return app


def _add_health(app: FastAPI) -> None:
    @app.get("/up", include_in_schema=False)
    async def up(request: Request) -> Response:
        """200 when the database and the bus answer."""
        shell: Shell = request.app.state.shell
        bus: Bus = request.app.state.bus
        try:
            async with asyncio.timeout(3):
                await shell.backchannel.ask(answers)
                await bus.check()
        except Exception:
            log.exception("not up")
            return PlainTextResponse("down", 503)
        return PlainTextResponse("up")


def _add_problems(app: FastAPI) -> None:
    """Every refusal is a page that says what to do next, or JSON for programs, or a toast for htmx."""

    @app.exception_handler(HTTPException)
    async def problem(request: Request, error: HTTPException) -> Response:
        return _problem(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(404)
    async def missing(request: Request, error: Exception) -> Response:
        detail = getattr(error, "detail", "")
        said = detail if detail and detail != "Not Found" else "There is nothing at this address."
        return _problem(request, 404, said, {})

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        fields = ", ".join(str(problem["loc"][-1]) for problem in error.errors())
        return _problem(request, 422, f"This could not be read: {fields}.", {})

    @app.exception_handler(Exception)
    async def broken(request: Request, _error: Exception) -> Response:
        # The traceback is logged by the server. This answer passes no guard any more, so it brings its headers.
        return _problem(
            request, 500, "Something went wrong here. What you wrote is not lost; please try again.", HEADERS
        )

    @app.exception_handler(Busy)
    async def busy(request: Request, _error: Busy) -> Response:
        return _problem(request, 503, "Too much at once. Please try again in a moment.", {"Retry-After": "2"})


def _problem(request: Request, status: int, said: str, headers: Mapping[str, str]) -> Response:
    shell: Shell = request.app.state.shell
    if request.headers.get("hx-request"):
        toast = shell.render("parts/toast.html", {"said": said, "status": status, "undo": ""})
        body = f'<hx-partial hx-target="#toasts" hx-swap="beforeend">{toast}</hx-partial>'
        return HTMLResponse(body, status, headers)
    accept = request.headers.get("accept", "")
    if request.url.path.startswith("/api/") or ("application/json" in accept and "text/html" not in accept):
        return JSONResponse({"detail": said}, status, headers)
    context = {"said": said, "status": status, "back": came_from(request, "/")}
    response = shell.page("problem.html", context, status)
    response.headers.update(headers)
    return response


async def _guard(extra: Extra, shell: Shell, on_failure: Callable[[], None]) -> None:
    """Run a task for ever. If it ends, the process ends too, loudly: half a server is worse than none."""
    try:
        await extra.run(shell)
        log.critical("the task %r ended; the server stops", extra.name)
    except asyncio.CancelledError:
        raise
    except Exception:
        log.critical("the task %r failed; the server stops", extra.name, exc_info=True)
    on_failure()


async def _keep_programme(shell: Shell) -> None:
    while True:
        for event in await shell.backchannel.ask(every_event):
            await shell.backchannel.do(move_programme_on, event.id, at=shell.now())
        await asyncio.sleep(PROGRAMME_SECONDS)


async def _run_sources(shell: Shell) -> None:
    settings = shell.settings
    known = SourceSettings(
        x_token=settings.x_bearer_token.get_secret_value(),
        x_api_url=settings.x_api_url.rstrip("/"),
        x_spelling=settings.x_field_spelling,
    )
    await run_sources(shell.backchannel, known, asyncio.Event())


async def _trim_logs(shell: Shell) -> None:
    while True:
        await asyncio.sleep(TRIM_SECONDS)
        for event in await shell.backchannel.ask(every_event):
            await shell.backchannel.do(trim_log, event.id)


_PROGRAMME = Extra("programme", _keep_programme)
_TRIM = Extra("trim", _trim_logs)
_SOURCES = Extra("sources", _run_sources)
