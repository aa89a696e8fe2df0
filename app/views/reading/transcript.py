"""A chat by prompt, to read afterwards: all of it or one prompt at a time, on phones and on paper."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.domain.event import Event
from app.domain.source_marks import FLOOR
from app.queries.event_record import as_links
from app.queries.series import series_of
from app.queries.sources import whole_in_archive
from app.queries.transcript import transcript
from app.views.context import Context, InContext
from app.views.known_pages import unless_known
from app.views.row_ids import AskedId

router = APIRouter()


async def links_only(event: Event, context: Context) -> frozenset[str]:
    """Whose posts stand there as links: of networks whose words may not be published, once the event is over.

    Unless its organiser pays for asking every day whether they still stand, and that was done.
    """
    whole = await context.backchannel.ask(whole_in_archive, event.id, at=context.now())
    private = {origin.key for origin in context.networks.origins if not origin.public_words}
    return as_links(event, private - whole, context.networks.sources, floor=FLOOR.key)


@router.get("/e/{slug}/transcript")
async def transcript_page(slug: str, request: Request, context: InContext, prompt: AskedId = 0) -> Response:
    """With `prompt` one chapter alone; an unknown one shows all."""
    event = await context.event(slug)
    only = await links_only(event, context)
    stands = f"{event.cursor} {sorted(only)}"
    return await unless_known(request, context, stands, lambda: _page(context, event, only, prompt), same_for_all=True)


async def _page(context: Context, event: Event, only: frozenset[str], prompt: int) -> Response:
    found = await context.backchannel.ask(transcript, event, links_only=only)
    chosen = [one for one in found.chapters if one.prompt is not None and one.prompt.id == prompt]
    values = {
        "event": event,
        "here": f"/e/{event.slug}/transcript",
        "links_only": only,
        "view": "transcript",
        "cursor": event.cursor,
        "transcript": found,
        "chapters": chosen or found.chapters,
        "chosen": chosen[0].prompt.id if chosen and chosen[0].prompt else 0,
        "series": await context.backchannel.ask(series_of, event.id),
    }
    return context.page("transcript.html", values)
