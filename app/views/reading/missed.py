"""What did I miss: by half days, since any time; as a page, on paper, and as a feed."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.domain.event import Event
from app.domain.half_days import NoTime, begins, read_since
from app.files.missed_atom import feed_of_missed
from app.queries.missed import Missed, missed, newest_day
from app.queries.series import series_of
from app.views.context import Context, InContext
from app.views.known_pages import unless_known
from app.views.reading.transcript import links_only
from app.views.reading.words import HALVES, KINDS, MOMENTS
from app.views.translation import say, speaking

router = APIRouter()


@router.get("/e/{slug}/missed")
async def missed_page(slug: str, request: Request, context: InContext, since: str = "") -> Response:
    event = await context.event(slug)
    if context.cookies.told(request):
        return await page_of_missed(request, context, event, since)
    at = context.now().replace(second=0, microsecond=0)
    return await unless_known(
        request, context, f"{event.cursor} {at}", lambda: page_of_missed(request, context, event, since)
    )


@router.get("/e/{slug}/missed.atom")
async def missed_feed(slug: str, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    at = context.now().replace(second=0, microsecond=0)

    async def feed() -> Response:
        found = await context.backchannel.ask(missed, event, None, at)
        with speaking(event):
            words = {half: say(said) for half, said in HALVES.items()}
            content = feed_of_missed(event, found, words, base=context.base_url(request), networks=context.networks)
        return Response(content, media_type="application/atom+xml; charset=utf-8")

    return await unless_known(request, context, f"{event.cursor} {at}", feed)


async def page_of_missed(
    request: Request,
    context: Context,
    event: Event,
    since: str = "",
    *,
    status: int = 200,
    wrong: str = "",
    address: str = "",
) -> Response:
    """`wrong` is what is said of the form below; a time that is none is said beside it, and all is shown."""
    at, said = context.now(), ""
    start: datetime | None = None
    try:
        start = read_since(since[:80], zone=event.zone, on=await context.backchannel.ask(newest_day, event, at))
    except NoTime as error:
        said, status = error.sentence, 422
    found, series = await context.backchannel.ask(_all, event, start, at)
    values = {
        "event": event,
        "view": "missed",
        "cursor": event.cursor,
        "missed": found,
        "links_only": await links_only(event, context),
        "series": series,
        "since": since[:80],
        "start": start,
        "said": said,
        "ways": [(day, half, begins(day, half, event.zone)) for day, half in found.all_halves],
        "halves": HALVES,
        "kinds": KINDS,
        "mails": bool(context.settings.smtp_url.get_secret_value()),
        "moments": MOMENTS,
        "wrong": wrong,
        "address": address,
    }
    response = context.page_that_tells(request, "missed.html", values)
    response.status_code = status
    return response


def _all(db: Session, event: Event, since: datetime | None, at: datetime) -> tuple[Missed, object]:
    return missed(db, event, since, at), series_of(db, event.id)
