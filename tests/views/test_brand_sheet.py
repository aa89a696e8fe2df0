"""The sheet of an event: tokens only, in an address of its own content."""

import re

import pytest

from app.actions.brand import change_brand
from app.domain.brand_picture import Drawn, PictureUse
from app.views.brand_sheet import logo_plate, sheet, sheet_path
from app.views.static_files import FRONTEND
from tests.conftest import NOON
from tests.views.site import Site

KEPT = re.compile(r"--[\w-]+:(#[0-9a-f]{6}|rgba\([\d., ]+\)|transparent);")


def look(site: Site, **more: object) -> None:
    told = {"accent": "#e6ff00", "wall": "dark", "ground": "", "invitation": "", **more}
    site.event = site.do(change_brand, site.event.id, **told, at=NOON)


@pytest.mark.parametrize("accent", ["teal", "plum", "coral", "ocean", "moss", "amber"])
def test_our_own_colours_need_no_sheet(accent: str) -> None:
    assert sheet(accent, "dark", "", pictured=False) == ""
    assert sheet(accent, "light", "", pictured=False)
    assert sheet(accent, "dark", "", pictured=True)


def test_a_sheet_has_colours_and_nothing_else() -> None:
    text = sheet("#e6ff00", "light", "#808080", pictured=True)
    rules = re.findall(r"\{([^{}]*)\}", text)
    assert len(rules) == 2
    assert all(KEPT.sub("", rule) == "" for rule in rules)


def test_a_page_asks_for_the_sheet_in_force_and_may_keep_it(site: Site) -> None:
    assert "data-brand href" not in site.client.get("/e/box10").text
    look(site)
    page = site.client.get("/e/box10").text
    path = sheet_path(site.event)
    assert f'<link rel="stylesheet" data-brand href="{path}">' in page
    assert f'data-brand="{path}"' in page
    answer = site.client.get(path)
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    look(site, accent="black")
    late = site.client.get(path)
    assert (late.headers["cache-control"], late.text) == ("no-cache", site.client.get(sheet_path(site.event)).text)
    assert sheet_path(site.event) != path


def test_a_logo_has_a_plate_where_it_would_vanish(site: Site) -> None:
    for wall, plates in (("dark", ("", "")), ("light", ("dark", ""))):
        look(site, wall=wall, pictures={PictureUse.LOGO: Drawn("image/png", b"white", 90, 30, 1_000, 1_000)})
        assert (logo_plate(site.event, "wall"), logo_plate(site.event, "night")) == plates


def test_what_is_on_a_wall_is_painted_with_its_own_tokens() -> None:
    """The hall's dark is dark always; a wall may be light."""
    bundle = (FRONTEND / "static" / "css" / "bundles" / "wall.css").read_text()
    own = set(re.findall(r'url\("\.\./([\w/-]+\.css)"\)', bundle)) - {"tokens.css", "components.css"}
    assert "wall.css" in own
    for name in own:
        assert re.findall(r"var\(--(?:on-)?night[\w-]*", (FRONTEND / "static" / "css" / name).read_text()) == []
