"""`/e/{slug}/host`: prompts with words ready to copy, what came under which, whom to greet and to answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from app.domain.access import Role
from app.domain.event import Event
from app.domain.filing import next_to_release
from app.domain.network import Networks
from app.domain.prompt import Prompt
from app.domain.series import Edition
from app.domain.subject import Subject
from app.queries.prompts import Place, guests, newest_filed, places
from app.views.context import InContext
from app.views.listings import Addresses, frame, single
from app.views.opening import open_view
from app.views.view import View

router = APIRouter()
CHANGE_PLACES: set[str] = {Subject.PROMPT, Subject.ANSWER, Subject.POST, Subject.AUTHOR, Subject.EVENT}
"""Lines after which something else may stand under a prompt."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a prompt is posted by hand, its words filled in. We post nothing for anybody."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A prompt, ready to be put."""

    place: Place
    words: str
    """As its host posts it, with the chat's tag."""
    ways: tuple[Way, ...]
    planned_at: datetime | None
    is_next: bool

    @property
    def prompt(self) -> Prompt:
        return self.place.prompt


@dataclass(frozen=True, slots=True)
class Script:
    """All prompts of a chat, and whether the clock releases them; None where the chat has no time of its own."""

    prompts: tuple[Ready, ...]
    by_clock: bool | None
    begins_at: datetime | None
    ends_at: datetime | None


def host(addresses: Addresses, networks: Networks) -> View:
    return View(
        name="host",
        template="host.html",
        role=Role.MODERATOR,
        parts=(
            frame(addresses, "parts/host_frame.html"),
            single("script", "parts/host_script.html", CHANGE_PLACES, lambda db, event: script(db, event, networks)),
            single("guests", "parts/host_guests.html", CHANGE_PLACES, guests),
            single("filed", "parts/host_filed.html", CHANGE_PLACES, newest_filed),
        ),
    )


@router.get("/e/{slug}/host")
async def host_page(slug: str, request: Request, context: InContext) -> Response:
    return await open_view(request, context, "host", slug)


def script(db: Session, event: Event, networks: Networks) -> Script:
    found, edition = places(db, event), db.get(Edition, event.id)
    following = next_to_release([place.prompt for place in found])
    ready = tuple(_ready(place, event, edition, networks, place.prompt is following) for place in found)
    if edition is None:
        return Script(ready, None, None, None)
    return Script(ready, edition.prompts_by_clock, edition.starts_at, edition.ends_at)


def _ready(place: Place, event: Event, edition: Edition | None, networks: Networks, is_next: bool) -> Ready:
    prompt, tag = place.prompt, f" #{event.hashtags[0]}" if event.hashtags else ""
    words = prompt.words + tag
    ways = tuple(Way(one.label, one.writes_at + quote(words, safe="")) for one in networks if one.writes_at)
    planned = None
    if edition is not None and prompt.minute is not None:
        planned = edition.starts_at + timedelta(minutes=prompt.minute)
    return Ready(place, words, ways, planned, is_next)
