"""Setup of who is called when nobody watches, and of web addresses that are told what happens."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Path, Request
from fastapi.responses import RedirectResponse, Response

from app.actions.events import Refused
from app.actions.watching import Raised, change_alarms
from app.actions.webhooks import add_hook, remove_hook
from app.domain.alarms import FALLBACKS, WAITING, Alarms, BadAlarms, failures_in
from app.domain.event import Event, Hook, Role
from app.outbound.alarm_messages import call
from app.outbound.requests import Outgoing, Undelivered, refusal
from app.queries.events import hooks
from app.views.context import InShell, Shell

router = APIRouter()

Text = Annotated[str, Form(max_length=2_000)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/e/{slug}/setup/watch")
async def watch_page(slug: str, request: Request, shell: InShell) -> Response:
    event = await _own(slug, request, shell)
    return await _page(request, shell, event)


@router.post("/e/{slug}/setup/watch")
async def set_alarms(
    slug: str,
    request: Request,
    shell: InShell,
    wait_seconds: Text = "",
    nobody_seconds: Text = "",
    ntfy: Text = "",
    webhook: Text = "",
    email: Text = "",
    fallback: Text = "none",
    test: Annotated[bool, Form()] = False,
) -> Response:
    """Save the alarms; with `test` send a message at once and say what came of it."""
    event = await _own(slug, request, shell)
    try:
        alarms = Alarms(
            wait_seconds=_number(wait_seconds),
            nobody_seconds=_number(nobody_seconds),
            ntfy=ntfy.strip(),
            webhook=webhook.strip(),
            email=tuple(address for address in email.replace(",", " ").split()),
            fallback=fallback,
        ).checked()
        refuse_private(alarms, shell)
    except BadAlarms as error:
        typed = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        return await _page(request, shell, event, status=422, wrong={"alarms": str(error)}, typed=typed)
    event = await shell.backchannel.do(change_alarms, event.id, alarms, at=shell.now())
    if not test:
        return RedirectResponse(f"/e/{slug}/setup/watch?saved=alarms", 303)
    return await _page(request, shell, event, results=await _test(shell, event, alarms))


@router.post("/e/{slug}/setup/hooks")
async def new_hook(slug: str, request: Request, shell: InShell, url: Text = "") -> Response:
    """Tell an address from now on; its secret is shown only now."""
    event = await _own(slug, request, shell)
    try:
        hook = await new_hook_for(shell, event.id, url.strip())
    except Refused as error:
        return await _page(request, shell, event, status=422, wrong={"hooks": str(error)}, typed={"url": url})
    return await _page(request, shell, event, fresh=hook)


@router.post("/e/{slug}/setup/hooks/{hook_id}/test")
async def try_hook(slug: str, hook_id: Number, request: Request, shell: InShell) -> Response:
    """Send a request that tells nothing, and say exactly what came back."""
    event = await _own(slug, request, shell)
    hook = next((hook for hook in await shell.backchannel.ask(hooks, event.id) if hook.id == hook_id), None)
    if hook is None:
        raise HTTPException(404, "That address is told nothing any more.")
    told = {"event": event.slug, "cursor": hook.cursor, "items": [], "test": True}
    outgoing = Outgoing(shell.settings.allowed_hook_hosts)
    try:
        answer = await outgoing.post_signed(hook.url, hook.secret, told)
        said, arrived = f"It answered {answer.status}", True
        words = answer.words
    except Undelivered as error:
        said, arrived, words = str(error), False, error.answered
    finally:
        await outgoing.close()
    return await _page(request, shell, event, tested={"id": hook_id, "said": said, "words": words, "arrived": arrived})


@router.delete("/e/{slug}/setup/hooks/{hook_id}")
async def drop_hook(slug: str, hook_id: Number, request: Request, shell: InShell) -> Response:
    event = await _own(slug, request, shell)
    try:
        await shell.backchannel.do(remove_hook, event.id, hook_id, at=shell.now())
    except Refused as error:
        raise HTTPException(404, str(error)) from None
    return RedirectResponse(f"/e/{slug}/setup/watch#hooks", 303)


def refuse_private(alarms: Alarms, shell: Shell) -> None:
    """Raises BadAlarms for an address that we would not ask."""
    for url in filter(None, (alarms.ntfy, alarms.webhook)):
        if said := refusal(url, shell.settings.allowed_hook_hosts):
            raise BadAlarms(said)


async def new_hook_for(shell: Shell, event_id: int, url: str) -> Hook:
    """Raises Refused for an address that we would not tell."""
    if said := refusal(url, shell.settings.allowed_hook_hosts, secure=True):
        raise Refused(said)
    return await shell.backchannel.do(add_hook, event_id, url, at=shell.now())


async def _own(slug: str, request: Request, shell: Shell) -> Event:
    event = await shell.event(slug)
    await shell.actor(request, event.id, Role.OWNER)
    return event


async def _page(request: Request, shell: Shell, event: Event, *, status: int = 200, **more: Any) -> Response:
    context = {
        "event": event,
        "view": "setup",
        "cursor": event.cursor,
        "alarms": Alarms.from_json(event.alarms),
        "fallbacks": FALLBACKS,
        "hooks": await shell.backchannel.ask(hooks, event.id),
        "has_mail": bool(shell.settings.smtp_url.get_secret_value()),
        "saved": request.query_params.get("saved", ""),
        "wrong": {},
        "typed": {},
        "results": {},
        "failures": failures_in(event.alarms),
        "fresh": None,
        "tested": None,
        **more,
    }
    return shell.page("setup_watch.html", context, status)


async def _test(shell: Shell, event: Event, alarms: Alarms) -> dict[str, str]:
    raised = Raised(event.id, event.slug, f"{event.name} (a test)", WAITING, 0, shell.now(), alarms)
    outgoing = Outgoing(shell.settings.allowed_hook_hosts)
    try:
        return await call(raised, shell.settings, outgoing, retry=False)
    finally:
        await outgoing.close()


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BadAlarms(f"“{text[:20]}” is not a number of seconds.") from None
