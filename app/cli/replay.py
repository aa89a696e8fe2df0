"""Playing a recorded file into an event."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime

from app.cli.database import known_event, with_doors
from app.cli.errors import Failed
from app.cli.progress import Progress
from app.domain.event import TakesNothing
from app.settings import Settings
from app.sources.recording import WANTED, looks_like
from app.sources.replay import BAD_IN_A_ROW, Tally, replay
from app.store.doors import Backchannel


def replay_file(arguments: argparse.Namespace, settings: Settings) -> None:
    async def play(backchannel: Backchannel) -> Tally:
        event = await known_event(backchannel, arguments.event)
        return await replay(
            backchannel,
            event.id,
            arguments.file,
            speed=arguments.speed,
            now=lambda: datetime.now(UTC),
            sleep=asyncio.sleep,
            reached=lambda reached, size, played: progress.reach(reached, total=size, counted=played),
        )

    if not arguments.file.is_file():
        raise Failed(f"there is no file {arguments.file}")
    progress = Progress("played")
    try:
        tally = with_doors(settings, play)
    except TakesNothing as error:
        raise Failed(f"the event {arguments.event} is {error.state}, and only an open one takes posts") from None
    finally:
        progress.end()
    sys.stdout.write(f"{tally.played} played, {tally.bad} lines could not be read\n")
    if tally.given_up or not tally.played:
        why = f"{BAD_IN_A_ROW} lines in a row could not be read" if tally.given_up else "nothing was played"
        raise Failed(
            f"{why}: {arguments.file.name} looks like {looks_like(arguments.file)}; what is wanted is {WANTED}"
        )
