"""Photos of a meet: from who comes, drawn again without what hangs on a file, seen by nobody before a host has looked."""

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from app.actions.links import give_link
from app.domain.access import Role
from tests.meeting import meet_made
from tests.views.conftest import site
from tests.views.site import OURS, Site

__all__ = ["site"]


def taken() -> bytes:
    """A photo as a telephone takes it: larger than is shown, with a place in it."""
    picture, written = Image.new("RGB", (2_400, 1_800), "tomato"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Quay Street 4, Leeds"
    picture.save(written, "JPEG", exif=exif)
    assert b"Quay Street" in written.getvalue()
    return written.getvalue()


def test_a_photo_waits_for_a_host_and_carries_nothing_but_its_pixels(site: Site) -> None:
    at = datetime.now(UTC)
    first, _ = site.do(meet_made, at=at)
    here = f"/e/{first.slug}/meet"

    def bring(content: bytes, alt: str = "The cake") -> Any:
        file = {"photo": ("a.jpg", content, "image/jpeg")}
        return site.client.post(f"{here}/photos", files=file, data={"alt": alt}, headers=OURS, follow_redirects=False)

    site.client.get(here)
    assert bring(taken()).status_code == 403
    site.client.post(f"{here}/guests", data={"name": "Kai"}, headers=OURS)
    assert bring(b"<svg onload=alert(1)>").status_code == 422
    assert "what can be seen" in bring(taken(), " ").text
    assert bring(taken()).status_code == 303
    shown = site.client.get(f"{here}/photos/1")
    assert (shown.headers["content-type"], max(Image.open(io.BytesIO(shown.content)).size)) == ("image/jpeg", 1_600)
    assert b"Quay Street" not in shown.content
    kai = dict(site.client.cookies)
    site.client.cookies.clear()
    assert site.client.get(f"{here}/photos/1").status_code == 404
    assert "The cake" not in site.client.get(here).text
    assert site.client.delete(f"{here}/photos/1", headers=OURS).status_code == 403
    link = site.do(give_link, first.id, Role.MODERATOR, at=at)
    site.client.get(f"/e/{first.slug}/desk?key={link.token}")
    site.client.post(f"{here}/photos/1/verdict", data={"verdict": "approved"}, headers=OURS)
    site.client.cookies.clear()
    assert site.client.get(f"{here}/photos/1").status_code == 200
    assert 'alt="The cake"' in site.client.get(here).text
    site.client.cookies.clear()
    site.client.cookies.update(kai)
    assert site.client.delete(f"{here}/photos/1", headers=OURS, follow_redirects=False).status_code == 303
    assert site.client.get(f"{here}/photos/1").status_code == 404
