"""Pictures that a form or a program brings for an event's look."""

import asyncio

from fastapi import UploadFile

from app.actions.brand import Pictures
from app.domain.brand_picture import Drawn, PictureUse
from app.outbound.brand_pictures import LARGEST_BRAND_FILE, draw_logo, draw_wall

TAKEN_AWAY: Pictures = dict.fromkeys((PictureUse.PICTURE, PictureUse.PICTURE_DARK, PictureUse.PICTURE_LIGHT))


async def file_in(file: UploadFile | None) -> bytes | None:
    """What was chosen in a form; None for nothing. One byte more than may be is read, so that it is told."""
    if file is None or not file.filename:
        return None
    return await file.read(LARGEST_BRAND_FILE + 1) or b"-"


async def drawn(*, logo: bytes | None, picture: bytes | None) -> dict[PictureUse, Drawn | None]:
    """What changes with these files: nothing for None, taken away for an empty one. Raises BadPicture."""
    pictures: dict[PictureUse, Drawn | None] = {}
    if logo is not None:
        pictures[PictureUse.LOGO] = await asyncio.to_thread(draw_logo, logo) if logo else None
    if picture is not None:
        pictures |= await asyncio.to_thread(draw_wall, picture) if picture else TAKEN_AWAY
    return pictures
