"""Exports of an Event are written piece by piece, whatever they hold."""

import csv
import io
import json
import tracemalloc
from pathlib import Path

from app.domain.network import Networks
from app.files.event_formats import FORMATS
from app.files.event_reading import ROWS_AT_ONCE, begin_reading
from app.sources.networks import NETWORKS
from tests.databases import lay_down
from tests.long_day import LongDay, long_day

FEW, MANY = 2 * ROWS_AT_ONCE, 10 * ROWS_AT_ONCE


async def written(day: LongDay, kind: str) -> tuple[list[int], int]:
    """How large each piece is, and how much memory it took at most to write them all, the first ones apart."""
    reading = await begin_reading(day.context.backchannel.ask, day.event_id)
    tracemalloc.start()
    sizes = [len(piece) async for piece in FORMATS[kind](reading, Networks(NETWORKS))]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return sizes, most


async def whole(day: LongDay, kind: str) -> str:
    reading = await begin_reading(day.context.backchannel.ask, day.event_id)
    return "".join([piece async for piece in FORMATS[kind](reading, Networks(NETWORKS))])


def test_no_export_needs_more_memory_for_more_posts(tmp_path: Path) -> None:
    with long_day(tmp_path, lay_down(tmp_path)) as day:
        call = day.client.portal.call  # type: ignore[union-attr]
        day.grow(FEW)
        few = {kind: call(written, day, kind) for kind in FORMATS}
        day.grow(MANY)
        many = {kind: call(written, day, kind) for kind in FORMATS}
        told = {kind: call(whole, day, kind) for kind in FORMATS}
    for kind in FORMATS:
        (pieces, memory), (more_pieces, more_memory) = few[kind], many[kind]
        assert sum(more_pieces) > 4 * sum(pieces)
        assert max(more_pieces) < 2 * max(pieces)
        assert more_memory < 2 * memory
    posts = json.loads(told["json"])["posts"]
    rows = list(csv.DictReader(io.StringIO(told["csv"].removeprefix("\ufeff"))))
    assert len(posts) == len(rows) > MANY
    assert [str(one["id"]) for one in posts] == [row["id"] for row in rows]
    assert told["md"].count("\n- ") == sum(one["verdict"] == "approved" for one in posts)
