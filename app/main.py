"""Wires everything together: doors, bus, feed, screens, sources, and the guardians that keep them running."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from jinja2 import Environment
from starlette.routing import BaseRoute

from app.bus import open_bus
from app.domain.network import Network, Networks
from app.domain.screening.reading.pattern_gates import read_patterns
from app.jobs.alarms import watching
from app.jobs.archived_events import ARCHIVED_EVENTS
from app.jobs.digests import DIGESTS
from app.jobs.erasures import ERASURES
from app.jobs.expired_links import EXPIRED_LINKS
from app.jobs.first_visitors import make_ready
from app.jobs.job import Job, supervise
from app.jobs.link_pages import LINK_PAGES
from app.jobs.log_trimming import TRIM
from app.jobs.mailed_links import MAILED_LINKS
from app.jobs.programme import PROGRAMME
from app.jobs.programme_scenes import PROGRAMME_SCENES
from app.jobs.prompts import PROMPTS
from app.jobs.reader.posts import reading
from app.jobs.retention import RETENTION
from app.jobs.scenes import SCENES
from app.jobs.seats_and_delays import DESKS
from app.jobs.seen_screens import SEEN_SCREENS
from app.jobs.series import SERIES
from app.jobs.sources import SOURCES
from app.jobs.unused_pictures import PICTURES
from app.jobs.watched_programmes import WATCHED_PROGRAMMES
from app.jobs.webhooks import WEBHOOKS
from app.live import metrics, polling, sockets
from app.live.admission import Admission
from app.live.feed import Feed
from app.live.listeners.connections_per_address import Ceiling
from app.live.listeners.pulse import keep_pulse
from app.live.listeners.upgrade import HandshakeQueue
from app.live.open_files import watch_open_files
from app.live.presence import report_presence
from app.logs import RequestLog
from app.outbound.pictures import Pictures
from app.settings import Settings
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from app.store.schema import migrate
from app.store.sealing import Seal
from app.views import health
from app.views.api import documentation
from app.views.compression import CompressedPages
from app.views.context import Context
from app.views.cookies import Cookies
from app.views.desk import page as desk
from app.views.error_pages import add_problems
from app.views.every_page import API, PAGES
from app.views.floor import page as floor
from app.views.host import page as host
from app.views.large_bodies import LargeBodies
from app.views.late_bodies import LateBodies
from app.views.listings import Addresses
from app.views.parts import renderer
from app.views.plain_forms import PlainForms
from app.views.proxies import TrustedHops
from app.views.reading import now as reading_now
from app.views.remote import page as remote
from app.views.same_origin import SameOrigin
from app.views.security_headers import SecurityHeaders
from app.views.setup import page as setup
from app.views.stage import page as stage
from app.views.static_files import FRONTEND, VersionedStatic
from app.views.templates import templates
from app.views.translation import AcceptLanguage
from app.views.unstorable_text import StorableText
from app.views.view import Screens
from app.views.wall import overlay
from app.views.wall import page as wall

LARGEST_BODY = 64 * 1024

OWN_JOBS = (
    PROGRAMME, PROGRAMME_SCENES, SEEN_SCREENS, SCENES, TRIM, SOURCES, DESKS, WEBHOOKS, PICTURES, EXPIRED_LINKS,
    MAILED_LINKS, ARCHIVED_EVENTS, SERIES, PROMPTS, LINK_PAGES, DIGESTS, ERASURES, RETENTION,
    WATCHED_PROGRAMMES,
)  # fmt: skip


@cache
def routes() -> list[BaseRoute]:
    """What is asked for by address. All applications of a process share it: reading every signature takes a while."""
    joined = APIRouter(max_body_size=LARGEST_BODY)
    for room in (*PAGES, health, sockets, polling, metrics):
        joined.include_router(room.router, include_in_schema=False)
    for room in API:
        joined.include_router(room.router)
    return joined.routes


@cache
def static_files() -> VersionedStatic:
    """Shared as well: each file is read for the name of the whole."""
    return VersionedStatic(FRONTEND / "static")


@cache
def templates_for_all() -> Environment:
    """And so are templates, where the networks are the usual ones: what one application has loaded is there."""
    return templates(static_files(), Networks(NETWORKS))


Opening = Callable[[Context], Awaitable[None]]


def stop_process() -> None:
    """End this process as a supervisor would, so that it is started afresh."""
    os.kill(os.getpid(), signal.SIGTERM)


def create_app(
    settings: Settings,
    *,
    networks: Iterable[Network[Any]] = NETWORKS,
    jobs: tuple[Job, ...] = (),
    on_failure: Callable[[], None] = stop_process,
    by_itself: bool = True,
    opening: Opening | None = None,
) -> FastAPI:
    """The whole application. Nothing is opened before its lifespan begins.

    `on_failure` is called when a task that must run has ended. Unless `by_itself`, nothing happens but
    what is asked for: no source runs and the programme moves on only when told to.
    """
    static, known = static_files(), Networks(networks)
    environment = templates_for_all() if networks is NETWORKS else templates(static, known)
    seal = Seal(lambda: settings.signing_key)
    addresses = Addresses(settings.public_url.rstrip("/"), settings.short_url, for_phones=settings.for_phones)
    screens = Screens(
        (made.name, made)
        for made in (
            wall.wall(addresses), stage.stage(addresses), desk.desk(addresses, known), floor.floor(addresses),
            host.host(addresses, known), reading_now.now(addresses), setup.setup(addresses, known, seal),
            remote.remote(addresses), overlay.overlay(addresses),
        )
    )  # fmt: skip

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
        migrate(settings.database)
        bus = open_bus(settings.bus_url)
        backchannel = Backchannel(settings.database, bus)
        context = Context(
            backchannel=backchannel,
            templates=environment,
            views=screens,
            render=renderer(environment),
            cookies=Cookies(settings.signing_key, secure=settings.public_url.startswith("https://")),
            bus=bus,
            settings=settings,
            networks=known,
            pictures=Pictures(settings.data_dir / "pictures", allowed=settings.allowed_picture_hosts),
            seal=seal,
            now=lambda: datetime.now(UTC),
        )
        feed = Feed(backchannel, bus, screens, context.render)
        ceiling = Ceiling(settings.connections_per_address, settings.trust_proxy)
        gate = HandshakeQueue(feed, Admission(context, feed), ceiling)
        app.state.context, app.state.feed, app.state.gate = context, feed, gate
        tasks = (
            Job("feed", lambda _context: feed.run()),
            Job("pulse", lambda _context: keep_pulse(feed)),
            Job("open files", lambda _context: watch_open_files()),
            Job("presence", lambda _context: report_presence(feed, bus)),
            Job("first visitors", lambda _context: make_ready(static.make_ready, read_patterns)),
            *((*OWN_JOBS, reading(settings), *watching()) if by_itself else ()),
            *jobs,
        )
        supervised = [asyncio.create_task(supervise(job, context, on_failure), name=job.name) for job in tasks]
        try:
            if opening is not None:
                await opening(context)
            yield {"gate": gate}
        finally:
            for task in supervised:
                task.cancel()
            await asyncio.gather(*supervised, return_exceptions=True)
            await context.pictures.close()
            await bus.close()
            await backchannel.close()

    app = FastAPI(title="Backchannel", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.mount("/static", static, name="static")
    app.router.routes.extend(routes())
    add_problems(app)
    documentation.describe(app)
    app.add_middleware(PlainForms)
    app.add_middleware(StorableText)
    app.add_middleware(LargeBodies, most=LARGEST_BODY)
    app.add_middleware(LateBodies)
    app.add_middleware(SameOrigin, public_url=settings.public_url)
    app.add_middleware(AcceptLanguage)
    app.add_middleware(SecurityHeaders, public_url=settings.public_url)
    app.add_middleware(CompressedPages, over_tls=settings.public_url.startswith("https://"))
    app.add_middleware(TrustedHops, hops=settings.trust_proxy)
    app.add_middleware(RequestLog)
    return app
