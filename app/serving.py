"""Runs the application under uvicorn, on a listening socket of our own making."""

import gc
import socket
import sys
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

from app.jobs import Job
from app.live.listeners.first_bytes import FirstBytes
from app.live.listeners.upgrade import UpgradeProtocol
from app.logs import set_up
from app.main import create_app
from app.settings import Settings

GRACE_SECONDS = 5
SEND_BUFFER = 64 * 1024
USER_TIMEOUT_MS = 10_000


class PortTaken(Exception):
    """Another program listens there already."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections hold little and do not outlive their peer.

    uvicorn never drops a peer that stops reading: accepted sockets inherit a small send buffer and the kernel's own
    limit on how long unacknowledged bytes may wait. Raises PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
    try:
        made.bind((host, port))
        made.listen(2048)
    except OSError as error:
        made.close()
        raise PortTaken(f"{host}:{port} cannot be listened on: {error.strerror}") from error
    return made


def serve(settings: Settings, *, host: str, port: int, jobs: tuple[Job, ...] = ()) -> None:
    """Serve until told to stop."""
    listening = listen(host, port)
    if not settings.public_url:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
        settings.public_url = f"http://{shown}:{listening.getsockname()[1]}"
    set_up(settings.log_level, settings.log_format)
    config = uvicorn_config(create_app(settings, jobs=jobs), settings)
    tune()
    uvicorn.Server(config).run(sockets=[listening])


def tune() -> None:
    """Settings of the process and its interpreter for ten thousand sockets: as many open files as it may have.

    What is loaded by now stays: the collector need not look at it again, and need not look at all sockets each time
    a few requests have been served. A thread that renders must not keep the loop from its turn for 5 ms.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 200)
    sys.setswitchinterval(0.001)


def uvicorn_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How we are served; tests serve the same way."""
    return uvicorn.Config(
        app,
        log_level=settings.log_level,
        access_log=False,
        log_config=None,
        proxy_headers=settings.trust_proxy,
        forwarded_allow_ips="*" if settings.trust_proxy else None,
        http=FirstBytes,
        ws=UpgradeProtocol,
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        timeout_graceful_shutdown=GRACE_SECONDS,
        server_header=False,
    )
