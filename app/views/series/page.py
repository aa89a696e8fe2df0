"""`/s/{series}`: the next edition, those that were, the calendar, the feed, and how to take part."""

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.domain.access import Role
from app.files.series_atom import feed_of_series
from app.files.series_ics import calendar_of_series
from app.queries.series import Whole, edition_in_force, series_at
from app.views.context import Context, InContext
from app.views.reading.house_rules import networks_read
from app.views.reading.words import a_person_looks
from app.views.series import words as series_words
from app.views.translation import speak_as

router = APIRouter()

SCREENS = ("desk", "host", "wall", "stage", "now", "floor", "rules", "transcript", "meet", "notes")
"""Screens of the edition in force that have a permanent address at the series."""


@router.get("/s/{slug}.ics")
async def calendar(slug: str, request: Request, context: InContext) -> Response:
    found = await series_here(slug, context)
    content = calendar_of_series(found, url=_url(context, request, found), at=context.now())
    name = f'inline; filename="{found.series.slug}.ics"'
    return Response(content, media_type="text/calendar; charset=utf-8", headers={"Content-Disposition": name})


@router.get("/s/{slug}/feed.atom")
async def feed(slug: str, request: Request, context: InContext) -> Response:
    found = await series_here(slug, context)
    url, base = _url(context, request, found), context.base_url(request)
    content = feed_of_series(found, url=url, feed_url=f"{url}/feed.atom", base=base)
    return Response(content, media_type="application/atom+xml; charset=utf-8")


@router.get("/s/{slug}/how")
async def how_to_take_part(slug: str, context: InContext) -> Response:
    """A chat step by step, with a box to try it in that has no way to send anything; of a meet how one comes."""
    found = await series_here(slug, context)
    more = {"read": await networks_read(context, found.pattern), "looks": a_person_looks(found.pattern)}
    return context.page("series_how.html", page_values(found) | more)


@router.get("/s/{slug}")
async def series_page(slug: str, request: Request, context: InContext) -> Response:
    found = await series_here(slug, context)
    may_change = (await context.holder(request, found.pattern)).may(Role.OWNER) is not None
    calendars = calendar_links(_url(context, request, found), found.pattern.name)
    return context.page("series.html", {**page_values(found), "calendars": calendars, "may_change": may_change})


@router.get("/s/{slug}/{screen}")
async def screen(slug: str, screen: str, request: Request, context: InContext) -> Response:
    """Always the edition that is on, or comes next: a helper's link of the series opens it too."""
    found = await series_here(slug, context)
    if screen not in SCREENS:
        raise HTTPException(404, "There is nothing here.")
    event = await context.backchannel.ask(edition_in_force, found.series, context.now())
    if event is None:
        return RedirectResponse(f"/s/{found.series.slug}", 303)
    # What everybody may read opens by no link: there the key would stay in the address bar.
    key = request.query_params.get("key", "") if screen not in {"rules", "transcript"} else ""
    path = f"/e/{event.slug}" + ("" if screen == "floor" else f"/{screen}")
    return RedirectResponse(path + (f"?key={quote(key, safe='')}" if key else ""), 303)


async def series_here(slug: str, context: Context) -> Whole:
    """The Series at an address; the page goes on in its language. Raises 404."""
    found = await context.backchannel.ask(series_at, slug, context.now())
    if found is None:
        raise HTTPException(404, "There is no series at this address.")
    speak_as(found.pattern)
    return found


def page_values(found: Whole) -> dict[str, Any]:
    return {
        "event": found.pattern,
        "view": "series",
        "cursor": found.pattern.cursor,
        "found": found,
        "series": found.series,
        "rule": found.rule,
        "series_words": series_words,
    }


def calendar_links(url: str, name: str) -> dict[str, str]:
    """The same calendar as each program wants to be told of it; nothing is asked of them before somebody taps."""
    file = f"{url}.ics"
    web = "webcal" + file[file.index(":") :]
    return {
        "file": file,
        "apple": web,
        "google": "https://calendar.google.com/calendar/render?" + urlencode({"cid": web}),
        "outlook": "https://outlook.live.com/calendar/0/addfromweb?" + urlencode({"url": file, "name": name}),
    }


def _url(context: Context, request: Request, found: Whole) -> str:
    return f"{context.base_url(request)}/s/{found.series.slug}"
