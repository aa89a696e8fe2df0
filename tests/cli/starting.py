"""`backchannel serve` and `demo` as processes of their own, without PUBLIC_URL, as somebody on a laptop starts them."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from tests.until import PATIENCE, until_now


class Started:
    """A command that goes on; `said` is what it has printed so far."""

    def __init__(self, data: Path, *words: str, **environment: str) -> None:
        known = {**os.environ, "DATA_DIR": str(data), "LOG_LEVEL": "warning", "PUBLIC_URL": "", **environment}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *words],
            env=known,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.said = ""
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said += line

    def code(self) -> int:
        """Wait for its end."""
        code = self._process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        return code

    def says(self, pattern: str) -> str:
        """Wait until it has said this; gives the first group."""

        def found() -> re.Match[str] | None:
            seen = re.search(pattern, self.said)
            assert seen or self._process.poll() is None, self.said
            return seen

        return str(until_now(found).group(1))  # type: ignore[union-attr]

    def stop(self) -> int:
        if self._process.poll() is None:
            self._process.terminate()
        return self.code()


@contextmanager
def started(data: Path, *words: str, **environment: str) -> Iterator[Started]:
    made = Started(data, *words, **environment)
    try:
        yield made
    finally:
        made.stop()


def is_up(port: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/up", verify=False, timeout=5).status_code == 200
    except httpx2.HTTPError:
        return False
