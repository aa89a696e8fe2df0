"""X as a process of its own, beside what the browsers see."""

import json
import subprocess
import sys
import urllib.request
from typing import Any


class LocalX:
    """X as a process of its own, spoken to through its control door."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.x_server", "--port", "0", "--token", "story-token"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def do(self, **order: Any) -> Any:
        request = urllib.request.Request(
            f"{self.url}/_control", json.dumps(order).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
