"""What pages of a static copy are made of: the document around them, links, notes, pictures, how things are said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from app.domain.house_rules import blocks
from app.domain.linked import linked

_ONLY_OURS = "default-src 'none'; style-src 'self' file:; img-src 'self' file:"


@dataclass(frozen=True, slots=True)
class Spoken:
    """How the language of an event says things; this room knows no languages."""

    say: Callable[[str], str]
    day: Callable[[date], str]
    time: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture that may be handed on, drawn by us."""

    kind: str
    content: bytes

    @property
    def ending(self) -> str:
        return {"image/jpeg": "jpg"}.get(self.kind, self.kind.rpartition("/")[2].partition("+")[0])


def document(language: str, title: str, style: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_ONLY_OURS}">\n'
        f'<title>{escape(title)}</title>\n<link rel="stylesheet" href="{style}">\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def noted(text: str) -> Iterator[str]:
    """Notes as they were written: headings, lists, paragraphs, and the addresses in them as links."""
    for block in blocks(text):
        lines = [typed(line) for line in block.lines]
        if block.kind == "list":
            yield f"<ul dir=auto>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        else:
            tag = "h3" if block.kind == "heading" else "p"
            yield f"<{tag} dir=auto>{'<br>'.join(lines)}</{tag}>"


def typed(line: str) -> str:
    """A line as somebody typed it; an address leads there, and not what stands around it."""
    return "".join(link(piece, piece) if kind == "link" else escape(piece) for kind, piece in linked(line))


def segment(segment: dict[str, str]) -> str:
    said = escape(segment["text"])
    return link(segment["href"], said, whole=True) if segment["kind"] != "text" else said


def link(href: str, what: str, *, whole: bool = False) -> str:
    """Only addresses of the web lead anywhere; `whole` words are markup already."""
    said = what if whole else escape(what)
    if not href.startswith(("https://", "http://")):
        return said
    return f'<a href="{escape(href)}" rel="noreferrer nofollow">{said}</a>'
