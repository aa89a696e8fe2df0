"""What each command of `backchannel` does."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from app.actions.access import Link, give_link
from app.actions.events import create_event
from app.actions.incidents import take_incident
from app.bus import open_bus
from app.cli.doctor import Health, examine
from app.cli.screen import screened
from app.domain.decision import Actor
from app.domain.event import Event, Role
from app.domain.policy import Policy
from app.files.decisions import trail_csv, trail_json
from app.files.event import FORMATS
from app.files.incident import incident_pack
from app.queries.archive import Archive, archive
from app.queries.decisions import MAX_ENTRIES_EXPORTED, Entry, Sought, entries
from app.queries.events import event_by_slug, every_event
from app.serving import serve
from app.settings import Settings
from app.sources.replay import Tally, replay
from app.store.backup import back_up, put_back
from app.store.doors import Backchannel
from app.store.schema import migrate
from app.views.access import link_url

T = TypeVar("T")


class Failed(Exception):
    """A command could not do what it was asked; the sentence goes to the person as it is."""


def serve_events(arguments: argparse.Namespace, settings: Settings) -> None:
    _first_start(settings, arguments)
    serve(settings, host=arguments.host, port=arguments.port)


def _first_start(settings: Settings, arguments: argparse.Namespace) -> None:
    """A server without an event makes one and prints its owner's link: the only way in."""

    async def first(doors: Backchannel) -> tuple[Event, Link] | None:
        if await doors.ask(every_event):
            return None
        now = datetime.now(UTC)
        event = await doors.do(create_event, "my-event", name="My event", hashtags=[], at=now)
        return event, await doors.do(give_link, event.id, Role.OWNER, at=now)

    made = _with_doors(settings, first)
    if made is not None:
        event, link = made
        base = settings.public_url.rstrip("/") or f"http://127.0.0.1:{arguments.port}"
        sys.stdout.write(
            f"Your first event is ready. Its owner's link, shown only now:\n  {link_url(base, event.slug, link)}\n"
        )
        sys.stdout.flush()


def demo(arguments: argparse.Namespace, settings: Settings) -> None:
    from app.demo.running import serve_demo  # noqa: PLC0415 - its pictures and posts are read only here

    serve_demo(settings, host=arguments.host, port=arguments.port)


def create(arguments: argparse.Namespace, settings: Settings) -> None:
    async def create(doors: Backchannel) -> tuple[Event, list[Link]]:
        now = datetime.now(UTC)
        made = await doors.do(
            create_event,
            arguments.slug,
            name=arguments.name,
            hashtags=arguments.hashtag,
            zone=arguments.zone,
            at=now,
        )
        roles = [role for role in Role if role is not Role.DELEGATE]
        return made, [await doors.do(give_link, made.id, role, at=now) for role in roles]

    event, links = _with_doors(settings, create)
    _print_links(settings, event, links, as_json=arguments.json)


def link(arguments: argparse.Namespace, settings: Settings) -> None:
    async def give(doors: Backchannel) -> tuple[Event, list[Link]]:
        event = await _known(doors, arguments.slug)
        role = Role(arguments.role)
        return event, [await doors.do(give_link, event.id, role, at=datetime.now(UTC), label=arguments.label)]

    event, links = _with_doors(settings, give)
    _print_links(settings, event, links, as_json=arguments.json)


def replay_file(arguments: argparse.Namespace, settings: Settings) -> None:
    async def play(doors: Backchannel) -> Tally:
        event = await _known(doors, arguments.event)
        return await replay(
            doors, event.id, arguments.file, speed=arguments.speed, now=lambda: datetime.now(UTC), sleep=asyncio.sleep
        )

    if not arguments.file.is_file():
        raise Failed(f"there is no file {arguments.file}")
    tally = _with_doors(settings, play)
    sys.stdout.write(f"{tally.played} played, {tally.bad} lines could not be read\n")


