"""Whatever a picture of somebody else's carries besides a picture stays outside."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from app.outbound.picture_redrawing import LONGEST_SIDE, NoPicture, kind_of, redrawn

SECRET = b"<script>alert(document.domain)</script>"


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    made = Image.new(mode, size)
    made.putdata([(x * 5 % 256, x * 7 % 256, x * 11 % 256, x % 256)[: len(mode)] for x in range(size[0] * size[1])])
    written = io.BytesIO()
    made.save(written, kind, **more)
    return written.getvalue()


def drawn(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(redrawn(content).content))


KINDS = ["PNG", "JPEG", "GIF", "WEBP", "AVIF"]


def exif() -> bytes:
    told = Image.Exif()
    told[0x010E] = SECRET.decode()
    told.get_ifd(0x8825)[1] = "N"
    told.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return told.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_stays_a_picture(kind: str) -> None:
    found = redrawn(picture(kind))
    assert found.kind == kind_of(found.content)
    assert drawn(picture(kind)).size == (40, 30)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else_comes_with_it(kind: str) -> None:
    """Behind its end, in its comments, in what it says of the camera and the place."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    more: dict[str, object] = {"PNG": {"pnginfo": info}, "GIF": {"comment": SECRET}}.get(kind, {"exif": exif()})
    if kind in {"JPEG", "PNG", "WEBP"}:
        more["icc_profile"] = SECRET * 20
    for content in (picture(kind, **more), picture(kind) + SECRET, picture(kind) + b"PK\x03\x04" + SECRET):
        found = redrawn(content).content
        assert SECRET not in found
        assert b"PK\x03\x04" not in found
        assert {"exif", "icc_profile", "comment", "Comment"} & drawn(content).info.keys() == set()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_lies_on_its_side_is_put_upright(kind: str) -> None:
    told = Image.Exif()
    told[0x0112] = 6
    assert drawn(picture(kind, exif=told.tobytes())).size == (30, 40)


def test_what_moves_stands_still() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=100)
    assert getattr(drawn(written.getvalue()), "n_frames", 1) == 1


def test_what_is_clear_stays_clear_and_what_is_large_gets_smaller() -> None:
    assert drawn(picture("PNG", mode="RGBA")).mode == "RGBA"
    assert max(drawn(picture("JPEG", (LONGEST_SIDE + 400, 300))).size) == LONGEST_SIDE


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "content",
    [bomb(6_000), bomb(60_000), bomb(2**31 - 1), b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", b"", b"GIF89a",
     b"\xff\xd8\xff" + SECRET, b"\x89PNG\r\n\x1a\n" + SECRET, b"RIFF\0\0\0\0WEBP" + SECRET, picture("PNG")[:60],
     b"%!PS-Adobe EPSF", picture("JPEG")[:200], b"\0\0\0\x20ftypavif" + SECRET],
)  # fmt: skip
def test_what_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture):
        redrawn(content)


@settings(max_examples=60)
@given(st.sampled_from(KINDS), st.data())
def test_damage_is_refused_or_drawn_and_never_an_error_of_ours(kind: str, data: st.DataObject) -> None:
    content = bytearray(PICTURES[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert redrawn(bytes(content)).kind in {"image/png", "image/jpeg"}
    except NoPicture:
        return


PICTURES = {kind: picture(kind) for kind in KINDS}
