"""A page turns with its language: no rule names a side of the screen where a side of the text is meant."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).resolve().parent.parent / "frontend" / "static" / "css").glob("*.css"))
OF_THE_SCREEN = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|(?<![-\w])(?:left|right)\s*:"
    r"|text-align:\s*(?:left|right)|float:|radius-(?:top|bottom)-|border-(?:top|bottom)-(?:left|right)-radius"
    r"|inset 0?\.?\d+(?:rem|px) 0 0"
)
MEANT = {"wall.css": 1}
"""Where a script places cards by their corner."""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_names_sides_of_the_text(sheet: Path) -> None:
    found = OF_THE_SCREEN.findall(sheet.read_text())
    assert len(found) == MEANT.get(sheet.name, 0), found
