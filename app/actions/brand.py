"""What an Event looks like changes: its colours, its invitation, its pictures, all at once."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.actions.change_log import publish
from app.actions.decisions import decide
from app.domain.brand import Brand, read_accent
from app.domain.brand_picture import BrandPicture, Drawn, PictureUse
from app.domain.decision import AS_IT_WAS, CHANGED, SETUP, Actor
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.domain.subject import Subject

Pictures = Mapping[PictureUse, Drawn | None]
"""Those that change; None takes one away."""


def change_brand(
    db: Session,
    event_id: int,
    *,
    accent: str,
    wall: str,
    ground: str,
    invitation: str,
    pictures: Pictures = {},  # noqa: B006 - nobody writes in it
    by: Actor = SETUP,
    at: datetime,
) -> Event:
    """From now on all screens look like this. Raises BadBrand and BadColour; then nothing has changed."""
    event = db.get_one(Event, event_id, with_for_update=True)
    brand = Brand.from_json(event.brand).worded(wall=wall, ground=ground, invitation=invitation)
    was = event.accent, event.brand
    event.accent = read_accent(accent)
    dress(db, event, brand, pictures)
    if was != (event.accent, event.brand):
        said = Sentence("Changed: %(what)s", what=(Sentence("look"),))
        decide(db, event_id, Subject.DESCRIPTION, event_id, AS_IT_WAS, CHANGED, by=by, at=at, detail=said)
    publish(db, event_id, Subject.BRAND, event_id, at=at)
    return event


def dress(db: Session, event: Event, brand: Brand, pictures: Pictures) -> None:
    """Give an Event a look, and hang its pictures. Announcing it is the calling verb's affair."""
    for use, drawn in pictures.items():
        brand = _hang(db, event.id, brand, use, drawn)
    event.brand = brand.as_json()


def take_brand_after(db: Session, event: Event, other: Event) -> None:
    """The look of another Event, with pictures of its own: each may be deleted without the other."""
    event.brand = Brand.from_json(other.brand).as_json()
    for row in db.exec(select(BrandPicture).where(BrandPicture.event_id == other.id)):
        db.add(BrandPicture(**{**row.model_dump(), "event_id": event.id}))


def _hang(db: Session, event_id: int, brand: Brand, use: PictureUse, drawn: Drawn | None) -> Brand:
    db.execute(delete(BrandPicture).where(col(BrandPicture.event_id) == event_id, col(BrandPicture.use) == use))
    if drawn is not None:
        db.add(
            BrandPicture(
                event_id=event_id,
                use=use,
                key=drawn.key,
                kind=drawn.kind,
                content=drawn.content,
                width=drawn.width,
                height=drawn.height,
            )
        )
    return brand.hung(use, drawn)
