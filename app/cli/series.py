"""Beginning series, with the links that open all of their editions."""

import argparse
import json
import sys
from datetime import UTC, date, datetime, time
from typing import TypeVar

from app.actions.links import give_link
from app.actions.series import Described, found_series
from app.cli.database import COMMAND_LINE, with_doors
from app.domain.access import Role
from app.domain.series import Every, Series
from app.queries.series import Whole, whole
from app.settings import Settings
from app.store.doors import Backchannel
from app.views.link_urls import PAGES

Day = TypeVar("Day", date, time)
GIVEN = (Role.OWNER, Role.MODERATOR, Role.SPEAKER, Role.SCREEN)


def create(arguments: argparse.Namespace, settings: Settings) -> None:
    described = Described(
        _read(date, arguments.first_day, "2026-10-13"),
        _read(time, arguments.at, "20:00"),
        minutes=arguments.minutes,
        every=Every(arguments.every),
    )

    async def create(backchannel: Backchannel) -> tuple[Whole, dict[str, str]]:
        now = datetime.now(UTC)
        series: Series = await backchannel.do(
            found_series,
            arguments.slug,
            described,
            name=arguments.name,
            hashtags=arguments.hashtag,
            zone=arguments.zone,
            language=arguments.language,
            by=COMMAND_LINE,
            at=now,
        )
        tokens = {}
        for role in GIVEN:
            link = await backchannel.do(give_link, series.pattern_id, role, by=COMMAND_LINE, at=now)
            tokens[role.value] = _url(settings, series, role, link.token)
        return await backchannel.ask(whole, series, now), tokens

    found, links = with_doors(settings, create)
    page = f"{settings.base_url}/s/{found.series.slug}"
    following = found.next.edition.starts_at.isoformat() if found.next else None
    if arguments.json:
        told = {"series": found.series.slug, "page": page, "next": following, "links": links}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    sys.stdout.write(f"{found.pattern.name}\n  {'page':<10} {page}\n  {'next':<10} {following}\n")
    for role, url in links.items():
        sys.stdout.write(f"  {role:<10} {url}\n")


def _url(settings: Settings, series: Series, role: Role, token: str) -> str:
    """The owner's leads to the pattern, which has the setup; the others' to the edition that is on."""
    if role is Role.OWNER:
        return f"{settings.base_url}/e/{series.slug}-pattern/setup?key={token}"
    return f"{settings.base_url}/s/{series.slug}{PAGES[role]}?key={token}"


def _read(kind: type[Day], typed: str, such_as: str) -> Day:
    try:
        return kind.fromisoformat(typed)
    except ValueError:
        raise SystemExit(f"backchannel: “{typed}” cannot be read; write it such as {such_as}") from None
