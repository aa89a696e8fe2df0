"""The look is tried, refused with a sentence, or put in place: with a plain form, as a script sends it too."""

import re
from typing import Any

import pytest
from lxml import html

from app.domain.access import Role
from app.domain.brand import Brand
from app.queries.events import event_by_slug
from tests.brand_files import LOGO_SVG, hall_png, logo_png
from tests.views.site import OURS, Site, site, value

__all__ = ["site"]

PATH = "/e/box10/setup/brand"


@pytest.fixture
def owner(site: Site) -> Site:
    site.enter(Role.OWNER, "setup")
    return site


def send(owner: Site, files: dict[str, bytes] | None = None, **typed: str) -> Any:
    sent = {name: (f"{name}.bin", content) for name, content in (files or {}).items()}
    data = {"accent": "teal", "wall": "dark", "ground": "", "invitation": "", **typed}
    return owner.client.post(PATH, data=data, files=sent, headers=OURS)


def brand(owner: Site) -> tuple[str, Brand]:
    event = owner.ask(event_by_slug, "box10")
    return event.accent, Brand.from_json(event.brand)


def tried(page: str, name: str) -> str:
    return str(html.document_fromstring(page).xpath(f"//input[@name='{name}_tried']/@value")[0])


def test_a_look_is_put_in_place(owner: Site) -> None:
    page = send(owner, {"logo": LOGO_SVG, "picture": hall_png()}, accent="Tomato", wall="light", invitation="Ask Nia")
    assert (page.status_code, page.url.path) == (200, PATH)
    assert "Saved." in page.text
    accent, now = brand(owner)
    assert (accent, now.wall, now.invitation) == ("#ff6347", "light", "Ask Nia")
    assert now.logo
    assert now.picture_light
    assert value(page.text, "accent") == "#ff6347"
    send(owner, accent="plum", no_logo="true", no_picture="true")
    assert brand(owner) == ("plum", Brand())


def test_a_look_that_is_only_tried_is_shown_and_not_kept_and_can_be_saved_then(owner: Site) -> None:
    page = send(owner, {"logo": logo_png("black"), "picture": hall_png()}, accent="#e6ff00", look="true").text
    assert "Nothing is saved yet" in page
    assert brand(owner) == ("teal", Brand())
    assert re.search(r'brand\.css\?accent=%23e6ff00&amp;wall=dark&amp;ground=&amp;pictured=1"', page)
    assert page.count('src="data:image/webp;base64,') == 3
    assert page.count('src="data:image/jpeg;base64,') == 2
    assert "logo-on-light" in page
    # A plain form cannot choose files again: what was tried comes along.
    page = send(owner, accent="#e6ff00", logo_tried=tried(page, "logo"), picture_tried=tried(page, "picture")).text
    accent, now = brand(owner)
    assert (accent, bool(now.logo), bool(now.picture)) == ("#e6ff00", True, True)


@pytest.mark.parametrize(
    ("files", "typed", "said"),
    [
        ({"logo": LOGO_SVG.replace(b"<path", b"<image/><path")}, {}, "a picture inside it"),
        ({"logo": b"GIF89a" + b"\0" * 40}, {}, "no picture that we take"),
        ({"logo": b""}, {}, "no picture that we take"),
        ({"picture": LOGO_SVG.replace(b"<path", b"<text/><path")}, {}, "letters in a font"),
        ({}, {"accent": "nope"}, "is no colour"),
        ({}, {"ground": "nope"}, "is no colour"),
        ({}, {"invitation": "x" * 61}, "at most 60 signs"),
    ],
)
def test_what_is_refused_is_said_and_loses_nothing(
    owner: Site, files: dict[str, bytes], typed: dict[str, str], said: str
) -> None:
    answer = send(owner, files, **{"invitation": "Ask Omar", **typed})
    assert answer.status_code == 422
    assert said in html.document_fromstring(answer.text).get_element_by_id("look-said").text_content()
    kept = {"invitation": "Ask Omar", **typed}
    assert {name: value(answer.text, name) for name in kept} == kept
    assert brand(owner) == ("teal", Brand())


def test_the_sheet_of_a_look_that_is_tried_touches_the_samples_only(owner: Site) -> None:
    answer = owner.client.get(f"{PATH}.css", params={"accent": "x;}*{}", "wall": "pink", "ground": "}"})
    assert answer.headers["content-type"].startswith("text/css")
    selectors = re.findall(r"(?:^|\{|\})\s*(:root[^{]*)\{", answer.text)
    assert selectors
    assert all(selector.endswith(" .samples") for selector in selectors)


def test_what_becomes_of_a_colour_is_said_in_words(owner: Site) -> None:
    page = send(owner, accent="#e6ff00", look="true").text
    assert "changed, so that it can be read" in page
    assert "as you chose it" in page
