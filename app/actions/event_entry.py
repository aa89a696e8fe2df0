"""Whoever holds a home link enters an event as its owner, with a link of that event which holds as long."""

from datetime import datetime

from sqlmodel import Session

from app.actions.change_log import publish
from app.actions.events import Refused
from app.actions.links import Link, give_link
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.home_link import HomeLink
from app.domain.subject import Subject


def enter_event(db: Session, event_id: int, home_link_id: int, *, token: str, at: datetime) -> Link:
    """The owner's link of a home link at an Event: one, however often it is asked for by the same `token`.

    Raises Refused once an owner of the event has revoked it, or once the home link itself is revoked. Another home link
    is another way in: the installation is over its events.
    """
    home = db.get_one(HomeLink, home_link_id, with_for_update=True)
    if home.revoked_at is not None:
        raise Refused("This link was made and revoked again.")
    by = Actor(label=home.label)
    link = give_link(db, event_id, Role.OWNER, at=at, label=home.label, token=token, by=by)
    if link.access.home_link_id is None:
        link.access.home_link_id = home_link_id
        publish(db, event_id, Subject.ACCESS, link.access.id, at=at)
    return link
