"""What stays of an event: its programme with questions, what was said by prompt, and a search in both."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.domain.event import EventState
from app.domain.post import Post
from app.queries.event_record import Asked, record
from app.queries.series import series_of
from app.queries.transcript import Chapter, transcript
from app.views.context import InContext
from app.views.reading.transcript import links_only
from app.views.row_ids import LARGEST_ID

router = APIRouter()

LONGEST_SOUGHT = 200
OVER = {EventState.CLOSED, EventState.ARCHIVED}


@router.get("/e/{slug}/archive")
async def archive_page(
    slug: str,
    context: InContext,
    q: Annotated[str, Query(max_length=LONGEST_SOUGHT)] = "",
    prompt: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0,
) -> Response:
    """Before the end it has what there is so far. What stands there as a link only is not searched."""
    event = await context.event(slug)
    only = await links_only(event, context)
    kept = await context.backchannel.ask(record, event.id)
    found = await context.backchannel.ask(transcript, event, links_only=only)
    sought = Sought(q, only)
    chosen = [one for one in found.chapters if one.prompt is not None and one.prompt.id == prompt]
    chapters = [sought.chapter(one) for one in chosen or found.chapters]
    values = {
        "event": event,
        "view": "transcript",
        "cursor": event.cursor,
        "over": event.state in OVER,
        "links_only": only,
        "sought": q.strip(),
        "asked": [one for one in map(sought.asked, kept.asked) if one.questions or (one.talk and not q.strip())],
        "transcript": found,
        "chapters": [one for one in chapters if one.said or not q.strip()],
        "chosen": chosen[0].prompt.id if chosen and chosen[0].prompt else 0,
        "series": await context.backchannel.ask(series_of, event.id),
    }
    return context.page("archive.html", values)


class Sought:
    """What somebody looks for: all the words, in any order, as they are written or otherwise capitalised."""

    def __init__(self, typed: str, links_only: frozenset[str]) -> None:
        self._words, self._links_only = typed.casefold().split(), links_only

    def asked(self, asked: Asked) -> Asked:
        """Its questions that have the words; all of them where its title has."""
        if asked.talk and self._in(asked.talk.title, *asked.talk.speakers):
            return asked
        return Asked(asked.talk, tuple(one for one in asked.questions if self._said(one.post, one.author.name)))

    def chapter(self, chapter: Chapter) -> Chapter:
        said = tuple(one for one in chapter.said if self._said(one.card.post, one.card.author.name))
        return Chapter(chapter.prompt, said, chapter.posted, chapter.repeats, chapter.people)

    def _said(self, post: Post, name: str) -> bool:
        if not self._words:
            return True
        return post.source not in self._links_only and self._in(post.text, name)

    def _in(self, *texts: str) -> bool:
        whole = " ".join(texts).casefold()
        return all(word in whole for word in self._words)
