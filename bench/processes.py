"""Programs that run beside the bench: pinned, counted, and ended by the id that we started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, ROOM_CORE = 0, 1


def pinned(
    command: list[str], core: int, *, log: Path, env: Mapping[str, str] | None = None, **more: object
) -> "subprocess.Popen[bytes]":
    """Start a program on one core, if this machine has it."""
    with log.open("ab") as said:
        started: subprocess.Popen[bytes] = subprocess.Popen(  # type: ignore[call-overload]
            command, env={**os.environ, **(env or {})}, stderr=said, **{"stdout": said, **more}
        )
    if core in os.sched_getaffinity(0):
        # Set at once, before it has started threads of its own.
        os.sched_setaffinity(started.pid, {core})
    return started


def family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def cpu(pid: int) -> float:
    """Seconds of processor time that a process tree has used."""
    used = 0
    for member in family(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
    return used / TICKS


def precise_cpu(pid: int) -> float:
    """The same from the scheduler's clock, in nanoseconds' steps, where the kernel tells."""
    used = 0
    for member in family(pid):
        for stat in Path(f"/proc/{member}/task").glob("*/schedstat"):
            with suppress(OSError):
                used += int(stat.read_text().split()[0])
    return used / 1e9


def memory(pid: int) -> int:
    """Bytes that a process tree holds alone or shares in part (PSS)."""
    held = 0
    for member in family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1]) * 1024
    return held


def end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def build(source: Path, folder: Path) -> Path | None:
    """Compile a C program, or None where there is no compiler."""
    made = folder / source.stem
    try:
        done = subprocess.run(["cc", "-O2", "-o", str(made), str(source)], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return made if done.returncode == 0 else None


def progress(words: str) -> None:
    print(f"  {time.strftime('%H:%M:%S')}  {words}", file=sys.stderr, flush=True)
