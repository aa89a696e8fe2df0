"""Sponsors in setup: named, with a logo that is drawn again, on the wall and gone from it."""

import io
from typing import Any

from PIL import Image
from sqlmodel import select

from app.domain.access import Role
from app.domain.scene import Sponsor, SponsorLogo
from tests.brand_files import LOGO_SVG, logo_png
from tests.views.site import OURS, Site

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(side: int = 1_600) -> bytes:
    written = io.BytesIO()
    Image.new("RGBA", (side, side // 2), (0, 90, 90, 128)).save(written, "PNG")
    return written.getvalue()


def grid(wide: int, high: int) -> bytes:
    """A picture of a kilobyte or so that would be wide times high pixels in memory."""
    written = io.BytesIO()
    Image.new("1", (wide, high)).save(written, "PNG")
    return written.getvalue()


REFUSED = {
    SVG: "does not say how large it is",
    b"<svg/>": "The drawing cannot be read",
    b"GIF89a" + b"\0" * 40: "Choose a PNG, JPEG, WebP or SVG",
    b"\x89PNG\r\n\x1a\n<script>": "cannot be read. Save it again",
    png(80)[:60]: "cannot be read. Save it again",
    grid(10_000, 5_000): "too many pixels",
    b"%PDF-1.4 " + png(80): "Choose a PNG, JPEG, WebP or SVG",
}


def add(site: Site, name: str, logo: bytes = b"") -> Any:
    files = {"logo": ("logo.png", logo, "image/png")} if logo else None
    data = {"sponsor": name}
    return site.client.post("/e/box10/setup/sponsors", data=data, files=files, headers=OURS)


def shown(site: Site) -> Image.Image:
    """The logo of the only sponsor that has one."""
    (key,) = logos(site)
    return Image.open(io.BytesIO(site.client.get(f"/e/box10/sponsors/{key}").content))


def logos(site: Site) -> list[str]:
    return site.ask(lambda db: [one.key for one in db.exec(select(SponsorLogo))])


def test_a_sponsor_stands_on_the_wall_with_a_logo_of_our_own_bytes_and_leaves_with_it(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    hidden = png() + b"<script>also a page</script>"
    assert add(site, "Kettle On", hidden).status_code == 200
    assert add(site, "Box <Ten>").status_code == 200
    wall = site.client.get("/e/box10/wall").text
    assert "of-sponsors" not in wall
    site.post("/setup/sponsors/strip", shown="true")
    wall = site.client.get("/e/box10/wall").text
    assert "Box &lt;Ten&gt;" in wall
    (key,) = logos(site)
    drawn = site.client.get(f"/e/box10/sponsors/{key}")
    assert f"/e/box10/sponsors/{key}" in wall
    assert (drawn.status_code, b"script" in drawn.content) == (200, False)
    assert max(Image.open(io.BytesIO(drawn.content)).size) == 800
    ids = site.ask(lambda db: list(db.exec(select(Sponsor.id))))
    for sponsor_id in ids:
        site.client.delete(f"/e/box10/setup/sponsors/{sponsor_id}", headers=OURS)
    assert logos(site) == []
    assert site.client.get(f"/e/box10/sponsors/{key}").status_code == 404


def test_what_is_no_picture_is_refused_with_a_sentence_and_what_was_typed(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    for logo, said in REFUSED.items():
        refused = add(site, "Kettle On", logo)
        assert refused.status_code == 422
        assert said in refused.text
        assert 'value="Kettle On"' in refused.text
    assert add(site, " ").status_code == 422
    assert logos(site) == []
    # Drawings are drawn, as for the event's own logo.
    assert add(site, "Kettle On", LOGO_SVG).status_code == 200
    assert shown(site).width > 600
    site.client.delete(
        f"/e/box10/setup/sponsors/{site.ask(lambda db: db.exec(select(Sponsor.id)).one())}", headers=OURS
    )
    # One that is white, for dark ground, would not be seen on paper.
    assert add(site, "Night Bus", logo_png("white")).status_code == 200
    assert shown(site).convert("RGB").getpixel((1, 1)) == (0x17, 0x28, 0x2B)


def test_a_wall_has_room_for_so_many_sponsors(site: Site) -> None:
    site.enter(Role.OWNER, "setup")
    for number in range(24):
        add(site, f"Number {number}")
    assert add(site, "One more").status_code == 422
