"""How fast this machine is, now: stands above what a bench prints, as absolute figures mean nothing without it."""

import os
import time

ADDITIONS = 10_000_000


def additions() -> tuple[float, float]:
    """A loop of additions by the interpreter, in seconds of the wall and of the processor."""
    began, used, total = time.perf_counter(), time.process_time(), 0
    for number in range(ADDITIONS):
        total += number
    return time.perf_counter() - began, time.process_time() - used


def yardstick() -> str:
    """How long they take now, and what else goes on."""
    wall, cpu = additions()
    return (
        f"This machine: ten million additions in {wall:.2f} s ({cpu:.2f} s of CPU), "
        f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}. Only ratios within a run compare."
    )
