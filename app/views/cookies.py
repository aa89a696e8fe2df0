"""Who is asking: a phone known by a signed cookie, and the role links that a browser has opened.

A link's token is looked up once; from then on a signed cookie names the link, and the database says on every
request whether it still holds. So revoking takes effect at once and no token lies in a browser's history.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from typing import Protocol

from fastapi import Response
from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session
from starlette.requests import HTTPConnection

from app.domain.access import Access, Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.queries.links import open_links

DEVICE_COOKIE = "device"
TOLD_COOKIE = "told"
HOME_COOKIE = "home"
EXPORT_SECONDS = 24 * 3600
TOLD_SECONDS = 60
TOLD_LETTERS = 600
YEAR = 365 * 24 * 3600
YOUNG_SECONDS = 60
"""So long a phone is new. New ones share what their address may do: a script can make any number of them."""
LINKS_KEPT = 12

GRANTS: Mapping[Role, frozenset[Role]] = {
    Role.OWNER: frozenset(Role),
    Role.MODERATOR: frozenset({Role.MODERATOR, Role.SPEAKER, Role.SCREEN, Role.DELEGATE}),
    Role.SPEAKER: frozenset({Role.SPEAKER, Role.SCREEN, Role.DELEGATE}),
    Role.SCREEN: frozenset({Role.SCREEN}),
    Role.DELEGATE: frozenset({Role.DELEGATE}),
}
"""What each role may do: everything that the roles in its set may."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The links of one Event that a browser holds and that are not revoked, strongest first."""

    accesses: tuple[Access, ...]

    def may(self, role: Role) -> Access | None:
        return next((access for access in self.accesses if role in GRANTS[access.role]), None)

    @property
    def screen(self) -> int:
        """The screen that this browser is, by number, if it holds the link of one and nothing else."""
        return self.accesses[0].id if [one.role for one in self.accesses] == [Role.SCREEN] else 0

    def on_screen(self, screen_id: int) -> Access | None:
        """The link of a screen; who sits at a desk may look at what it shows, by their own."""
        own = next((one for one in self.accesses if one.id == screen_id and one.role is Role.SCREEN), None)
        return own or self.may(Role.MODERATOR)

    def actor(self, role: Role) -> Actor:
        access = self.may(role)
        assert access is not None, "ask may() first"  # noqa: S101 - a bug of ours, not bad input
        return Actor(label=access.label, access_id=access.id)


class WithCookies(Protocol):
    """Any request, of a page or of a socket."""

    @property
    def cookies(self) -> Mapping[str, str]: ...


