"""Logos and pictures of walls: only pixels come of them, and letters over them can be read."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.domain.brand import Brand
from app.domain.brand_palette import DARK_PIXEL, LIGHT_PIXEL, palette
from app.domain.brand_picture import PictureUse
from app.domain.brand_readings import plate
from app.domain.colour import contrast
from app.outbound.brand_pictures import BadPicture, draw_logo, draw_wall

SECRET = b"<script>alert(document.domain)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 20"><circle cx="10" cy="10" r="9" fill="#fff"/><path d="M40 2h150v16h-150z" fill="white"/></svg>'


def written(picture: Image.Image, kind: str, **more: object) -> bytes:
    to = io.BytesIO()
    picture.save(to, kind, **more)
    return to.getvalue()


def mark(colour: object, size: tuple[int, int] = (300, 120), kind: str = "PNG") -> bytes:
    """A disc in a wide field of nothing."""
    made = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(made).ellipse((10, 10, size[1] - 10, size[1] - 10), fill=colour)  # type: ignore[arg-type]
    return written(made, kind)


def png_of(width: int, height: int) -> bytes:
    """The head of a picture that is said to be so large, and a byte of it."""

    def chunk(name: bytes, told: bytes) -> bytes:
        return struct.pack(">I", len(told)) + name + told + struct.pack(">I", zlib.crc32(name + told))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    return written(frames[0], kind, save_all=True, append_images=frames[1:], duration=40)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_logo_is_cut_to_what_is_seen_of_it_and_drawn_again(kind: str) -> None:
    found = draw_logo(mark("#e6007e", kind=kind) + SECRET + b"PK\x03\x04")
    assert (found.kind, found.width, found.height) == ("image/webp", 101, 101)
    assert SECRET not in found.content
    assert found.key == draw_logo(mark("#e6007e", kind=kind)).key


def test_a_drawing_becomes_pixels_as_wide_as_a_wall_needs() -> None:
    found = draw_logo(SVG)
    assert (found.kind, found.width > 1_100) == ("image/webp", True)
    assert found.width / found.height > 9
    assert b"svg" not in found.content
    assert found.darkest > 900


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (png_of(10_000, 5_000), "too many pixels"),
        (png_of(60_000, 60_000), "too many pixels"),
        (moving("PNG"), "moves"),
        (moving("WEBP"), "moves"),
        (moving("GIF"), "no picture that we take"),
        (written(Image.new("RGB", (9, 9)), "AVIF"), "no picture that we take"),
        (png_of(40, 40), "cannot be read"),
        (b"", "no picture that we take"),
        (b"%PDF-1.7 " + SECRET, "no picture that we take"),
        (SECRET, "cannot be read"),
        (b"<svg", "cannot be read"),
        (SVG.replace(b"<circle", b"<image/><circle"), "a picture inside it"),
        (mark((0, 0, 0, 0)), "Nothing of the logo"),
        (written(Image.new("RGB", (900, 9)), "PNG"), "as long as it is wide"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (10 << 20), "too large"),
    ],
)
def test_what_can_be_no_logo_is_refused_with_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(BadPicture, match=said):
        draw_logo(content)


@pytest.mark.parametrize(
    ("colour", "dark", "light"),
    [
        ("white", "", "dark"),
        ("black", "light", ""),
        ("#e6ff00", "", "dark"),
        ("#101018", "light", ""),
        ("#e6007e", "", ""),
    ],
)
def test_a_logo_that_would_vanish_has_a_plate_behind_it(colour: str, dark: str, light: str) -> None:
    drawn = draw_logo(mark(colour))
    brand = Brand().hung(PictureUse.LOGO, drawn)
    for wall, wanted in (("dark", dark), ("light", light)):
        tokens = palette("#006969", wall).always
        assert plate(brand, [tokens["wall-ground"], tokens["wall-ground-lit"]]) == wanted
    whole = Brand().hung(PictureUse.LOGO, draw_logo(written(Image.new("RGB", (90, 40), colour), "PNG")))
    assert plate(whole, ["#000000"]) == plate(whole, ["#ffffff"]) == ""


def noise(seed: int, low: int, high: int) -> Image.Image:
    """Light and dark side by side, as in faces before a window."""
    made = Image.new("RGB", (240, 160))
    made.putdata([
        tuple(low + (seed * 7919 + at * step * 104_729 // 13) % (high - low + 1) for step in (1, 3, 7)) for at in range(240 * 160)
    ])  # fmt: skip
    return made


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 999), st.integers(0, 255), st.integers(0, 255), st.sampled_from(["PNG", "JPEG", "WEBP"]))
def test_letters_on_every_pixel_of_a_calmed_picture_can_be_read(seed: int, one: int, other: int, kind: str) -> None:
    found = draw_wall(written(noise(seed, min(one, other), max(one, other)), kind))
    assert set(found) == {PictureUse.PICTURE, PictureUse.PICTURE_DARK, PictureUse.PICTURE_LIGHT}
    for use, wall, pixel in (
        (PictureUse.PICTURE_DARK, "dark", DARK_PIXEL),
        (PictureUse.PICTURE_LIGHT, "light", LIGHT_PIXEL),
    ):
        tokens = palette("#e6007e", wall, pictured=True).always
        seen = Image.open(io.BytesIO(found[use].content)).convert("RGB").getcolors(1 << 20) or []
        colours = ["#{:02x}{:02x}{:02x}".format(*colour) for _, colour in seen]  # type: ignore[misc]
        worst = min(colours, key=lambda colour: contrast(colour, tokens["wall-ink"]))
        for ink in ("wall-ink", "wall-ink-soft", "wall-ink-faint", "wall-accent"):
            assert contrast(tokens[ink], worst) >= 4.5
            assert contrast(tokens[ink], pixel) >= 4.5


def test_a_calmed_picture_still_shows_what_it_is_of() -> None:
    """Dark and light stay apart: a photograph, no grey sheet."""
    picture = Image.new("RGB", (400, 200), "#101010")
    picture.paste("#f0e0d0", (200, 0, 400, 200))
    found = draw_wall(written(picture, "PNG"))
    for use in (PictureUse.PICTURE_DARK, PictureUse.PICTURE_LIGHT):
        calm = Image.open(io.BytesIO(found[use].content)).convert("L")
        assert abs(calm.getpixel((40, 100)) - calm.getpixel((360, 100))) > 30  # type: ignore[operator]


def test_a_drawing_can_stand_behind_a_wall_too() -> None:
    assert draw_wall(SVG)[PictureUse.PICTURE].width == 1_920
    with pytest.raises(BadPicture, match="a picture inside it"):
        draw_wall(SVG.replace(b"<circle", b"<image/><circle"))
