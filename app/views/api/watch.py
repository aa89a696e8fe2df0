"""For programs: figures, the audit trail, alarms, webhooks, incidents."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import AwareDatetime, BaseModel, Field

from app.actions.events import Refused
from app.actions.undo import POLICY, undo_picked
from app.actions.watching import change_alarms
from app.actions.webhooks import remove_hook
from app.domain.alarms import Alarms, BadAlarms, failures_in
from app.domain.event import Hook, Role
from app.files.decisions import row
from app.queries.decisions import PAGE, Sought, decision_by_id, entries
from app.queries.events import hooks
from app.views.api.token import Token, token_holder
from app.views.context import InShell
from app.views.desk.decisions import LARGEST, Number, cannot_undo, packed
from app.views.desk.figures import latest
from app.views.setup.watch import new_hook_for, refuse_private

router = APIRouter(prefix="/api/v1", tags=["watch"])


class RuleState(BaseModel):
    """How often people agreed with a rule."""

    code: str
    decided: int = Field(description="Posts with this signal that people decided.")
    confirmed: int = Field(description="Those of them that they rejected.")
    rarely_right: bool


class PaceState(BaseModel):
    """How quick decisions were."""

    median_seconds: float | None
    p95_seconds: float | None
    decisions: int


class FiguresState(BaseModel):
    """How the desk is doing. Times in seconds, null where nothing was decided yet."""

    waiting: int
    oldest_waiting: datetime | None
    at_the_desk: list[str]
    median_seconds: float | None = Field(description="From arrival to a person's verdict.")
    p95_seconds: float | None
    decisions: int
    last_hour: PaceState
    per_moderator_minute: float = Field(description="Decisions within the last ten minutes.")
    held_share: float = Field(description="Share of the newest posts with a doubt.")
    taken_down: int = Field(description="Shown, and rejected by a person afterwards.")
    reveals: int
    rules: list[RuleState]


class AlarmsState(BaseModel):
    """When and how somebody is called. Times in seconds."""

    wait_seconds: int = Field(default=300, description="A post waits for so long.")
    nobody_seconds: int = Field(default=120, description="Something waits and nobody has been there for so long.")
    ntfy: str = Field(default="", description="Address of an ntfy topic.")
    webhook: str = Field(default="", description="A web address that is called.")
    email: list[str] = Field(default=[], description="Up to five addresses.")
    failures: dict[str, str] = Field(default={}, description="Ways that failed at the last alarm, and why. Read only.")
    fallback: str = Field(default="none", description="none, only_trusted, hold_all, pause or blank")


class HookState(BaseModel):
    """A web address that is told what happens, and how that is going."""

    id: int
    url: str
    cursor: int = Field(description="Lines of the event's log up to here were delivered.")
    failures: int = Field(description="Since it last answered.")
    detail: str = Field(description="What went wrong last, empty if nothing did.")
    secret: str = Field(default="", description="Shown once, when it is made: signs X-Backchannel-Signature.")


class NewHook(BaseModel):
    """An address that is to be told from now on."""

    url: str = Field(max_length=2_000)


class DecisionState(BaseModel):
    """Who changed what, when and why."""

    id: int
    at: datetime
    by: str = Field(description="The name on the link; screening, delay or watch for what happened by itself.")
    subject: str
    subject_id: int
    before: str
    after: str
    reason: str
    policy_version: int = Field(description="The version of the rules that was in force.")
    cause_id: int | None = Field(description="The decision that brought this one along.")
    undoes_id: int | None = Field(description="The decision that this one took back.")
    undone_by: int | None = Field(description="The decision that took this one back.")


class Wanted(BaseModel):
    """Posts by their numbers, or all of an author."""

    posts: list[Annotated[int, Field(ge=1, le=LARGEST)]] = Field(default=[], max_length=200)
    author: int = Field(default=0, ge=0, le=LARGEST)


@router.get("/figures")
async def get_figures(token: Token, shell: InShell) -> FiguresState:
    """What waits, how quick the desk is, and which rules are right; at most five seconds old."""
    event, _ = await token_holder(token, shell, Role.MODERATOR)
    found = await latest(shell, event.id)
    return FiguresState(
        waiting=found.waiting,
        oldest_waiting=found.oldest,
        at_the_desk=list(found.at_the_desk),
        median_seconds=found.overall.median,
        p95_seconds=found.overall.p95,
        decisions=found.overall.decisions,
        last_hour=PaceState(
            median_seconds=found.last_hour.median,
            p95_seconds=found.last_hour.p95,
            decisions=found.last_hour.decisions,
        ),
        per_moderator_minute=found.per_moderator_minute,
        held_share=found.doubtful_share,
        taken_down=found.taken_down,
        reveals=found.reveals,
        rules=[
            RuleState(code=rule.code, decided=rule.decided, confirmed=rule.confirmed, rarely_right=rule.is_rarely_right)
            for rule in found.rules
        ],
    )


@router.get("/decisions")
async def list_decisions(
    token: Token,
    shell: InShell,
    by: Annotated[str, Query(max_length=200, description="Part of the name of who decided.")] = "",
    subject: Annotated[str, Query(max_length=16, description="post, author, event, intake, policy, alarm, …")] = "",
    subject_id: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    reason: Annotated[str, Query(max_length=200, description="Part of the reason.")] = "",
    since: Annotated[AwareDatetime | None, Query(description="With its offset; a + in an address is %2B.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Only older ones than this moment.")] = None,
    machine: Annotated[bool, Query(description="Whether to list what screening ruled at arrival.")] = True,
    before: Annotated[int, Query(ge=0, le=LARGEST, description="Only older ones than this decision.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = PAGE,
) -> list[DecisionState]:
    """The audit trail, newest first; no words of posts."""
    event, _ = await token_holder(token, shell, Role.MODERATOR)
    sought = Sought(by, subject, subject_id, reason, since, until, machine)
    found = await shell.backchannel.ask(entries, event.id, sought, before=before, limit=limit)
    return [DecisionState(**row(entry)) for entry in found]


@router.post("/decisions/{decision_id}/undoing", responses={409: {"description": "It was decided otherwise since."}})
async def undo_one(decision_id: Number, token: Token, shell: InShell) -> dict[str, int]:
    """Undo any decision, whoever took it."""
    event, by = await token_holder(token, shell, Role.MODERATOR)
    decision = await shell.backchannel.ask(decision_by_id, decision_id)
    if decision is None or decision.event_id != event.id:
        raise HTTPException(404, "There is no such decision.")
    if decision.subject == POLICY:
        await token_holder(token, shell, Role.OWNER)
    if not await shell.backchannel.do(undo_picked, decision_id, by=by, at=shell.now()):
        raise HTTPException(409, cannot_undo(decision))
    return {"undone": decision_id}


@router.post("/incidents", response_class=Response)
async def take_incident(wanted: Wanted, token: Token, shell: InShell) -> Response:
    """Everything about some posts, or all of an author, as a ZIP. It is written down who took it."""
    event, by = await token_holder(token, shell, Role.MODERATOR)
    pack = await packed(shell, event, wanted.posts, wanted.author, by)
    if pack is None:
        raise HTTPException(404, "There are no such posts.")
    return Response(pack, media_type="application/zip")


@router.get("/alarms")
async def get_alarms(token: Token, shell: InShell) -> AlarmsState:
    """When and how somebody is called to the desk."""
    event, _ = await token_holder(token, shell, Role.OWNER)
    return AlarmsState(**Alarms.from_json(event.alarms).as_json(), failures=failures_in(event.alarms))


@router.put("/alarms")
async def put_alarms(wanted: AlarmsState, token: Token, shell: InShell) -> AlarmsState:
    """From now on this is when and how."""
    event, _ = await token_holder(token, shell, Role.OWNER)
    alarms = Alarms.from_json(wanted.model_dump())
    try:
        refuse_private(alarms, shell)
        await shell.backchannel.do(change_alarms, event.id, alarms, at=shell.now())
    except BadAlarms as error:
        raise HTTPException(422, str(error)) from None
    return AlarmsState(**alarms.as_json())


@router.get("/hooks")
async def list_hooks(token: Token, shell: InShell) -> list[HookState]:
    """Web addresses that are told what happens, and how that is going."""
    event, _ = await token_holder(token, shell, Role.OWNER)
    return [_hook(hook) for hook in await shell.backchannel.ask(hooks, event.id)]


@router.post("/hooks", status_code=201)
async def make_hook(wanted: NewHook, token: Token, shell: InShell) -> HookState:
    """Tell an address from now on. Its secret is in this answer only."""
    event, _ = await token_holder(token, shell, Role.OWNER)
    try:
        hook = await new_hook_for(shell, event.id, wanted.url)
    except Refused as error:
        raise HTTPException(422, str(error)) from None
    return _hook(hook, secret=hook.secret)


@router.delete("/hooks/{hook_id}", status_code=204)
async def drop_hook(hook_id: Number, token: Token, shell: InShell) -> None:
    """Tell an address nothing any more."""
    event, _ = await token_holder(token, shell, Role.OWNER)
    try:
        await shell.backchannel.do(remove_hook, event.id, hook_id, at=shell.now())
    except Refused as error:
        raise HTTPException(404, str(error)) from None


def _hook(hook: Hook, *, secret: str = "") -> HookState:
    return HookState(
        id=hook.id, url=hook.url, cursor=hook.cursor, failures=hook.failures, detail=hook.detail, secret=secret
    )
