"""No field of a status is relied upon to be there; what is missing takes nothing else with it."""

from typing import Any

import pytest

from app.domain.incoming import Incoming
from app.sources import Unreadable
from app.sources.mastodon.payload import NotForUs, read_status
from tests.sources.mastodon.recorded import EVERYTHING, QUOTED

STATUS: dict[str, Any] = {
    **EVERYTHING, "id": "1", "uri": "https://hall.example/s/1", "url": "https://hall.example/@mira/1",
    "created_at": "2026-08-01T13:53:10.704Z", "visibility": "public", "edited_at": None, "tags": [{"name": "box10"}],
    "account": {"id": "9", "acct": "mira", "display_name": "Mira", **EVERYTHING["account"]},
}  # fmt: skip
NEEDED = {"uri", "id", "created_at", "account"}
WRONG: list[Any] = [None, 5, "", [], {}, [None], "\ud800", True]


@pytest.mark.parametrize("name", sorted(STATUS.keys() - NEEDED))
def test_every_other_field_may_be_missing_or_anything(name: str) -> None:
    without = {key: value for key, value in STATUS.items() if key != name}
    said = read_status(without, server="hall.example")
    assert isinstance(said, Incoming)
    for wrong in WRONG:
        try:
            found = read_status({**STATUS, name: wrong}, server="hall.example")
        except Unreadable:
            assert name in {"content", "spoiler_text", "visibility"}
            continue
        except NotForUs:
            assert name == "visibility"
            continue
        assert isinstance(found, Incoming)


@pytest.mark.parametrize("name", sorted(STATUS["account"].keys() - {"acct", "noindex"}))
def test_so_may_every_field_of_an_account(name: str) -> None:
    for wrong in WRONG:
        found = read_status({**STATUS, "account": {**STATUS["account"], name: wrong}}, server="hall.example")
        assert isinstance(found, Incoming)
        assert found.byline.handle == "mira@hall.example"


def test_without_an_address_for_people_its_name_everywhere_is_the_address() -> None:
    found = read_status({**STATUS, "url": None}, server="hall.example")
    assert isinstance(found, Incoming)
    assert found.url == found.ref == STATUS["uri"]


@pytest.mark.parametrize(
    ("state", "is_there"), [("accepted", True), ("pending", False), ("revoked", False), ("unauthorized", False)]
)
def test_a_quote_that_its_author_has_not_allowed_is_shown_as_gone(state: str, *, is_there: bool) -> None:
    found = read_status({**STATUS, "quote": {"state": state, "quoted_status": QUOTED}}, server="hall.example")
    assert isinstance(found, Incoming)
    assert found.quote is not None
    assert found.quote.available is is_there
    assert (found.quote.text == "quoted") is is_there