def screen(_arguments: argparse.Namespace, _settings: Settings) -> None:
    bad: list[str] = []
    for told in screened(sys.stdin, Policy(), bad=bad):
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    if bad:
        sys.exit("\n".join(f"backchannel: {line}" for line in bad))


def export(arguments: argparse.Namespace, settings: Settings) -> None:
    async def read(doors: Backchannel) -> Archive:
        event = await _known(doors, arguments.slug)
        return await doors.ask(archive, event.id)

    sys.stdout.write(FORMATS[arguments.format](_with_doors(settings, read)))


def trail(arguments: argparse.Namespace, settings: Settings) -> None:
    async def read(doors: Backchannel) -> list[Entry]:
        event = await _known(doors, arguments.slug)
        return await doors.ask(entries, event.id, Sought(), limit=MAX_ENTRIES_EXPORTED)

    found = _with_doors(settings, read)
    sys.stdout.write(trail_csv(found) if arguments.format == "csv" else trail_json(found))


def take_incident_file(arguments: argparse.Namespace, settings: Settings) -> None:
    async def read(doors: Backchannel) -> bytes | None:
        event, by = await _known(doors, arguments.slug), Actor(label="command line")
        taken = await doors.do(take_incident, event.id, arguments.post, 0, by=by, at=datetime.now(UTC))
        return None if taken is None else incident_pack(taken)

    pack = _with_doors(settings, read)
    if pack is None:
        raise Failed("there are no such posts")
    arguments.out.write_bytes(pack)
    sys.stdout.write(f"{arguments.out}: {len(pack) / 1e3:.0f} kB. It is written down that it was taken.\n")


def doctor(arguments: argparse.Namespace, settings: Settings) -> None:
    findings = asyncio.run(examine(settings, host=arguments.host, port=arguments.port))
    if arguments.json:
        sys.stdout.write(json.dumps([finding.as_json() for finding in findings]) + "\n")
    else:
        for finding in findings:
            sys.stdout.write(f"{finding.health:<8} {finding.about}: {finding.said}\n")
            if finding.todo:
                sys.stdout.write(f"         → {finding.todo}\n")
    if any(finding.health is Health.WRONG for finding in findings):
        sys.exit(1)


async def _known(doors: Backchannel, slug: str) -> Event:
    event = await doors.ask(event_by_slug, slug)
    if event is None:
        raise Failed(f"there is no event “{slug}”; make one with: backchannel event create")
    return event


def _with_doors(settings: Settings, run: Callable[[Backchannel], Awaitable[T]]) -> T:
    async def opened() -> T:
        bus = open_bus(settings.bus_url)
        doors = Backchannel(settings.database, bus)
        try:
            return await run(doors)
        finally:
            await doors.close()
            await bus.close()

    migrate(settings.database)
    return asyncio.run(opened())


def _print_links(settings: Settings, event: Event, links: list[Link], *, as_json: bool) -> None:
    base = settings.public_url.rstrip("/") or "http://127.0.0.1:8000"
    found = {link.access.role.value: link_url(base, event.slug, link) for link in links}
    if as_json:
        sys.stdout.write(json.dumps({"event": event.slug, "name": event.name, "links": found}) + "\n")
        return
    sys.stdout.write(f"{event.name}\n")
    for role, url in found.items():
        sys.stdout.write(f"  {role:<10} {url}\n")
    sys.stdout.write(f"  {'floor':<10} {base}/e/{event.slug}\n")


def backup(arguments: argparse.Namespace, settings: Settings) -> None:
    size = back_up(settings.database, arguments.file)
    sys.stdout.write(f"{arguments.file}: {size / 1e6:.1f} MB, checked and sound\n")


def restore(arguments: argparse.Namespace, settings: Settings) -> None:
    kept = put_back(settings.database, arguments.file, at=datetime.now(UTC))
    migrate(settings.database)
    sys.stdout.write(f"{arguments.file} is the database now.\n")
    if kept is not None:
        sys.stdout.write(f"What was there before is kept as {kept}\n")
