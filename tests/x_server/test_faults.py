"""Every fault of the local X strikes as announced, and is over when it should be."""

import asyncio
import socket
from contextlib import suppress
from typing import Any

import aiohttp
import pytest

from tests.x_server import FAULTS, Fault, Picture, XServer
from tests.x_server.listening import Listener, ended, listening

SHORTER: dict[str, dict[str, Any]] = {
    "gone_for_an_hour": {"seconds": 20, "posts": 10},
    "burst": {"duration": 1},
}
EVERYTHING = (
    "expansions=author_id,attachments.media_keys,referenced_tweets.id"
    "&tweet.fields=created_at,edit_controls,entities&media.fields=url&user.fields=verified"
)
LAST = "the last one #box10"


def ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not ipv6(), reason="this machine has no IPv6 loopback")


def slow_server() -> XServer:
    return XServer(speed=20)


def strike(x: XServer, fault: Fault) -> None:
    x.add_rule("#box10", tag="bk:box10")
    x.fault(fault, **SHORTER.get(fault.name, {}))


def post_six(x: XServer) -> None:
    first = x.post("jo_nhs", "Post 0 é #box10", photos=[Picture("A full room", 60, 40)])
    x.quote("sam_porter", first, "Post 1 ü #box10")
    for n in range(2, 6):
        x.post("ida_lund", f"Post {n} ø #box10")


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.ends and f.name not in ("slow_reader", "ipv6_only")], ids=str)
async def test_a_fault_that_ends_the_connection_ends_it_as_announced(fault: Fault) -> None:
    async with slow_server() as x:
        strike(x, fault)
        async with listening(x, EVERYTHING, a_stall_is_expected=fault.ends == "stalled") as ear:
            if fault.ends != "stalled":
                await x.until(lambda: x.connections or ear.ended)
                post_six(x)
            assert await ended(ear) == fault.ends
        x.clear_faults()
        await hears_again(x)


@pytest.mark.parametrize("fault", [f for f in FAULTS if not f.ends and f.name != "silence"], ids=str)
async def test_a_fault_that_leaves_the_connection_open_lets_later_posts_through(fault: Fault) -> None:
    async with slow_server() as x:
        strike(x, fault)
        async with listening(x, EVERYTHING) as ear:
            await x.until(lambda: x.connections)
            post_six(x)
            await hears_the_last(x, ear)
            assert ear.ended is None


async def hears_the_last(x: XServer, ear: Listener) -> None:
    """Posted again now and then: what is posted while a redirected client is on its way is nobody's to hear."""
    for _ in range(8):
        x.post("jo_nhs", LAST)
        with suppress(TimeoutError):
            await x.until(lambda: any(LAST.encode() in line for line in ear.lines), seconds=2)
            return
    raise AssertionError(f"later posts do not come through: {ear.ended=}, {len(ear.lines)} lines, {x.connections=}")


async def hears_again(x: XServer) -> None:
    """A connection that has just ended may still be counted, so one post may reach nobody."""
    async with listening(x) as ear:
        await x.until(lambda: x.connections)
        await hears_the_last(x, ear)


async def test_silence_brings_heartbeats_and_no_posts() -> None:
    async with XServer(speed=400) as x:
        x.add_rule("#box10")
        x.fault("silence")
        async with listening(x) as ear:
            await x.until(lambda: x.connections)
            post_six(x)
            await x.until(lambda: ear.heartbeats >= 3)
            assert ear.lines == []


async def test_a_reader_who_does_not_read_is_cut_off_as_slow() -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        x.fault("slow_reader")
        async with aiohttp.ClientSession(read_bufsize=1024) as session:
            bearer = {"Authorization": f"Bearer {x.token}"}
            async with session.get(f"{x.url}/2/tweets/search/stream", headers=bearer) as response:
                await x.until(lambda: x.connections)
                for n in range(4000):
                    x.post("jo_nhs", f"{n} {'word ' * 50} #box10", announce=True)
                    if not x.connections:
                        break
                    await asyncio.sleep(0)
                assert response.status == 200
        assert x.site.switchboard.connections[0].reason == "SlowReader"


