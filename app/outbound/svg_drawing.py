"""A drawing becomes pixels in a process of its own, with bounds on its time and memory: `python svg_drawing.py W H`.

However much there is to draw, and whatever the library makes of it, the server stays as it is.
"""

import os
import subprocess
import sys
from contextlib import suppress

CPU_SECONDS = 6
MOST_MEMORY = 1 << 30
DRAWING_SECONDS = 60
"""For a machine that is busy with other things; the bound that counts is the one on its own time."""
ENVIRONMENT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
"""What Python needs to begin at all, on Windows."""


class NotDrawn(Exception):
    """The drawing was given up."""


def as_png(drawing: str, width: int, height: int) -> bytes:
    """The drawing as it was rebuilt, in so many pixels. Raises NotDrawn."""
    # Nothing of the server's environment, and only what is installed beside this program.
    command = [sys.executable, "-I", __file__, str(width), str(height)]
    try:
        done = subprocess.run(  # noqa: S603 - this file, with two numbers
            command, input=drawing.encode(), capture_output=True, timeout=DRAWING_SECONDS, env=ENVIRONMENT, check=True
        )
    except (subprocess.SubprocessError, OSError):
        raise NotDrawn from None
    return done.stdout


def _bounded() -> None:
    with suppress(ImportError):  # Windows has no such bounds
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    import resvg_py

    _bounded()
    drawn = resvg_py.svg_to_bytes(
        sys.stdin.buffer.read().decode(), width=int(sys.argv[1]), height=int(sys.argv[2]), skip_system_fonts=True
    )
    sys.stdout.buffer.write(bytes(drawn))
