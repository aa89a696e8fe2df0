"""What answers statuses that stand on the screens: asked for where looking after them shows that there are more."""

import logging
from collections.abc import Sequence
from urllib.parse import quote

from app.domain.incoming import Found, Incoming
from app.sources import Ended, Unreadable
from app.sources.json_fields import Json, objects_of
from app.sources.mastodon.asked_server import AskedServer
from app.sources.mastodon.looking_again import STATUSES
from app.sources.mastodon.payload import NotForUs, Wishes, id_or_blank, read_status

log = logging.getLogger(__name__)

MOST_THREADS = 20
"""So many are asked for after a pass; the others wait for the next."""


async def answers(server: AskedServer, shown: Sequence[str], wishes: Wishes) -> list[Found]:
    """New ones under these (ids at the server): what answers them, and what answers that, as far as it is told."""
    found: list[Found] = []
    for post_id in [one for one in shown if server.has_more_answers(one)][:MOST_THREADS]:
        try:
            thread = await server.wire.there(f"{STATUSES}/{quote(post_id, safe='')}/context")
        except Ended as ended:
            log.info("answers at %s: %s", server.wire.name, ended)
            break
        server.answers_read(post_id)
        for status in objects_of((thread or {}).get("descendants")):
            found += _new(server, status, wishes)
    return found


def _new(server: AskedServer, status: Json, wishes: Wishes) -> list[Found]:
    if id_or_blank(status) in server.refs:
        return []
    try:
        one = read_status(status, server=server.wire.name, wishes=wishes)
    except NotForUs:
        return []
    except Unreadable as unreadable:
        log.warning("an answer at %s cannot be read (%s)", server.wire.name, unreadable)
        return []
    if not isinstance(one, Incoming):
        return []
    server.know(one.version_ref, one.ref)
    return [one]
