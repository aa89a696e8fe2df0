"""`/s/{series}/setup`: when it is, what is said of it, pauses, and each edition that comes."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.editions import call_off_edition, follow_rule_again, move_edition, name_edition
from app.actions.events import Refused
from app.actions.series import Described, change_series, end_pause, pause_series
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.series import Every
from app.queries.series import Dated, Whole
from app.views.context import Context, InContext
from app.views.row_ids import Number
from app.views.series.page import page_values, series_here
from app.views.setup.days import read_day
from app.views.setup.forms import Text, typed_in

router = APIRouter()
Minutes = Annotated[int, Form(ge=0, le=24 * 60)]


@router.get("/s/{slug}/setup")
async def setup_page(slug: str, request: Request, context: InContext) -> Response:
    found, _ = await own_series(slug, request, context)
    return _page(request, context, found)


@router.post("/s/{slug}/setup")
async def describe(
    slug: str,
    request: Request,
    context: InContext,
    about: Text = "",
    hosts: Text = "",
    confidence: Text = "",
    first_on: Text = "",
    begins: Text = "",
    every: Text = Every.WEEK.value,
    minutes: Minutes = 60,
    opens_before: Minutes = 30,
    late_days: Minutes = 2,
) -> Response:
    found, by = await own_series(slug, request, context)
    try:
        said = described(
            about, hosts, confidence, first_on, begins, every, minutes, opens_before=opens_before, late_days=late_days
        )
        await context.backchannel.do(change_series, found.series.id, said, by=by, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, "series", error)
    return RedirectResponse(f"/s/{found.series.slug}/setup?saved=series", 303)


@router.post("/s/{slug}/pauses")
async def pause(
    slug: str, request: Request, context: InContext, pause_from: Text = "", pause_to: Text = "", why: Text = ""
) -> Response:
    found, by = await own_series(slug, request, context)
    try:
        first_on = needed(read_day(pause_from))
        last_on = read_day(pause_to) or first_on
        days = {"first_on": first_on, "last_on": last_on}
        await context.backchannel.do(pause_series, found.series.id, **days, why=why, by=by, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, "pauses", error)
    return RedirectResponse(f"/s/{found.series.slug}/setup?saved=pauses#pauses", 303)


@router.delete("/s/{slug}/pauses/{pause_id}")
async def go_on(slug: str, pause_id: Number, request: Request, context: InContext) -> Response:
    found, by = await own_series(slug, request, context)
    try:
        await context.backchannel.do(end_pause, found.series.id, pause_id, by=by, at=context.now())
    except Refused as error:
        raise HTTPException(404, error.sentence) from None
    return RedirectResponse(f"/s/{found.series.slug}/setup?saved=pauses#pauses", 303)


@router.post("/s/{slug}/editions/{event_id}/time")
async def move(
    slug: str,
    event_id: Number,
    request: Request,
    context: InContext,
    day: Text = "",
    begins: Text = "",
    minutes: Minutes = 60,
) -> Response:
    """This one at another time; no day at all calls it off."""
    found, by = await own_series(slug, request, context)
    one = _edition(found, event_id)
    try:
        if not day:
            await context.backchannel.do(call_off_edition, one.event.id, by=by, at=context.now())
        else:
            begun = datetime.combine(needed(read_day(day)), _clock(begins), ZoneInfo(found.rule.zone)).astimezone(UTC)
            await context.backchannel.do(
                move_edition, one.event.id, starts_at=begun, minutes=minutes, by=by, at=context.now()
            )
    except Refused as error:
        return await _refused(request, context, found, f"edition-{event_id}", error)
    return RedirectResponse(f"/s/{found.series.slug}/setup?saved=edition-{event_id}#edition-{event_id}", 303)


@router.delete("/s/{slug}/editions/{event_id}/time")
async def as_the_rule_says(slug: str, event_id: Number, request: Request, context: InContext) -> Response:
    found, by = await own_series(slug, request, context)
    one = _edition(found, event_id)
    try:
        await context.backchannel.do(follow_rule_again, one.event.id, by=by, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, f"edition-{event_id}", error)
    return RedirectResponse(f"/s/{found.series.slug}/setup?saved=edition-{event_id}#edition-{event_id}", 303)


@router.post("/s/{slug}/editions/{event_id}/theme")
async def name_it(slug: str, event_id: Number, request: Request, context: InContext, theme: Text = "") -> Response:
    found, by = await own_series(slug, request, context)
    one = _edition(found, event_id)
    await context.backchannel.do(name_edition, one.event.id, theme, by=by, at=context.now())
    return RedirectResponse(f"/s/{found.series.slug}/setup?saved=edition-{event_id}#edition-{event_id}", 303)


async def own_series(slug: str, request: Request, context: Context) -> tuple[Whole, Actor]:
    """The Series and who asks, if they own its pattern. Raises 403 and 404."""
    found = await series_here(slug, context)
    return found, await context.actor(request, found.pattern.id, Role.OWNER)


def described(
    about: str,
    hosts: str,
    confidence: str,
    first_on: str,
    begins: str,
    every: str,
    minutes: int,
    *,
    opens_before: int = 30,
    late_days: int = 2,
) -> Described:
    """What was typed. Raises Refused for what is no day, or no time."""
    return Described(
        first_on=needed(read_day(first_on)),
        begins=_clock(begins),
        minutes=minutes,
        every=Every(every) if every in set(Every) else Every.WEEK,
        about=about,
        hosts=hosts,
        confidence=confidence,
        opens_before=opens_before,
        late_days=late_days,
    )


def needed(day: date | None) -> date:
    if day is None:
        raise Refused("Say on which day.")
    return day


def _clock(typed: str) -> time:
    try:
        found = time.fromisoformat(typed)
    except ValueError:
        raise Refused("That is not a time, such as 20:00.") from None
    return found.replace(second=0, microsecond=0, tzinfo=None)


def _edition(found: Whole, event_id: int) -> Dated:
    one = next((one for one in (*found.coming, *found.past) if one.event.id == event_id), None)
    if one is None:
        raise HTTPException(404, "There is no such edition.")
    return one


async def _refused(request: Request, context: Context, found: Whole, where: str, error: Refused) -> Response:
    typed = await typed_in(request)
    return _page(request, context, found, status=422, wrong={where: error.sentence}, typed=typed)


def _page(request: Request, context: Context, found: Whole, *, status: int = 200, **more: object) -> Response:
    values = page_values(found) | {
        "view": "setup",
        "address": f"{context.base_url(request)}/s/{found.series.slug}",
        "saved": request.query_params.get("saved", ""),
        "wrong": {},
        "typed": {},
        **more,
    }
    return context.page("series_setup.html", values, status)
