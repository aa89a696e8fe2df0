"""For programs: erasing a person, a phone or everybody, and the register of what was erased."""

from fastapi import APIRouter, HTTPException
from pydantic import AwareDatetime, BaseModel, Field

from app.actions.events import Refused
from app.domain.access import Role
from app.domain.erasure import Whom
from app.domain.stored_json import Text
from app.queries.erasures import erasures, found_of
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import InContext
from app.views.pages_and_api.erasures import erase_now

router = APIRouter(prefix="/api/v1", tags=["keep and forget"])


class ErasureWanted(Asked):
    """Who is to be erased: one of `author`, `phone`, `mail` and `everything`."""

    author: Text = Field(default="", max_length=200, description="A handle, on whatever network.")
    phone: Text = Field(default="", max_length=500, description="The address or number of a post that it sent.")
    mail: Text = Field(default="", max_length=254, description="An e-mail address that somebody gave.")
    everything: bool = Field(default=False, description="What everybody has said; the event stays.")
    mentions: bool = Field(default=False, description="With `author`: posts of others that name the handle go too.")
    dry_run: bool = Field(default=False, description="Only say what would go.")


class WhatGoes(BaseModel):
    """What there was, or would be, of whoever was meant."""

    erased: bool
    posts: int
    questions: int
    votes: int
    mentioned: int = Field(description="Posts of others that name the handle; they stay unless `mentions` is said.")
    rows: int = Field(description="All that are gone.")
    swept: bool = Field(description="No byte is left in the file either; if not, it is seen to within a minute.")


class ErasureLine(BaseModel):
    """That something was erased; of whom is not kept."""

    what: str = Field(description="person, phone, mail or everything")
    at: AwareDatetime
    by: str
    posts: int
    rows: int
    swept_at: AwareDatetime | None


@router.post("/erasures")
async def make_erasure(wanted: ErasureWanted, token: Token, context: InContext) -> WhatGoes:
    """Erase somebody for good. Nobody can bring it back."""
    event, by = await token_holder(token, context, Role.OWNER)
    whom = Whom(wanted.author, wanted.phone, wanted.everything, wanted.mail, wanted.mentions)
    if sum(map(bool, (whom.author, whom.phone, whom.mail, whom.everything))) != 1:
        raise HTTPException(422, "Say one of author, phone, mail and everything.")
    found = await context.backchannel.ask(found_of, event.id, whom)
    if not found.is_anything:
        raise HTTPException(422, "There is nothing of that here.")
    counted = {"posts": found.posts, "questions": found.questions, "votes": found.votes, "mentioned": found.mentioned}
    if wanted.dry_run:
        return WhatGoes(erased=False, **counted, rows=0, swept=False)
    try:
        erased, swept = await erase_now(context, event, whom, by=by)
    except Refused as error:
        raise HTTPException(422, error.sentence) from None
    return WhatGoes(erased=True, **counted, rows=erased.rows, swept=swept)


@router.get("/erasures")
async def list_erasures(token: Token, context: InContext) -> list[ErasureLine]:
    """The register: when, by whom and how much; nobody's name."""
    event, _ = await token_holder(token, context, Role.OWNER)
    found = await context.backchannel.ask(erasures, event.id)
    return [ErasureLine.model_validate(one, from_attributes=True) for one in found]
