"""Setup of how long what is kept, with what goes when."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.domain.event import Event
from app.domain.retention import LONGEST_KEPT, BadRetention, Kind, Retention
from app.domain.sentence import Sentence
from app.queries.retention import kept_now
from app.views.context import Context, InContext
from app.views.pages_and_api.retention import keep_so_long, usual_days
from app.views.setup.forms import own_event, typed_in

router = APIRouter()
NO_NUMBER = Sentence("Write a number of days from 0 to %(most)d.", most=LONGEST_KEPT)


@router.get("/e/{slug}/setup/keeping")
async def keeping_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await _page(context, event, saved=request.query_params.get("saved", ""))


@router.post("/e/{slug}/setup/keeping")
async def set_keeping(slug: str, request: Request, context: InContext) -> Response:
    """Save it; with `look` only show what would go when."""
    event, by = await own_event(slug, request, context)
    typed = await typed_in(request)
    try:
        wanted = _read(typed, Retention.from_json(event.retention), usual_days(context)).checked()
    except BadRetention as error:
        return await _page(context, event, status=422, wrong=error.sentence, typed=typed)
    if typed.get("look"):
        seen = event.model_copy(update={"retention": wanted.as_json()})
        return await _page(context, event, wanted=wanted, seen=seen, looked=True)
    await keep_so_long(context, event, wanted, by=by)
    return RedirectResponse(f"/e/{event.slug}/setup/keeping?saved=keeping", 303)


def _read(typed: dict[str, str], now: Retention, usual: dict[str, int]) -> Retention:
    """What the form says; what it does not name stays as it is."""
    known = {**dict(now.with_usual(usual).networks), **{kind.value: getattr(now, kind) for kind in Kind}}
    days = {}
    for kind, kept in known.items():
        said = typed.get(f"days-{kind}", str(kept)).strip()
        if not (said.isascii() and said.isdecimal() and len(said) <= 6):
            raise BadRetention(NO_NUMBER)
        days[kind] = int(said)
    networks = tuple((kind, number) for kind, number in days.items() if kind not in set(Kind))
    rest = {kind.value: days[kind.value] for kind in Kind}
    return Retention(nothing_goes=bool(typed.get("nothing_goes")), networks=networks, **rest)


async def _page(context: Context, event: Event, *, status: int = 200, **more: Any) -> Response:
    seen, usual = more.pop("seen", event), usual_days(context)
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "wanted": Retention.from_json(event.retention),
        "kept": await context.backchannel.ask(kept_now, seen, usual),
        "longest": LONGEST_KEPT,
        "saved": "",
        "looked": False,
        "wrong": "",
        "typed": {},
        **more,
    }
    values["chosen"] = _chosen(values["wanted"].with_usual(usual))
    return context.page("setup_keeping.html", values, status)


def _chosen(retention: Retention) -> dict[str, int]:
    """What stands in the fields, also while nothing goes."""
    return {**dict(retention.networks), **{kind.value: getattr(retention, kind) for kind in Kind}}
