"""A look changes all at once or not at all, is told once, and its pictures go with whoever they belong to."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, select

from app.actions.brand import change_brand
from app.actions.event_deletion import delete_event
from app.actions.event_states import close_event
from app.actions.events import plan_event
from app.domain.brand import BadBrand, Brand
from app.domain.brand_picture import BrandPicture, Drawn, PictureUse
from app.domain.colour import BadColour
from app.domain.event import Event, EventKind
from app.domain.subject import Subject
from app.queries.brand import brand_picture, brand_pictures
from app.queries.change_log import news
from app.queries.events import cursor_of, event_by_id
from app.store.doors import Backchannel
from tests.conftest import NOON

LOGO = Drawn("image/png", b"a logo", 300, 100, 900, 1_000)
WALL = {use: Drawn("image/jpeg", use.encode(), 1_920, 1_080) for use in PictureUse if use is not PictureUse.LOGO}
LOOK: dict[str, Any] = {"accent": "#E07", "wall": "light", "ground": "tomato", "invitation": "  Ask   Nia "}


async def changed(doors: Backchannel, event: Event, **more: Any) -> Event:
    return await doors.do(change_brand, event.id, **{**LOOK, "at": NOON, **more})


async def test_a_look_is_one_line_of_the_log(doors: Backchannel, event: Event) -> None:
    before = await doors.ask(cursor_of, event.id)
    now = await changed(doors, event, pictures={PictureUse.LOGO: LOGO, **WALL})
    brand = Brand.from_json(now.brand)
    assert (now.accent, brand.wall, brand.ground, brand.invitation) == ("#ee0077", "light", "#ff6347", "Ask Nia")
    assert (brand.logo, brand.logo_width, brand.logo_lightest) == (LOGO.key, 300, 1_000)
    assert brand.picture_on_wall == WALL[PictureUse.PICTURE_LIGHT].key
    told = await doors.ask(news, event.id, before)
    assert told.cursor == before + 1
    assert told.lines is not None
    assert told.lines.of(Subject.BRAND) == {event.id}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"accent": "nope"}, "is no colour"),
        ({"ground": "nope"}, "is no colour"),
        ({"wall": "grey"}, "is not one of"),
        ({"invitation": "x" * 61}, "at most 60 signs"),
    ],
)
async def test_what_is_refused_changes_nothing(
    doors: Backchannel, event: Event, wrong: dict[str, str], said: str
) -> None:
    before = await doors.ask(cursor_of, event.id)
    with pytest.raises((BadBrand, BadColour), match=said):
        await changed(doors, event, pictures={PictureUse.LOGO: LOGO}, **wrong)
    now = await doors.ask(event_by_id, event.id)
    assert now is not None
    assert (now.cursor, now.accent, now.brand) == (before, "teal", {})
    assert await doors.ask(brand_pictures, event.id) == {}


async def test_a_picture_stays_until_it_is_replaced_or_taken_away(doors: Backchannel, event: Event) -> None:
    await changed(doors, event, pictures={PictureUse.LOGO: LOGO})
    now = await changed(doors, event, accent="teal")
    assert Brand.from_json(now.brand).logo == LOGO.key
    other = replace(LOGO, content=b"another")
    await changed(doors, event, pictures={PictureUse.LOGO: other})
    assert await doors.ask(brand_picture, event.id, LOGO.key) is None
    assert {row.key for row in (await doors.ask(brand_pictures, event.id)).values()} == {other.key}
    now = await changed(doors, event, pictures={PictureUse.LOGO: None})
    assert (Brand.from_json(now.brand).logo, Brand.from_json(now.brand).logo_width) == ("", 0)
    assert await doors.ask(brand_pictures, event.id) == {}


async def test_a_copied_event_has_the_look_and_pictures_of_its_own(doors: Backchannel, event: Event) -> None:
    await changed(doors, event, pictures={PictureUse.LOGO: LOGO, **WALL})

    async def copy(slug: str, **more: Any) -> Event:
        facts: dict[str, Any] = {
            "name": "Again", "hashtags": [], "zone": "UTC", "accent": "", "language": "en", "kind": EventKind.MEET,
            "starts_on": None, "ends_on": None, "listed": False, "like": event.id, "at": NOON,
        }  # fmt: skip
        return await doors.do(plan_event, slug, **{**facts, **more})

    again, darker = (
        await copy("again"),
        await copy("darker", accent="plum", wall="dark", pictures={PictureUse.LOGO: None}),
    )
    assert (again.accent, again.brand) == ("#ee0077", (await doors.ask(event_by_id, event.id)).brand)  # type: ignore[union-attr]
    assert (darker.accent, Brand.from_json(darker.brand).wall, Brand.from_json(darker.brand).logo) == (
        "plum",
        "dark",
        "",
    )
    await doors.do(close_event, event.id, at=NOON)
    await doors.do(delete_event, event.id, at=NOON)
    assert (await doors.ask(brand_picture, again.id, LOGO.key)) is not None
    assert (await doors.ask(brand_picture, event.id, LOGO.key)) is None
    assert len(await doors.ask(_all)) == 4 + 3


def _all(db: Session) -> list[BrandPicture]:
    return list(db.exec(select(BrandPicture)))
