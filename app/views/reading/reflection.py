"""A sheet for who has to show what they learned: filled in and printed in their own browser; no field of it is sent."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.event import Event
from app.domain.sentence import Sentence
from app.domain.series import Edition
from app.queries.programme import all_talks
from app.queries.series import edition_of, series_of
from app.queries.transcript import Transcript, transcript
from app.views.context import Context, InContext
from app.views.known_pages import unless_known
from app.views.reading.transcript import links_only
from app.views.reading.words import TAKEN_PART

router = APIRouter()

THEMES = (
    Sentence("Prioritise people"),
    Sentence("Practise effectively"),
    Sentence("Preserve safety"),
    Sentence("Promote professionalism and trust"),
)
"""Of the Code of the nurses and midwives of the UK; other professions leave them out or cross them through."""
QUESTIONS = (
    Sentence("What was the nature of the CPD activity, the feedback, or the event or experience in your practice?"),
    Sentence("What did you learn from it?"),
    Sentence("How did you change or improve your practice as a result?"),
    Sentence("How is this relevant to the Code?"),
)


@router.get("/e/{slug}/reflection")
async def reflection_page(slug: str, request: Request, context: InContext) -> Response:
    """What is to be reflected on, and which of it came from this phone. There is nowhere to send an answer to."""
    event = await context.event(slug)
    only = await links_only(event, context)
    device, edition = context.cookies.device(request) or "", await context.backchannel.ask(edition_of, event.id)
    on = _day(event, edition, context.now())
    stands = f"{event.cursor} {sorted(only)} {on} {device}"
    return await unless_known(request, context, stands, lambda: _page(context, event, edition, only, on, device))


async def _page(
    context: Context, event: Event, edition: Edition | None, only: frozenset[str], on: date, device: str
) -> Response:
    found = await context.backchannel.ask(transcript, event, links_only=only)
    prompts = [one.prompt for one in found.chapters if one.prompt is not None]
    values = {
        "event": event,
        "view": "reflection",
        "cursor": event.cursor,
        "series": await context.backchannel.ask(series_of, event.id),
        "edition": edition,
        "on": on,
        "hours": f"{(edition.ends_at - edition.starts_at).total_seconds() / 3600:g}" if edition else "",
        "method": TAKEN_PART[event.kind],
        "prompts": prompts,
        "talks": [] if prompts else await context.backchannel.ask(all_talks, event.id),
        "said": said_in(found),
        "links_only": only,
        "device": device,
        "themes": THEMES,
        "questions": QUESTIONS,
    }
    return context.page("reflection.html", values)


def said_in(found: Transcript) -> list[tuple[int, object]]:
    """Every post with the prompt that it stands under, 0 for none."""
    return [(one.prompt.id if one.prompt else 0, said.card) for one in found.chapters for said in one.said]


def _day(event: Event, edition: Edition | None, now: datetime) -> date:
    zone = ZoneInfo(event.zone)
    if edition is not None:
        return edition.starts_at.astimezone(zone).date()
    return event.starts_on or now.astimezone(zone).date()
