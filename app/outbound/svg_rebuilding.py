"""A drawing of somebody else's (SVG) is read, and written again from a list of what a drawing may have.

An SVG is a program: it can run scripts, fetch from elsewhere, grow without end. So nothing is taken out of it; a new
one is written that has shapes, colours and gradients and knows nothing else. What would look different without the
rest is refused by name; what only a browser would have obeyed (scripts, links, animation, remarks) is not written.
Afterwards it is drawn as pixels, see `brand_pictures`, so no page ever has an SVG of somebody else's.
"""

import re
from collections.abc import Iterator
from math import isfinite
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from app.domain.sentence import Said, Sentence

LARGEST_DRAWING = 1024 * 1024
MOST_SHAPES = 4_000
MOST_LAYERS = 60
"""Each may take a picture of the whole size while it is drawn."""
DEEPEST = 24
LONGEST_RATIO = 20.0

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_GROUPS = {"svg", "g", "defs", "symbol", "clipPath", "mask", "linearGradient", "radialGradient"}
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "stop"}
_PASSED = {"a", "switch"}
"""Their content is drawn, they themselves are not."""
_REFUSED = {
    "image": Sentence("a picture inside it"),
    "text": Sentence("letters in a font"),
    "foreignObject": Sentence("a web page inside it"),
    "filter": Sentence("filters"),
    "pattern": Sentence("patterns"),
    "marker": Sentence("markers"),
    "svg": Sentence("a drawing inside it"),
    "stroke-dasharray": Sentence("dashed lines"),
}
_GEOMETRY_NAMES = """
    d x y width height cx cy r rx ry x1 y1 x2 y2 points transform viewBox offset gradientUnits gradientTransform
    spreadMethod fx fy clipPathUnits maskUnits maskContentUnits id
    """
_PAINT_NAMES = """
    fill fill-opacity fill-rule clip-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin
    stroke-miterlimit opacity color stop-color stop-opacity clip-path mask display visibility
    """
_GEOMETRY, _PAINT = set(_GEOMETRY_NAMES.split()), set(_PAINT_NAMES.split())
_LAYERED = ("opacity", "mask", "clip-path")
_OWN = re.compile(r"#[\w.:-]+")
_PAINTED_BY = re.compile(r"""url\(\s*["']?(#[\w.:-]+)["']?\s*\)(?:\s*(?:none|#?\w+))?""")
_PLAIN = re.compile(r"[-+\w\s#%.,]*")
_CALL = re.compile(r"\b(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\([-+\d\s.,%a-z]*\)")

Attributes = dict[str, str]


class BadDrawing(Said):
    """It is no drawing that can be shown; the sentence says why and what to do."""


def rebuilt(content: bytes) -> tuple[str, float]:
    """The drawing in our own words, and how wide it is for its height. Raises BadDrawing."""
    root = _parsed(content)
    nodes = list(_walk(root))
    rules = dict(_rules(" ".join(node.text or "" for node, _ in nodes if _name(node) == "style")))
    known = {node: _attributes(node, rules) for node, _ in nodes}
    width, height = _size(root)
    _weigh(root, known)
    box = root.get("viewBox") or f"0 0 {width:g} {height:g}"
    head = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box, "width": f"{width:g}", "height": f"{height:g}"}
    inherited = {name: value for name, value in known[root].items() if name in _PAINT}
    return _written("svg", {**inherited, **head}, "".join(_drawn(child, known) for child in root)), width / height


def _parsed(content: bytes) -> ElementTree.Element:
    if len(content) > LARGEST_DRAWING:
        raise BadDrawing("The drawing is too large: at most %(most)d kB.", most=LARGEST_DRAWING // 1024)
    try:
        text = content.decode("utf-8-sig")
        if "<!entity" in text.lower() or any(map(_opens_a_subset, text.lower().split(">"))):
            raise BadDrawing("The drawing declares entities. Export it again as plain SVG.")
        root = ElementTree.fromstring(text)  # noqa: S314 - without entities there is nothing to grow or to fetch
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError):
        raise BadDrawing("The drawing cannot be read. Export it again as plain SVG, or as PNG.") from None
    if root.tag != f"{_SVG}svg":
        raise BadDrawing("The drawing cannot be read. Export it again as plain SVG, or as PNG.")
    return root


def _walk(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, int]]:
    """Every node with its depth, without a stack of calls that could end. Raises BadDrawing for what is refused."""
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        name = _name(node)
        if depth > DEEPEST:
            raise BadDrawing("The drawing is nested too deeply. Export it again as plain SVG, or as PNG.")
        if name in _REFUSED and node is not root:
            raise _refusal(name)
        yield node, depth
        if name in _GROUPS | _SHAPES | _PASSED:
            waiting.extend((child, depth + 1) for child in node)


def _refusal(what: str) -> BadDrawing:
    return BadDrawing(
        "The drawing has %(what)s. Export it with everything as outlines, or as PNG.", what=_REFUSED[what]
    )


def _name(node: ElementTree.Element) -> str:
    """Its name, '' for what is no SVG: remarks, and what drawing programs keep for themselves."""
    return node.tag.removeprefix(_SVG) if isinstance(node.tag, str) and node.tag.startswith(_SVG) else ""


