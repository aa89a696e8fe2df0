"""A page in Python: does to it what htmx does with our messages, so that pushed and fresh pages can be compared."""

import json
import re
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement


@dataclass
class Page:
    """A loaded page: where it stands, and its elements."""

    cursor: int
    root: HtmlElement

    @classmethod
    def load(cls, text: str) -> "Page":
        root = html.document_fromstring(text)
        return cls(int(root.body.get("data-cursor")), root)

    def receive(self, message: str) -> None:
        """Apply one message of the socket."""
        if not message:
            return
        told = json.loads(message)
        self.cursor = told["cursor"]
        fragment = html.fragment_fromstring(told["content"], create_parent="div")
        for partial in fragment.iter("hx-partial"):
            self._apply(partial.get("hx-target"), partial.get("hx-swap"), partial)

    def limits(self) -> dict[str, str]:
        """How long each list of the page may be, as it says itself."""
        return {element.get("id"): element.get("data-limit") for element in self.root.xpath("//*[@data-limit]")}

    def shorten(self, limit: int) -> None:
        """Let every list hold no more than that."""
        for element in self.root.xpath("//*[@data-limit]"):
            element.set("data-limit", str(limit))

    def part(self, element_id: str, *, without: frozenset[str] = frozenset()) -> str | None:
        """An element as canonical text; None if this page has no such element."""
        element = self._by_id(self.root, element_id)
        return None if element is None else canonical(element, without)

    def _apply(self, target: str, swap: str, partial: HtmlElement) -> None:
        element = self._find(target)
        if element is None:
            return
        parts = list(partial)
        if swap == "delete":
            element.drop_tree()
        elif swap == "outerMorph":
            element.getparent().replace(element, parts[0])
        elif swap == "innerMorph":
            for child in list(element):
                element.remove(child)
            element.extend(parts)
        elif swap == "place":
            place(element, parts)
        else:
            raise AssertionError(f"no page of ours is told to {swap!r}")

    def _find(self, target: str) -> HtmlElement | None:
        parent, _, child = (piece.strip().removeprefix("#") for piece in target.partition(">"))
        element = self._by_id(self.root, parent)
        return self._by_id(element, child) if child and element is not None else element

    @staticmethod
    def _by_id(root: HtmlElement, element_id: str) -> HtmlElement | None:
        found = root.xpath("descendant-or-self::*[@id=$id]", id=element_id)
        return found[0] if found else None


def place(element: HtmlElement, parts: list[HtmlElement]) -> None:
    """What place.js does."""
    for part in parts:
        for old in [child for child in element if child.get("id") == part.get("id")]:
            element.remove(old)
        order = part.get("data-order")
        later = [child for child in element if (child.get("data-order") or "") < order and child.get("data-order")]
        element.insert(element.index(later[0]) if later else len(element), part)
    limit = int(element.get("data-limit", "1000000"))
    for child in [child for child in element if child.get("data-order")][limit:]:
        element.remove(child)


def canonical(element: HtmlElement, without: frozenset[str] = frozenset()) -> str:
    """Tags, sorted attributes and text, without white space between elements."""
    attributes = "".join(f' {name}="{value}"' for name, value in sorted(element.attrib.items()) if name not in without)
    inner = _text(element.text) + "".join(canonical(child, without) + _text(child.tail) for child in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _text(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()
