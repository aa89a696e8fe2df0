"""Bytes as text: UTF-8, what Windows called Unicode, and what Excel writes where nobody asked for anything."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(start: bytes) -> str:
    """By its mark, or by the zeros between its letters; else it is UTF-8."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    if start[1:8:2] == b"\0" * 4 and b"\0" not in start[0:8:2]:
        return "utf-16-le"
    if start[0:8:2] == b"\0" * 4 and b"\0" not in start[1:8:2]:
        return "utf-16-be"
    return "utf-8"


def encoding_of_table(start: bytes) -> str:
    """A spreadsheet of Windows that nobody asked for anything writes the letters of Windows."""
    encoding = encoding_of(start)
    return encoding if encoding != "utf-8" or _is_utf_8(start) else "cp1252"


def text_of(content: bytes) -> str:
    return content.decode(encoding_of(content[: 2**16]), "replace").lstrip("\ufeff")


def _is_utf_8(start: bytes) -> bool:
    """A few broken letters are what files have that were cut and mended; more is another encoding."""
    text = start.decode("utf-8", "replace")
    return text.count("\ufffd") <= 1 + len([letter for letter in text if letter > "\x7f" and letter != "\ufffd"])
