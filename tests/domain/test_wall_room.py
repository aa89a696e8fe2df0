"""What finds no room on a wall as a whole, by its letters, lines, pictures and quotes."""

from typing import Any

import pytest

from app.domain.post import Post
from app.domain.wall_room import fits_a_column

LONG = "word " * 150


def post(text: str, **more: Any) -> Post:
    return Post(text=text, **more)


@pytest.mark.parametrize(
    ("text", "more", "fits"),
    [
        ("Good morning", {}, True),
        (LONG, {}, True),
        (LONG * 2, {}, False),
        ("一" * 400, {}, True),
        ("一" * 750, {}, False),
        ("line\n" * 20, {}, True),
        ("line\n" * 30, {}, False),
        ("line" + "\n" * 180 + "line", {}, True),
        (LONG, {"photos": [{"picture": "a"}]}, False),
        ("Look", {"photos": [{"picture": "a"}] * 4}, True),
        (LONG, {"quote": {"text": "word " * 60}}, False),
        ("", {"quote": {}, "photos": []}, True),
        ("Which?", {"extras": {"poll": ["Ham", "Eggs", "Toast", "Tea"]}}, True),
        ("word " * 120, {"extras": {"poll": ["word " * 16] * 4}}, False),
        ("word " * 120, {"segments": [{"kind": "link", "text": "", "href": "", "title": "word " * 18}] * 4}, False),
        ("word " * 40, {"quote": {"text": "word " * 20, "photos": [{"picture": "a"}]}}, True),
        ("word " * 40, {"quote": {"text": "word " * 60, "photos": [{"picture": "a"}] * 4}}, False),
    ],
)
def test_a_post_fits_a_column_or_does_not(text: str, more: dict[str, Any], fits: bool) -> None:
    assert fits_a_column(post(text, **more)) is fits
