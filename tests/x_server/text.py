"""What X does to a text: escape it, shorten its links, cut it, and mark its entities in code points."""

import hashlib
import html
import re
import unicodedata
from typing import Any

Entities = dict[str, list[dict[str, Any]]]

LONGEST_TEXT = 280
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)']")
HASHTAG = re.compile(r"(?<![\w&/])[#＃]((?=\w*[^\W\d_])\w+)")
MENTION = re.compile(r"(?<![\w@/])@([A-Za-z0-9_]{1,15})(?![\w@])")
CASHTAG = re.compile(r"(?<![\w$])\$([A-Za-z]{1,6})(?!\w)")


def folded(text: str) -> str:
    """Compare without case."""
    return unicodedata.normalize("NFC", text).casefold()


def bare(text: str) -> str:
    """Compare without case and accents, as search does and the stream does not."""
    marks = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in marks if not unicodedata.combining(sign)).casefold()


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


def short_link(target: str) -> str:
    return "https://t.co/" + hashlib.sha256(target.encode()).hexdigest()[:10]


def shortened(text: str) -> tuple[str, dict[str, str]]:
    """The text with every link behind t.co, and where each of them leads."""
    leads: dict[str, str] = {}

    def shorten(found: re.Match[str]) -> str:
        target = html.unescape(found[0])
        link = target if target.startswith("https://t.co/") else short_link(target)
        leads[link] = "https://example.org" + target[12:] if link == target else target
        return link

    return LINK.sub(shorten, text), leads


def display(url: str) -> str:
    """`example.org/a-very-long-pa…`: what X shows instead of the link."""
    plain = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
    return plain if len(plain) <= 27 else plain[:26] + "…"


def cut(text: str, link: str) -> str:
    """The first part of a long post, as old clients see it; never cuts a word, a link or an escape in two."""
    head = text[: LONGEST_TEXT - len(link) - 2]
    return head.rsplit(maxsplit=1)[0] + "… " + link


def entities(text: str, leads: dict[str, str], user_ids: dict[str, str]) -> Entities:
    """Every tag, mention and link with its place, counted in code points of the raw text."""
    links = [at.span() for at in LINK.finditer(text)]

    def outside(found: re.Match[str]) -> bool:
        return not any(start <= found.start() < end for start, end in links)

    marked: Entities = {
        "hashtags": [_at(m) | {"tag": m[1]} for m in HASHTAG.finditer(text) if outside(m)],
        "cashtags": [_at(m) | {"tag": m[1]} for m in CASHTAG.finditer(text) if outside(m)],
        "mentions": [_mention(m, user_ids) for m in MENTION.finditer(text) if outside(m)],
        "urls": [_at(m) | _link(m[0], leads) for m in LINK.finditer(text)],
    }
    return {kind: found for kind, found in marked.items() if found}


def _mention(found: re.Match[str], user_ids: dict[str, str]) -> dict[str, Any]:
    mention = _at(found) | {"username": found[1]}
    known = user_ids.get(found[1].lower())
    return mention | {"id": known} if known else mention


def _link(link: str, leads: dict[str, str]) -> dict[str, Any]:
    target = leads.get(link, link)
    return {"url": link, "expanded_url": target, "display_url": display(target)}


def _at(found: re.Match[str]) -> dict[str, Any]:
    return {"start": found.start(), "end": found.end()}
