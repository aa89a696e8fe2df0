"""Which pictures and words are of a talk that is not to be shared: at the borders of time and room."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.do_not_share import AFTERWARDS, TalkSlot, is_kept_back, may_be_seen
from tests.conftest import NOON

ONE, OTHER = 1, 2
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
KEPT = TalkSlot(10, "In confidence", NOON, NOON + HOUR, ONE, shared=False)
BESIDE = TalkSlot(11, "In the open", NOON, NOON + HOUR, OTHER, shared=True)
NEXT = TalkSlot(12, "And after it", NOON + HOUR, NOON + 2 * HOUR, ONE, shared=True)
PROGRAMME = (KEPT, BESIDE, NEXT)


@pytest.mark.parametrize(
    ("at", "room", "seen"),
    [
        (NOON - SECOND, ONE, False),
        (NOON, ONE, True),
        (NOON + HOUR - SECOND, ONE, True),
        (NOON + HOUR, ONE, True),  # who took it sits down first
        (NOON + HOUR + AFTERWARDS - SECOND, ONE, True),
        (NOON + HOUR + AFTERWARDS, ONE, False),
        (NOON, OTHER, False),
        (NOON, None, True),  # nobody knows where: it may be of it
        (NOON - SECOND, None, False),
    ],
)
def test_a_picture_may_be_of_it(at: datetime, room: int | None, *, seen: bool) -> None:
    assert (may_be_seen(PROGRAMME, at, room) is KEPT) is seen


@pytest.mark.parametrize(
    ("at", "room", "talk", "kept"),
    [
        (NOON, ONE, None, True),
        (NOON - SECOND, ONE, None, False),
        (NOON + HOUR - SECOND, ONE, None, True),
        (NOON + HOUR, ONE, None, False),
        (NOON, OTHER, None, False),
        (NOON, None, None, False),  # as likely of what runs beside it
        (NOON + 9 * HOUR, None, 10, True),  # a late question is of its talk
        (NOON, ONE, 11, False),
    ],
)
def test_words_are_of_it(at: datetime, room: int | None, talk: int | None, *, kept: bool) -> None:
    assert is_kept_back(PROGRAMME, at, room, talk) is kept


def test_where_all_is_in_one_room_all_that_is_said_then_is_of_it() -> None:
    assert is_kept_back((KEPT, NEXT), NOON, None, None)
    assert not is_kept_back((KEPT, NEXT), NOON + HOUR, None, None)


slot = st.builds(
    lambda number, begins, hours, room, shared: TalkSlot(
        number, "", NOON + begins * HOUR, NOON + (begins + hours) * HOUR, room, shared
    ),
    st.integers(1, 99), st.integers(0, 4), st.integers(1, 3), st.sampled_from((None, ONE, OTHER)), st.booleans(),
)  # fmt: skip


@given(st.lists(slot, max_size=5), st.integers(0, 7), st.sampled_from((None, ONE, OTHER)))
def test_what_is_kept_back_could_be_seen_there_and_marks_only_add(
    slots: list[TalkSlot], hour: int, room: int | None
) -> None:
    at = NOON + hour * HOUR
    if is_kept_back(slots, at, room, None):
        assert may_be_seen(slots, at, room)
    shared = [TalkSlot(one.talk_id, one.title, one.starts_at, one.ends_at, one.room_id, shared=True) for one in slots]
    assert may_be_seen(shared, at, room) is None
    assert not is_kept_back(shared, at, room, None)
