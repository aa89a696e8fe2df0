"""Whom to tell, in an organiser's words, with the ways there as links."""

import re

from app.domain.linked import linked

_MAIL = re.compile(r"[^@\s<>\"“”,;:()]{1,64}@[\w.-]{1,190}\.\w{2,}")
_PHONE = re.compile(r"(?<![\w+])(?!\d{4} ?-)\+?\(?\d[\d ()-]{5,18}\d(?!\w)")


def reachable(text: str) -> list[tuple[str, str]]:
    """A text in pieces, each with where it leads, '' for nowhere: the web, a mailbox, a telephone."""
    pieces: list[tuple[str, str]] = []
    for kind, piece in linked(text):
        if kind == "link":
            pieces.append((piece, piece))
            continue
        at = 0
        for found in re.finditer(f"{_MAIL.pattern}|{_PHONE.pattern}", piece):
            to = f"mailto:{found[0]}" if "@" in found[0] else f"tel:{re.sub(r'[^+0-9]', '', found[0])}"
            pieces += [("", piece[at : found.start()]), (to, found[0])]
            at = found.end()
        pieces.append(("", piece[at:]))
    return [one for one in pieces if one[1]]
