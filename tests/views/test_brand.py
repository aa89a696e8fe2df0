"""Pictures of an event's own are for whoever may open its screens, under that event only, and nothing but pictures."""

from app.actions.brand import change_brand
from app.actions.events import create_event
from app.domain.access import Role
from app.domain.brand import Brand
from app.domain.brand_picture import PictureUse
from app.outbound.brand_pictures import draw_logo, draw_wall
from tests.brand_files import LOGO_SVG, hall_png
from tests.conftest import NOON
from tests.views.site import Site


def test_pictures_are_served_as_we_drew_them_and_die_with_the_brand(site: Site) -> None:
    pictures = {PictureUse.LOGO: draw_logo(LOGO_SVG), **draw_wall(hall_png())}
    look = {"accent": "teal", "wall": "light", "ground": "", "invitation": "Ask Nia"}
    event = site.do(change_brand, site.event.id, **look, pictures=pictures, at=NOON)
    brand = Brand.from_json(event.brand)
    logo, behind = f"/e/box10/brand/{brand.logo}", f"/e/box10/brand/{brand.picture_light}"
    answer = site.client.get(logo)
    assert (answer.content, answer.headers["content-type"]) == (
        pictures[PictureUse.LOGO].content,
        pictures[PictureUse.LOGO].kind,
    )
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    assert site.client.get(logo, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    site.do(create_event, "other", name="Other", hashtags=[], at=NOON)
    assert site.client.get(logo.replace("box10", "other")).status_code == 404
    floor, wall = site.client.get("/e/box10").text, site.enter(Role.SCREEN, "wall").text
    assert f'src="{logo}"' in floor
    assert "Ask Nia" in floor
    assert wall.count(f'src="{logo}"') == wall.count(f'src="{behind}"') == 2
    assert wall.count("Ask Nia") == 2
    site.do(change_brand, event.id, **look, pictures={PictureUse.LOGO: None}, at=NOON)
    assert site.client.get(logo).status_code == 404
