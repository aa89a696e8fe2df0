"""A PostgreSQL server of our own, on a free loopback port, gone after the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

INITDB = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def missing(reason: str) -> None:
    """Skip, but not in CI: there a test that could not run has not passed."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A throw-away cluster; each test takes a database of its own in it."""
    if not INITDB:
        missing("no PostgreSQL found; install postgresql to run this test")
    folder = Path(tempfile.mkdtemp(prefix="backchannel-pg-"))
    user = _not_root(folder)
    bin_dir = INITDB[-1].parent
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = {"user": user, "check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    data = str(folder / "data")
    subprocess.run([bin_dir / "initdb", "-D", data, "-U", "tests", "--auth=trust", "-E", "UTF8"], **run)  # type: ignore[call-overload]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control = [bin_dir / "pg_ctl", "-D", data, "-w", "-l", str(folder / "log")]
    subprocess.run([*control, "-o", options, "start"], **run)  # type: ignore[call-overload]
    try:
        yield f"postgresql+psycopg://tests@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


def _not_root(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, who owns the folder."""
    if os.getuid() != 0:
        return None
    known = pwd.getpwnam("postgres")
    os.chown(folder, known.pw_uid, known.pw_gid)
    return "postgres"
