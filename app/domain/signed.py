"""Who wrote a post, as the post says it: what was approved with it stands, whatever they call themselves later."""

from dataclasses import dataclass

from app.domain.post import Author, Post
from app.domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Signed:
    """The name and picture on a card. `now` is what its author goes by today, '' if that is the same."""

    id: int
    source: str
    handle: str
    name: str
    avatar: str
    url: str
    verified: str
    standing: Standing
    now: str = ""


def signed(post: Post, author: Author) -> Signed:
    """The byline that a post came with; posts of before it was kept have their author's."""
    said = post.byline or {}
    name, avatar = said.get("name", author.name), said.get("avatar", author.avatar)
    return Signed(
        id=author.id,
        source=author.source,
        handle=author.handle,
        name=name,
        avatar=avatar,
        url=said.get("url", author.url),
        verified=said.get("verified", author.verified),
        standing=author.standing,
        now="" if (author.name, author.avatar) == (name, avatar) else author.name,
    )