class Cookies:
    """Reads and writes our cookies, signed with the server's key: the phone, its links, and what the next page says."""

    def __init__(self, key: str, *, secure: bool) -> None:
        self._secure = secure
        self._devices = URLSafeSerializer(key, salt="device")
        self._links = URLSafeSerializer(key, salt="links")
        self._told = URLSafeSerializer(key, salt="told")
        self._home = URLSafeSerializer(key, salt="home")
        self._exports = URLSafeSerializer(key, salt="export")
        self._key = key

    def device(self, connection: HTTPConnection) -> str | None:
        return self._device(connection)[0]

    def youth(self, connection: HTTPConnection, at: datetime) -> float:
        """For how many seconds more a phone counts as new; 0 for one that has been here for a while."""
        _, given = self._device(connection)
        return max(0.0, given + YOUNG_SECONDS - at.timestamp()) if given <= at.timestamp() else 0.0

    def _device(self, connection: HTTPConnection) -> tuple[str | None, float]:
        """The phone, and since when it has our cookie; one that has no time is from before we wrote times in."""
        match self._read(self._devices, connection, DEVICE_COOKIE):
            case str(device):
                return device, 0.0
            case [str(device), int(given)]:
                return device, float(given)
        return None, 0.0

    def sealed(self, purpose: str, *words: str) -> str:
        """What stands for some words: always the same, and without our key nobody can tell it, or them from it."""
        return hmac.new(f"{purpose} {self._key}".encode(), "\0".join(words).encode(), "sha256").hexdigest()

    def origin(self, connection: HTTPConnection) -> str:
        """What stands for the address that somebody comes from. One household or phone has a whole /64 of IPv6."""
        host = connection.client.host if connection.client else ""
        with suppress(ValueError):
            address = ip_address(host.partition("%")[0])
            # A server of both kinds sees everybody of the older one in one /64.
            address = getattr(address, "ipv4_mapped", None) or address
            host = str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
        return self.sealed("origin", host)[:24] if host else ""

    def give_device(self, response: Response, at: datetime) -> None:
        value = self._devices.dumps([secrets.token_urlsafe(16), int(at.timestamp())])
        self._write(response, DEVICE_COOKIE, value)

    def try_again(self, at: datetime) -> dict[str, str]:
        """With a refusal for want of our cookie goes the cookie: the same request is taken at once the next time."""
        response = Response()
        self.give_device(response, at)
        return {"Set-Cookie": response.headers["set-cookie"], "Retry-After": "0"}

    def links(self, connection: WithCookies, slug: str) -> tuple[str, ...]:
        """Hashes of the links that this browser opened for an Event, newest first; not yet checked to hold.

        A hash and no number: numbers begin again with a new database, and last year's cookie would open this year's
        event. A hash nobody can make up, not even who has our key.
        """
        found = self._read(self._links, connection, f"links-{slug}")
        if not isinstance(found, list) or found[:1] != [slug]:
            return ()
        return tuple(entry for entry in found[1:] if isinstance(entry, str))

    def add_link(self, connection: HTTPConnection, response: Response, slug: str, token_hash: str) -> None:
        kept = [token_hash, *(known for known in self.links(connection, slug) if known != token_hash)]
        self._write(response, f"links-{slug}", self._links.dumps([slug, *kept[:LINKS_KEPT]]))

    def home_links(self, connection: WithCookies) -> tuple[str, ...]:
        """Hashes of the home links that this browser opened, newest first; not yet checked to hold."""
        found = self._read(self._home, connection, HOME_COOKIE)
        return tuple(entry for entry in found if isinstance(entry, str)) if isinstance(found, list) else ()

    def add_home_link(self, connection: HTTPConnection, response: Response, token_hash: str) -> None:
        known = [one for one in self.home_links(connection) if one != token_hash]
        self._write(response, HOME_COOKIE, self._home.dumps([token_hash, *known][:LINKS_KEPT]))

    def room(self, connection: WithCookies, slug: str) -> str:
        """Where a phone said that it is: a room's key, or a hyphen for none."""
        said = connection.cookies.get(f"room-{slug}", "")
        return said if re.fullmatch(r"[a-z0-9-]{1,48}", said) else ""

    def remember_room(self, response: Response, slug: str, key: str) -> None:
        self._write(response, f"room-{slug}", key)

    def took_export(self, connection: WithCookies, event: Event) -> int:
        """The cursor up to which this browser holds this Event's export; -1 if it has none.

        An earlier event may have had the same address, or the same number, but was not made in the same moment.
        """
        match self._read(self._exports, connection, f"export-{event.slug}"):
            case [event.id, made, int(cursor)] if made == event.created_at.isoformat():
                return cursor
        return -1

    def note_export(self, response: Response, event: Event, cursor: int) -> None:
        value = self._exports.dumps([event.id, event.created_at.isoformat(), cursor])
        self._write(response, f"export-{event.slug}", value, seconds=EXPORT_SECONDS)

    def tell(self, response: Response, said: str, page: str) -> None:
        """Let the page that comes next, at this path, say how a plain form went."""
        self._write(response, TOLD_COOKIE, self._told.dumps(said[:TOLD_LETTERS]), seconds=TOLD_SECONDS, path=page)

    def told(self, connection: WithCookies) -> str:
        found = self._read(self._told, connection, TOLD_COOKIE)
        return found if isinstance(found, str) else ""

    def forget_told(self, response: Response, page: str) -> None:
        response.delete_cookie(TOLD_COOKIE, path=page)

    def _read(self, serializer: URLSafeSerializer, connection: WithCookies, name: str) -> object:
        value = connection.cookies.get(name)
        if not value:
            return None
        try:
            return serializer.loads(value)
        except BadSignature as error:
            # It holds its own frame, and with it all that the page was made of.
            error.with_traceback(None)
            return None

    def _write(self, response: Response, name: str, value: str, *, seconds: int = YEAR, path: str = "/") -> None:
        response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=self._secure)


def holder(db: Session, event_id: int, hashes: tuple[str, ...]) -> Holder:
    """Those of the links that still hold, strongest first."""
    strength = list(Role)
    found = open_links(db, event_id, hashes)
    return Holder(tuple(sorted(found, key=lambda access: strength.index(access.role))))


def event_and_holder(
    db: Session, event_id: int, links_of: Callable[[str], tuple[str, ...]]
) -> tuple[Event | None, Holder]:
    """An Event, and what a browser holds there; `links_of` reads the hashes of its links from the cookie of a slug."""
    event = db.get(Event, event_id)
    return event, holder(db, event.id, links_of(event.slug)) if event is not None else Holder(())
