"""Plan B: the money or the network of one ends, and the others and the phones go on."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.actions.arrivals import receive
from app.actions.sources import try_again
from app.domain.source import SourceState
from tests.conftest import incoming
from tests.sources.three_networks import Town, three_networks

CONNECTED = (SourceState.LIVE, SourceState.POLLING)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with three_networks(tmp_path) as made:
        made.box10.start()
        for kind in ("x", "mastodon", "bluesky"):
            await made.state(kind, *CONNECTED)
        yield made


def texts(posts: list[object]) -> set[str]:
    return {post.text for post in posts}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fault", "ends_as", "said"),
    [("402", SourceState.STOPPED, "credit"), ("503", SourceState.WAITING, "Waiting until")],
    ids=["its money", "its servers"],
)
async def test_when_x_ends_the_others_go_on_and_nothing_of_it_is_lost(
    town: Town, fault: str, ends_as: SourceState, said: str
) -> None:
    box10, x = town.box10, town.box10.x
    x.post("jo", "Before, on X #box10")
    status = town.mastodon.post("<p>Before, on Mastodon #box10</p>")
    uri = town.bluesky.post("Before, on Bluesky #box10")
    await town.has(lambda posts: len(posts) == 3)

    if fault == "402":
        x.set_credit(0)
    else:
        x.fault("http", status=503, on="any", times=None)
    x.fault("reset", on="stream")
    await town.state("x", ends_as, said=said)

    # Each of the others brings, changes and takes back posts, and a phone is heard.
    x.post("jo", "Meanwhile, on X #box10")
    town.mastodon.post("<p>Meanwhile, on Mastodon #box10</p>")
    town.bluesky.post("Meanwhile, on Bluesky #box10")
    town.mastodon.edit(status, "<p>Better, on Mastodon #box10</p>")
    town.bluesky.edit(uri, "Better, on Bluesky #box10")
    now = datetime.now(UTC)
    await box10.doors.do(receive, box10.event.id, incoming("From a phone", source="floor", ref="p"), at=now)
    wanted = {
        "Before, on X #box10", "Better, on Mastodon #box10", "Better, on Bluesky #box10", "From a phone",
        "Meanwhile, on Mastodon #box10", "Meanwhile, on Bluesky #box10",
    }  # fmt: skip
    await town.has(lambda posts: texts(posts) == wanted)
    town.mastodon.delete(status)
    town.bluesky.delete(uri)
    await town.has(lambda posts: len([post for post in posts if post.withdrawn_at]) == 2)
    for kind in ("mastodon", "bluesky"):
        assert (await town.source(kind)).state in CONNECTED

    # X is back, by itself or because somebody paid and said so: what was said there meanwhile comes.
    x.clear_faults()
    x.set_credit(100)
    await box10.doors.do(try_again, box10.event.id, "x", at=datetime.now(UTC))
    await town.has(lambda posts: "Meanwhile, on X #box10" in texts(posts))
