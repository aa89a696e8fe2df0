"""`/s/{series}/survey`: which hour suits whom, what to talk about; its hosts ask, judge, make the winner the rule."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.seen_words import SaidOtherwise
from app.actions.surveys import answer_survey, ask_survey, close_survey, judge_words, make_it_the_rule
from app.actions.themes import judge_theme, plan_theme, suggest_theme, take_theme_vote_back, vote_for_theme
from app.bus.rate_limits import Rate
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.sentence import Sentence
from app.domain.series import Every
from app.domain.survey import Survey, read_times
from app.domain.verdict import Verdict
from app.queries.series import Whole
from app.queries.surveys import survey_answer, survey_of, theme_by_id, wishes
from app.views.context import Context, InContext
from app.views.line_breaks import Typed
from app.views.questions import NO_COOKIE
from app.views.reading.words import a_person_looks
from app.views.row_ids import Number
from app.views.series.page import page_values, series_here
from app.views.setup.forms import typed_in

router = APIRouter()
Ticked = Annotated[list[str] | None, Form()]
Words = Annotated[Typed, Form(max_length=2_000)]
MONDAY = date(2024, 1, 1)
WISHES = Rate(burst=12, per_minute=12)
WISHES_OF_NEW_PHONES = Rate(burst=400, per_minute=600)


@router.get("/s/{slug}/survey")
async def survey_page(slug: str, request: Request, context: InContext) -> Response:
    return await _page(request, context, await series_here(slug, context))


@router.post("/s/{slug}/survey/answer")
async def answer(
    slug: str, request: Request, context: InContext, days: Ticked = None, times: Ticked = None, every: Ticked = None,
    words: Words = "",
) -> Response:  # fmt: skip
    """Once a device: answered again, it says something else."""
    found = await series_here(slug, context)
    device, survey = await _device(request, context), await _open_survey(context, found)
    said: dict[str, Any] = {"days": days or [], "times": times or [], "every": every or [], "words": words}
    try:
        await context.backchannel.do(answer_survey, survey.id, device, **said, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, "answer", error)
    return _done(found, "answer")


@router.post("/s/{slug}/themes")
async def suggest(slug: str, request: Request, context: InContext, theme: Words = "") -> Response:
    found, device = await series_here(slug, context), await _device(request, context)
    try:
        await context.backchannel.do(suggest_theme, found.series.id, device, theme, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, "themes", error)
    return _done(found, "themes")


@router.post("/s/{slug}/themes/{theme_id}/vote")
async def vote(slug: str, theme_id: Number, request: Request, context: InContext) -> Response:
    found, device = await series_here(slug, context), await _device(request, context)
    await _theme(context, found, theme_id, shown=True)
    await context.backchannel.do(vote_for_theme, theme_id, device, at=context.now())
    return _done(found, "themes")


@router.delete("/s/{slug}/themes/{theme_id}/vote")
async def take_vote_back(slug: str, theme_id: Number, request: Request, context: InContext) -> Response:
    found, device = await series_here(slug, context), await _device(request, context)
    await _theme(context, found, theme_id, shown=True)
    await context.backchannel.do(take_theme_vote_back, theme_id, device, at=context.now())
    return _done(found, "themes")


@router.post("/s/{slug}/survey")
async def ask(
    slug: str, request: Request, context: InContext, days: Ticked = None, times: Words = "", every: Ticked = None,
    public: Annotated[bool, Form()] = False,
) -> Response:  # fmt: skip
    found = await series_here(slug, context)
    by = await context.actor(request, found.pattern.id, Role.OWNER)
    try:
        offered: dict[str, Any] = {
            "days": [day for day in map(str, range(7)) if day in (days or [])],
            "times": _times(times),
            "every": [each.value for each in Every if each.value in (every or [])],
        }
        await context.backchannel.do(ask_survey, found.series.id, **offered, public=public, by=by, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, "ask", error)
    return _done(found, "survey")


@router.delete("/s/{slug}/survey")
async def close(slug: str, request: Request, context: InContext) -> Response:
    found = await series_here(slug, context)
    by = await context.actor(request, found.pattern.id, Role.OWNER)
    survey = await _open_survey(context, found)
    await context.backchannel.do(close_survey, survey.id, by=by, at=context.now())
    return _done(found, "survey")


@router.post("/s/{slug}/survey/rule")
async def rule(
    slug: str, request: Request, context: InContext, day: Words = "", at_time: Words = "", every: Words = "week"
) -> Response:
    """One click makes the winner, or whatever its hosts choose of it, the rule."""
    found = await series_here(slug, context)
    by = await context.actor(request, found.pattern.id, Role.OWNER)
    survey = await context.backchannel.ask(survey_of, found.pattern.id)
    if survey is None:
        raise HTTPException(404, "There is no survey.")
    often = Every(every) if every in set(Every) else Every.WEEK
    try:
        await context.backchannel.do(
            make_it_the_rule, survey.id, day=day, at_time=at_time, every=often, by=by, at=context.now()
        )
    except Refused as error:
        return await _refused(request, context, found, "rule", error)
    return _done(found, "rule")


@router.post("/s/{slug}/survey/answers/{answer_id}/verdict")
async def judge(
    slug: str, answer_id: Number, request: Request, context: InContext,
    verdict: Annotated[Verdict, Form()], seen: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    found = await series_here(slug, context)
    by = await context.actor(request, found.pattern.id, Role.MODERATOR)
    answered = await context.backchannel.ask(survey_answer, answer_id)
    if answered is None or answered.event_id != found.pattern.id:
        raise HTTPException(404, "There is no such answer.")
    return await _judge(request, context, found, "words-said", judge_words, answer_id, verdict, seen, by=by)


@router.post("/s/{slug}/themes/{theme_id}/verdict")
async def judge_a_theme(
    slug: str, theme_id: Number, request: Request, context: InContext,
    verdict: Annotated[Verdict, Form()], seen: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    found = await series_here(slug, context)
    by = await context.actor(request, found.pattern.id, Role.MODERATOR)
    await _theme(context, found, theme_id, shown=False)
    return await _judge(request, context, found, "themes", judge_theme, theme_id, verdict, seen, by=by)


@router.post("/s/{slug}/themes/{theme_id}/plan")
async def plan(slug: str, theme_id: Number, request: Request, context: InContext) -> Response:
    """The next edition that has no theme gets it."""
    found = await series_here(slug, context)
    by = await context.actor(request, found.pattern.id, Role.OWNER)
    await _theme(context, found, theme_id, shown=False)
    try:
        await context.backchannel.do(plan_theme, theme_id, by=by, at=context.now())
    except Refused as error:
        return await _refused(request, context, found, "themes", error)
    return _done(found, "themes")


async def _judge(
    request: Request, context: Context, found: Whole, place: str, verb: Callable[..., Any], row_id: int,
    verdict: Verdict, seen: str, *, by: Actor,
) -> Response:  # fmt: skip
    try:
        await context.backchannel.do(verb, row_id, verdict, seen=seen, by=by, at=context.now())
    except SaidOtherwise as error:
        return await _page(request, context, found, 409, {place: error.sentence})
    return _done(found, place)


def _times(typed: str) -> list[str]:
    if (hours := read_times(typed)) is None:
        raise Refused("Type hours and minutes with a colon between, at most eight of them.")
    return hours


async def _device(request: Request, context: Context) -> str:
    device = context.cookies.device(request)
    if device is None:
        raise HTTPException(403, NO_COOKIE, context.cookies.try_again(context.now()))
    await context.limit(request, "wish", device, WISHES, WISHES_OF_NEW_PHONES)
    return device


async def _open_survey(context: Context, found: Whole) -> Survey:
    survey = await context.backchannel.ask(survey_of, found.pattern.id)
    if survey is None or survey.closed_at is not None:
        raise HTTPException(404, "No survey is open.")
    return survey


async def _theme(context: Context, found: Whole, theme_id: int, *, shown: bool) -> None:
    theme = await context.backchannel.ask(theme_by_id, theme_id)
    if theme is None or theme.event_id != found.pattern.id or (shown and theme.verdict is not Verdict.APPROVED):
        raise HTTPException(404, "There is no such theme.")


def _done(found: Whole, saved: str) -> Response:
    return RedirectResponse(f"/s/{found.series.slug}/survey?saved={saved}#{saved}", 303)


async def _refused(request: Request, context: Context, found: Whole, where: str, error: Refused) -> Response:
    return await _page(request, context, found, 422, {where: error.sentence}, await typed_in(request))


async def _page(
    request: Request,
    context: Context,
    found: Whole,
    status: int = 200,
    wrong: dict[str, Sentence] | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    holder = await context.holder(request, found.pattern)
    host = holder.may(Role.MODERATOR) is not None
    device = context.cookies.device(request) or ""
    values = page_values(found) | {
        "view": "survey",
        "wishes": await context.backchannel.ask(lambda db: wishes(db, found.pattern.id, device, host=host)),
        "host": host,
        "looks": a_person_looks(found.pattern),
        "owner": holder.may(Role.OWNER) is not None,
        "weekdays": {str(day): MONDAY + timedelta(days=day) for day in range(7)},
        "saved": request.query_params.get("saved", ""),
        "wrong": wrong or {},
        "typed": typed or {},
        "Verdict": Verdict,
    }
    response = context.page("survey.html", values, status)
    if not device:
        context.cookies.give_device(response, context.now())
    return response
