"""`backchannel demo`: the whole program on a database of its own, with the invented conference in it."""

import asyncio
import shutil
import sys

from app.actions.access import give_link
from app.demo.playing import make_demo, open_the_doors, play_for_ever
from app.domain.event import Role
from app.jobs import Job
from app.serving import serve
from app.settings import Settings
from app.views.context import Context
from app.views.role_links import link_url


def serve_demo(settings: Settings, *, host: str, port: int) -> None:
    """Serve the demo. It begins afresh each time and touches nothing that is real."""
    folder = settings.data_dir / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    own = settings.model_copy(
        update={"data_dir": folder, "database_url": "", "bus_url": "memory://", "log_level": "warning"}
    )
    serve(own, host=host, port=port, jobs=(Job("demo", _run),))


async def _run(context: Context) -> None:
    event = await make_demo(context.backchannel, at=context.now())
    await open_the_doors(context.backchannel, event.id, now=context.now)
    links = {
        role: await context.backchannel.do(give_link, event.id, role, at=context.now(), label=label)
        for role, label in (
            (Role.OWNER, "Organiser"),
            (Role.MODERATOR, "Moderator"),
            (Role.SPEAKER, "Speaker"),
            (Role.SCREEN, "Projector"),
        )
    }
    base = context.settings.public_url
    lines = [
        f"{event.name}: a sample conference is running. Open these side by side:",
        "",
        f"  desk   {link_url(base, event.slug, links[Role.MODERATOR])}",
        f"  wall   {link_url(base, event.slug, links[Role.SCREEN])}",
        f"  stage  {link_url(base, event.slug, links[Role.SPEAKER])}",
        f"  floor  {base}/e/{event.slug}",
        "",
        f"  and for the organiser: {link_url(base, event.slug, links[Role.OWNER])}",
        "",
        "On the desk: a approves, r rejects, q makes a question, z takes back, ? shows all keys. Ctrl+C stops.",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    await play_for_ever(context.backchannel, event.id, now=context.now, sleep=asyncio.sleep)
