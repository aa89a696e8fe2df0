"""Pages as X sends them, made by hand."""

from pathlib import Path
from typing import Any

from app.domain.incoming import Incoming
from app.sources.x.payload import Page, read_page

INVENTED = Path(__file__).parent / "recorded"
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "payloads" / "x"


ID, NEXT = "1576994746135764992", "1576994789110992896"


JO = {"id": "7", "username": "jo_nhs", "name": "Jo Hart", "verified_type": "blue"}


Json = dict[str, Any]


def page(
    text: str = "Hello #box10", *, users: list[Json] | None = None, includes: Json | None = None, **post: Any
) -> Page:
    data = {"id": ID, "text": text, "author_id": "7", "created_at": "2022-10-03T17:57:01.000Z"} | post
    return read_page({"data": data, "includes": {"users": users or [JO]} | (includes or {})})


def read(text: str = "Hello #box10", **more: Any) -> Incoming:
    [found] = page(text, **more).found
    assert isinstance(found, Incoming)
    return found


def at(text: str, part: str, **more: Any) -> Json:
    start = text.index(part)
    return {"start": start, "end": start + len(part)} | more
