"""The process that reads, as the server sees it: it may die or hang, and is replaced the next time it is asked."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress

START_SECONDS = 30.0
READ_SECONDS = 20.0
LAST_WORDS_SECONDS = 1.0
LONGEST_ANSWER = 4 * 1024 * 1024
LAST_WORDS = 400
"""So many bytes of what it complained of last are kept, for the warning."""
PASSED_ON = ("PATH", "LANG", "LANGUAGE")
COMMAND = (sys.executable, "-m", "app.jobs.reader.process")
Odds = dict[str, float]


class ReaderAway(Exception):
    """It did not start, died, or talked nonsense."""


class ReaderSlow(Exception):
    """It did not answer in good time. It may be the machine: nothing is known of what it was to read."""


class Worker:
    """At most one process; asked by one task at a time."""

    def __init__(self, command: Sequence[str] = COMMAND, *, patience: float = READ_SECONDS) -> None:
        self._command, self._patience = tuple(command), patience
        self._process: Process | None = None
        self._complaints: deque[int] = deque(maxlen=LAST_WORDS)
        self._listening: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def read(self, texts: Sequence[str], *, patience: float = 1.0) -> list[Odds]:
        """What was found in each text. Raises ReaderAway and ReaderSlow: the process is gone, another is started then.

        `patience` is how many times the usual one this is worth.
        """
        try:
            process = self._process or await self._start()
            return await asyncio.wait_for(self._answer(process, texts), self._patience * patience)
        except TimeoutError:
            await self.close()
            raise ReaderSlow from None
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            await self.close()
            said = str(error) or type(error).__name__
            raise ReaderAway(": ".join(filter(None, (said, self._last_words())))) from error
        except asyncio.CancelledError:
            await self.close()
            raise

    async def start(self) -> None:
        """Have it ready before it is needed. Raises ReaderAway and ReaderSlow."""
        await self.read([])

    async def _start(self) -> Process:
        self._complaints.clear()
        self._process = process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=LONGEST_ANSWER, env=_environment(os.environ)
        )
        self._listening = asyncio.create_task(self._listen(process))
        said = await asyncio.wait_for(_line(process), START_SECONDS)
        if said != b"ready\n":
            raise ValueError("it said something else than that it is ready")
        return process

    async def _answer(self, process: Process, texts: Sequence[str]) -> list[Odds]:
        if process.stdin is None:
            raise ValueError("it cannot be asked")
        process.stdin.write(json.dumps(list(texts)).encode() + b"\n")
        await process.stdin.drain()
        found = json.loads(await _line(process))
        if not isinstance(found, list) or len(found) != len(texts):
            raise ValueError("it answered something else")
        return found

    async def _listen(self, process: Process) -> None:
        """Take what it complains of, so that it never waits for somebody to read it."""
        while process.stderr is not None and (heard := await process.stderr.read(4096)):
            self._complaints.extend(heard)

    def _last_words(self) -> str:
        lines = bytes(self._complaints).decode(errors="replace").strip().splitlines()
        return "".join(char if char.isprintable() else " " for char in lines[-1]).strip() if lines else ""

    async def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
        if self._listening is not None:
            await asyncio.wait({self._listening}, timeout=LAST_WORDS_SECONDS)  # what it started may hold it open
            self._listening.cancel()
            self._listening = None


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What it may know: it takes apart what strangers wrote, so none of our settings goes there."""
    passed = {name: ours[name] for name in ours if name in PASSED_ON or name.startswith("LC_")}
    return passed | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


async def _line(process: Process) -> bytes:
    if process.stdout is None:
        raise ValueError("it cannot answer")
    line = await process.stdout.readline()
    if not line.endswith(b"\n"):
        raise OSError("it is gone")
    return line
