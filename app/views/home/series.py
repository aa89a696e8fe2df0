"""What a holder of a home link does with series: founds them, and enters their setup."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.series import found_series
from app.domain.event import EventKind
from app.views.context import InContext
from app.views.home.entering import enter_as_owner
from app.views.home.holder import actor, event_like, note, own_home
from app.views.home.page import home_page
from app.views.languages import is_spoken
from app.views.series.page import series_here
from app.views.series.setup import Minutes, described
from app.views.setup.forms import Text, typed_in

router = APIRouter()


@router.post("/series")
async def found_one(
    request: Request,
    context: InContext,
    series_name: Text = "",
    series_slug: Text = "",
    series_hashtags: Text = "",
    series_zone: Text = "Europe/London",
    series_language: Text = "en",
    series_kind: Text = EventKind.CHAT.value,
    series_like: Text = "",
    first_on: Text = "",
    begins: Text = "",
    every: Text = "week",
    minutes: Minutes = 60,
    about: Text = "",
    hosts: Text = "",
    series_listed: Annotated[bool, Form()] = False,
) -> Response:
    """A new series with its first editions; whoever founded it is led to its setup."""
    held = await own_home(request, context)
    try:
        series = await context.backchannel.do(
            found_series,
            series_slug,
            described(about, hosts, "", first_on, begins, every, minutes),
            name=series_name,
            hashtags=series_hashtags.replace(",", " ").split(),
            zone=series_zone.strip(),
            language=series_language if is_spoken(series_language) else "en",
            kind=EventKind.MEET if series_kind == EventKind.MEET else EventKind.CHAT,
            listed=series_listed,
            like=await event_like(context, series_like),
            by=actor(held),
            at=context.now(),
        )
    except Refused as error:
        typed = await typed_in(request)
        return await home_page(request, context, held, status=422, wrong={"series": error.sentence}, typed=typed)
    note(held, "founded the series %s", series.slug)
    return RedirectResponse(f"/#series-{series.slug}", 303)


@router.post("/series/{slug}/entry")
async def enter_series(slug: str, request: Request, context: InContext) -> Response:
    held = await own_home(request, context)
    found = await series_here(slug, context)
    return await enter_as_owner(request, context, held, found.pattern, f"/s/{found.series.slug}/setup")
