"""Making events and the links that open them."""

import argparse
import json
import sys
from datetime import UTC, datetime

from app.actions.events import create_event
from app.actions.home_links import FreshHomeLink, give_home_link
from app.actions.links import Link, give_link
from app.cli.database import COMMAND_LINE, known_event, with_doors
from app.domain.access import Role
from app.domain.event import Event
from app.settings import Settings
from app.store.doors import Backchannel
from app.views.link_urls import home_url, link_url


def create(arguments: argparse.Namespace, settings: Settings) -> None:
    async def create(backchannel: Backchannel) -> tuple[Event, list[Link]]:
        now = datetime.now(UTC)
        made = await backchannel.do(
            create_event,
            arguments.slug,
            name=arguments.name,
            hashtags=arguments.hashtag,
            zone=arguments.zone,
            language=arguments.language,
            by=COMMAND_LINE,
            at=now,
        )
        roles = [role for role in Role if role is not Role.DELEGATE]
        return made, [await backchannel.do(give_link, made.id, role, by=COMMAND_LINE, at=now) for role in roles]

    event, links = with_doors(settings, create)
    _print_links(settings, event, links, as_json=arguments.json)


def link(arguments: argparse.Namespace, settings: Settings) -> None:
    async def give(backchannel: Backchannel) -> tuple[Event, list[Link]]:
        event = await known_event(backchannel, arguments.slug)
        role, now = Role(arguments.role), datetime.now(UTC)
        link = await backchannel.do(give_link, event.id, role, by=COMMAND_LINE, at=now, label=arguments.label)
        return event, [link]

    event, links = with_doors(settings, give)
    _print_links(settings, event, links, as_json=arguments.json)


def home_link(arguments: argparse.Namespace, settings: Settings) -> None:
    async def give(backchannel: Backchannel) -> FreshHomeLink:
        return await backchannel.do(give_home_link, at=datetime.now(UTC), label=arguments.label)

    url = home_url(settings.base_url, with_doors(settings, give))
    sys.stdout.write(json.dumps({"home": url}) + "\n" if arguments.json else f"{url}\n")


def _print_links(settings: Settings, event: Event, links: list[Link], *, as_json: bool) -> None:
    base = settings.base_url
    found = {link.access.role.value: link_url(base, event.slug, link) for link in links}
    floor = f"{base}/e/{event.slug}"
    if as_json:
        sys.stdout.write(json.dumps({"event": event.slug, "name": event.name, "links": found, "floor": floor}) + "\n")
        return
    sys.stdout.write(f"{event.name}\n")
    for role, url in found.items():
        sys.stdout.write(f"  {role:<10} {url}\n")
    sys.stdout.write(f"  {'floor':<10} {floor}\n")
