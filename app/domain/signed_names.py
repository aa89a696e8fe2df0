"""Who wrote a post, as the post says it: what was approved with it stands, whatever they call themselves later."""

import hashlib
from dataclasses import dataclass
from typing import Any

from app.domain.author_standing import Standing
from app.domain.incoming import Byline
from app.domain.picture_address import picture_key
from app.domain.post import Author, Post
from app.domain.screening.reading.blanks import has_words


@dataclass(frozen=True, slots=True)
class Signed:
    """The name and picture on a card. `now` is what its author goes by today, '' if all of that is the same.

    `now_avatar` is the picture that goes with it, and `now_mark` stands for both: who takes a new name says by it which
    one they saw.
    """

    id: int
    source: str
    handle: str
    name: str
    avatar: str
    url: str
    verified: str
    standing: Standing
    now: str = ""
    now_handle: str = ""
    now_avatar: str = ""
    now_mark: str = ""


def signed(post: Post, author: Author) -> Signed:
    """The byline that a post came with; posts of before it was kept have their author's."""
    said: dict[str, Any] = post.byline or {}
    name, avatar = said.get("name", author.name), said.get("avatar", author.avatar)
    handle = said.get("handle", author.handle)
    same = (author.name, author.avatar, author.handle) == (name, avatar, handle)
    return Signed(
        id=author.id,
        source=author.source,
        handle=handle,
        name=name,
        avatar=avatar,
        url=said.get("url", author.url),
        verified=said.get("verified", author.verified),
        standing=author.standing,
        now="" if same else author.name,
        now_handle="" if same else author.handle,
        now_avatar="" if same else author.avatar,
        now_mark="" if same else _mark(author),
    )


def signed_now(byline: Byline) -> dict[str, str]:
    """What a post is signed with, as its network shows its author now."""
    return {
        "handle": byline.handle,
        "name": shown_name(byline),
        "url": byline.url,
        "verified": byline.verified,
        "avatar": picture_key(byline.avatar_url),
    }


def shown_name(byline: Byline) -> str:
    """Whoever shows no name goes by the handle."""
    return byline.name if has_words(byline.name) else byline.handle


def byline_now(author: Author) -> dict[str, Any]:
    """What a post would be signed with today."""
    return {
        "name": author.name,
        "handle": author.handle,
        "avatar": author.avatar,
        "url": author.url,
        "verified": author.verified,
    }


def _mark(author: Author) -> str:
    return hashlib.sha256(repr(sorted(byline_now(author).items())).encode()).hexdigest()[:12]
