"""What the invented conference looks like: drawn by us, taken in as an organiser's own files would be."""

from functools import cache
from pathlib import Path
from typing import Any

from app.domain.brand_picture import PictureUse
from app.outbound.brand_pictures import draw_logo, draw_wall

FOLDER = Path(__file__).resolve().parent / "brand"


@cache
def brand() -> dict[str, Any]:
    return {
        "accent": "#ff8a5b",
        "wall": "dark",
        "ground": "#12304a",
        "invitation": "Every voice counts: ask, vote and post",
        "pictures": {
            PictureUse.LOGO: draw_logo((FOLDER / "logo.svg").read_bytes()),
            **draw_wall((FOLDER / "wall.svg").read_bytes()),
        },
    }
