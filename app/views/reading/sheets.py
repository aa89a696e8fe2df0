"""On paper and in calendars: sheets with the code, the address and the house rules in short, for each room; `.ics`."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from app.domain.access import Role
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.room import Room
from app.domain.sentence import Sentence
from app.files.event_ics import calendar_of
from app.queries.house_rules import house_rules
from app.queries.programme import all_talks
from app.queries.rooms import rooms
from app.views.context import Context, InContext
from app.views.listings import Addresses
from app.views.reading.words import LETS_THROUGH

router = APIRouter()

FORMATS = {
    "a4": Sentence("A4"),
    "a6": Sentence("A6, to cut"),
    "tent": Sentence("Table tent"),
}
COPIES = {"a4": 1, "a6": 4, "tent": 2}
"""So often everything stands on one sheet of paper."""


@router.get("/e/{slug}/sheets")
async def sheets_page(slug: str, request: Request, context: InContext, paper: str = "a4", room: str = "") -> Response:
    """For whoever puts them up: owners and moderators."""
    event = await context.event(slug)
    await context.actor(request, event.id, Role.MODERATOR)
    known = await context.backchannel.ask(rooms, event.id)
    chosen = [one for one in known if one.key == room]
    paper = paper if paper in FORMATS else "a4"
    addresses = _addresses(context)
    values = {
        "event": event,
        "view": "sheets",
        "cursor": event.cursor,
        "formats": FORMATS,
        "paper": paper,
        "copies": COPIES[paper],
        "rooms": known,
        "room": chosen[0].key if chosen else "",
        "printed": [_sheet(addresses, event, one) for one in chosen or known] or [_sheet(addresses, event, None)],
        "reachable": addresses.qr(event) != "",
        "lets_through": LETS_THROUGH[Policy.from_json(event.policy).mode],
        "rules": await context.backchannel.ask(house_rules, event.id),
    }
    return context.page("sheets.html", values)


@router.get("/e/{slug}/event.ics")
async def calendar(slug: str, context: InContext) -> Response:
    event = await context.event(slug)
    talks = await context.backchannel.ask(all_talks, event.id)
    content = calendar_of(event, talks, url=_addresses(context).join_url(event), at=context.now())
    return Response(
        content,
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{event.slug}.ics"'},
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """Of a room, or of the whole event: where its code leads, and what is read aloud."""

    room: str
    qr: Markup
    address: str


def _sheet(addresses: Addresses, event: Event, room: Room | None) -> Sheet:
    return Sheet(room.name if room else "", addresses.qr(event, room), addresses.join_short(event, room).lower())


def _addresses(context: Context) -> Addresses:
    settings = context.settings
    return Addresses(settings.base_url, settings.short_url, for_phones=settings.for_phones)
