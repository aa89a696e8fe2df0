"""A look in a file: whole, and nothing of another event."""

from app.domain.brand_picture import BrandPicture
from app.domain.event import Event
from app.files.event_brand import brand_told
from tests.conftest import NOON


def test_a_look_is_told_with_its_pictures_in_it() -> None:
    event = Event(id=1, slug="box10", name="Box 10", accent="#ee0077", brand={"wall": "light"}, created_at=NOON)
    logo = BrandPicture(event_id=1, use="logo", key="k", kind="image/png", content=b"hi", width=1, height=1)
    assert brand_told(event, {"logo": logo, "picture_dark": logo}) == {
        "accent": "#ee0077",
        "wall": "light",
        "ground": "",
        "invitation": "",
        "logo": "data:image/png;base64,aGk=",
        "picture": "",
    }
