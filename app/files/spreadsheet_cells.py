"""Cells that a spreadsheet opens as text."""

import unicodedata

BEGINS = "\ufeff"
"""What a CSV file begins with, so that every spreadsheet reads it as UTF-8: without it “Siân” becomes “SiÃ¢n”."""
_SIGNS = set("=+-@|")
_CONTROLS = set("\t\r\n")
_UNSEEN = " \ufeff\u200b\u200c\u200d\u2060\u00a0"


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet takes for a formula, whatever stands before its sign or however wide that is."""
    if not isinstance(value, str):
        return value
    begins = unicodedata.normalize("NFKC", value.lstrip(_UNSEEN))[:1]
    return f"'{value}" if value[:1] in _CONTROLS or begins in _SIGNS else value
