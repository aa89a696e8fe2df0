"""Logos and walls' pictures are read, checked and drawn again by us: pixels are all that comes of them.

A logo is cut to what is seen of it, and measured: how light it is. A picture for the wall is calmed twice, for a dark
wall and for a light one: no pixel of what is kept passes the light that letters over it allow for.
"""

import io
import threading
from typing import TYPE_CHECKING

from app.domain.brand import Brand, Ground
from app.domain.brand_picture import Drawn, PictureUse
from app.domain.brand_readings import plate
from app.domain.sentence import Said
from app.outbound.picture_redrawing import MOST_PIXELS, NoPicture, kind_of, redrawn
from app.outbound.svg_drawing import NotDrawn, as_png
from app.outbound.svg_rebuilding import BadDrawing, rebuilt

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_BRAND_FILE = 10 * 1024 * 1024
LOGO_SIDE = 1_200
"""On a wall of 4K a logo is at most 840 pixels wide."""
WALL_SIDE = 1_920
PLATE = "#17282b"
"""As dark as print is."""
TAKEN = ("image/png", "image/jpeg", "image/webp")
_DRAWING = threading.Semaphore(2)
"""Each may take a hundred megabytes for a moment."""


class BadPicture(Said):
    """It cannot be a logo or a picture of a wall; the sentence says why and what to do."""


def draw_logo(content: bytes, *, longest: int = LOGO_SIDE) -> Drawn:
    """A logo as pixels, without what is empty around it. Raises BadPicture."""
    from app.outbound.picture_calming import kept, lights_of, opened_again  # noqa: PLC0415 - numpy: no start needs it

    with _DRAWING:
        drawn = opened_again(_pixels(content, longest) if _is_drawing(content) else _checked(content)).convert("RGBA")
        box = drawn.getchannel("A").point(lambda alpha: 255 if alpha > 8 else 0).getbbox()
        if box is None:
            raise BadPicture("Nothing of the logo can be seen.")
        drawn = drawn.crop(box)
        if max(drawn.size) > 20 * min(drawn.size):
            raise BadPicture("The logo is more than %(most)d times as long as it is wide.", most=20)
        drawn.thumbnail((longest, longest))
        darkest, lightest = lights_of(drawn)
        # Every phone loads it with its first page: a quarter of what a PNG of the same pixels takes.
        return kept(drawn, "WEBP", lossless=True, darkest=darkest, lightest=lightest)


def draw_logo_on_paper(content: bytes, *, longest: int) -> Drawn:
    """A logo that is seen on white: one that is too light for that stands on a dark plate. Raises BadPicture."""
    from PIL import Image  # noqa: PLC0415 - a tenth of a second that most commands need not wait

    from app.outbound.picture_calming import kept, opened_again  # noqa: PLC0415 - the same

    drawn = draw_logo(content, longest=longest)
    if plate(Brand().hung(PictureUse.LOGO, drawn), ["#ffffff"]) != Ground.DARK:
        return drawn
    logo = opened_again(drawn.content).convert("RGBA")
    around = max(logo.size) // 10
    whole = Image.new("RGBA", (logo.width + 2 * around, logo.height + 2 * around), PLATE)
    whole.alpha_composite(logo, (around, around))
    whole.thumbnail((longest, longest))
    return kept(whole, "WEBP", lossless=True)


def draw_wall(content: bytes) -> dict[PictureUse, Drawn]:
    """A picture for the wall, as it is and calmed. Raises BadPicture."""
    from app.outbound.picture_calming import calmed, kept, opened_again  # noqa: PLC0415 - the same

    with _DRAWING:
        picture = _flat(opened_again(_pixels(content, WALL_SIDE) if _is_drawing(content) else _checked(content)))
        picture.thumbnail((WALL_SIDE, WALL_SIDE))
        return {
            PictureUse.PICTURE: kept(picture, "JPEG", quality=88),
            PictureUse.PICTURE_DARK: calmed(picture, light=False),
            PictureUse.PICTURE_LIGHT: calmed(picture, light=True),
        }


def _is_drawing(content: bytes) -> bool:
    return content[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<"))


def _pixels(content: bytes, side: int) -> bytes:
    try:
        drawing, ratio = rebuilt(content)
    except BadDrawing as error:
        raise BadPicture(error.sentence) from None
    wide, high = (side, side / ratio) if ratio >= 1 else (side * ratio, side)
    try:
        return as_png(drawing, max(1, round(wide)), max(1, round(high)))
    except NotDrawn:
        raise BadPicture("The drawing has too much in it. Export it as PNG.") from None


def _checked(content: bytes) -> bytes:
    """A picture of a kind that is taken, still and not too large, drawn again."""
    from PIL import Image  # noqa: PLC0415 - a tenth of a second that most commands need not wait

    if len(content) > LARGEST_BRAND_FILE:
        raise BadPicture("The file is too large: at most %(most)d MB.", most=LARGEST_BRAND_FILE >> 20)
    try:
        kind = kind_of(content)
        if kind not in TAKEN:
            raise NoPicture("another kind")  # noqa: TRY301 - said below
        with Image.open(io.BytesIO(content), formats=[kind.removeprefix("image/").upper()]) as opened:
            too_many, moves = opened.width * opened.height > MOST_PIXELS, getattr(opened, "n_frames", 1) > 1
    except NoPicture:
        raise BadPicture("This is no picture that we take. Choose a PNG, JPEG, WebP or SVG.") from None
    except Image.DecompressionBombError:
        too_many, moves = True, False
    except Exception:  # noqa: BLE001 - whatever a decoder stumbles over is no picture
        raise BadPicture("The picture cannot be read. Save it again as PNG.") from None
    if too_many:
        raise BadPicture("The picture has too many pixels: at most %(most)d million.", most=MOST_PIXELS // 1_000_000)
    if moves:
        raise BadPicture("The picture moves. Choose a still one.")
    try:
        return redrawn(content).content
    except NoPicture:
        raise BadPicture("The picture cannot be read. Save it again as PNG.") from None


def _flat(picture: "Image") -> "Image":
    """Without holes: what is clear becomes grey."""
    from PIL import Image  # noqa: PLC0415

    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "#808080")
    return Image.alpha_composite(ground, clear).convert("RGB")
