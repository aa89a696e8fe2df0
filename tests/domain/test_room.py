"""Keys of rooms: read aloud, apart, and the same for ever; and the order in which rooms stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.room import Room, room_key, same_room


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Lifeboat Hall", (), "lifeboat-hall"),
        ("  Salón   Ámbar / 2nd floor ", (), "salon-ambar-2nd-floor"),
        ("Lifeboat Hall!", ("lifeboat-hall",), "lifeboat-hall-2"),
        ("قاعة المؤتمرات", (), "room"),
        ("会議室", ("room", "room-2"), "room-3"),
        ("A" * 80, (), "a" * 40),
    ],
)
def test_a_key_can_be_read_aloud_and_is_no_other_rooms(name: str, taken: tuple[str, ...], key: str) -> None:
    assert room_key(name, taken) == key


def test_two_spellings_are_one_room_and_numbers_count() -> None:
    assert same_room("ROOM  ２") == same_room("Room 2")
    names = ["Room 10", "Atrium", "Room 2", "10th floor"]
    rooms = [Room(id=number, event_id=1, key=str(number), name=name) for number, name in enumerate(names)]
    assert [room.name for room in sorted(rooms, key=lambda room: room.order)] == [
        "10th floor", "Atrium", "Room 2", "Room 10",
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(categories=["N", "L"]), min_size=1, max_size=8), max_size=6))
def test_rooms_of_any_name_have_an_order(names: list[str]) -> None:
    """Ethiopic digits are digits and no number: the pages of an event with such a room could not be opened again."""
    rooms = [Room(id=number, event_id=1, key=str(number), name=name) for number, name in enumerate([*names, "፩", "2፩"])]
    assert len(sorted(rooms, key=lambda room: room.order)) == len(rooms)
