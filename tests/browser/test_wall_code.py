"""The code on the wall as a phone in the hall sees it: small, out of focus, at an angle."""

import base64

import pytest
from playwright.sync_api import Page, expect

from app.domain.access import Role
from tests.browser.conftest import People
from tests.browser.wall_picture import LAYOUTS
from tests.running import Running
from tests.servers import missing

try:
    import zxingcpp
except ImportError:
    missing("zxing-cpp is not installed: bin/setup test")

# A photo of the whole wall: shrunk, blurred and tilted by the browser, read back as bytes of grey.
PHOTO = """
async ([png, scale, blur, degrees]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const [wide, high] = [image.width * scale, image.height * scale].map(Math.round);
  // Round the wall there is some hall: no corner of it is turned out of the picture.
  const [across, down] = [Math.round(wide * 1.5), Math.round(high * 1.5)];
  const canvas = new OffscreenCanvas(across, down);
  const pen = canvas.getContext('2d');
  pen.filter = `blur(${blur}px)`;
  pen.translate(across / 2, down / 2);
  pen.transform(0.92, 0.06, 0.03, 0.98, 0, 0);
  pen.rotate(degrees * Math.PI / 180);
  pen.drawImage(image, -wide / 2, -high / 2, wide, high);
  const { data } = pen.getImageData(0, 0, across, down);
  let grey = '';
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode((data[at] * 3 + data[at + 1] * 6 + data[at + 2]) / 10);
  return [btoa(grey), across, down];
}
"""


def read(page: Page, png: bytes, *, scale: float, blur: float, degrees: float) -> list[str]:
    seen, wide, high = page.evaluate(PHOTO, [base64.b64encode(png).decode(), scale, blur, degrees])
    grey = memoryview(base64.b64decode(seen)).cast("B", shape=[high, wide])
    return [found.text for found in zxingcpp.read_barcodes(grey)]


@pytest.mark.parametrize("size", [size for size in LAYOUTS if size[1] >= 768])
def test_a_phone_at_the_back_can_read_the_code(server: Running, people: People, size: tuple[int, int]) -> None:
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    wall.set_viewport_size({"width": size[0], "height": size[1]})
    # Only the small code that is always there, not the big one of an empty wall.
    wall.evaluate("document.querySelector('.wall-empty-code').remove()")
    png = wall.screenshot()
    camera = people.context(None).new_page()
    half = 540 / min(size)
    for blur, degrees in ((0, 0), (0.8, 6), (0.9, -9), (1.0, 13)):
        assert read(camera, png, scale=half, blur=blur, degrees=degrees) == [server.floor], (blur, degrees)


def test_what_cannot_be_read_is_not_read(server: Running, people: People) -> None:
    wall = people.open(Role.SCREEN, reduced_motion="reduce")
    expect(wall.locator("body")).to_have_attribute("data-connection", "up")
    wall.evaluate("document.querySelector('.wall-empty-code').remove()")
    assert read(people.context(None).new_page(), wall.screenshot(), scale=0.1, blur=3, degrees=0) == []
