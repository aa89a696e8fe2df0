"""What an organiser types becomes headings, paragraphs and lists, and no word is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.house_rules import Block, blocks

LINES = st.lists(st.sampled_from(["# Head", "words & <b>more</b>", "- one", "• two", "", "  ", "#", "-"]), max_size=12)


def test_a_page_is_read() -> None:
    typed = "# Please\n- be kind\n- ask first\n\nThank you.\nAll of you.\n# Contacts\nNia"
    assert list(blocks(typed)) == [
        Block("heading", ("Please",)),
        Block("list", ("be kind", "ask first")),
        Block("paragraph", ("Thank you.", "All of you.")),
        Block("heading", ("Contacts",)),
        Block("paragraph", ("Nia",)),
    ]


@settings(max_examples=50)
@given(LINES)
def test_no_word_is_lost_and_nothing_is_empty(lines: list[str]) -> None:
    found = list(blocks("\n".join(lines)))
    said = [word for block in found for line in block.lines for word in line.split()]
    assert said == re.findall(r"[\w&<>/]+", " ".join(lines))
    assert all(block.lines for block in found)