@needs_ipv6
async def test_on_ipv6_only_the_old_address_refuses_and_the_new_one_serves() -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        x.fault("ipv6_only")
        async with listening(x) as ear:
            assert await ended(ear) == "network"
        async with listening(x, url=x.url_ipv6) as ear:
            await x.until(lambda: x.connections)
            x.post("jo_nhs", LAST)
            await ear.hear(1)
        x.clear_faults()
        await hears_again(x)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("twice", ["0", "0", "1"]),
        ("shuffle", ["4", "3", "2", "1", "0", "5"]),
        ("together", ["0", "1", "2", "3", "4", "5"]),
    ],
)
async def test_posts_arrive_in_the_order_the_fault_makes(name: str, texts: list[str]) -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        async with listening(x) as ear:
            x.fault(name)
            for n in range(6):
                x.post("jo_nhs", f"{n} #box10")
            await ear.hear(len(texts))
            assert [post["data"]["text"][0] for post in ear.posts][: len(texts)] == texts


async def test_an_hour_away_hides_posts_from_the_stream_that_search_still_finds() -> None:
    async with XServer(speed=3600) as x:
        x.add_rule("#box10")
        x.fault("gone", seconds=600, posts=40)
        async with listening(x) as ear:
            assert await ended(ear) == "network"
        await x.until(lambda: not x.site.faults.peek("stream", "gone"))
        async with listening(x) as ear:
            await x.until(lambda: x.connections)
            assert ear.lines == []
        assert len(x.site.world.posts) == 40


async def test_a_fault_strikes_as_often_as_told() -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        x.fault("http", status=503, body="html", times=2)
        statuses = [await status_of_stream(x) for _ in range(3)]
        assert statuses == [503, 503, 200]


async def test_a_fault_aimed_at_search_leaves_the_stream_alone() -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        x.fault("http", status=500, on="search")
        assert await status_of_stream(x) == 200
        assert [fault.on for fault in x.site.faults.active] == ["search"]


async def test_a_rate_refusal_without_reset_header_has_none_of_the_three() -> None:
    async with XServer() as x:
        x.fault("429_rate_without_reset")
        async with listening(x) as ear:
            await ended(ear)
            assert not [name for name in ear.headers if name.lower().startswith("x-rate")]


async def status_of_stream(x: XServer) -> int | None:
    async with listening(x) as ear:
        await x.until(lambda: ear.status is not None)
        return ear.status


async def test_one_byte_segments_carry_the_same_post() -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        x.fault("bytewise")
        async with listening(x) as ear:
            await x.until(lambda: x.connections)
            post = x.post("jo_nhs", "Größe #box10")
            assert (await ear.hear(1))[0]["data"]["id"] == post.id


async def test_a_place_that_is_kept_is_freed_by_an_operator_or_by_time() -> None:
    async with XServer(speed=60) as x:
        x.add_rule("#box10")
        x.fault("slot_kept")
        for free in (lambda: x.site.switchboard.kill(x.connections), lambda: None):
            async with listening(x) as ear:
                await x.until(lambda: x.connections)
            async with listening(x) as ear:
                assert await ended(ear) == "too_many_connections"
            free()
            await x.until(lambda: not x.connections)


async def test_a_reset_is_a_real_one() -> None:
    async with XServer() as x:
        x.add_rule("#box10")
        reader, writer = await asyncio.open_connection("127.0.0.1", int(x.url.rsplit(":", 1)[1]))
        head = ("GET /2/tweets/search/stream HTTP/1.1", "Host: x", f"Authorization: Bearer {x.token}", "", "")
        writer.write("\r\n".join(head).encode())
        await reader.readuntil(b"\r\n\r\n")
        x.fault("reset")
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()


async def test_an_unknown_fault_is_refused_by_name() -> None:
    async with XServer() as x:
        with pytest.raises(ValueError, match="no fault earthquake"):
            x.fault("earthquake")
