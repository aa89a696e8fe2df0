"""Serving: your events, or the sample conference."""

import argparse
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchfiles import run_process

from app.actions.access import Link, give_link
from app.actions.events import create_event
from app.cli.database import with_doors
from app.cli.errors import Failed
from app.demo.running import serve_demo
from app.domain.event import Event, Role
from app.queries.events import every_event
from app.serving import PortTaken, serve
from app.settings import Settings, WeakKey
from app.store.doors import Backchannel
from app.views.role_links import link_url
from app.views.static_files import FRONTEND

APP = Path(__file__).resolve().parents[1]


def serve_events(arguments: argparse.Namespace, settings: Settings) -> None:
    if arguments.reload:
        _serve_afresh(arguments)
        return
    _check_key(settings)
    _first_start(settings, arguments)
    try:
        serve(settings, host=arguments.host, port=arguments.port)
    except PortTaken as error:
        raise Failed(str(error)) from None


def _serve_afresh(arguments: argparse.Namespace) -> None:
    """For who works on the program: a server that is started again after each change of its files."""
    command = [sys.executable, "-m", "app.cli", "serve", "--host", arguments.host, "--port", str(arguments.port)]
    run_process(APP, FRONTEND, target=shlex.join(command), target_type="command")


def _check_key(settings: Settings) -> None:
    """Before anything is made: with a weak key whoever asks is the owner."""
    try:
        _ = settings.signing_key
    except WeakKey as error:
        raise Failed(str(error)) from None


def _first_start(settings: Settings, arguments: argparse.Namespace) -> None:
    """A server without an event makes one and prints its owner's link: the only way in."""

    async def first(backchannel: Backchannel) -> tuple[Event, Link] | None:
        if await backchannel.ask(every_event):
            return None
        now = datetime.now(UTC)
        event = await backchannel.do(create_event, "my-event", name="My event", hashtags=[], at=now)
        return event, await backchannel.do(give_link, event.id, Role.OWNER, at=now)

    made = with_doors(settings, first)
    if made is not None:
        event, link = made
        base = settings.public_url.rstrip("/") or f"http://127.0.0.1:{arguments.port}"
        sys.stdout.write(
            f"Your first event is ready. Its owner's link, shown only now:\n  {link_url(base, event.slug, link)}\n"
        )
        sys.stdout.flush()


def demo(arguments: argparse.Namespace, settings: Settings) -> None:
    _check_key(settings.model_copy(update={"data_dir": settings.data_dir / "demo"}))
    try:
        serve_demo(settings, host=arguments.host, port=arguments.port)
    except PortTaken as error:
        raise Failed(str(error)) from None
