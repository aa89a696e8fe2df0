"""Whether a server takes a token, and whether it gives its stream to it: looked at once, when it is entered."""

import asyncio

from app.domain.network import TokenCheck
from app.domain.sentence import Sentence, together
from app.sources import Clock, Ended, Why
from app.sources.mastodon.servers import servers_of
from app.sources.mastodon.settings import MastodonSettings
from app.sources.mastodon.streaming import following
from app.sources.mastodon.wire import Wire

CHECKED_WITHIN_SECONDS = 15.0
WHO = "/api/v1/accounts/verify_credentials"
NOWHERE = Sentence("Name the server first, and save it: a token is of an account at one server.")
FOLLOWED = Sentence("%(server)s takes the token, and its posts come at once.")
ONLY_ASKED = Sentence("%(server)s takes the token, but does not give its stream to it.")
NOT_TAKEN = Sentence(
    "%(server)s does not accept this token. Copy it again from the account's preferences, under Development."
)
UNCHECKED = Sentence("The token could not be checked now:")


async def check(settings: MastodonSettings, servers: str) -> TokenCheck:
    """One that the first server does not know is refused; all else that goes wrong may be mended without another."""
    named = servers_of(servers, settings.allowed)
    if not named:
        return TokenCheck(NOWHERE, refused=True)
    wire = Wire(named[0], Clock(), token=settings.token, allowed=settings.allowed)
    keep = f"{wire.name} {settings.token}"
    try:
        async with asyncio.timeout(CHECKED_WITHIN_SECONDS):
            await _ask_who(wire)
            return TokenCheck(await _ask_for_the_stream(wire, settings), keep=keep)
    except TimeoutError:
        return TokenCheck(together([UNCHECKED, Sentence("%(server)s does not answer.", server=wire.name)]), keep=keep)
    except Ended as ended:
        if ended.why is Why.AUTH:
            return TokenCheck(NOT_TAKEN.filled(server=wire.name), refused=True)
        return TokenCheck(together([UNCHECKED, ended.sentence]), keep=keep)


async def _ask_who(wire: Wire) -> None:
    """A token that may not read its own account (403) is one all the same."""
    try:
        await wire.get(WHO)
    except Ended as ended:
        if ended.why is not Why.FORBIDDEN_PLAN:
            raise


async def _ask_for_the_stream(wire: Wire, settings: MastodonSettings) -> str:
    try:
        async with following(wire, (), token=settings.token, allowed=settings.allowed):
            return FOLLOWED.filled(server=wire.name)
    except Ended as ended:
        return together([ONLY_ASKED.filled(server=wire.name), ended.sentence])
