"""What is opened by its address alone in the matrix of roles: whoever was sent it has it, whoever guesses has nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlmodel import Session, select

from app.actions.brand import change_brand
from app.actions.digests import ask_for_digest
from app.actions.meets import come
from app.actions.sponsors import add_sponsor
from app.domain.brand_picture import Drawn, PictureUse
from app.domain.decision import Actor
from app.domain.digest import DigestMail, DigestMoment
from app.domain.meet import GuestWords
from app.domain.post import Picture
from app.views.cookies import Cookies
from app.views.reading.digest_mail import letter_path

FACE = {"key": "f" * 40, "url": "demo:avatars/benpharmacybicycle.svg"}


def by_address(do: Callable[..., Any], cookies: Cookies, event_id: int, by: Actor) -> dict[str, str]:
    """A letter and a guest with their own addresses, and pictures with theirs."""
    now = datetime.now(UTC)
    told = {"address": "kai@mail.example", "mark": f"mark {event_id}", "nonce": f"nonce {event_id}"}
    do(ask_for_digest, event_id, **told, moment=DigestMoment.END, at=now)
    letter = do(_letter_of, event_id, at=now)
    path = letter_path(cookies, letter, told["nonce"]).removeprefix("/letters/")
    logo = Drawn("image/png", b"-", 4, 3)
    look = {"accent": "teal", "wall": "dark", "ground": "", "invitation": "", "pictures": {PictureUse.LOGO: logo}}
    do(change_brand, event_id, **look, by=by, at=now)
    do(_has_picture, at=now)
    coming = (do(come, event_id, f"phone {number}", GuestWords("Ali"), at=now).token for number in count())
    return {
        "letter": path,
        "no_letter": f"{letter + 1}-{path.partition('-')[2]}",
        "brand": logo.key,
        "coming": next(token for token in coming if token[-1].isalnum()),  # past a sign at its end people are led on
        "sponsor": do(add_sponsor, event_id, "Kettle On", kind="image/png", content=b"-", by=by, at=now).logo,
        "face": FACE["key"],
    }


def _letter_of(db: Session, event_id: int, *, at: datetime) -> int:
    return db.exec(select(DigestMail.id).where(DigestMail.event_id == event_id)).one()


def _has_picture(db: Session, *, at: datetime) -> None:
    db.merge(Picture(**FACE))
