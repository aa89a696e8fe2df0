"""An export as a whole, where it is not long."""

from app.domain.network import Networks
from app.files.event_formats import FORMATS
from app.files.event_reading import begin_reading
from app.store.doors import Backchannel


async def exported(doors: Backchannel, event_id: int, kind: str, networks: Networks, *, unshared: bool = False) -> str:
    reading = await begin_reading(doors.ask, event_id, unshared=unshared)
    return "".join([piece async for piece in FORMATS[kind](reading, networks)])
