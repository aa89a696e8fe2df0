"""Pictures that a form or a program brings for an event's look."""

import asyncio
from collections.abc import Callable
from hashlib import sha256

from fastapi import UploadFile

from app.actions.brand import Pictures
from app.domain.brand_picture import Drawn, PictureUse
from app.outbound.brand_pictures import LARGEST_BRAND_FILE, draw_logo, draw_wall

KEPT_DRAWN = 6
Draw = Callable[[bytes], dict[PictureUse, Drawn]]
_NEWEST: dict[tuple[Draw, bytes], dict[PictureUse, Drawn]] = {}
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
        pictures |= await _once(_logo, logo) if logo else {PictureUse.LOGO: None}
    if picture is not None:
        pictures |= await _once(draw_wall, picture) if picture else TAKEN_AWAY
    return pictures


async def _once(draw: Draw, content: bytes) -> dict[PictureUse, Drawn]:
    """A look is tried many times with the same files: the newest few stay drawn."""
    named = draw, sha256(content).digest()
    if named not in _NEWEST:
        _NEWEST[named] = await asyncio.to_thread(draw, content)
        while len(_NEWEST) > KEPT_DRAWN:
            del _NEWEST[next(iter(_NEWEST))]
    return _NEWEST[named]


def _logo(content: bytes) -> dict[PictureUse, Drawn]:
    return {PictureUse.LOGO: draw_logo(content)}
