"""The `backchannel` command."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from app.access import link_url
from app.actions.access import Link, give_link
from app.actions.events import Refused, create_event
from app.backchannel import Backchannel
from app.bus import open_bus
from app.domain.event import Event, Role
from app.queries.events import event_by_slug
from app.schema import migrate
from app.serving import PortTaken, serve
from app.settings import Settings

T = TypeVar("T")


class Failed(Exception):
    """A command could not do what it was asked; the sentence goes to the person as it is."""


def main() -> None:
    arguments = _parser().parse_args()
    settings = Settings()
    try:
        arguments.run(arguments, settings)
    except (Failed, Refused, PortTaken) as error:
        sys.exit(f"backchannel: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backchannel", description="The live conference backchannel.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serving = commands.add_parser("serve", help="serve your events")
    _address(serving)
    serving.set_defaults(run=_serve)

    demo = commands.add_parser("demo", help="serve a sample conference, with posts arriving")
    _address(demo)
    demo.set_defaults(run=_demo)

    event = commands.add_parser("event", help="make events").add_subparsers(required=True, metavar="VERB")
    create = event.add_parser("create", help="make an event and print its role links")
    create.add_argument("slug", metavar="SLUG", help="its address: /e/SLUG")
    create.add_argument("--name", required=True)
    create.add_argument("--hashtag", action="append", default=[], metavar="TAG", help="may be given several times")
    create.add_argument("--zone", default="Europe/London", help="time zone (default %(default)s)")
    create.add_argument("--json", action="store_true")
    create.set_defaults(run=_create)

    link = commands.add_parser("link", help="make one more role link")
    link.add_argument("slug", metavar="SLUG")
    link.add_argument("role", choices=[role.value for role in Role])
    link.add_argument("--label", default="", help="whose link it is, such as “Asha”")
    link.add_argument("--json", action="store_true")
    link.set_defaults(run=_link)
    return parser


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="default %(default)s; 0.0.0.0 for a whole network")
    parser.add_argument("--port", type=int, default=8000, help="default %(default)s")


def _serve(arguments: argparse.Namespace, settings: Settings) -> None:
    serve(settings, host=arguments.host, port=arguments.port)


def _demo(arguments: argparse.Namespace, settings: Settings) -> None:
    from app.demo.running import serve_demo  # noqa: PLC0415 - its pictures and posts are read only here

    serve_demo(settings, host=arguments.host, port=arguments.port)


def _create(arguments: argparse.Namespace, settings: Settings) -> None:
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
        return made, [await doors.do(give_link, made.id, role, at=now) for role in Role]

    event, links = _with_doors(settings, create)
    _print_links(settings, event, links, as_json=arguments.json)


def _link(arguments: argparse.Namespace, settings: Settings) -> None:
    async def give(doors: Backchannel) -> tuple[Event, list[Link]]:
        event = await doors.ask(event_by_slug, arguments.slug)
        if event is None:
            raise Failed(f"there is no event “{arguments.slug}”; make one with: backchannel event create")
        role = Role(arguments.role)
        return event, [await doors.do(give_link, event.id, role, at=datetime.now(UTC), label=arguments.label)]

    event, links = _with_doors(settings, give)
    _print_links(settings, event, links, as_json=arguments.json)


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


if __name__ == "__main__":
    main()
