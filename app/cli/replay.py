"""Playing a recorded file into an event, or looking what is in it."""

import argparse
import asyncio
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.cli.database import known_event, with_doors
from app.cli.errors import WRONG_USE, Failed
from app.cli.progress import Progress
from app.domain.event import TakesNothing
from app.domain.incoming import Incoming, IncomingRepost, Withdrawal
from app.domain.recorded import Broken, NoRecording, Skipped
from app.files.recorded import Recording, open_recording
from app.files.recorded.other_files import WANTED
from app.settings import Settings
from app.sources.networks import NETWORKS
from app.sources.replay import BAD_IN_A_ROW, Tally, replay
from app.store.doors import Backchannel


def replay_file(arguments: argparse.Namespace, settings: Settings) -> None:
    """Play it into an event, or with `--check` only say what would come in."""
    if not arguments.file.is_file():
        raise Failed(f"there is no file {arguments.file}")
    if arguments.check:
        _check(arguments)
    elif arguments.event:
        _play(arguments, settings)
    else:
        raise Failed("say which --event it is for, or --check to look what is in it", WRONG_USE)


@dataclass(slots=True)
class Counts:
    """What a file holds; each of its rows is in one of these."""

    posts: int = 0
    reposts: int = 0
    unreadable: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def add(self, row: object) -> None:
        match row:
            case Incoming():
                self.posts += 1
            case IncomingRepost():
                self.reposts += 1
            case Broken():
                self.unreadable += 1
            case Withdrawal(reason=why) | Skipped(why=why):
                self.skipped[why] += 1

    @property
    def readable(self) -> int:
        return self.posts + self.reposts + self.skipped.total()


def _check(arguments: argparse.Namespace) -> None:
    counts, progress = Counts(), Progress("read")
    try:
        with open_recording(arguments.file, NETWORKS, author=arguments.author) as recording:
            for number, row in enumerate(recording.rows(), 1):
                counts.add(row)
                progress.reach(recording.reached(), counted=number, total=recording.size)
    except NoRecording as error:
        raise Failed(_unreadable(arguments.file, str(error))) from None
    finally:
        progress.end()
    if not counts.readable:
        raise Failed(_unreadable(arguments.file, recording.looks_like()))
    told = {
        "format": recording.format,
        "posts": counts.posts,
        "reposts": counts.reposts,
        "unreadable": counts.unreadable,
        "skipped": dict(counts.skipped.most_common()),
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n" if arguments.json else _said(told))


def _said(told: dict[str, Any]) -> str:
    lines = [f"{told['format']}: {told['posts']} posts, {told['reposts']} reposts"]
    lines += [f"  {told['unreadable']} rows cannot be read"] if told["unreadable"] else []
    lines += [f"  {count} skipped: {why}" for why, count in told["skipped"].items()]
    return "\n".join(lines) + "\n"


def _play(arguments: argparse.Namespace, settings: Settings) -> None:
    async def play(backchannel: Backchannel) -> Tally:
        event = await known_event(backchannel, arguments.event)
        return await replay(
            backchannel,
            event.id,
            recording.rows(),
            speed=lambda: _speed(arguments.speed, recording),
            keep_times=lambda: recording.of_others,
            now=lambda: datetime.now(UTC),
            sleep=asyncio.sleep,
            name=arguments.file.name,
            reached=lambda played: progress.reach(recording.reached(), total=recording.size, counted=played),
        )

    progress = Progress("played")
    try:
        with open_recording(arguments.file, NETWORKS, author=arguments.author) as recording:
            tally = with_doors(settings, play)
    except NoRecording as error:
        raise Failed(_unreadable(arguments.file, str(error))) from None
    except TakesNothing as error:
        raise Failed(f"the event {arguments.event} is {error.state}, and only an open one takes posts") from None
    finally:
        progress.end()
    sys.stdout.write(f"{tally.played} played, {tally.bad} lines could not be read\n")
    sys.stdout.writelines(f"{count} skipped: {why}\n" for why, count in tally.skipped.most_common())
    if tally.given_up or not tally.played + tally.skipped.total():
        why = f"{BAD_IN_A_ROW} lines in a row could not be read: " if tally.given_up else ""
        raise Failed(why + _unreadable(arguments.file, recording.looks_like()))


def _speed(chosen: float | None, recording: Recording) -> float:
    """What others have recorded comes in at once, and our own as it was, unless somebody says how fast."""
    return chosen if chosen is not None else 0.0 if recording.of_others else 1.0


def _unreadable(file: Path, why: str) -> str:
    return f"{file.name} cannot be read: {why}; what can is {WANTED}"