def _rules(style: str) -> Iterator[tuple[str, Attributes]]:
    """What a style sheet says of classes, names and ids; anything cleverer is not heard."""
    found: dict[str, Attributes] = {}
    for rule in _without_remarks(style).split("}")[:-1]:  # by hand: a pattern would begin anew at every letter
        before, _, body = rule.rpartition("{")
        selectors = before.rpartition("{")[2]
        for selector in selectors.split(",") if selectors else ():
            found.setdefault(selector.strip(), {}).update(_declared(body))
    yield from found.items()


def _without_remarks(style: str) -> str:
    kept, at = [], 0
    while (begin := style.find("/*", at)) >= 0 and (end := style.find("*/", begin + 2)) >= 0:
        kept.append(style[at:begin])
        at = end + 2
    return "".join((*kept, style[at:])).replace("<!--", "").replace("-->", "")


def _opens_a_subset(part: str) -> bool:
    """Whether what stands before a `>` is a DOCTYPE that declares something."""
    _, found, after = part.partition("<!doctype")
    return bool(found) and "[" in after


def _declared(style: str) -> Attributes:
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip().lower(): value.strip().removesuffix("!important").strip() for name, _, value in pairs if value}


def _attributes(node: ElementTree.Element, rules: dict[str, Attributes]) -> Attributes:
    """What of a node's attributes and styles is known, the strongest last. Raises BadDrawing for what is refused."""
    told = {name: value for name, value in node.attrib.items() if not name.startswith("{")}
    for selector in (_name(node), *(f".{one}" for one in told.get("class", "").split()), f"#{told.get('id', '')}"):
        told |= rules.get(selector, {})
    told |= _declared(told.pop("style", ""))
    if told.get("stroke-dasharray", "none") not in {"none", "0", ""}:
        raise _refusal("stroke-dasharray")
    if told.get("filter", "none") != "none":
        raise _refusal("filter")
    kept = {name: value for name, value in told.items() if name in _GEOMETRY | _PAINT and _is_plain(value)}
    href = node.get("href") or node.get(f"{_XLINK}href") or ""
    return {**kept, "href": href} if _OWN.fullmatch(href) else kept


def _is_plain(value: str) -> bool:
    return bool(_PAINTED_BY.fullmatch(value) if "url" in value.lower() else _PLAIN.fullmatch(_CALL.sub("", value)))


def _size(root: ElementTree.Element) -> tuple[float, float]:
    box = [_number(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    width, height = (box[2], box[3]) if len(box) == 4 else (_number(root.get("width")), _number(root.get("height")))
    if not (isfinite(width) and isfinite(height) and min(width, height) > 1e-3 and max(width, height) < 1e6):
        raise BadDrawing("The drawing does not say how large it is. Export it again as plain SVG, or as PNG.")
    if not 1 / LONGEST_RATIO <= width / height <= LONGEST_RATIO:
        raise BadDrawing("The drawing is more than %(most)d times as long as it is wide.", most=int(LONGEST_RATIO))
    return width, height


def _number(text: str | None) -> float:
    found = re.fullmatch(r"\s*([-+]?[\d.]+(?:e[-+]?\d+)?)(?:px|pt|mm|cm|in)?\s*", text or "", re.IGNORECASE)
    try:
        return float(found[1]) if found else float("nan")
    except ValueError:
        return float("nan")


def _weigh(root: ElementTree.Element, known: dict[ElementTree.Element, Attributes]) -> None:
    """Raises BadDrawing if there is too much to draw once everything that is used again is drawn again."""
    by_id = {f"#{told['id']}": node for node, told in known.items() if "id" in told}
    weights: dict[ElementTree.Element, tuple[int, int]] = {}

    def weight(node: ElementTree.Element, above: frozenset[ElementTree.Element]) -> tuple[int, int]:
        if node in weights:
            return weights[node]
        if node in above or len(above) > DEEPEST * 4:
            raise BadDrawing("The drawing uses itself. Export it again as plain SVG, or as PNG.")
        told = known.get(node, {})
        targets = [by_id[name] for name in _targets(told) if name in by_id]
        shapes, layers = 1, sum(told.get(name, "1") not in {"1", "none"} for name in _LAYERED)
        for one in (*(child for child in node if child in known), *targets):
            more = weight(one, above | {node})
            shapes, layers = shapes + more[0], layers + more[1]
            if shapes > MOST_SHAPES or layers > MOST_LAYERS:
                raise BadDrawing("The drawing has too much in it. Export it as PNG.")
        weights[node] = shapes, layers
        return weights[node]

    weight(root, frozenset())


def _targets(told: Attributes) -> Iterator[str]:
    if "href" in told:
        yield told["href"]
    yield from (found[1] for value in told.values() if (found := _PAINTED_BY.fullmatch(value)))


def _drawn(node: ElementTree.Element, known: dict[ElementTree.Element, Attributes]) -> str:
    name = _name(node)
    if name not in _GROUPS | _SHAPES | _PASSED:
        return ""
    within = "".join(_drawn(child, known) for child in node) if name not in _SHAPES else ""
    return _written("g" if name in _PASSED else name, known[node], within)


def _written(name: str, told: Attributes, within: str) -> str:
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in told.items())
    return f"<{name}{attributes}>{within}</{name}>"
