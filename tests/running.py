"""Running servers for tests: in a thread of this process, or as a process of its own that can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from app.actions.current_talk import move_programme_on
from app.actions.events import create_event
from app.actions.links import Link, give_link
from app.actions.talks import add_talk
from app.domain.access import Role
from app.domain.event import Event
from app.domain.network import Network
from app.domain.talk import Talk
from app.main import create_app
from app.serving import listen, uvicorn_config
from app.settings import Settings
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from app.views.link_urls import PAGES
from tests.databases import NAME, lay_down
from tests.until import PATIENCE, until_now

T = TypeVar("T")


@dataclass
class Running:
    """A server with one event, `box10`, that has a talk running now."""

    url: str
    event: Event
    talk: Talk
    tokens: Mapping[Role, str]
    doors: Callable[..., Any]
    settings: Settings = field(repr=False)

    def do(self, action: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a verb as the server itself would, bell included."""
        result: T = self.doors(action, *args, **kwargs)
        return result

    def link(self, role: Role) -> str:
        return f"{self.url}/e/{self.event.slug}{PAGES[role]}?key={self.tokens[role]}"

    @property
    def floor(self) -> str:
        return f"{self.url}/e/{self.event.slug}"


async def furnish(doors: Backchannel, slug: str = "box10") -> tuple[Event, Talk, dict[Role, Link]]:
    """An event with links for every role and a talk that runs now and for an hour."""
    now = datetime.now(UTC)
    event = await doors.do(create_event, slug, name="Box 10 live", hashtags=["box10"], at=now)
    talk = await doors.do(
        add_talk,
        event.id,
        title="Care closer to home",
        room="Main hall",
        speakers=["Nia Rees", "Omar Said"],
        starts_at=now - timedelta(minutes=10),
        ends_at=now + timedelta(hours=1),
        at=now,
    )
    await doors.do(move_programme_on, event.id, at=now)
    links = {role: await doors.do(give_link, event.id, role, at=now, label=role.value.title()) for role in Role}
    return event, talk, links


class ThreadedServer:
    """uvicorn with the whole application in a thread; verbs run on its own loop, so bells ring."""

    def __init__(
        self, settings: Settings, networks: Iterable[Network[Any]] = NETWORKS, *, by_itself: bool = True
    ) -> None:
        self.settings = settings
        self._listening = listen("127.0.0.1", 0)
        settings.public_url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.app = create_app(settings, networks=networks, on_failure=self._failed, by_itself=by_itself)
        settings.log_level = "warning"
        self._server = uvicorn.Server(uvicorn_config(self.app, settings))
        self._loop: asyncio.AbstractEventLoop | None = None
        self.failed = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> Running:
        if not self.settings.database_url and not (self.settings.data_dir / NAME).exists():
            lay_down(self.settings.data_dir)
        self._thread.start()
        until_now(lambda: self._server.started or not self._thread.is_alive())
        assert self._server.started, "the server did not start"
        event, talk, links = self._on_loop(furnish(self.app.state.context.backchannel))
        return Running(
            self.settings.public_url,
            event,
            talk,
            {role: link.token for role, link in links.items()},
            lambda action, *args, **kwargs: self._on_loop(
                self.app.state.context.backchannel.do(action, *args, **kwargs)
            ),
            self.settings,
        )

    @property
    def thread(self) -> int:
        """The thread of its loop, by the system's number."""
        assert self._thread.ident is not None
        return self._thread.ident

    def stop(self) -> None:
        """Stop, and fail the test if a task of the server had failed."""
        self._server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self.failed, "a guarded task of the server ended; see the log"

    def _failed(self) -> None:
        self.failed = True
        self._server.should_exit = True

    def _run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await self._server.serve(sockets=[self._listening])

        asyncio.run(serve())

    def _on_loop(self, work: Any) -> Any:
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)


class ProcessServer:
    """`backchannel serve` as a process of its own, on one port over all its lives."""

    def __init__(self, data: Path, port: int, **environment: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.port = port
        self._environment = {
            **os.environ,
            "DATA_DIR": str(data),
            "PUBLIC_URL": self.url,
            "SECRET_KEY": "only-for-tests-7fQ2xW9cLr4Tz0bVk3",
            "LOG_LEVEL": "warning",
            "METRICS_PUBLIC": "true",
            **environment,
        }
        self._data, self._elsewhere = data, "DATABASE_URL" in environment
        self._log = data / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.begin()
        assert self.is_running(), "the server did not start:\n" + self._log.read_text()[-4000:]

    def start_with(self, **environment: str) -> None:
        """Stop, and start with other settings."""
        self.stop()
        self._environment |= environment
        self.start()

    def begin(self) -> None:
        """Start, and wait until it is up; or until it is gone, where that is wanted."""
        if not self._elsewhere and not (self._data / NAME).exists():
            lay_down(self._data)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve", "--port", str(self.port)],
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        until_now(lambda: self._up() or not self.is_running())

    def kill(self) -> None:
        """As a power cut would: no goodbye, no clean-up."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(PATIENCE)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(PATIENCE)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def log(self) -> str:
        return self._log.read_text()

    def _up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/up", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False
