"""How much time a talk has left is seen by its colour on every screen of who runs it: plain, amber, red."""

import pytest

from app.domain.access import Role
from tests.browser.venue import Venue, venue

__all__ = ["venue"]

COLOURS = """() => ['plain', 'soon', 'over'].map((kind) => {
  const left = document.getElementById('left');
  left.classList.remove('soon', 'over');
  left.classList.add(kind);
  left.style.transition = 'none';
  return getComputedStyle(left).color;
})"""


@pytest.mark.parametrize(
    ("role", "page"), [(Role.SPEAKER, "stage"), (Role.MODERATOR, "remote"), (Role.MODERATOR, "desk")]
)
def test_little_time_and_none_look_otherwise(venue: Venue, role: Role, page: str) -> None:
    opened = venue.open(role)
    opened.goto(f"{venue.address()}/{page}")
    assert len(set(opened.evaluate(COLOURS))) == 3
