"""Texts that are not in UTF-8 and say so: as Windows programs save JSON, calendars and XML."""

import re

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(r"""(<\?xml\b[^>]*?)\s+encoding\s*=\s*(["'])[^"'>]*\2""")


def in_utf_8(content: bytes) -> bytes:
    """The same in UTF-8; what has no mark and no pattern of UTF-16 is left as it is."""
    name = next((name for mark, name in _MARKS if content.startswith(mark)), "") or _unmarked(content)
    if not name:
        return content
    text = content.decode(name, "replace")
    return _DECLARED.sub(r"\1", text[:300], count=1).encode("utf-8", "replace") + text[300:].encode("utf-8", "replace")


def _unmarked(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of the first signs, which are Latin in every format, is none."""
    first = content[:8]
    if len(first) == 8 and not any(first[1::2]) and all(first[::2]):
        return "utf-16-le"
    if len(first) == 8 and not any(first[::2]) and all(first[1::2]):
        return "utf-16-be"
    return ""
