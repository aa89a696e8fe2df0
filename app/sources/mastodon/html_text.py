"""The text of a status: its HTML becomes segments, and no markup of a stranger comes any further. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from app.domain.incoming import Segment, SegmentKind
from app.sources import Unreadable
from app.sources.json_fields import web_address

LONGEST_HTML = 300_000
_SILENT = {"script", "style", "template", "head", "title", "iframe", "object", "svg", "math", "select", "textarea"}
_PARAGRAPHS = {"p", "div", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section"}
_LINES = {"li", "tr", "dt", "dd"}
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def segments_of(content: str, *, mentions: Collection[str] = ()) -> tuple[Segment, ...]:
    """What a reader sees, with line breaks where they see them; links lead where they lead, cut short as they are.

    `mentions` are the addresses of people that the status mentions: not every server marks their links.
    Raises Unreadable for what is far beyond any status.
    """
    if len(content) > LONGEST_HTML:
        raise Unreadable("a status that is far too long")
    if not content.strip():
        return ()
    parser = html.HTMLParser(huge_tree=True)
    try:
        root = html.fragment_fromstring(content.replace("\x00", ""), create_parent="div", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise Unreadable("a status that is no HTML") from None
    if any(error.level is etree.ErrorLevels.FATAL for error in parser.error_log):
        raise Unreadable("a status that is nested beyond reading")
    page = _Page(frozenset(mentions))
    for happening, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if happening == "start":
            page.begin(element)
        elif happening == "end":
            page.end(element)
        elif element.tail:
            page.say(element.tail)
    return tuple(page.segments())


def plain(segments: Collection[Segment]) -> str:
    return "".join(segment.text for segment in segments)


@dataclass(slots=True)
class _Page:
    """What has been read so far. `_silent` and `_pre` count how deep we are in such an element."""

    _mentions: frozenset[str]
    _done: list[Segment] = field(default_factory=list)
    _link: Segment | None = None
    _silent: int = 0
    _pre: int = 0
    _breaks: int = 0

    def begin(self, element: etree._Element) -> None:
        if self._is_silent(element):
            self._silent += 1
        tag = _tag(element)
        if tag in _PARAGRAPHS:
            self._break(2)
        elif tag in _LINES:
            self._break(1)
        elif tag == "br":
            self._breaks += 1
        if tag == "li":
            self.say("• ")
        elif tag == "img":
            self.say(element.get("alt") or "")
        self._pre += tag == "pre"
        if tag == "a" and self._link is None and not self._silent and (href := web_address(element.get("href") or "")):
            self._link = Segment(self._kind(element, href), "", href)
        if element.text:
            self.say(element.text)

    def end(self, element: etree._Element) -> None:
        tag = _tag(element)
        if tag == "a" and self._link is not None:
            link, self._link = self._link, None
            if not link.text:
                self._put(Segment("text", ""))
            self._done.append(_named(link))
        elif tag == "span" and "ellipsis" in _classes(element):
            self.say("…")
        self._pre -= tag == "pre"
        if tag in _PARAGRAPHS:
            self._break(2)
        elif tag in _LINES:
            self._break(1)
        if self._is_silent(element):
            self._silent -= 1
        if element.tail:
            self.say(element.tail)

    def say(self, text: str) -> None:
        if self._silent or not text:
            return
        if not self._pre:
            text = _BLANKS.sub(" ", text)
            if self._breaks or not self._has_text():
                text = text.lstrip(" ")
        if not text:
            return
        if self._link is None:
            self._put(Segment("text", text))
        else:
            # A link stands on one line, whatever stands in it.
            if not self._link.text:
                self._put(Segment("text", ""))
            elif self._breaks:
                text = f" {text}"
            self._breaks = 0
            self._link = Segment(self._link.kind, self._link.text + text, self._link.href)

    def segments(self) -> Iterator[Segment]:
        """Neighbouring runs of text as one, without blanks at the end."""
        joined: list[Segment] = []
        for segment in self._done:
            if segment.kind == "text" and joined and joined[-1].kind == "text":
                joined[-1] = Segment("text", joined[-1].text + segment.text)
            elif segment.text:
                joined.append(segment)
        if joined and joined[-1].kind == "text":
            joined[-1] = Segment("text", joined[-1].text.rstrip())
        return (segment for segment in joined if segment.text)

    def _put(self, segment: Segment) -> None:
        """After the line breaks that are due: none before the first word, and never more than one empty line."""
        if self._breaks and self._has_text():
            self._done.append(Segment("text", "\n" * min(self._breaks, 2)))
        self._breaks = 0
        if segment.text:
            self._done.append(segment)

    def _break(self, lines: int) -> None:
        self._breaks = max(self._breaks, lines)

    def _has_text(self) -> bool:
        return any(segment.text for segment in self._done[-1:]) or bool(self._link and self._link.text)

    def _kind(self, element: etree._Element, href: str) -> SegmentKind:
        classes, seen = _classes(element), "".join(element.itertext()).strip()
        if "hashtag" in classes or (seen[:1] in {"#", "＃"} and len(seen) > 1):
            return "hashtag"
        return "mention" if "mention" in classes or href in self._mentions else "link"

    @staticmethod
    def _is_silent(element: etree._Element) -> bool:
        classes = _classes(element)
        return _tag(element) in _SILENT or "invisible" in classes or "quote-inline" in classes


def _named(link: Segment) -> Segment:
    """A link without words is called by where it leads."""
    return link if link.text.strip() else Segment("link", re.sub(r"^https?://", "", link.href)[:200], link.href)


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()
