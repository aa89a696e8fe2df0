"""A brand is kept as little as it says, and read whatever became of it."""

import pytest

from app.domain.brand import HOUSE_COLOURS, Brand, as_colour, read_accent
from app.domain.brand_picture import Drawn, PictureUse


def test_a_plain_brand_is_kept_as_nothing() -> None:
    assert Brand().as_json() == {}
    hung = Brand().hung(PictureUse.LOGO, Drawn("image/png", b"x", 30, 10, 1, 2))
    assert Brand.from_json(hung.as_json()) == hung
    assert hung.hung(PictureUse.LOGO, None) == Brand()


@pytest.mark.parametrize(
    "damaged",
    [
        {"wall": "pink"}, {"ground": "red;}"}, {"ground": "url(x)"}, {"invitation": "x" * 200}, {"logo": "../../etc"},
        {"logo_width": -4}, {"logo_height": 10**9}, {"picture_dark": "#"}, {"future": True},
        {"logo": "a" * 24, "logo_width": 0},
    ],
)  # fmt: skip
def test_what_is_damaged_has_its_default(damaged: dict[str, object]) -> None:
    assert Brand.from_json(damaged) == Brand()


@pytest.mark.parametrize(
    ("size", "shape"), [((1_000, 100), "banner"), ((300, 100), "wide"), ((300, 200), "square"), ((100, 400), "tall")]
)
def test_a_logo_has_the_room_that_its_shape_needs(size: tuple[int, int], shape: str) -> None:
    assert Brand(logo="a" * 24, logo_width=size[0], logo_height=size[1]).logo_shape == shape


def test_an_accent_is_one_of_ours_by_name_or_any_colour() -> None:
    assert (read_accent(" Plum "), read_accent("pink"), read_accent("E07")) == ("plum", "#ffc0cb", "#ee0077")
    assert (as_colour("plum"), as_colour("#ee0077"), as_colour("of a later version")) == (
        HOUSE_COLOURS["plum"], "#ee0077", HOUSE_COLOURS["teal"],
    )  # fmt: skip
