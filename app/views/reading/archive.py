"""What stays of an event: its programme with questions, what was said by prompt, and a search in both."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.domain.event import Event
from app.domain.house_rules import blocks
from app.domain.post import Post
from app.queries.event_record import Asked, record
from app.queries.series import series_of
from app.queries.transcript import Chapter, transcript
from app.views.context import Context, InContext
from app.views.known_pages import unless_known
from app.views.reading.transcript import links_only
from app.views.reading.words import OVER
from app.views.row_ids import LARGEST_ID, AskedId

router = APIRouter()

LONGEST_SOUGHT = 200
POSTS_A_PAGE = 200


@router.get("/e/{slug}/archive")
async def archive_page(
    slug: str,
    request: Request,
    context: InContext,
    q: Annotated[str, Query(max_length=LONGEST_SOUGHT)] = "",
    prompt: AskedId = 0,
    page: Annotated[int, Query(ge=1, le=LARGEST_ID)] = 1,
) -> Response:
    """Before the end it has what there is so far. What stands there as a link only is not searched."""
    return await archive_of(request, context, await context.event(slug), q, prompt, page)


async def archive_of(
    request: Request, context: Context, event: Event, q: str = "", prompt: int = 0, page: int = 1
) -> Response:
    """The page, at whatever address: when an event is over, its own is this one."""
    only = await links_only(event, context)
    stands = f"{event.cursor} {sorted(only)} {event.farewell}"
    return await unless_known(
        request, context, stands, lambda: _page(context, event, only, q, prompt, page), same_for_all=True
    )


async def _page(context: Context, event: Event, only: frozenset[str], q: str, prompt: int, page: int) -> Response:
    kept = await context.backchannel.ask(record, event.id)
    found = await context.backchannel.ask(transcript, event, links_only=only)
    sought = Sought(q, only)
    chosen = [one for one in found.chapters if one.prompt is not None and one.prompt.id == prompt]
    chapters = [sought.chapter(one) for one in chosen or found.chapters]
    pages = max(1, -(-sum(len(one.said) for one in chapters) // POSTS_A_PAGE))
    page = min(page, pages)
    values = {
        "event": event,
        "view": "transcript",
        "cursor": event.cursor,
        "here": f"/e/{event.slug}/archive",
        "over": event.state in OVER,
        "links_only": only,
        "sought": q.strip(),
        "asked": [one for one in map(sought.asked, kept.asked) if one.questions or (one.talk and not q.strip())],
        "notes": list(blocks(kept.notes.text)) if kept.notes else [],
        "transcript": found,
        "chapters": list(on_page([one for one in chapters if one.said or not q.strip()], page)),
        "page": page,
        "pages": pages,
        "chosen": chosen[0].prompt.id if chosen and chosen[0].prompt else 0,
        "series": await context.backchannel.ask(series_of, event.id),
    }
    return context.page("archive.html", values)


def on_page(chapters: Sequence[Chapter], page: int) -> Iterator[Chapter]:
    """Of a long record so much as one page has, each prompt with what of it stands there; an empty one where it is."""
    first, last, before = (page - 1) * POSTS_A_PAGE, page * POSTS_A_PAGE, 0
    for one in chapters:
        said = one.said[max(0, first - before) : max(0, last - before)]
        if said or (not one.said and first <= before < last):
            yield replace(one, said=said)
        before += len(one.said)


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
