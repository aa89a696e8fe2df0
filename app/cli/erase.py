"""Erasing a person, a phone, an address or everybody from an event."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.actions.erasures import erase_whom
from app.cli.database import COMMAND_LINE, known_event, with_doors
from app.cli.errors import Failed
from app.domain.erasure import Erasure, Whom
from app.outbound.pictures import Pictures
from app.queries.erasures import Found, found_of
from app.settings import Settings
from app.store.doors import Backchannel
from app.views.sweeping import sweep_up

NOT_SWEPT = (
    "Their rows are gone, but the database file is in use: the server writes it anew within a minute, "
    "or run this again when it is stopped.\n"
)
NO_PHONE = "no phone has sent that post; give the address (…#post-15) or the number of one that it sent"


def erase(arguments: argparse.Namespace, settings: Settings) -> None:
    whom = Whom(
        arguments.author or "",
        arguments.phone or "",
        arguments.everything,
        mail=arguments.mail or "",
        mentions=arguments.mentions,
    )

    async def run(backchannel: Backchannel) -> tuple[Found, Erasure | None, bool]:
        event, now = await known_event(backchannel, arguments.slug), datetime.now(UTC)
        found = await backchannel.ask(found_of, event.id, whom)
        if not found.is_anything:
            raise Failed(NO_PHONE if whom.phone else f"there is nothing of that in “{event.slug}”")
        if arguments.dry_run:
            return found, None, True
        erased = await backchannel.do(erase_whom, event.id, whom, by=COMMAND_LINE, at=now)
        return found, erased, await sweep_up(backchannel, Pictures(settings.data_dir / "pictures"), at=now)

    found, erased, swept = with_doors(settings, run)
    _tell(found, erased, mentions=arguments.mentions)
    if not swept:
        sys.stdout.write(NOT_SWEPT)
    for copy in copies(settings.data_dir) if erased else ():
        sys.stdout.write(f"A copy from before still has it, until you delete it: {copy}\n")


def _tell(found: Found, erased: Erasure | None, *, mentions: bool) -> None:
    for author in found.authors[:20]:
        sys.stdout.write(f"  {author.source:<10} @{author.handle}  {author.name}\n")
    going = f"{found.posts} posts, {found.questions} questions, {found.votes} votes"
    if found.others:
        going += f", {found.others} other rows"
    if erased is None:
        sys.stdout.write(f"Would be erased: {going}. Nothing was changed.\n")
    else:
        sys.stdout.write(f"Erased: {going}; {erased.rows} rows in all.\n")
    if found.mentioned and not mentions:
        sys.stdout.write(f"{found.mentioned} posts of others name that handle and stay; --mentions takes them too.\n")


def copies(data_dir: Path) -> list[Path]:
    """Copies of the database that lie beside it: `restore` keeps one of what was there before."""
    found = [*data_dir.glob("*.sqlite3.*"), *data_dir.glob("*.backup"), *data_dir.glob("backups/*")]
    return sorted(file for file in found if file.is_file() and file.suffix != ".lock")
