"""A job: what runs as long as the server does, and who watches over it."""

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.store.doors import Busy, Unreachable
from app.views.context import Context

log = logging.getLogger(__name__)

AWAY_SECONDS = 1.0
"""Seconds after which a job that found the database away is begun again."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task that runs as long as the server, such as the sources or the demo's visitors."""

    name: str
    run: Callable[[Context], Awaitable[None]]


async def supervise(job: Job, context: Context, on_failure: Callable[[], None]) -> None:
    """Run a job for ever. If it ends, the process ends too, loudly: half a server is worse than none.

    While the database is away, or no more files may be open, it is begun again: pages and sockets stay, and say so,
    until it is back.
    """
    while True:
        try:
            await job.run(context)
            log.critical("the job %r ended; the server stops", job.name)
        except asyncio.CancelledError:
            raise
        except (Unreachable, Busy):
            log.warning("the job %r waits for the database", job.name)
            await asyncio.sleep(AWAY_SECONDS)
            continue
        except Exception as error:
            if getattr(error, "errno", None) in {errno.EMFILE, errno.ENFILE}:
                log.warning("the job %r waits until files may be opened again", job.name)
                await asyncio.sleep(AWAY_SECONDS)
                continue
            log.critical("the job %r failed; the server stops", job.name, exc_info=True)
        on_failure()
        return
