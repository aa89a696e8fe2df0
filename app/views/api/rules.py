"""For programs: the rules of an event, tried before they count."""

from dataclasses import asdict
from datetime import datetime
from itertools import pairwise

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from app.actions.policies import PolicyChanged
from app.domain.access import Role
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.policy_settings import BadPolicy, checked
from app.domain.stored_json import Text, kept_as
from app.queries.decisions import policy_versions
from app.queries.rules_tried import matched, tried
from app.views.api.asked import Asked
from app.views.api.token import Token, token_holder
from app.views.context import Context, InContext
from app.views.pages_and_api.rules import rule
from app.views.pages_and_api.screening_again import run_again
from app.views.row_ids import LARGEST_ID
from app.views.rule_changes import difference
from app.views.translation import say

router = APIRouter(prefix="/api/v1", tags=["rules"])


class Rules(kept_as(Policy)):  # type: ignore[misc]
    """Each rule by its name, see docs/moderation.md; what is left out keeps its default. There are no others."""

    model_config = ConfigDict(extra="forbid")

    def policy(self) -> Policy:
        return Policy.from_json(self.model_dump(exclude_unset=True))


class RulesState(BaseModel):
    """The rules in force."""

    version: int = Field(description="Counts changes; send it back with a change, so that nobody else's is lost.")
    fingerprint: str = Field(description="The same rules have the same one, and give the same signals.")
    policy: Rules


class RulesWanted(Asked):
    version: int = Field(ge=0, le=LARGEST_ID, examples=[1])
    policy: Rules


class TrialWanted(Asked):
    policy: Rules


class TrialState(BaseModel):
    """What other rules would have done with the newest posts."""

    posts: int
    would_hold: int
    would_release: int
    held: list[int] = Field(description="Up to twenty of them.")
    released: list[int]


class WordsWanted(Asked):
    words: list[Text] = Field(max_length=200, examples=[["giveaway", "crypto*"]])


class WordState(BaseModel):
    word: str
    times: int
    of: int
    is_too_much: bool


class AgainState(BaseModel):
    held: int
    released: int
    hidden: int
    shown: int
    unchanged: int


class VersionState(BaseModel):
    version: int
    by: str
    at: datetime
    changes: list[str]


@router.get("/policy")
async def get_policy(token: Token, context: InContext) -> RulesState:
    """The rules in force."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    policy = Policy.from_json(event.policy)
    return RulesState(version=event.policy_version, fingerprint=policy.version, policy=Rules(**policy.as_json()))


@router.put("/policy", responses={409: {"description": "Somebody has changed the rules since."}})
async def put_policy(wanted: RulesWanted, token: Token, context: InContext) -> RulesState:
    """Change the rules."""
    event, by = await token_holder(token, context, Role.OWNER)
    policy = _read(wanted.policy, event, context)
    try:
        await rule(context, event, policy, seen=wanted.version, by=by)
    except PolicyChanged as changed:
        raise HTTPException(409, changed.sentence) from None
    return await get_policy(token, context)


@router.post("/policy/trial")
async def try_policy(wanted: TrialWanted, token: Token, context: InContext) -> TrialState:
    """Try rules on what has arrived. Nothing is stored."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    found = await context.backchannel.ask(tried, event.id, _read(wanted.policy, event, context))
    return TrialState(
        posts=found.posts,
        would_hold=found.held,
        would_release=found.released,
        held=[post_id for post_id, _ in found.held_posts],
        released=[post_id for post_id, _ in found.released_posts],
    )


@router.post("/policy/words/preview")
async def preview_words(wanted: WordsWanted, token: Token, context: InContext) -> list[WordState]:
    """How many of the newest posts each word would have matched."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    words = [word for word in wanted.words if word.strip("* ")]
    found = await context.backchannel.ask(matched, event.id, words, Policy.from_json(event.policy).allowed_words)
    return [WordState(word=one.word, times=one.times, of=one.of, is_too_much=one.is_too_much) for one in found]


@router.post("/policy/screen-again")
async def screen_what_waits(token: Token, context: InContext) -> AgainState:
    """Apply the present rules to what waits."""
    event, by = await token_holder(token, context, Role.OWNER)
    done = asdict(await run_again(context, event, by=by))
    return AgainState(**{name: done[name] for name in AgainState.model_fields})


@router.get("/policy/versions")
async def list_versions(token: Token, context: InContext) -> list[VersionState]:
    """What changed when, and who changed it; the newest first."""
    event, _ = await token_holder(token, context, Role.MODERATOR)
    books = await context.backchannel.ask(policy_versions, event.id, limit=100)
    policies = [Policy.from_json(book.policy) for book in books]
    named = context.networks.label
    changes = [difference(before, after, named) for after, before in pairwise(policies)]
    return [
        VersionState(version=book.version, by=book.by, at=book.at, changes=[say(change) for change in said])
        for book, said in zip(books, [*changes, []], strict=False)
    ]


def _read(rules: Rules, event: Event, context: Context) -> Policy:
    try:
        return checked(rules.policy(), context.networks.sources, Policy.from_json(event.policy))
    except BadPolicy as error:
        raise HTTPException(422, str(error)) from None
