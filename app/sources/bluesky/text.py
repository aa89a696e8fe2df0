"""The text of a post of Bluesky: its facets, which count bytes, become segments. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.incoming import Segment, SegmentKind
from app.sources.json_fields import Json, number_of, object_of, objects_of, text_of, web_address

SITE = "https://bsky.app"
LONGEST_TITLE = 200
_FACET = "app.bsky.richtext.facet#"


@dataclass(frozen=True, slots=True)
class _Run:
    """A facet at its place in the bytes of the text."""

    start: int
    end: int
    kind: SegmentKind
    href: str


def segments_of(record: Json) -> tuple[Segment, ...]:
    """Cut a text at its facets; what overlaps another, or cuts through a letter, is left as text.

    The page that hangs on a post gives its title to the link in the text, or stands behind it.
    """
    raw = text_of(record.get("text")).encode()
    found: list[Segment] = []
    at = 0
    for run in _runs(record, raw):
        if run.start < at:
            continue
        found.append(Segment("text", raw[at : run.start].decode()))
        found.append(Segment(run.kind, raw[run.start : run.end].decode(), run.href))
        at = run.end
    found.append(Segment("text", raw[at:].decode()))
    return tuple(segment for segment in _with_page(found, record) if segment.text)


def tags_of(record: Json, text: str) -> frozenset[str]:
    """Every hashtag, folded: of facets, beside the text, and as it stands there without a facet."""
    facets = (feature for facet in objects_of(record.get("facets")) for feature in objects_of(facet.get("features")))
    named = [feature.get("tag") for feature in facets]
    beside = record.get("tags")
    named += beside if isinstance(beside, list) else []
    said = {text_of(tag, 200).lstrip("#＃").casefold() for tag in named} | set(_written(text))
    return frozenset(tag for tag in said if tag)


def _written(text: str) -> Iterator[str]:
    for sign in "#＃":
        for part in text.split(sign)[1:]:
            name = _beginning(part)
            if name:
                yield name.casefold()


def _beginning(part: str) -> str:
    for at, letter in enumerate(part):
        if not (letter.isalnum() or letter == "_" or (not letter.isascii() and not letter.isspace())):
            return part[:at]
    return part


def _runs(record: Json, raw: bytes) -> list[_Run]:
    found = (_run(facet, raw) for facet in objects_of(record.get("facets"))[:200])
    return sorted((run for run in found if run is not None), key=lambda run: (run.start, -run.end))


def _run(facet: Json, raw: bytes) -> _Run | None:
    place = object_of(facet.get("index"))
    start, end = number_of(place.get("byteStart")), number_of(place.get("byteEnd"))
    if start is None or end is None or not 0 <= start < end <= len(raw) or not _between_letters(raw, (start, end)):
        return None
    for feature in objects_of(facet.get("features")):
        kind = text_of(feature.get("$type"), 80).removeprefix(_FACET)
        if kind == "link" and (href := web_address(feature.get("uri"))):
            return _Run(start, end, "link", href)
        if kind == "mention" and (did := text_of(feature.get("did"), 200)).startswith("did:"):
            return _Run(start, end, "mention", f"{SITE}/profile/{did}")
        if kind == "tag" and (tag := text_of(feature.get("tag"), 200)):
            return _Run(start, end, "hashtag", f"{SITE}/hashtag/{tag}")
    return None


def _between_letters(raw: bytes, places: Iterable[int]) -> bool:
    return all(at == len(raw) or raw[at] & 0xC0 != 0x80 for at in places)


def _with_page(segments: list[Segment], record: Json) -> list[Segment]:
    page = object_of(object_of(record.get("embed")).get("external")) or object_of(
        object_of(object_of(record.get("embed")).get("media")).get("external")
    )
    href, title = web_address(page.get("uri")), " ".join(text_of(page.get("title"), LONGEST_TITLE).split())
    if not href:
        return segments
    if any(one.href == href for one in segments):
        return [Segment(one.kind, one.text, one.href, title) if one.href == href else one for one in segments]
    shown = href.partition("://")[2].rstrip("/")[:100]
    gap = "\n\n" if any(one.text.strip() for one in segments) else ""
    return [*segments, Segment("text", gap), Segment("link", shown, href, title)]
