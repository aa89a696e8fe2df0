"""The load generator as Python sees it: commands in, one JSON answer each."""

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.processes import ROOM_CORE, end, pinned


class Room:
    """Phones by the thousand, played by `load.c`."""

    def __init__(self, program: Path, port: int, log: Path, headers: tuple[str, ...] = ()) -> None:
        self._process = pinned(
            [str(program), str(port)], ROOM_CORE, log=log, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for header in headers:
            self.say(f"header {header}")

    def say(self, command: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(command.encode() + b"\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load generator ended; see its log")
        told: dict[str, Any] = json.loads(line)
        return told

    def ask(self, command: str) -> dict[str, Any]:
        self.say(command)
        return self.answer()

    def close(self) -> None:
        end(self._process)
