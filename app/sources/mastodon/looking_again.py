"""What became of statuses that we keep: asked for again, and told."""

import logging
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from app.domain.incoming import Account, Became, Incoming, Marked, Withdrawal
from app.sources import Unreadable
from app.sources.json_fields import Json, number_of
from app.sources.mastodon.asked_server import AskedServer
from app.sources.mastodon.payload import SOURCE, NotForUs, Wishes, id_or_blank, read_status, ref_of

log = logging.getLogger(__name__)

STATUSES = "/api/v1/statuses"
IDS_A_REQUEST = 20
GONE = "deleted, or its author is gone"


async def look_again(
    server: AskedServer, ids: Mapping[str, str], known: Mapping[str, str], wishes: Wishes
) -> list[Became]:
    """What became of these (id there -> ref); `known` are the versions that we have."""
    found: list[Became] = []
    for some in _parts(ids, IDS_A_REQUEST):
        for post_id, status in (await _look_up(server, some)).items():
            server.note_answers(post_id, number_of((status or {}).get("replies_count")) or 0)
            found += _became(server, status, some[post_id], known, wishes)
    return found


async def _look_up(server: AskedServer, ids: Mapping[str, str]) -> dict[str, Json | None]:
    """These as they are now, None for one that is gone; asked by themselves if an answer left them out."""
    found: dict[str, Json | None] = {}
    if not server.one_by_one:
        listed = await server.wire.listed(STATUSES, [("id[]", post_id) for post_id in ids])
        server.one_by_one = listed is None
        found = {post_id: one for one in listed or () if (post_id := id_or_blank(one)) in ids}
    for post_id in ids.keys() - found.keys():
        found[post_id] = await server.wire.there(f"{STATUSES}/{quote(post_id, safe='')}")
    return found


def _became(
    server: AskedServer, status: Json | None, ref: str, known: Mapping[str, str], wishes: Wishes
) -> Iterator[Became]:
    if status is None:
        yield Withdrawal(SOURCE, ref, GONE)
        return
    try:
        one = read_status(status, server=server.wire.name, wishes=wishes)
    except NotForUs as reason:
        yield Withdrawal(SOURCE, ref, str(reason))
        return
    except Unreadable as unreadable:
        log.warning("a status of %s cannot be read (%s)", server.wire.name, unreadable)
        return
    if not isinstance(one, Incoming) or ref_of(status) != ref:
        return
    if one.version_ref not in known:
        yield one
        return
    yield Account(SOURCE, ref, one.byline)
    if one.sensitive:
        yield Marked(SOURCE, ref)
    if one.quote is not None and not one.quote.available:
        yield Withdrawal(SOURCE, ref, "what it quotes is gone", only_quote=True)


def _parts(ids: Mapping[str, str], most: int) -> Iterator[dict[str, str]]:
    every = list(ids.items())
    return (dict(every[start : start + most]) for start in range(0, len(every), most))
