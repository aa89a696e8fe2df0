"""The shelf of an event or a series: links that were shared, to look through, to search, and as files."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.domain.access import Role
from app.domain.event import Event
from app.domain.prompt import Prompt
from app.domain.resource import Mark, ResourceKind
from app.domain.series import Series
from app.domain.talk import Talk
from app.files.shelf_files import SHELF_FILES
from app.queries.series import editions, series_of
from app.queries.shelf import Resourced, shelf, shelf_of_series
from app.views.context import Context, InContext
from app.views.known_pages import unless_known
from app.views.reading.transcript import links_only
from app.views.reading.words import KINDS
from app.views.series.page import series_here

router = APIRouter()
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Board:
    """What stands together: what is pinned, what was shared under one talk, prompt or edition, and the rest."""

    under: Talk | Prompt | Event | None
    pinned: bool
    found: tuple[Resourced, ...]


@router.get("/e/{slug}/links")
async def event_shelf(slug: str, request: Request, context: InContext, q: str = "", kind: str = "") -> Response:
    event = await context.event(slug)
    may = (await context.holder(request, event)).may(Role.MODERATOR) is not None

    async def page() -> Response:
        found = await context.backchannel.ask(_whole, event, may)
        series = await context.backchannel.ask(series_of, event.id)
        values = _values(event, found, q, kind, lambda one: one.under)
        values |= {"at": f"/e/{event.slug}", "may": may, "series": series}
        values["links_only"] = await links_only(event, context)
        return context.page_that_tells(request, "shelf.html", values)

    # Whoever may change it sees what they have changed.
    return await page() if may else await unless_known(request, context, event.cursor, page)


@router.get("/s/{slug}/links")
async def series_shelf(slug: str, request: Request, context: InContext, q: str = "", kind: str = "") -> Response:
    whole = await series_here(slug, context)
    found, by_id = await context.backchannel.ask(_whole_of_series, whole.series)
    values = _values(whole.pattern, found, q, kind, lambda one: by_id[one.recommended[-1].event_id])
    values |= {"at": f"/s/{whole.series.slug}", "may": False, "series": whole.series}
    # Editions are over most of the time, and then nobody asks any more whether a post still stands.
    values["links_only"] = {origin.key for origin in context.networks.origins if not origin.public_words}
    return context.page_that_tells(request, "shelf.html", values)


@router.get("/e/{slug}/links.{ending}")
async def event_shelf_as_file(slug: str, ending: str, context: InContext) -> Response:
    event = await context.event(slug)
    return _file(context, ending, event.slug, event.name, await context.backchannel.ask(_whole, event, False))


@router.get("/s/{slug}/links.{ending}")
async def series_shelf_as_file(slug: str, ending: str, context: InContext) -> Response:
    whole = await series_here(slug, context)
    found, _ = await context.backchannel.ask(_whole_of_series, whole.series)
    return _file(context, ending, whole.series.slug, whole.pattern.name, found)


def _whole(db: Session, event: Event, hidden: bool) -> list[Resourced]:
    return shelf(db, event, hidden=hidden)


def _whole_of_series(db: Session, series: Series) -> tuple[list[Resourced], dict[int, Event]]:
    return shelf_of_series(db, series), {one.event.id: one.event for one in editions(db, series.id)}


def _values(
    event: Event,
    found: Sequence[Resourced],
    q: str,
    kind: str,
    under: Callable[[Resourced], Talk | Prompt | Event | None],
) -> dict[str, object]:
    words = q.casefold().split()[:MOST_WORDS]
    wanted = [one for one in found if one.found_by(words)]
    chosen = kind if kind in set(ResourceKind) else ""
    return {
        "event": event,
        "view": "shelf",
        "cursor": event.cursor,
        "q": " ".join(q.split())[:200],
        "kind": chosen,
        "kinds": KINDS,
        "counts": {each: sum(one.kind == each for one in wanted) for each in ResourceKind},
        "total": len(wanted),
        "boards": list(boards([one for one in wanted if chosen in {"", one.kind}], under)),
        "Mark": Mark,
    }


def boards(found: Iterable[Resourced], under: Callable[[Resourced], Talk | Prompt | Event | None]) -> Iterable[Board]:
    """What is pinned, then each talk or prompt in its order, then what stands under none."""
    pinned, piles = [], dict[int, list[Resourced]]()
    places: dict[int, Talk | Prompt | Event | None] = {}
    for one in found:
        if one.mark is Mark.PINNED:
            pinned.append(one)
            continue
        place = under(one)
        number = place.id if place is not None else 0
        places[number] = place
        piles.setdefault(number, []).append(one)
    if pinned:
        yield Board(None, True, tuple(pinned))
    for number in sorted(piles, key=lambda number: _order(places[number])):
        yield Board(places[number], False, tuple(piles[number]))


def _order(place: Talk | Prompt | Event | None) -> tuple[int, float]:
    match place:
        case Talk():
            return 0, place.starts_at.timestamp()
        case Prompt():
            return 0, place.place
        case Event():
            return 0, -place.id
    return 1, 0


def _file(context: Context, ending: str, slug: str, name: str, found: Sequence[Resourced]) -> Response:
    if ending not in SHELF_FILES:
        raise HTTPException(404)
    kind, made_by = SHELF_FILES[ending]
    headers = {"Content-Disposition": f'attachment; filename="{slug}-links.{ending}"'}
    return Response(made_by(found, name, context.now()), media_type=kind, headers=headers)
