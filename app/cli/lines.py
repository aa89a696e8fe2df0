"""Lines of recorded posts: played into an event, or screened."""

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime

from app.cli.failed import Failed
from app.cli.opened import known_event, with_doors
from app.cli.screen import screened
from app.domain.policy import Policy
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


def screen(_arguments: argparse.Namespace, _settings: Settings) -> None:
    bad: list[str] = []
    for told in screened(sys.stdin, Policy(), bad=bad):
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if bad:
        sys.exit("\n".join(f"backchannel: {line}" for line in bad))
