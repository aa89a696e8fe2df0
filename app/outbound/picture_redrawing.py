"""A picture of somebody else's is read, and drawn again: what leaves here are our own bytes, and nothing but a picture.

So no file gets through that is a picture and something else besides, no place where a photo was taken, no animation,
and nothing that is small on the wire and fills the memory.
"""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2_048
"""Pixels of what is drawn: a wall shows no more."""
SHARP = 512
"""Up to this side a picture that was kept without loss, such as an avatar or a chart, still is."""
QUALITY = 88

KINDS: tuple[tuple[str, str, Callable[[bytes], bool]], ...] = (
    ("image/png", "PNG", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", "JPEG", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("image/gif", "GIF", lambda head: head[:6] in {b"GIF87a", b"GIF89a"}),
    ("image/webp", "WEBP", lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    ("image/avif", "AVIF", lambda head: head[4:12] in {b"ftypavif", b"ftypavis"}),
)


class NoPicture(Exception):
    """It cannot be had, or may not be shown; the sentence is for the log."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A picture's bytes, and what kind they are by their own first bytes."""

    kind: str
    content: bytes
    digest: str = ""
    """Of the bytes that were fetched, before they were drawn again; '' for what is of the program itself."""
    anew: bool = False
    """It has just come from the other server."""


def kind_of(content: bytes) -> str:
    """What a picture is by its first bytes. Raises NoPicture for anything else, SVG included: it can run scripts."""
    return _known(content)[0]


def _known(content: bytes) -> tuple[str, str]:
    found = next(((kind, name) for kind, name, fits in KINDS if fits(content)), None)
    if found is None:
        raise NoPicture("it is not a picture of a kind that we show")
    return found


def redrawn(content: bytes, *, longest: int = LONGEST_SIDE) -> Fetched:
    """The same picture in bytes of our own: upright, still, no larger than is shown. Raises NoPicture."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - a tenth of a second that most commands need not wait

    _, name = _known(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=[name]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NoPicture("it has too many pixels")  # noqa: TRY301 - nothing is decoded by then
                opened.draft(None, (longest, longest))
                opened.load()
                upright = ImageOps.exif_transpose(opened)
                clear = upright.has_transparency_data
                drawn = upright.convert("RGBA" if clear else "RGB")
    except NoPicture:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a decoder stumbles over is no picture
        raise NoPicture(f"it cannot be read: {type(error).__name__}") from None
    drawn.thumbnail((longest, longest))
    # Only pixels come along: everything else that a file can carry hangs on `info`.
    drawn.info = {}
    written = io.BytesIO()
    if clear or (name != "JPEG" and max(drawn.size) <= SHARP):
        drawn.save(written, "PNG")
        return Fetched("image/png", written.getvalue())
    drawn.save(written, "JPEG", quality=QUALITY)
    return Fetched("image/jpeg", written.getvalue())
