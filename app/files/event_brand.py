"""What an Event looks like, as a file has it and as programs give and take it: with its pictures in it."""

import base64
from collections.abc import Mapping

from app.domain.brand import Brand
from app.domain.brand_picture import BrandPicture, PictureUse
from app.domain.event import Event


def brand_told(event: Event, pictures: Mapping[str, BrandPicture]) -> dict[str, str]:
    """Everything that another event needs to look the same."""
    brand = Brand.from_json(event.brand)
    return {
        "accent": event.accent,
        "wall": brand.wall,
        "ground": brand.ground,
        "invitation": brand.invitation,
        "logo": _as_data(pictures.get(PictureUse.LOGO)),
        "picture": _as_data(pictures.get(PictureUse.PICTURE)),
    }


def _as_data(picture: BrandPicture | None) -> str:
    return f"data:{picture.kind};base64,{base64.b64encode(picture.content).decode()}" if picture else ""
