"""The light of pictures: measured, and brought within what letters over them allow for. Counted in linear light."""

import io
from typing import TYPE_CHECKING, Any

import numpy

from app.domain.brand_palette import DARKEST_ON_LIGHT, LIGHTEST_ON_DARK
from app.domain.brand_picture import Drawn

if TYPE_CHECKING:
    from PIL.Image import Image

CALM_QUALITY = 84
VEIL_STEPS = 16_383


def opened_again(content: bytes) -> "Image":
    from PIL import Image  # noqa: PLC0415 - a tenth of a second that most commands need not wait

    opened = Image.open(io.BytesIO(content))
    opened.load()
    return opened


def kept(picture: "Image", kind: str, *, darkest: int = 0, lightest: int = 0, **how: Any) -> Drawn:
    """A picture as bytes that hold nothing else."""
    written = io.BytesIO()
    picture.info = {}
    picture.save(written, kind, **how)
    return Drawn(f"image/{kind.lower()}", written.getvalue(), *picture.size, darkest, lightest)


def lights_of(logo: "Image") -> tuple[int, int]:
    """The luminance, in thousandths, that a tenth of what is seen is below, and that a tenth is above.

    What has no hole in it brings its own ground: all of it is seen anywhere.
    """
    pixels = numpy.asarray(logo)
    alpha = pixels[..., 3]
    if (alpha > 250).mean() > 0.995:
        return 1_000, 0
    lights = _luminance(_linear(pixels[..., :3]))[alpha > 100]
    if not lights.size:
        lights = _luminance(_linear(pixels[..., :3]))[alpha > 0]
    low, high = numpy.quantile(lights, (0.1, 0.9))
    return round(float(low) * 1_000), round(float(high) * 1_000)


def calmed(picture: "Image", *, light: bool) -> Drawn:
    """Softer, paler, and within the light that letters over it allow for; measured on what is kept, pixel by pixel."""
    from PIL import Image, ImageFilter  # noqa: PLC0415

    soft = picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 700))
    linear = _linear(numpy.asarray(soft))
    lights = _luminance(linear)
    linear = 0.85 * linear + 0.15 * lights[..., None]
    for margin in (0.94, 0.88, 0.82, 0.76, 0.7, 0.6, 0.5, 0.0):
        changed = _lightened(linear, lights, margin) if light else _darkened(linear, lights, margin)
        drawn = kept(Image.fromarray(_encoded(changed)), "JPEG", quality=CALM_QUALITY, subsampling=0)
        seen = _luminance(_linear(numpy.asarray(opened_again(drawn.content))))
        if seen.min() >= DARKEST_ON_LIGHT if light else seen.max() <= LIGHTEST_ON_DARK:
            return drawn
    raise AssertionError("a picture of one colour is within every light")


def _darkened(linear: Any, lights: Any, margin: float) -> Any:
    """The lightest becomes as light as may be, and what is darker follows gently, so that it still can be made out."""
    most = max(float(numpy.quantile(lights, 0.995)), 0.02)
    wanted = LIGHTEST_ON_DARK * margin * numpy.minimum(1.0, lights / most) ** 0.8
    return linear * (wanted / numpy.maximum(lights, 1e-4))[..., None]


def _lightened(linear: Any, lights: Any, margin: float) -> Any:
    """The darkest becomes as dark as may be; everything is nearer to white."""
    room = (1 - DARKEST_ON_LIGHT) * margin
    least = min(float(numpy.quantile(lights, 0.005)), 0.9)
    wanted = room * numpy.minimum(1.0, (1 - lights) / (1 - least))
    return 1 - (1 - linear) * (wanted / numpy.maximum(1 - lights, 1e-4))[..., None]


def _linear(pixels: Any) -> Any:
    table = numpy.arange(256, dtype=numpy.float32) / 255
    table = numpy.where(table <= 0.04045, table / 12.92, ((table + 0.055) / 1.055) ** 2.4).astype(numpy.float32)
    return table[pixels]


def _luminance(linear: Any) -> Any:
    return linear[..., 0] * 0.2126 + linear[..., 1] * 0.7152 + linear[..., 2] * 0.0722


def _encoded(linear: Any) -> Any:
    """As a screen wants it; looked up, because there are six million of them."""
    steps = numpy.arange(VEIL_STEPS + 1, dtype=numpy.float32) / VEIL_STEPS
    table = numpy.where(steps <= 0.0031308, 12.92 * steps, 1.055 * steps ** (1 / 2.4) - 0.055)
    return (table * 255 + 0.5).astype(numpy.uint8)[(numpy.clip(linear, 0, 1) * VEIL_STEPS + 0.5).astype(numpy.uint16)]
