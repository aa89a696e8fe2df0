"""Two processes on one PostgreSQL and one Redis: each, and both servers, may go away without taking anything along."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
from websockets.sync.client import ClientConnection, connect

from app.domain.access import Role
from app.domain.lease import READING
from app.domain.verdict import Unread
from app.queries.events import event_by_slug
from app.queries.leases import holder
from app.queries.posts import post_by_id, shown_ids
from tests.pages import Page
from tests.running import ProcessServer
from tests.two_processes import Phone, Site, phones, site
from tests.until import PATIENCE, until_now

__all__ = ["phones", "site"]


def converge(phones: list[Phone]) -> None:
    """Every screen is what a fresh page is."""
    until_now(lambda: all(phone.is_a_fresh_page() for phone in phones))


def test_what_is_approved_at_one_is_on_the_screens_of_the_other_at_once(site: Site, phones: list[Phone]) -> None:
    here, other = site.processes
    heard = bells(other)
    with httpx2.Client(verify=False, timeout=10) as client:
        for _ in range(12):
            post_id = site.arrives()
            assert site.approve(client, here, post_id)
            phones[1].shows(post_id)
    # Not by looking every second, but by a bell for every approval: `bench/scale.py` says how long that takes.
    assert bells(other) >= heard + 12
    converge(phones)


def bells(process: ProcessServer) -> int:
    """How many bells a process has heard."""
    told = httpx2.get(f"{process.url}/metrics", verify=False, timeout=PATIENCE).text
    return int(
        next(line.split()[1] for line in told.splitlines() if line.startswith("backchannel_bells_total ")).partition(
            "."
        )[0]
    )


def test_a_scene_is_on_the_walls_of_both_at_once_and_what_is_over_leaves_after_a_restart(site: Site) -> None:
    key = {"Authorization": f"Bearer {site.links[Role.MODERATOR].token}"}
    here, _ = site.processes
    with ExitStack() as opened, httpx2.Client(base_url=here.url, headers=key, timeout=10) as desk:
        walls = [opened.enter_context(wall_of(site, process)) for process in site.processes]
        for scene in ("join", "holding", "join"):
            desk.put("/api/v1/event/scene", json={"scene": scene})
            for wall in walls:
                while f'data-scene="{scene}"' not in str(json.loads(wall.recv(timeout=PATIENCE)).get("content")):
                    pass
        until = datetime.now(UTC) + timedelta(seconds=1)
        desk.put("/api/v1/event/announcement", json={"text": "Lunch", "until": until.isoformat(), "whole": True})
    for process in site.processes:
        process.kill()
    until_now(lambda: datetime.now(UTC) > until)
    for process in site.processes:
        process.start()
    with httpx2.Client(base_url=here.url, headers=key, timeout=10) as desk:
        until_now(lambda: desk.get("/api/v1/event/scene").json()["scene"] == "join")
        desk.put("/api/v1/event/scene", json={"scene": None})


@contextmanager
def wall_of(site: Site, process: ProcessServer) -> Iterator[ClientConnection]:
    """The socket of a wall at one of the processes."""
    with httpx2.Client(base_url=process.url, follow_redirects=True, timeout=10) as browser:
        page = Page.load(browser.get(f"/e/box10/wall?key={site.links[Role.SCREEN].token}").text)
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    url = f"{process.url.replace('http', 'ws')}/live/box10/wall?after={page.cursor}"
    with connect(url, origin=process.url, additional_headers={"Cookie": cookies}) as socket:  # type: ignore[arg-type]
        yield socket


def keep_approving(site: Site, stop: threading.Event, acknowledged: list[int]) -> None:
    """A moderator at work: whichever process answers."""
    with httpx2.Client(verify=False, timeout=4) as client:
        while not stop.is_set():
            with suppress(Exception):
                post_id = site.arrives()
                if any(site.approve(client, process, post_id) for process in site.processes):
                    acknowledged.append(post_id)
            stop.wait(0.05)


def while_working(site: Site, trouble: Callable[[list[int]], None]) -> list[int]:
    """The posts whose approval was acknowledged before, during and after a trouble, which sees how it goes on."""
    stop: threading.Event = threading.Event()
    acknowledged: list[int] = []
    worker = threading.Thread(target=keep_approving, args=(site, stop, acknowledged))
    worker.start()
    try:
        goes_on(acknowledged)
        trouble(acknowledged)
        goes_on(acknowledged)
    finally:
        stop.set()
        worker.join(20)
    return acknowledged


def goes_on(acknowledged: list[int]) -> None:
    """Ten more are approved."""
    wanted = len(acknowledged) + 10
    until_now(lambda: len(acknowledged) >= wanted)


def nothing_is_lost(site: Site, acknowledged: list[int], phones: list[Phone]) -> None:
    shown = set(site.ask(shown_ids, site.event, 10_000))
    assert set(acknowledged) <= shown
    assert all(site.ask(post_by_id, post_id).verdict == "approved" for post_id in acknowledged)
    for phone in phones:
        phone.shows(acknowledged[-1])
    converge(phones)


def is_up(process: ProcessServer) -> bool:
    return httpx2.get(f"{process.url}/up", verify=False, timeout=PATIENCE).status_code == 200


def test_killing_one_process_loses_nothing(site: Site, phones: list[Phone]) -> None:
    def kill(acknowledged: list[int]) -> None:
        site.processes[0].kill()
        goes_on(acknowledged)
        site.processes[0].start()

    nothing_is_lost(site, while_working(site, kill), phones)


def test_a_while_without_redis_loses_nothing(site: Site, phones: list[Phone]) -> None:
    def without_redis(acknowledged: list[int]) -> None:
        site.redis.stop()
        goes_on(acknowledged)
        site.redis.start()

    nothing_is_lost(site, while_working(site, without_redis), phones)


def test_a_while_without_postgresql_loses_nothing(site: Site, phones: list[Phone]) -> None:
    def without_postgresql(_acknowledged: list[int]) -> None:
        site.postgres.stop()
        # Until both know it: what is sent meanwhile is not acknowledged.
        until_now(lambda: not any(is_up(process) for process in site.processes))
        site.postgres.start()

    nothing_is_lost(site, while_working(site, without_postgresql), phones)
    # The processes are the same ones: none was ended by it.
    assert [process.is_running() for process in site.processes] == [True, True]


def reads(site: Site, process: ProcessServer) -> bool:
    """Whether it is the one that reads for all."""
    return process.is_running() and f":{process.pid}:" in site.ask(lambda db: holder(db, READING, at=datetime.now(UTC)))


def children(process: ProcessServer) -> list[str]:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]


def test_one_process_reads_for_all_and_where_it_is_killed_the_other_does(site: Site) -> None:
    for process in site.processes:
        process.start_with(READER="true")
    until_now(lambda: site.ask(event_by_slug, "box10").has_reader)
    [here] = [process for process in site.processes if reads(site, process)]
    [other] = [process for process in site.processes if process is not here]
    assert (len(children(here)), children(other)) == (1, [])

    here.kill()
    post_id = site.arrives()
    until_now(lambda: site.ask(post_by_id, post_id).unread is Unread.NO)
    assert reads(site, other)
    assert site.ask(post_by_id, post_id).found

    here.start()
    again = site.arrives()
    until_now(lambda: site.ask(post_by_id, again).unread is Unread.NO)
    assert (reads(site, other), children(here)) == (True, [])
