"""`backchannel demo`: the whole program on a database of its own, with the invented conference in it."""

import asyncio
import fcntl
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from app.actions.home_links import give_home_link
from app.actions.links import give_link
from app.demo.playing import HOST, make_demo, open_the_doors, play_for_ever
from app.demo.presenting import hang_screens, present_for_ever, thank_sponsors
from app.demo.weekly_chat import make_series, written
from app.domain.access import Role
from app.jobs.job import Job
from app.serving import serve
from app.settings import Settings
from app.views.context import Context
from app.views.link_urls import home_url, link_url


@contextmanager
def own_folder(data_dir: Path) -> Iterator[Path]:
    """A folder for one demo, emptied; another that runs has its own, and nobody's files are deleted under them."""
    data_dir.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        folder = data_dir / ("demo" if number == 1 else f"demo-{number}")
        with folder.with_suffix(".lock").open("ab") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(folder, ignore_errors=True)
            yield folder
            return


def demo_settings(settings: Settings, folder: Path) -> Settings:
    """The demo begins afresh each time and touches nothing that is real; the pages it links to are invented."""
    return settings.model_copy(
        update={
            "data_dir": folder,
            "database_url": "",
            "bus_url": "memory://",
            "log_level": "warning",
            "link_titles": False,
        }
    )


def serve_demo(settings: Settings, listening: socket.socket) -> None:
    serve(settings, listening, jobs=(Job("demo", _run),))


async def _run(context: Context) -> None:
    event = await make_demo(context.backchannel, at=context.now())
    await open_the_doors(context.backchannel, event.id, now=context.now)
    await thank_sponsors(context.backchannel, event.id, now=context.now)
    links = {
        role: await context.backchannel.do(give_link, event.id, role, by=HOST, at=context.now(), label=label)
        for role, label in (
            (Role.OWNER, "Organiser"),
            (Role.MODERATOR, "Moderator"),
            (Role.SPEAKER, "Speaker"),
            (Role.SCREEN, "Projector"),
        )
    }
    await hang_screens(context.backchannel, event.id, now=context.now)
    base, beside = context.settings.public_url, written()
    lines = [
        f"{event.name}: a sample conference is running. Open these side by side:",
        "",
        f"  desk   {link_url(base, event.slug, links[Role.MODERATOR])}",
        f"  wall   {link_url(base, event.slug, links[Role.SCREEN])}",
        f"  stage  {link_url(base, event.slug, links[Role.SPEAKER])}",
        f"  floor  {base}/e/{event.slug}",
        "",
        f"  all events, and new ones: {home_url(base, await context.backchannel.do(give_home_link, at=context.now()))}",
        f"  and for the organiser: {link_url(base, event.slug, links[Role.OWNER])}",
        f"  on the chair's phone:  {link_url(base, event.slug, links[Role.MODERATOR], '/remote')}",
        f"  what was shared:       {base}/e/{event.slug}/links",
        f"  for who was away:      {base}/e/{event.slug}/missed",
        f"  a chat every week:     {base}/s/{beside['chat']['slug']}",
        f"  a meet with cake:      {base}/s/{beside['meet']['slug']}",
        "",
        "On the desk: a approves, r rejects, q makes a question, z takes back, ? shows all keys. Ctrl+C stops.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    doors, now = context.backchannel, context.now
    await asyncio.gather(
        make_series(doors, at=now()),
        play_for_ever(doors, event.id, now=now, sleep=asyncio.sleep),
        present_for_ever(doors, event.id, now=now, sleep=asyncio.sleep),
    )
