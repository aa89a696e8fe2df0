"""How many files and connections are open. When there may be no more, nobody else gets in, and that must be told."""

import asyncio
import logging
import os
from contextlib import suppress

log = logging.getLogger(__name__)

FILES_EVERY_SECONDS = 5.0
NEARLY = 0.95
FOLDER = "/dev/fd"


def open_files_limit() -> int:
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 0


def most_open_files() -> int:
    """How far the limit can be raised, which the server does at its start; 0 if there is none."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        return 0 if most == resource.RLIM_INFINITY else most
    return 0


def open_files() -> int:
    """As many as there may be if not even this look could be opened."""
    try:
        return len(os.listdir(FOLDER)) - 1  # noqa: PTH208 - ten thousand Paths would be made for nothing
    except OSError:
        return open_files_limit()


async def watch_open_files() -> None:
    """Tell when there can hardly be any more, and when there can again."""
    told = False
    while True:
        now, limit = open_files(), open_files_limit()
        short = bool(limit) and now >= NEARLY * limit
        if short and not told:
            log.error("%d of %d files and connections are open: others are turned away; raise ulimit -n", now, limit)
        elif told and not short:
            log.warning("%d of %d files and connections are open: others get in again", now, limit)
        told = short
        await asyncio.sleep(FILES_EVERY_SECONDS)
