"""The text of a post of X: its entities become segments. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from app.domain.incoming import Segment
from app.sources.json_fields import Json, number_of, objects_of, text_of, web_address
from app.sources.x.fields import SITE, key_of

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Marked:
    """An entity at its place in the raw text. A `hidden` one stands for a picture or card shown below."""

    start: int
    end: int
    kind: Literal["mention", "hashtag", "link"]
    shown: str = ""
    href: str = ""
    title: str = ""
    hidden: bool = False


def segments_of(text: str, entities: Json, *, shown: Collection[str] = ()) -> tuple[Segment, ...]:
    """Cut a raw text at its entities; what is left between them is text. Then `&amp;` and co. are undone.

    `shown` are media keys and posts that are seen beside the text; a link that only leads to one is not read.
    """
    found: list[Segment] = []
    at = 0
    for mark in _marks(text, entities, shown):
        if mark.start < at:
            continue
        found.append(Segment("text", _unescaped(text[at : mark.start])))
        if not mark.hidden:
            shown = mark.shown or _unescaped(text[mark.start : mark.end])
            found.append(Segment(mark.kind, shown, mark.href, mark.title))
        at = mark.end
    found.append(Segment("text", _unescaped(text[at:])))
    return tuple(_joined(found))


def hashtags_of(entities: Json) -> tuple[str, ...]:
    """Tags without '#', folded, each once."""
    tags = (text_of(tag.get("tag"), 200).casefold() for tag in objects_of(entities.get("hashtags")))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def first_mention(entities: Json) -> str:
    mentions = sorted(objects_of(entities.get("mentions")), key=lambda one: number_of(one.get("start")) or 0)
    return text_of(mentions[0].get("username"), 50) if mentions else ""


def _marks(text: str, entities: Json, shown: Collection[str]) -> list[Marked]:
    marks = [_link(text, url, shown) for url in objects_of(entities.get("urls"))]
    marks += [_tag(text, tag, "#＃", f"{SITE}/hashtag/") for tag in objects_of(entities.get("hashtags"))]
    marks += [_tag(text, tag, "$＄", f"{SITE}/search?q=%24") for tag in objects_of(entities.get("cashtags"))]
    marks += [_mention(text, mention) for mention in objects_of(entities.get("mentions"))]
    return sorted((mark for mark in marks if mark is not None), key=lambda mark: (mark.start, -mark.end))


def _link(text: str, url: Json, shown: Collection[str]) -> Marked | None:
    short = text_of(url.get("url"))
    place = _place(text, url, short.casefold())
    if place is None or not short:
        return None
    target = web_address(url.get("unwound_url")) or web_address(url.get("expanded_url")) or web_address(short)
    display = text_of(url.get("display_url"), 500) or re.sub(r"^https?://", "", target)
    at_the_end = not text[place[1] :].strip()
    hidden = key_of(url.get("media_key")) in shown or (_status(target) in shown and at_the_end)
    title = " ".join(text_of(url.get("title"), LONGEST_TITLE).split())
    return Marked(*place, "link", display, target, title, hidden) if target else None


def _tag(text: str, tag: Json, signs: str, where: str) -> Marked | None:
    name = text_of(tag.get("tag"), 200)
    places = (_place(text, tag, (sign + name).casefold()) for sign in signs)
    place = next((place for place in places if place is not None), None)
    return Marked(*place, "hashtag", href=where + name) if place and name else None


def _mention(text: str, mention: Json) -> Marked | None:
    name = text_of(mention.get("username"), 50)
    places = (_place(text, mention, (sign + name).casefold()) for sign in "@＠")
    place = next((place for place in places if place is not None), None)
    return Marked(*place, "mention", href=f"{SITE}/{name}") if place and name else None


def _place(text: str, entity: Json, wanted: str) -> tuple[int, int] | None:
    """Where an entity stands: code points of the raw text, and only if it is really there."""
    start, end = number_of(entity.get("start")), number_of(entity.get("end"))
    if start is None or end is None or not 0 <= start < end <= len(text):
        return None
    return (start, end) if text[start:end].casefold() == wanted else None


def _status(address: str) -> str:
    """The id of the post that an address of X leads to, '' if it leads elsewhere."""
    found = re.match(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+(?:/web)?/status/(\d+)", address)
    return found[1] if found else ""


def _unescaped(text: str) -> str:
    """X escapes these three and nothing else; undoing more would change what was written."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _joined(segments: list[Segment]) -> list[Segment]:
    """No empty runs, no two runs of text side by side, no blanks where a hidden link stood at the end."""
    joined: list[Segment] = []
    for segment in segments:
        if segment.kind == "text" and joined and joined[-1].kind == "text":
            joined[-1] = Segment("text", joined[-1].text + segment.text)
        elif segment.text:
            joined.append(segment)
    if joined and joined[-1].kind == "text":
        last = Segment("text", joined[-1].text.rstrip())
        joined = [*joined[:-1], last] if last.text else joined[:-1]
    return joined
