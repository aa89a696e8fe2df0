"""What was erased leaves the pictures on disk and the database's file, after its rows have gone."""

import asyncio
from datetime import datetime

from app.actions.erasures import note_swept
from app.outbound.pictures import Pictures
from app.queries.erasures import unswept
from app.queries.pictures import pictures_among
from app.store.doors import Backchannel


async def sweep_up(backchannel: Backchannel, pictures: Pictures, *, at: datetime) -> bool:
    """Leave no byte of what was erased. False if the file is in use; it is tried again until it is not."""
    ids = await backchannel.ask(unswept)
    if not ids:
        return True
    await forget_unnamed(pictures, backchannel)
    swept = await backchannel.sweep()
    if swept:
        await backchannel.do(note_swept, ids, at=at)
    return swept


async def forget_unnamed(pictures: Pictures, backchannel: Backchannel) -> None:
    """Delete what lies in the cache of pictures and is named by nothing."""
    kept = await asyncio.to_thread(pictures.kept)
    named = await backchannel.ask(pictures_among, kept)
    unnamed = [key for key in kept if key not in named and not key.endswith(".part")]
    await asyncio.to_thread(pictures.forget, unnamed)
