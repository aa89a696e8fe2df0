"""A spreadsheet opens what we export and runs nothing of it."""

import pytest

from app.files.spreadsheet_cells import safe_cell


@pytest.mark.parametrize("before", ["", "\ufeff", " ", "\u200b", "\u00a0\ufeff"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "|"])
def test_no_cell_begins_a_formula(before: str, sign: str) -> None:
    cell = f"{before}{sign}HYPERLINK(1)"
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Hello = world", "a-b", 7, None, "· 5", "Ünïcode"])
def test_all_else_stays_as_it_is(cell: object) -> None:
    assert safe_cell(cell) == cell
