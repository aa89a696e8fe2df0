"""For programs: the series of an event with its editions, its prompts, and what was said under each."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, Field

from app.domain.access import Role
from app.domain.prompt import Prompt, PromptKind
from app.domain.series import Every
from app.queries.prompts import answers_of, prompts_of
from app.queries.series import Dated, series_by_pattern, series_of, whole
from app.queries.transcript import Chapter, transcript
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.reading.transcript import links_only
from app.views.row_ids import LARGEST_ID

router = APIRouter(prefix="/api/v1", tags=["chats"])


class EditionState(BaseModel):
    """One occurrence of a series, which is an event."""

    slug: str
    planned_on: date = Field(description="Its day by the rule; what it is known by, also when it was moved.")
    starts_at: datetime
    ends_at: datetime
    theme: str
    called_off: bool
    state: str = Field(description="prepared, open, closed or archived")


class SeriesState(BaseModel):
    """A chat or meet that comes again."""

    slug: str
    name: str
    kind: str = Field(description="chat or meet")
    every: Every
    first_on: date
    begins: str = Field(description="By the clock on the wall of its zone.")
    minutes: int
    zone: str
    coming: list[EditionState]
    past: list[EditionState] = Field(description="The last one first.")


class PromptState(BaseModel):
    """What is put to a chat."""

    id: int
    kind: PromptKind
    label: str = Field(description="Q1, Q2 …; '' for a welcome and a closing.")
    text: str
    minute: int | None = Field(description="Planned so many minutes after the beginning; null: by hand only.")
    released_at: datetime | None


class AnswerState(BaseModel):
    """A post under its prompt. Of networks whose words may not be passed on there is the address alone."""

    post_id: int
    under: int | None = Field(description="The post that it answers, if that stands under the same prompt.")
    depth: int
    late: bool = Field(description="Said after the end.")
    filed_by: str = Field(description="Why it stands there; '' for what stands under none.")
    source: str
    url: str
    posted_at: datetime
    name: str
    text: str


class ChapterState(BaseModel):
    """A prompt, or null for what stands under none, with what was said, in reading order."""

    prompt: PromptState | None
    people: int
    repeats: int = Field(description="So many posts only passed it on.")
    said: list[AnswerState]


class TranscriptState(BaseModel):
    """A chat by prompt."""

    posts: int
    people: int
    newcomers: int
    chapters: list[ChapterState]


@router.get("/series", responses={404: {"description": "This event is of no series."}})
async def get_series(token: Token, context: InContext) -> SeriesState:
    """The series that the event of this key is an edition of, or the pattern of. 404 if it is of none."""
    event, _ = await token_holder(token, context, Role.SCREEN)
    found = await context.backchannel.ask(series_of, event.id)
    found = found or await context.backchannel.ask(series_by_pattern, event.id)
    if found is None:
        raise HTTPException(404, "This event is of no series.")
    known = await context.backchannel.ask(whole, found, context.now())
    return SeriesState(
        slug=found.slug,
        name=known.pattern.name,
        kind=known.pattern.kind,
        every=found.every,
        first_on=found.first_on,
        begins=found.begins.isoformat("minutes"),
        minutes=found.minutes,
        zone=known.rule.zone,
        coming=[_edition(one) for one in known.coming],
        past=[_edition(one) for one in known.past],
    )


@router.get("/prompts")
async def list_prompts(token: Token, context: InContext) -> list[PromptState]:
    """Those that are written, in their order, released or not."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    return [_prompt(one) for one in await context.backchannel.ask(prompts_of, event.id)]


@router.get("/transcript")
async def get_transcript(
    token: Token, context: InContext, prompt: Annotated[int, Query(ge=0, le=LARGEST_ID)] = 0
) -> TranscriptState:
    """What was said, by prompt; with `prompt` that one alone."""
    event, _ = await token_holder(token, context, Role.SCREEN)
    only = await links_only(event, context)
    found = await context.backchannel.ask(transcript, event, links_only=only)
    chosen = [one for one in found.chapters if prompt == 0 or (one.prompt is not None and one.prompt.id == prompt)]
    ids = [said.card.id for one in chosen for said in one.said]
    answers = await context.backchannel.ask(answers_of, ids)
    told = {number: (one.filed_by.value, one.under_id) for number, one in answers.items()}
    return TranscriptState(
        posts=found.posts,
        people=found.people,
        newcomers=found.newcomers,
        chapters=[_chapter(one, told, only) for one in chosen],
    )


def _chapter(one: Chapter, told: dict[int, tuple[str, int | None]], only: frozenset[str]) -> ChapterState:
    here, said = {each.card.id for each in one.said}, []
    for each in one.said:
        post, author = each.card.post, each.card.author
        filed_by, under = told.get(post.id, ("", None))
        private = post.source in only
        said.append(
            AnswerState(
                post_id=post.id,
                under=under if under in here else None,
                depth=each.depth,
                late=each.late,
                filed_by=filed_by,
                source=post.source,
                url=post.url,
                posted_at=post.posted_at,
                name="" if private else author.name,
                text="" if private else post.text,
            )
        )
    return ChapterState(
        prompt=_prompt(one.prompt) if one.prompt else None, people=one.people, repeats=one.repeats, said=said
    )


def _edition(one: Dated) -> EditionState:
    return EditionState(
        slug=one.event.slug,
        planned_on=one.edition.planned_on,
        starts_at=one.edition.starts_at,
        ends_at=one.edition.ends_at,
        theme=one.edition.theme,
        called_off=one.edition.called_off,
        state=one.event.state,
    )


def _prompt(one: Prompt) -> PromptState:
    return PromptState.model_validate(one, from_attributes=True)
