"""What screening says of names by themselves: of an account that is called otherwise now, of a name that is taken."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from app.domain.incoming import Byline, Incoming
from app.domain.policy import Policy
from app.domain.screening.checks import impersonation, quotes_names_alts
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.shown import BYLINE, NOW, NOW_HANDLE, Shown, signed_as
from app.domain.screening.ruling import weigh
from app.domain.screening.surroundings import Surroundings
from app.domain.signed_names import Signed
from app.domain.source_marks import FLOOR
from app.domain.verdict import Signal

_NEVER = datetime.min.replace(tzinfo=UTC)


def shown_now(by: Signed) -> tuple[Shown, ...]:
    """The name and handle that an account has now, where they are others. No screen shows a phone's handle."""
    said = ((NOW, by.now, by.name), (NOW_HANDLE, by.now_handle, by.handle))
    shown = FLOOR.key != by.source
    return tuple(Shown(field, now) for field, now, before in said if now and now != before and (shown or field == NOW))


def signals_of_names(by: Signed, policy: Policy, surroundings: Surroundings, *, vouched: bool) -> list[Signal]:
    """What is to be said of the name and handle on a card, and of what its author is called now."""
    byline = Byline(by.handle, by.name)
    post = Incoming(source=by.source, ref="", byline=byline, text="", posted_at=_NEVER, vouched=vouched)
    read = Reading.of(post).with_shown((*signed_as(by.source, byline), *shown_now(by)))
    checks = (impersonation.check, quotes_names_alts.check)
    return [weigh(one, policy) for one in chain.from_iterable(check(read, policy, surroundings) for check in checks)]


def with_names(stored: Iterable[dict[str, Any]], found: Iterable[Signal]) -> list[dict[str, Any]]:
    """The signals of a post, with those of its names put anew."""
    return [one for one in stored if one.get("field", "text") not in BYLINE] + [one.as_stored() for one in found]
