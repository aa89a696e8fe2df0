"""On the desk, personal data is covered in whichever field it stands, marked there, and needs two people."""

import pytest

from app.actions.second_person import Agreed
from app.actions.verdicts import approve
from app.domain.incoming import Byline, Photo, Quoted, ReplyTo
from app.domain.screening.reading.shown import SEVERAL
from app.domain.verdict import Verdict
from app.queries.desk_card import FIELDS
from app.views.api.post_shapes import post_state
from app.views.templates import _spans
from tests.actions.desk import Desk
from tests.conftest import NOON

NUMBER = "943 476 5918"
SECRET = f"NHS number {NUMBER}"
POSTS = {
    ("text", 0): {"text": SECRET},
    ("name", 0): {"byline": Byline("jo", f"Jo {SECRET}")},
    ("handle", 0): {"byline": Byline("nhs9434765919", "Jo", url="https://x.example/nhs9434765919")},
    ("reply", 0): {"reply_to": ReplyTo(handle="nhs9434765919")},
    ("quote", 0): {"quote": Quoted(True, Byline("ann", "Ann"), f"Her {SECRET}")},
    ("quote_name", 0): {"quote": Quoted(True, Byline("ann", f"Ann {SECRET}"), "A fine day")},
    ("quote_handle", 0): {"quote": Quoted(True, Byline("nhs9434765919", "Ann"), "A fine day")},
    ("alt", 1): {"photos": (Photo("https://p.example/1", "fine"), Photo("https://p.example/2", f"Her {SECRET}"))},
}


@pytest.mark.parametrize("where", list(POSTS), ids=lambda where: where[0])
async def test_personal_data_is_covered_where_it_stands_and_needs_two(desk: Desk, where: tuple[str, int]) -> None:
    post_id = await desk.arrives(**{"text": "A very good day", **POSTS[where]})  # type: ignore[arg-type]
    card = await desk.card(post_id)
    assert card.masked
    told, shown = card.uncovered(*where), card.shown(*where)
    assert len(told) == len(shown)
    assert sum(map(str.isdigit, told)) - sum(map(str.isdigit, shown)) >= 6
    assert "".join(piece for piece, _ in _spans(card, *where)) == shown
    assert any(marked for _, marked in _spans(card, *where))
    for field, place in card.fields:
        if (field, place) != where:
            assert card.shown(field, place) == card.uncovered(field, place)
            assert not _spans(card, field, place)
    assert "9434765919" not in card.author.url

    first = await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    assert (first.won, first.agreed) == (False, Agreed.FIRST)
    second = await desk.doors.do(approve, post_id, by=desk.ben, at=NOON)
    assert (second.won, second.post.verdict) == (True, Verdict.APPROVED)
    # Then everybody sees it.
    card = await desk.card(post_id)
    assert all(card.shown(field, place) == card.uncovered(field, place) for field, place in card.fields)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("My number 943 476 5918", "476"),
        ("Bernard wandered out again last night, care home found him at the bus stop", "Bernard"),
    ],
)
async def test_no_reason_quotes_what_is_covered(desk: Desk, text: str, quoted: str) -> None:
    card = await desk.card(await desk.arrives(text))
    assert card.masked
    assert quoted not in card.text
    told = [str(signal["explanation"]) for signal in card.post.signals]
    assert any(f"“{quoted}”" in one for one in told), "else nothing is shown by this"
    assert not any(word in card.reason(one) for one in told for word in quoted.split())
    assert not any(word in str(one["explanation"]) for one in post_state(card).signals for word in quoted.split())


def test_no_field_is_forgotten() -> None:
    from app.views.words import FIELDS as SAID

    assert {*FIELDS, *SEVERAL} == set(SAID)
