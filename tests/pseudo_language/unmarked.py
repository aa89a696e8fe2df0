"""What of a page is not in the pseudo-language: texts without its marks, wherever they stand."""

import re

from lxml import html
from lxml.html import HtmlElement

SKIPPED = {"script", "style", "svg", "kbd", "code", "pre", "time", "bdi", "q", "textarea"}
"""Keys, code, times, and what people wrote."""
WORDS_OF_PEOPLE = {
    "text",
    "own-text",
    "onstage-text",
    "onstage-words",
    "question-text",
    "stage-words",
    "stage-text",
    "avatar",
}
ATTRIBUTES = ("aria-label", "title", "placeholder")
IN_SCRIPTS = re.compile(
    r"data-(words|now|looks|you|forms|left|over|new|moved|sending|sent|unsent|away|busy|novote|refused)"
)
NAMES = {"X", "Mastodon", "Bluesky", "English", "Pseudo"}
"""Networks and languages are called what they call themselves."""
TIMES = re.compile(r"\d{1,2}:\d{2}|\d{4}-\d{2}-\d{2}|\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
WRITTEN = re.compile(r"⟨[^⟨⟩]*⟩")
"""A time that is written when it is read."""
EXAMPLE = "10:00-10:45"
"""How a line of the programme begins, whatever the language."""
OURS = re.compile(r"⟦.*⟧", re.DOTALL)
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[^\W\d_]{2,}")


def unmarked(page: str) -> list[str]:
    """Every text and label on a page, shown or not, that was never translated."""
    root = html.document_fromstring(page)
    return [text for text in _texts(root) if text.strip() not in NAMES and _is_unmarked(text)]


def _is_unmarked(text: str) -> bool:
    """A text without marks, or with a time that is a part of the words: then it is always written as in English."""
    words = WRITTEN.sub("", text).replace(EXAMPLE, "")
    return bool(LETTERS.search(_without_marks(words)) or TIMES.search(" ".join(OURS.findall(words))))


def _texts(element: HtmlElement) -> list[str]:
    if not isinstance(element.tag, str):
        return []
    found = [element.get(name) for name in ATTRIBUTES if element.get(name) and not _is_example(element, name)]
    found += [value for name, value in element.attrib.items() if IN_SCRIPTS.fullmatch(name) and not _is_marked(value)]
    if _is_ours(element):
        found += [element.text or ""]
        for child in element:
            found += _texts(child) if _may_be_ours(child) else _labels(child)
            found += [child.tail or ""]
    return [text for text in found if text.strip()]


def _labels(element: HtmlElement) -> list[str]:
    """A mark of ours has a label, although what is drawn in it says nothing."""
    if element.tag != "svg":
        return []
    return [element.get("aria-label", "")]


def _may_be_ours(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.tag not in SKIPPED and element.get("translate") != "no"


def _is_ours(element: HtmlElement) -> bool:
    classes = set((element.get("class") or "").split())
    return not classes & WORDS_OF_PEOPLE and element.get("dir") != "auto"


def _is_example(element: HtmlElement, name: str) -> bool:
    value = element.get(name) or ""
    return element.get("translate") == "no" or (name == "placeholder" and value.startswith("https://"))


def _is_marked(value: str) -> bool:
    """Also as JSON, where the mark is escaped."""
    return not value or "⟦" in value or r"\u27e6" in value


def _without_marks(text: str) -> str:
    while (less := MARKED.sub("", text)) != text:
        text = less
    return text
