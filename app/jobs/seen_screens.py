"""When each screen answered last: those that follow, in this process, are noted now and then."""

import asyncio

from app.actions.screens import note_screens
from app.jobs.job import Job
from app.queries.links import screens_unseen
from app.views.context import Context
from app.views.view import screen_of

SCREENS_LOOK = 10.0


async def note_all(context: Context) -> None:
    """What all processes say of who follows; whichever looks first writes it down."""
    present = await context.bus.present()
    here = {screen for key, number in present.items() if number and (screen := screen_of(key.partition("/")[2]))}
    late = await context.backchannel.ask(screens_unseen, here, context.now()) if here else set()
    if late:
        await context.backchannel.do(note_screens, late, at=context.now())


async def _keep_noting(context: Context) -> None:
    while True:
        await note_all(context)
        await asyncio.sleep(SCREENS_LOOK)


SEEN_SCREENS = Job("seen screens", _keep_noting)
