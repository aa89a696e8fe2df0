"""Playing a recorded file into an event."""

import argparse
import asyncio
import sys
from datetime import UTC, datetime

from app.cli.database import known_event, with_doors
from app.cli.errors import Failed
from app.settings import Settings
from app.sources.replay import Tally, replay
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
        )

    if not arguments.file.is_file():
        raise Failed(f"there is no file {arguments.file}")
    tally = with_doors(settings, play)
    sys.stdout.write(f"{tally.played} played, {tally.bad} lines could not be read\n")
