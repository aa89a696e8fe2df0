"""Pictures for the look of an event, drawn here."""

import io

from PIL import Image, ImageDraw

LOGO_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80"><path d="M10 70V35L60 8l50 27v35z" fill="#e6007e"/></svg>'


def as_png(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def logo_png(colour: str = "white", size: tuple[int, int] = (200, 60)) -> bytes:
    """A disc with nothing around it."""
    made = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(made).ellipse((10, 10, size[0] - 10, size[1] - 10), fill=colour)
    return as_png(made)


def hall_png() -> bytes:
    """A hall: a bright window, and people in the dark before it."""
    made = Image.new("RGB", (320, 180), "#f4f0e8")
    ImageDraw.Draw(made).rectangle((0, 120, 320, 180), fill="#201810")
    return as_png(made)
