"""Writing an event, its decisions and incidents to files."""

import argparse
import sys
from datetime import UTC, datetime
from importlib import import_module

from app.actions.incidents import take_incident
from app.cli.database import COMMAND_LINE, known_event, with_doors
from app.cli.errors import Failed
from app.cli.progress import Progress
from app.domain.network import Networks
from app.files.decisions import trail_csv, trail_json
from app.files.event_formats import FORMATS
from app.files.event_reading import begin_reading
from app.files.incident import incident_pack
from app.queries.decisions import MAX_ENTRIES_EXPORTED, Entry, Sought, entries
from app.settings import Settings
from app.sources.networks import NETWORKS
from app.store.doors import Backchannel
from app.store.engines import private


def export(arguments: argparse.Namespace, settings: Settings) -> None:
    async def write(backchannel: Backchannel) -> None:
        event = await known_event(backchannel, arguments.slug)
        reading = await begin_reading(backchannel.ask, event.id, reached, unshared=arguments.unshared)
        async for piece in FORMATS[arguments.format](reading, Networks(NETWORKS)):
            sys.stdout.write(piece)
        if back := reading.outline.kept_back:
            said = f"{back} posts of talks that are not to be shared are left out; --unshared takes them in\n"
            sys.stderr.write(said)

    def reached(done: int, of: int) -> None:
        progress.reach(done, total=of)

    progress = Progress("posts")
    try:
        with_doors(settings, write)
    finally:
        progress.end()


def trail(arguments: argparse.Namespace, settings: Settings) -> None:
    async def read(backchannel: Backchannel) -> list[Entry]:
        event = await known_event(backchannel, arguments.slug)
        return await backchannel.ask(entries, event.id, Sought(), limit=MAX_ENTRIES_EXPORTED)

    found = with_doors(settings, read)
    sys.stdout.write(trail_csv(found) if arguments.format == "csv" else trail_json(found))


def take_incident_file(arguments: argparse.Namespace, settings: Settings) -> None:
    async def read(backchannel: Backchannel) -> bytes | None:
        event, by = await known_event(backchannel, arguments.slug), COMMAND_LINE
        taken = await backchannel.do(take_incident, event.id, arguments.post, 0, by=by, at=datetime.now(UTC))
        page = import_module("app.views.incident_page").incident_page  # templates, which no other file needs
        return None if taken is None else incident_pack(taken, page(taken))

    pack = with_doors(settings, read)
    if pack is None:
        raise Failed("there are no such posts")
    with open(arguments.out, "wb", opener=private) as file:
        file.write(pack)
    sys.stdout.write(f"{arguments.out}: {len(pack) / 1e3:.0f} kB. It is written down that it was taken.\n")
