"""Serving: your events, or the sample conference."""

import argparse
import asyncio
import shlex
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from watchfiles import run_process

from app.actions.home_links import give_first_home_link
from app.bus import open_bus
from app.cli.database import open_schema
from app.cli.errors import Failed
from app.demo.running import demo_settings, own_folder, serve_demo
from app.serving import NotStarted, PortTaken, listen, serve
from app.settings import Settings, WeakKey
from app.views.context import Context
from app.views.link_urls import home_url
from app.views.static_files import FRONTEND

APP = Path(__file__).resolve().parents[1]


def serve_events(arguments: argparse.Namespace, settings: Settings) -> None:
    if arguments.reload:
        _serve_afresh(arguments)
        return
    # Whoever does not get the port has made nothing, printed nothing, deleted nothing.
    with _listening(arguments) as listening:
        _check(settings)
        _serve(lambda: serve(settings, listening, opening=_first_start))


def demo(arguments: argparse.Namespace, settings: Settings) -> None:
    with _listening(arguments) as listening, own_folder(settings.data_dir) as folder:
        own = demo_settings(settings, folder)
        _check(own)
        _serve(lambda: serve_demo(own, listening))


def _listening(arguments: argparse.Namespace) -> socket.socket:
    try:
        return listen(arguments.host, arguments.port)
    except PortTaken as error:
        raise Failed(str(error)) from None


def _serve(run: Callable[[], None]) -> None:
    try:
        run()
    except NotStarted as error:
        raise Failed(str(error)) from None


def _serve_afresh(arguments: argparse.Namespace) -> None:
    """For who works on the program: a server that is started again after each change of its files."""
    command = [sys.executable, "-m", "app.cli", "serve", "--host", arguments.host, "--port", str(arguments.port)]
    run_process(APP, FRONTEND, target=shlex.join(command), target_type="command")


def _check(settings: Settings) -> None:
    """What a start needs: a key that nobody guesses (else whoever asks is the owner), a bus, a database."""
    try:
        _ = settings.signing_key
    except WeakKey as error:
        raise Failed(str(error)) from None
    asyncio.run(open_bus(settings.bus_url).close())
    open_schema(settings)


async def _first_start(context: Context) -> None:
    """A server that never had a home link makes one and prints it: the only way in."""
    made = await context.backchannel.do(give_first_home_link, at=context.now())
    if made is None:
        return
    url = home_url(context.settings.base_url, made)
    sys.stdout.write(f"Open this to make your first event. It is shown only now:\n  {url}\n")
    if not context.settings.for_phones:
        sys.stdout.write("Phones cannot reach this address: add --host 0.0.0.0, or set PUBLIC_URL.\n")
    sys.stdout.flush()
