"""Runs the application under uvicorn, on a listening socket of our own making."""

import ctypes
import gc
import socket
import sys
from contextlib import suppress
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

from app.jobs.job import Job
from app.live.listeners.allowance import LARGEST_FRAME
from app.live.listeners.first_bytes import FirstBytes
from app.live.listeners.upgrade import UpgradeProtocol
from app.logs import set_up
from app.main import Opening, create_app
from app.settings import Settings

GRACE_SECONDS = 5
SEND_BUFFER = 64 * 1024
USER_TIMEOUT_MS = 10_000
M_ARENA_MAX = -8
ARENAS = 1
"""One thread runs at a time anyway."""


class PortTaken(Exception):
    """Another program listens there already, or there is no such address."""


class NotStarted(Exception):
    """Something that a start needs has failed; the log says what."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections hold little and do not outlive their peer.

    uvicorn never drops a peer that stops reading: accepted sockets inherit a small send buffer and the kernel's own
    limit on how long unacknowledged bytes may wait. And they inherit that nothing waits for company: the body of an
    answer that follows its headers would wait 40 ms for the peer to acknowledge those. Raises PortTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, USER_TIMEOUT_MS)
    try:
        made.bind((host, port))
        made.listen(2048)
    except (OSError, ValueError) as error:  # ValueError: no such name can be
        made.close()
        told = getattr(error, "strerror", None) or "there is no such address"
        raise PortTaken(f"{host}:{port} cannot be listened on: {told}") from error
    return made


def serve(
    settings: Settings, listening: socket.socket, *, jobs: tuple[Job, ...] = (), opening: Opening | None = None
) -> None:
    """Serve until told to stop. `opening` runs when everything is open, before the first request is answered.

    Raises NotStarted.
    """
    url, for_phones = address_of(listening)
    settings.serve_at(url, for_phones=for_phones)
    set_up(settings.log_level, settings.log_format)
    server = uvicorn.Server(uvicorn_config(create_app(settings, jobs=jobs, opening=opening), settings))
    tune()
    server.run(sockets=[listening])
    if not server.started:
        raise NotStarted("it could not start; the reason stands above")


def address_of(listening: socket.socket) -> tuple[str, bool]:
    """The URL of what is listened on, and whether phones can reach it: everywhere is the network's."""
    host, port = listening.getsockname()[:2]
    anywhere = host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    reached = (network_address() or "127.0.0.1") if anywhere else host
    shown = f"[{reached}]" if ":" in reached else reached
    return f"http://{shown}:{port}", not ip_address(reached.partition("%")[0]).is_loopback


def network_address() -> str:
    """This machine's own address in its network; '' if it is in none. Nothing is sent: only the route is asked for."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking, suppress(OSError):
        asking.connect(("192.0.2.1", 9))
        found: str = asking.getsockname()[0]
        return "" if ip_address(found).is_loopback or ip_address(found).is_unspecified else found
    return ""


def tune() -> None:
    """Settings of the process and its interpreter for ten thousand sockets: as many open files as it may have.

    Threads share the C library's memory, instead of each keeping what it has freed. What is loaded by now stays: the
    collector need not look at it again, and need not look at all sockets each time a few requests have been served. A
    thread that renders must not keep the loop from its turn for 5 ms.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)  # glibc's only
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 200)
    sys.setswitchinterval(0.001)


def uvicorn_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How we are served; tests serve the same way."""
    return uvicorn.Config(
        app,
        log_level=settings.log_level,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        http=FirstBytes,
        ws=UpgradeProtocol,
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_FRAME,
        timeout_graceful_shutdown=GRACE_SECONDS,
        server_header=False,
    )
