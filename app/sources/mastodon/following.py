"""A server's stream, kept open beside its timelines; where there is none to be had, these are asked as before."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Never

from app.domain.incoming import Found, Incoming, Withdrawal
from app.sources import Clock, Ended, Outlet, Unreadable, Why
from app.sources.mastodon.asked_server import AskedServer
from app.sources.mastodon.looking_again import GONE
from app.sources.mastodon.payload import SOURCE, NotForUs, Wishes, read_status, ref_of
from app.sources.mastodon.streaming import EDITED, STREAM_SILENCE_SECONDS, Told, following

log = logging.getLogger(__name__)

AGAIN = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
REFUSED_AGAIN_SECONDS = 300.0
GOOD = timedelta(minutes=1)
"""A stream that was open so long was a good one: what failed before it is forgotten."""


async def follow(
    server: AskedServer,
    tags: Sequence[str],
    wishes: Wishes,
    outlet: Outlet,
    clock: Clock,
    *,
    allowed: frozenset[str],
    silence: float = STREAM_SILENCE_SECONDS,
) -> Never:
    """Put away what a stream tells, and open it again whenever it ends."""
    failures = 0
    while True:
        opened_at = clock.now()
        try:
            async with following(server.wire, tags, token=server.token, allowed=allowed, silence=silence) as events:
                server.follows, server.stream_ended, server.asked_at = True, None, None
                async for told in events:
                    if found := _found(server, told, wishes):
                        await outlet.store(found)
                    await outlet.heard()
        except Ended as ended:
            log.info("the stream of %s: %s", server.wire.name, ended)
            server.stream_ended, why = ended, ended.why
        finally:
            server.follows = False
        failures = 0 if clock.now() - opened_at >= GOOD else failures + 1
        await clock.sleep(
            REFUSED_AGAIN_SECONDS if why is Why.AUTH else AGAIN[min(max(failures - 1, 0), len(AGAIN) - 1)]
        )


def _found(server: AskedServer, told: Told, wishes: Wishes) -> list[Found]:
    if told.status is None:
        ref = server.refs.get(told.gone)
        return [Withdrawal(SOURCE, ref, GONE)] if ref else []
    try:
        one = read_status(told.status, server=server.wire.name, wishes=wishes)
    except NotForUs as reason:
        # It was made for everybody, and is not any more.
        return [Withdrawal(SOURCE, ref_of(told.status), str(reason))] if told.kind == EDITED else []
    except Unreadable as unreadable:
        log.warning("a status of %s cannot be read (%s)", server.wire.name, unreadable)
        return []
    if isinstance(one, Incoming):
        server.know(one.version_ref, one.ref)
    return [one]
