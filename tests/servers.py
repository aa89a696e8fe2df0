"""Servers of our own for tests, PostgreSQL and Redis: on free loopback ports, stopped and started at will, then gone."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

INITDB = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
CLUSTER = "backchannel-pg-"
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def missing(reason: str) -> None:
    """Skip, but not in CI: there a test that could not run has not passed."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Postgres:
    """A throw-away cluster; each test takes a database of its own in it."""

    def __init__(self, *, safe: bool = False) -> None:
        """`safe` keeps fsync on, for tests that kill it."""
        if not INITDB:
            missing("no PostgreSQL found; install postgresql to run this test")
        clear_what_was_left()
        # Not below pytest's own folder, which PostgreSQL's user may not enter.
        self._folder = Path(tempfile.mkdtemp(prefix=f"{CLUSTER}{os.getpid()}-"))
        self._user = _not_root(self._folder)
        self._port = free_port()
        self._safe = safe
        self._run("initdb", "-D", str(self._data), "-U", "tests", "--auth=trust", "-E", "UTF8", "--no-sync")
        self.url = f"postgresql+psycopg://tests@127.0.0.1:{self._port}"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        quick = "" if self._safe else " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._control("-o", options + quick, "start")

    def stop(self) -> None:
        """At once, as a crash would."""
        self._control("-m", "immediate", "stop")

    def remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), *words)

    def _run(self, program: str, *words: str) -> None:
        command = [str(INITDB[-1].parent / program), *words]
        subprocess.run(command, user=self._user, check=True, cwd=self._folder, **QUIET)  # type: ignore[call-overload]


def clear_what_was_left() -> None:
    """Clusters of runs that were killed: whoever made them, as their name says, is there no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{CLUSTER}*-*"):
        maker = folder.name.removeprefix(CLUSTER).partition("-")[0]
        if Path("/proc/self").exists() and maker.isdigit() and not Path("/proc", maker).exists():
            with suppress(OSError, ValueError, IndexError):
                running = (folder / "data" / "postmaster.pid").read_text().split()
                if (
                    Path(running[1]) == folder / "data"
                    and Path("/proc", running[0], "cwd").resolve() == folder / "data"
                ):
                    os.kill(int(running[0]), signal.SIGQUIT)
            shutil.rmtree(folder, ignore_errors=True)


class RedisServer:
    """Keeps nothing on disk: what it forgets by being stopped must not matter."""

    def __init__(self) -> None:
        if shutil.which("redis-server") is None:
            missing("no Redis found; install redis-server to run this test")
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(command, **QUIET)  # type: ignore[call-overload]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.02)
        raise TimeoutError("Redis did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    server = Postgres()
    server.start()
    try:
        yield server.url
    finally:
        server.stop()
        server.remove()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    server = RedisServer()
    server.start()
    yield server.url
    server.stop()


def _not_root(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, who owns the folder."""
    if os.getuid() != 0:
        return None
    known = pwd.getpwnam("postgres")
    os.chown(folder, known.pw_uid, known.pw_gid)
    return "postgres"
