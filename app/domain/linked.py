"""Words as somebody typed them, with the addresses in them as links."""

import re

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


def addresses_in(text: str) -> list[str]:
    """The addresses that stand in it, in their order."""
    return _ADDRESS.findall(text)
