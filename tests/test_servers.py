"""What a run that was killed has left behind is cleared by the next one, and nothing of one that goes on."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.servers import CLUSTER, clear_what_was_left
from tests.until import until_now

KILLED = """
import os, signal
from tests.servers import Postgres
made = Postgres()
made.start()
print(made._folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.postgres
def test_a_cluster_goes_after_its_maker_and_not_before(postgres_url: str) -> None:
    said = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True)
    left = Path(said.stdout.strip())
    running = int((left / "data" / "postmaster.pid").read_text().split()[0])
    ours = [*Path(tempfile.gettempdir()).glob(f"{CLUSTER}{os.getpid()}-*")]
    clear_what_was_left()
    until_now(lambda: not _runs(running))
    assert not left.exists()
    assert ours
    assert all(folder.exists() for folder in ours)


def _runs(pid: int) -> bool:
    """Not as a process that has ended and that nobody has asked about."""
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
