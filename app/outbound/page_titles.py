"""What a web page says that it is called, read from the beginning of its text; nothing of it is run or kept.

Looked for by plain search: a page that is made to be slow to read cannot be.
"""

import codecs
import re
from collections.abc import Iterator
from html import unescape
from string import ascii_lowercase, ascii_uppercase

MOST_TAGS = 300
LONGEST_TAG = 4_000
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,30})", re.IGNORECASE)
_SLOW = {"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"}
"""No page is written in these; and reading some of them takes the square of their length."""
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
"""Letter by letter, so that places stay: some letters are two when they are small."""
_BEST_FIRST = ("citation_title", "og:title", "dc.title", "twitter:title")
_DOIS = ("citation_doi", "dc.identifier", "prism.doi", "bepress_citation_doi")


def title_and_doi(content: bytes, charset: str = "") -> tuple[str, str]:
    """What a page calls itself, and the DOI that it names; '' for what it does not say."""
    text = _without_remarks(_decoded(content, charset))
    told = dict(reversed(list(_told(text))))
    title = next((told[name] for name in _BEST_FIRST if told.get(name)), "") or _titled(text)
    return " ".join(_printable(title).split()), next((told[name] for name in _DOIS if told.get(name)), "")


def _decoded(content: bytes, charset: str) -> str:
    named = _CHARSET.search(content[:4_096])
    for name in filter(None, (charset, named[1].decode("ascii", "ignore") if named else "", "utf-8")):
        try:
            if codecs.lookup(name).name not in _SLOW:
                return content.decode(name, "replace")
        except (LookupError, ValueError):
            continue
    return ""


def _without_remarks(text: str) -> str:
    kept, at = [], 0
    while (begins := text.find("<!--", at)) >= 0:
        kept.append(text[at:begins])
        ends = text.find("-->", begins)
        if ends < 0:
            return "".join(kept)
        at = ends + 3
    return "".join([*kept, text[at:]])


def _told(text: str) -> Iterator[tuple[str, str]]:
    """What its `meta` say, by name; the first of a name counts."""
    low, at = text.translate(_SMALL), 0
    for _ in range(MOST_TAGS):
        begins = low.find("<meta", at)
        ends = low.find(">", begins, begins + LONGEST_TAG) if begins >= 0 else -1
        if begins < 0:
            return
        at = max(ends, begins + 5)
        if ends > 0:
            found = {name.lower(): "".join(values) for name, *values in _ATTRIBUTE.findall(text[begins:ends])}
            name = (found.get("property") or found.get("name") or "").lower()
            if name in {*_BEST_FIRST, *_DOIS}:
                yield name, unescape(found.get("content", ""))


def _titled(text: str) -> str:
    low = text.translate(_SMALL)
    begins = low.find("<title")
    opened = low.find(">", begins, begins + LONGEST_TAG) if begins >= 0 else -1
    ends = low.find("</title", opened, opened + LONGEST_TAG) if opened > 0 else -1
    return unescape(text[opened + 1 : ends]) if ends > 0 else ""


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
