"""Setup of the rules: what gets in, tried out and previewed before it counts, and run again over what waits."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from app.actions.policies import PolicyChanged
from app.domain.category import SETTABLE
from app.domain.event import Event
from app.domain.policy import PRESETS, Mode, Policy
from app.domain.policy_settings import LISTS, BadPolicy, checked, entries
from app.domain.sentence import Sentence
from app.domain.verdict import Level
from app.queries.decisions import policy_versions
from app.queries.posts import counts
from app.queries.rules_tried import matched, tried
from app.views.context import Context, InContext
from app.views.pages_and_api.overruled_rules import overruled
from app.views.pages_and_api.rules import rule
from app.views.pages_and_api.screening_again import run_again
from app.views.row_ids import Number
from app.views.rule_changes import difference
from app.views.setup.forms import own_event

router = APIRouter()

VERSIONS = 20
NEW_WORDS = 200


@router.get("/e/{slug}/setup/rules")
async def rules_page(slug: str, request: Request, context: InContext) -> Response:
    event, _ = await own_event(slug, request, context)
    return await page_of_rules(request, context, event, Policy.from_json(event.policy))


@router.post("/e/{slug}/setup/rules")
async def set_rules(slug: str, request: Request, context: InContext) -> Response:
    """Save the rules; or only `try` them on what has arrived, or `preview` their new words."""
    event, by = await own_event(slug, request, context)
    form = await request.form()
    now, sources = Policy.from_json(event.policy), context.networks.sources
    try:
        wanted = checked(read_policy(form, now, sources), sources, now)
    except BadPolicy as error:
        return await page_of_rules(request, context, event, _as_typed(form, now, sources), status=422, wrong=str(error))
    act = str(form.get("act", "save"))
    if act == "try":
        return await page_of_rules(
            request, context, event, wanted, trial=await context.backchannel.ask(tried, event.id, wanted)
        )
    if act == "preview":
        words = _new_words(now, wanted)
        found = await context.backchannel.ask(matched, event.id, words, wanted.allowed_words)
        return await page_of_rules(request, context, event, wanted, matches=found)
    if wanted != now:
        try:
            await rule(context, event, wanted, seen=_seen(form), by=by)
        except PolicyChanged as changed:
            event, _ = await own_event(slug, request, context)
            return await page_of_rules(request, context, event, wanted, status=409, wrong=changed.sentence)
    return RedirectResponse(f"/e/{slug}/setup/rules?saved=rules", 303)


@router.post("/e/{slug}/setup/rules/again")
async def again(slug: str, request: Request, context: InContext) -> Response:
    """Screen what waits by the present rules."""
    event, by = await own_event(slug, request, context)
    done = await run_again(context, event, by=by)
    return await page_of_rules(request, context, event, Policy.from_json(event.policy), done=done)


@router.post("/e/{slug}/setup/rules/versions/{version}")
async def back_to(slug: str, version: Number, request: Request, context: InContext) -> Response:
    """The rules of an earlier version, as a new one."""
    event, by = await own_event(slug, request, context)
    books = await context.backchannel.ask(policy_versions, event.id)
    book = next((book for book in books if book.version == version), None)
    if book is None:
        raise HTTPException(404, "There is no such version of the rules.")
    former = Policy.from_json(book.policy)
    await rule(context, event, former, by=by)
    return RedirectResponse(f"/e/{slug}/setup/rules?saved=rules", 303)


def _seen(form: FormData) -> int | None:
    """The version that stood on the page; a form of another program may name none."""
    named = str(form.get("version", ""))
    return int(named) if named.isdecimal() and len(named) < 10 else None


def read_policy(form: FormData, now: Policy, sources: Iterable[str]) -> Policy:
    """The policy that a form describes. Raises BadPolicy for numbers that are none."""

    def said(name: str) -> str:
        return str(form.get(name, ""))

    known = tuple(sources)
    removed = tuple((source, mode) for source, mode in now.source_modes if source not in known)
    modes = tuple((source, mode) for source in known if (mode := said(f"mode-{source}"))) + removed
    levels = tuple(sorted((category.value, level) for category in SETTABLE if (level := said(f"level-{category}"))))
    handles = {"trusted", "muted"}
    return Policy(
        mode=said("mode"),
        source_modes=modes,
        delay_seconds=_number(said("delay_seconds"), Sentence("The delay")),
        good_record=_number(said("good_record"), Sentence("A good record")),
        speakers_pass=bool(form.get("speakers_pass")),
        second_person=bool(form.get("second_person")),
        welfare=" ".join(said("welfare").split()),
        preset=said("preset"),
        levels=levels,
        language=now.language,
        **{name: entries(said(name), "@" if name in handles else "") for name in LISTS},
    )


def _number(text: str, what: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadPolicy(Sentence("%(what)s must be a number.", what=what)) from None


def _as_typed(form: FormData, now: Policy, sources: Iterable[str]) -> Policy:
    """What was typed, as far as it can be shown again in the same form."""
    try:
        return read_policy(form, now, sources)
    except BadPolicy:
        safe = {name: str(getattr(now, name)) for name in ("delay_seconds", "good_record")}
        return read_policy(FormData({**dict(form), **safe}), now, sources)


def _new_words(now: Policy, wanted: Policy) -> list[str]:
    lists = ("banned_words", "blocked_words", "watched_words")
    known = {word for name in lists for word in getattr(now, name)}
    return [word for name in lists for word in getattr(wanted, name) if word not in known][:NEW_WORDS]


async def page_of_rules(
    request: Request, context: Context, event: Event, policy: Policy, *, status: int = 200, **more: Any
) -> Response:
    books = await context.backchannel.ask(policy_versions, event.id, limit=VERSIONS + 1)
    policies = [Policy.from_json(book.policy) for book in books]
    changes = [difference(before, after, context.networks.label) for after, before in pairwise(policies)]
    values = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "policy": policy,
        "levels": dict(policy.levels),
        "source_modes": dict(policy.source_modes),
        "modes": list(Mode),
        "presets": PRESETS,
        "settable": SETTABLE,
        "all_levels": list(Level),
        "versions": list(zip(books, [*changes, []], strict=False))[:VERSIONS],
        "waiting": (await context.backchannel.ask(counts, event.id)).held,
        "overruled": await overruled(context, event),
        "eased": request.query_params.get("rule", ""),
        "saved": request.query_params.get("saved", ""),
        "wrong": "",
        "trial": None,
        "matches": None,
        "done": None,
        **more,
    }
    return context.page("setup_rules.html", values, status)
