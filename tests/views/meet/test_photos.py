"""Photos of a meet: from who comes, drawn again without what hangs on a file, seen by nobody before a host has looked."""

import io
from datetime import UTC, datetime
from typing import Any

from lxml import html
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

    def seen_of(photo: int) -> dict[str, str]:
        page = html.document_fromstring(site.client.get(here).text)
        return dict(page.xpath(f"//form[contains(@action, 'photos/{photo}/verdict')]")[0].form_values())

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
    unseen = site.client.post(f"{here}/photos/1/verdict", data={"verdict": "approved"}, headers=OURS)
    assert (unseen.status_code, "changed meanwhile" in unseen.text) == (409, True)
    assert site.client.post(f"{here}/photos/1/verdict", data=seen_of(1), headers=OURS).status_code == 200
    site.client.cookies.clear()
    assert site.client.get(f"{here}/photos/1").status_code == 200
    assert 'alt="The cake"' in site.client.get(here).text
    assert (
        html.document_fromstring(site.client.get(here).text).xpath("string(//section[@id='photos']//li/p)")
        == "The cake"
    )
    site.client.cookies.clear()
    site.client.cookies.update(kai)
    assert site.client.delete(f"{here}/photos/1", headers=OURS, follow_redirects=False).status_code == 303
    assert site.client.get(f"{here}/photos/1").status_code == 404


def test_the_form_is_there_for_who_may_bring_one_also_by_their_own_link(site: Site) -> None:
    """By the private link of somebody another phone changes what they said; photos come from the phone that came."""
    first, _ = site.do(meet_made, at=datetime.now(UTC))
    here = f"/e/{first.slug}/meet"

    def has_form(path: str) -> bool:
        return bool(html.document_fromstring(site.client.get(path).text).xpath("//form[@enctype]"))

    site.client.get(here)
    assert not has_form(here)
    said = site.client.post(f"{here}/guests", data={"name": "Kai"}, headers=OURS, follow_redirects=False)
    own = said.headers["location"].partition("?")[0]
    assert (has_form(here), has_form(own)) == (True, True)
    site.client.cookies.clear()
    assert not has_form(own)
    assert not has_form(own)  # now it has our cookie, and is still another phone
