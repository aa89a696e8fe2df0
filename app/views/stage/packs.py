"""After the talk: what was asked and said, to read, to print, to take away; and questions answered in writing."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import Response

from app.domain.access import Role
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.files.talk_pack_csv import pack_csv
from app.queries.talk_packs import TalkPack, talk_pack, talks_asked
from app.views.context import Context, InContext, answer
from app.views.line_breaks import Typed
from app.views.opening import by_key
from app.views.pages_and_api.questions import take_reply_back, write
from app.views.questions import asked_question
from app.views.row_ids import Number
from app.views.stage.talk_picture import draw_talk

router = APIRouter()
NO_SUCH_TALK = Sentence("There is no such talk any more.")


@router.get("/e/{slug}/packs")
async def packs(slug: str, request: Request, context: InContext) -> Response:
    """The talks, with how many questions of each nobody has answered."""
    event = await context.event(slug)
    if key := request.query_params.get("key"):
        return await by_key(request, context, event, key)
    await context.actor(request, event.id, Role.SPEAKER)
    found = await context.backchannel.ask(talks_asked, event)
    values = {"event": event, "view": "pack", "cursor": event.cursor, "talks": found}
    return context.page_that_tells(request, "packs.html", values)


@router.get("/e/{slug}/talks/{talk_id}/pack")
async def pack_page(slug: str, talk_id: Number, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    if key := request.query_params.get("key"):
        return await by_key(request, context, event, key)
    pack = await _pack(request, context, event, talk_id)
    values = {
        "event": event,
        "view": "pack",
        "cursor": event.cursor,
        "pack": pack,
        "talk_picture": draw_talk(pack.over_time),
    }
    return context.page_that_tells(request, "pack.html", values)


@router.get("/e/{slug}/talks/{talk_id}/pack.csv")
async def pack_file(slug: str, talk_id: Number, request: Request, context: InContext) -> Response:
    event = await context.event(slug)
    pack = await _pack(request, context, event, talk_id)
    name = f'attachment; filename="{event.slug}-talk-{talk_id}.csv"'
    content = pack_csv(pack, context.networks)
    return Response(content, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@router.post("/questions/{question_id}/reply")
async def reply(
    question_id: Number, request: Request, context: InContext, text: Annotated[Typed, Form(max_length=20_000)] = ""
) -> Response:
    """Answer in writing; no words take the answer away. It works when the event is over, too."""
    _, event = await asked_question(question_id, context)
    by = await context.actor(request, event.id, Role.SPEAKER)
    question = await write(context, question_id, text, by=by)
    said = Sentence("Saved. Whoever asked reads it on their phone.") if question.reply_id else Sentence("Taken away.")
    undo = f"/questions/{question.id}/reply"
    return answer(request, context, said, back=f"/e/{event.slug}/packs", undo=undo, question_id=question.id)


@router.delete("/questions/{question_id}/reply")
async def unreply(question_id: Number, request: Request, context: InContext) -> Response:
    """What was written last does not hold; what was written before does again."""
    _, event = await asked_question(question_id, context)
    by = await context.actor(request, event.id, Role.SPEAKER)
    undone = await take_reply_back(context, event, question_id, by=by)
    said = Sentence("Taken back.") if undone else Sentence("It has moved on since; nothing was changed.")
    return answer(request, context, said, status=200 if undone else 409, back=f"/e/{event.slug}/packs")


async def _pack(request: Request, context: Context, event: Event, talk_id: int) -> TalkPack:
    await context.actor(request, event.id, Role.SPEAKER)
    pack = await context.backchannel.ask(talk_pack, event, talk_id)
    if pack is None:
        raise HTTPException(404, NO_SUCH_TALK)
    return pack
