"""What every endpoint needs: the doors, the templates, the clock, and who is asking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment

from app.bus import Bus
from app.bus.rate_limits import Allowance, Rate
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.network import Networks
from app.domain.sentence import Sentence, counted
from app.outbound.pictures import Pictures
from app.queries.events import event_by_slug
from app.settings import Settings
from app.store.doors import Backchannel
from app.store.sealing import Seal
from app.views import words
from app.views.cookies import Cookies, Holder, event_and_holder, holder
from app.views.parts import Render
from app.views.translation import say, speak_as, speaking
from app.views.view import Screens


@dataclass(frozen=True, slots=True)
class Context:
    backchannel: Backchannel
    templates: Environment
    views: Screens
    render: Render
    cookies: Cookies
    bus: Bus
    settings: Settings
    networks: Networks
    pictures: Pictures
    seal: Seal
    now: Callable[[], datetime]

    def page(self, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        with speaking(values.get("event")):
            said_at = int(self.now().timestamp() * 1_000)
            return HTMLResponse(self.templates.get_template(template).render({"now": said_at, **values}), status)

    def page_that_tells(self, request: Request, template: str, values: Mapping[str, Any]) -> HTMLResponse:
        """A page that says once how the plain form went that led to it."""
        told = self.cookies.told(request)
        response = self.page(template, {**values, "told": told})
        if told:
            self.cookies.forget_told(response, request.url.path)
        return response

    def base_url(self, request: Request) -> str:
        return self.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")

    async def limit(self, request: Request, kind: str, device: str, own: Rate, shared: Rate) -> None:
        """Count one act of a device, and of its address while the device is new. Raises 429 with the seconds to wait.

        One phone must not silence the hall behind its address. So what a device is refused costs its address nothing,
        and who makes itself any number of devices can hold up new ones only, and none for longer than it is new.
        """
        asked, youth = [Allowance(kind, device, own)], self.cookies.youth(request, self.now())
        if youth:
            asked.append(Allowance(f"{kind} by new phones", self.cookies.origin(request), shared))
        if wait := await self.bus.wait(*asked):
            seconds = int(min(wait, max(youth, 60 / own.per_minute))) + 1
            said = counted(
                "That was quick. Please wait %(num)d second and send it again.",
                "That was quick. Please wait %(num)d seconds and send it again.",
                seconds,
            )
            raise HTTPException(429, said, {"Retry-After": str(seconds)})

    async def event(self, slug: str) -> Event:
        event = await self.backchannel.ask(event_by_slug, slug)
        if event is None:
            raise HTTPException(404, "There is no event at this address.")
        speak_as(event)
        return event

    async def holder(self, request: Request, event: Event) -> Holder:
        return await self.backchannel.ask(holder, event.id, self.cookies.links(request, event.slug))

    async def actor(self, request: Request, event_id: int, role: Role) -> Actor:
        """Who acts, if they may. Raises 403 for everybody else."""
        event, found = await self.backchannel.ask(event_and_holder, event_id, self.links_of(request))
        return allowed(event, found, role)

    def links_of(self, request: Request) -> Callable[[str], tuple[str, ...]]:
        return lambda slug: self.cookies.links(request, slug)


def allowed(event: Event | None, found: Holder, role: Role) -> Actor:
    """Who acts, if what they hold at an Event is enough. Raises 403 for everybody else."""
    if event is None:
        raise HTTPException(404, "There is no such event.")
    speak_as(event)
    if found.may(role) is None:
        raise HTTPException(
            403, Sentence("This needs the %(role)s link of “%(event)s”.", role=words.ROLES[role], event=event.name)
        )
    return found.actor(role)


async def _context(request: Request) -> Context:  # not a plain function: those wait for a thread
    context: Context = request.app.state.context
    return context


InContext = Annotated[Context, Depends(_context)]


def answer(
    request: Request, context: Context, said: str, *, status: int = 200, back: str = "/", undo: str = "", **facts: Any
) -> Response:
    """Tell how a verb went: a toast for htmx, JSON for programs, the page they came from for plain forms.

    `undo` is the address at which a DELETE takes back just this.
    """
    said = say(said)
    if request.headers.get("hx-request"):
        toast = context.render("parts/toast.html", {"said": said, "status": status, "undo": undo, "about": facts})
        return HTMLResponse(f'<hx-partial hx-target="#toasts" hx-swap="beforeend">{toast}</hx-partial>', status)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"said": said, **({"undo": undo} if undo else {}), **facts}, status)
    if status >= 400:
        return context.page("problem.html", {"said": said, "status": status, "back": came_from(request, back)}, status)
    page = came_from(request, back)
    response = RedirectResponse(page, 303)
    context.cookies.tell(response, said, urlsplit(page).path)
    return response


def came_from(request: Request, otherwise: str) -> str:
    """The page of ours that a form was sent from; only its path, so nobody is sent elsewhere."""
    try:
        referer = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return otherwise
    ours = referer.netloc == request.headers.get("host") and referer.path.startswith("/")
    if not ours or referer.path.startswith("//"):
        return otherwise
    return referer.path + (f"?{referer.query}" if referer.query else "")
