"""A chat by prompt, to read afterwards: all of it or one prompt at a time, on phones and on paper."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.queries.series import series_of
from app.queries.transcript import transcript
from app.views.context import InContext
from app.views.row_ids import LARGEST_ID

router = APIRouter()


@router.get("/e/{slug}/transcript")
async def transcript_page(
    slug: str, context: InContext, prompt: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0
) -> Response:
    """With `prompt` one chapter alone; an unknown one shows all."""
    event = await context.event(slug)
    found = await context.backchannel.ask(transcript, event)
    chosen = [one for one in found.chapters if one.prompt is not None and one.prompt.id == prompt]
    values = {
        "event": event,
        "view": "transcript",
        "cursor": event.cursor,
        "transcript": found,
        "chapters": chosen or found.chapters,
        "chosen": chosen[0].prompt.id if chosen and chosen[0].prompt else 0,
        "series": await context.backchannel.ask(series_of, event.id),
    }
    return context.page("transcript.html", values)
