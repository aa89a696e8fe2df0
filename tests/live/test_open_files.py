"""When no more files may be open it is told, and when they may be again others get in."""

import json
import os
import resource
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from app.live.open_files import open_files, open_files_limit
from tests.running import ProcessServer
from tests.servers import free_port
from tests.until import PATIENCE, until_now

FEW = 100


def test_open_files_are_counted() -> None:
    before = open_files()
    with closing(socket.socket()), closing(socket.socket()):
        assert open_files() == before + 2
    assert open_files_limit() >= before


def test_a_server_that_runs_out_of_files_says_so_and_goes_on(tmp_path: Path) -> None:
    server = ProcessServer(tmp_path, free_port())
    server.start()
    try:
        subprocess.run(["prlimit", f"--nofile={FEW}:{FEW}", "--pid", str(server.pid)], check=True)
        wires = []
        for _ in range(2 * FEW):
            wire = socket.socket()
            wire.settimeout(PATIENCE)
            wire.connect(("127.0.0.1", server.port))
            wires.append(wire)
        until_now(lambda: "are open: others are turned away" in server.log())
        for wire in wires:
            wire.close()
        with httpx2.Client(timeout=PATIENCE) as client:
            until_now(lambda: _is_up(client, server))
            told = client.get(f"{server.url}/metrics").text
            assert f"backchannel_open_files_limit {FEW}" in told
        until_now(lambda: "others get in again" in server.log())
        assert server.is_running()
    finally:
        server.stop()


@pytest.mark.parametrize(("most", "health"), [(256, "warning"), (65_536, "ok")])
def test_doctor_says_how_many_may_be_open(tmp_path: Path, most: int, health: str) -> None:
    if open_files_limit() and most > resource.getrlimit(resource.RLIMIT_NOFILE)[1] > 0:
        pytest.skip("so many may not be open here")
    command = f"ulimit -n {most}; exec '{sys.executable}' -m app.cli doctor --json --port 0"
    known = {**os.environ, "DATA_DIR": str(tmp_path), "X_API_URL": "http://127.0.0.1:9"}
    done = subprocess.run(["bash", "-c", command], env=known, capture_output=True, text=True)
    assert {one["about"]: one["health"] for one in json.loads(done.stdout)}["open files"] == health


def _is_up(client: httpx2.Client, server: ProcessServer) -> bool:
    try:
        return client.get(f"{server.url}/up").status_code == 200
    except httpx2.HTTPError:
        return False


pytestmark = pytest.mark.skipif(not Path("/usr/bin/prlimit").exists(), reason="prlimit is of Linux")
