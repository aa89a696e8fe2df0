"""What may happen to a post that is shown, at each network: how it is posted, what happens, and what must be left of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.post import Post
from app.domain.verdict import Verdict
from tests.sources.bluesky.recorded import QUOTED
from tests.sources.three_networks import Town

Posts = Callable[[Town, str], Any]
Happens = Callable[[Town, Any], object]
X, MASTODON, BLUESKY = "x", "mastodon", "bluesky"
QUOTED_WORDS = "what is quoted"


@dataclass(frozen=True, slots=True)
class Leaving:
    """`holds` is what the row must be then; `key` names what is posted, as `happens` needs it."""

    kind: str
    name: str
    posts: Posts
    happens: Happens
    holds: Callable[[Post], bool]

    @property
    def text(self) -> str:
        return f"{self.kind}: {self.name} #box10"

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


def gone(post: Post) -> bool:
    """Of its words and pictures nothing is kept."""
    return post.withdrawn_at is not None and not (post.text or post.segments or post.photos or post.quote)


def waits(post: Post) -> bool:
    return post.verdict is Verdict.HELD and post.withdrawn_at is None


def quotes_nothing(post: Post) -> bool:
    return post.verdict is Verdict.APPROVED and bool(post.quote) and QUOTED_WORDS not in str(post.quote)


def _x(town: Town, text: str) -> Any:
    return town.box10.x.post(_of(text), text)


def _x_quoting(town: Town, text: str) -> Any:
    return town.box10.x.post(_of(text), text, quoted=town.box10.x.post("quoted", QUOTED_WORDS))


def _mastodon(town: Town, text: str, **more: Any) -> str:
    return town.mastodon.post(f"<p>{text}</p>", by=_of(text), **more)


def _mastodon_quoting(town: Town, text: str) -> str:
    quoted = town.mastodon.post(f"<p>{QUOTED_WORDS}</p>", by="quoted", tag="")
    return _mastodon(town, text, quote={"state": "accepted", "quoted_status": town.mastodon.find(quoted)})


def _bluesky(town: Town, text: str, **more: Any) -> str:
    return town.bluesky.post(text, by=_of(text), **more)


def _bluesky_quoting(town: Town, text: str) -> str:
    embed = {"$type": "app.bsky.embed.record"}
    view = {"$type": "app.bsky.embed.record#view", "record": QUOTED}
    return _bluesky(town, text, record={"embed": {**embed, "record": {"uri": QUOTED["uri"]}}}, embed=view)


def _of(text: str) -> str:
    """Each is by somebody else: an account that goes takes no other case with it."""
    return "by" + "".join(one for one in text.partition("#")[0] if one.isalpha())


def _status(**more: Any) -> Happens:
    return lambda town, known: town.mastodon.find(known).update(more)


def _their_account(**more: Any) -> Happens:
    return lambda town, known: town.mastodon.find(known)["account"].update(more)


def _label(value: str) -> Happens:
    return lambda town, uri: town.bluesky.views[uri]["labels"].append({"val": value})


def _label_of_author(value: str) -> Happens:
    return lambda town, uri: town.bluesky.views[uri]["author"]["labels"].append({"val": value})


def _bluesky_edited(town: Town, uri: str) -> None:
    view = town.bluesky.views[uri]
    view.update(record={**view["record"], "text": view["record"]["text"] + " (better)"}, cid="another")


def _bluesky_quote_goes(town: Town, uri: str) -> None:
    record = {"$type": "app.bsky.embed.record#viewNotFound", "uri": QUOTED["uri"], "notFound": True}
    town.bluesky.views[uri]["embed"]["record"] = record


ASKED_FOR = [
    Leaving(X, "deleted", _x, lambda town, post: town.box10.x.delete(post), gone),
    Leaving(X, "its author is suspended", _x, lambda town, post: town.box10.x.suspend(post.author), gone),
    Leaving(X, "its author is protected", _x, lambda town, post: town.box10.x.protect(post.author), gone),
    Leaving(X, "withheld in a country", _x, lambda town, post: town.box10.x.withhold(post, ["GB"]), gone),
    Leaving(X, "its author is withheld", _x, lambda town, post: town.box10.x.withhold(post.author, ["GB"]), gone),
    Leaving(X, "marked as sensitive", _x, lambda _, post: setattr(post, "sensitive", True), waits),
    Leaving(X, "edited", _x, lambda town, post: town.box10.x.edit(post, "Better, on X #box10"), waits),
    Leaving(X, "its quote is deleted", _x_quoting, lambda town, post: town.box10.x.delete(post.quoted), quotes_nothing),
    Leaving(
        MASTODON, "deleted", _mastodon,
        lambda town, known: town.mastodon.statuses.remove(town.mastodon.find(known)), gone,
    ),
    Leaving(MASTODON, "its author is suspended", _mastodon, _their_account(suspended=True), gone),
    Leaving(MASTODON, "its author wants not to be found", _mastodon, _their_account(noindex=True), gone),
    Leaving(MASTODON, "it becomes private", _mastodon, _status(visibility="private"), gone),
    Leaving(MASTODON, "marked as sensitive", _mastodon, _status(sensitive=True), waits),
    Leaving(MASTODON, "its author is limited", _mastodon, _their_account(limited=True), waits),
    Leaving(
        MASTODON, "edited", _mastodon,
        _status(content="<p>Better</p>", edited_at="2999-01-01T00:00:00Z"), waits,
    ),
    Leaving(MASTODON, "its quote is taken back", _mastodon_quoting, _status(quote={"state": "revoked"}), quotes_nothing),
    Leaving(BLUESKY, "deleted", _bluesky, lambda town, uri: town.bluesky.views.pop(uri), gone),
    Leaving(BLUESKY, "hidden by a moderator", _bluesky, _label("!hide"), gone),
    Leaving(BLUESKY, "taken down", _bluesky, _label("!takedown"), gone),
    Leaving(BLUESKY, "its author is taken down", _bluesky, _label_of_author("!takedown"), gone),
    Leaving(BLUESKY, "its author hides from strangers", _bluesky, _label_of_author("!no-unauthenticated"), gone),
    Leaving(BLUESKY, "labelled", _bluesky, _label("porn"), waits),
    Leaving(BLUESKY, "its author is labelled", _bluesky, _label_of_author("graphic-media"), waits),
    Leaving(BLUESKY, "edited", _bluesky, _bluesky_edited, waits),
    Leaving(BLUESKY, "its quote is deleted", _bluesky_quoting, _bluesky_quote_goes, quotes_nothing),
]  # fmt: skip
"""No stream tells of these, or it failed to: what looks after what is kept finds out."""

TOLD = [
    Leaving(MASTODON, "deleted", _mastodon, lambda town, known: town.mastodon.delete(known), gone),
    Leaving(MASTODON, "edited", _mastodon, lambda town, known: town.mastodon.edit(known, "<p>Better</p>"), waits),
    Leaving(BLUESKY, "deleted", _bluesky, lambda town, uri: town.bluesky.delete(uri), gone),
    Leaving(BLUESKY, "its account goes", _bluesky, lambda town, uri: town.bluesky.take_down(uri.split("/")[2]), gone),
    Leaving(BLUESKY, "edited", _bluesky, lambda town, uri: town.bluesky.edit(uri, "Better #box10"), waits),
    Leaving(BLUESKY, "hidden by a moderator", _bluesky, lambda town, uri: town.bluesky.label(uri, "!hide"), gone),
    Leaving(BLUESKY, "labelled", _bluesky, lambda town, uri: town.bluesky.label(uri, "porn"), waits),
    Leaving(
        BLUESKY, "its author is taken down", _bluesky,
        lambda town, uri: town.bluesky.label(uri.split("/")[2], "!takedown"), gone,
    ),
]  # fmt: skip
"""The streams of Mastodon, of Bluesky and of its moderators tell of these."""
