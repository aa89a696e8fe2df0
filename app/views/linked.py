"""Words of an organiser with the addresses in them as links."""

import re

_MAIL = re.compile(r"[^@\s<>\"“”,;:()]{1,64}@[\w.-]{1,190}\.\w{2,}")
_PHONE = re.compile(r"(?<![\w+])(?!\d{4} ?-)\+?\(?\d[\d ()-]{5,18}\d(?!\w)")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)'’]")


def linked(text: str) -> list[tuple[str, str]]:
    """A text in pieces, each `("text", words)` or `("link", address)`; together they are the text."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        pieces += [("text", text[at : found.start()]), ("link", found[0])]
        at = found.end()
    pieces.append(("text", text[at:]))
    return [piece for piece in pieces if piece[1]]


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
