"""Pictures from a talk that is not to be shared wait for a person, whatever the rules let through."""

from datetime import timedelta

import pytest

from app.domain.do_not_share import TalkSlot
from app.domain.incoming import Byline, Photo, Quoted
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Verdict
from tests.conftest import NOON, incoming

HOUR = timedelta(hours=1)
SLOTS = (
    TalkSlot(1, "In confidence", NOON, NOON + HOUR, 1, shared=False),
    TalkSlot(2, "In the open", NOON, NOON + HOUR, 2, shared=True),
)
PHOTO = Photo("https://pictures.example/a.jpg", "A slide with figures")
QUOTE = Quoted(True, Byline("quoted", "Somebody"), "What was said", "https://example.org/q", NOON, (PHOTO,))


@pytest.mark.parametrize("preset", ["relaxed", "standard", "strict"])
@pytest.mark.parametrize(
    ("facts", "held"),
    [
        ({"photos": (PHOTO,)}, True),
        ({"quote": QUOTE}, True),
        ({"photos": (PHOTO,), "asks_room_id": 1}, True),
        ({"photos": (PHOTO,), "asks_room_id": 2}, False),
        ({"photos": (PHOTO,), "posted_at": NOON - timedelta(seconds=1)}, False),
        ({"photos": (PHOTO,), "posted_at": NOON + 2 * HOUR}, False),
        ({}, False),
    ],
)
def test_a_picture_that_may_be_of_it_waits(preset: str, facts: dict[str, object], *, held: bool) -> None:
    post = incoming("A word of thanks to all of you", **{"posted_at": NOON, **facts})  # type: ignore[arg-type]
    ruling = screen(post, Policy(mode="pass", preset=preset), Surroundings(slots=SLOTS))
    codes = [signal.code for signal in ruling.signals]
    assert ("do-not-share" in codes, ruling.verdict is Verdict.HELD) == (held, held)
    assert "do-not-share" not in [one.code for one in screen(post, Policy(), Surroundings()).signals]
