"""A post as JSON: only the fields asked for, and what they refer to in `includes`, each once."""

from datetime import timedelta
from typing import Any

from . import problems
from .asked import Asked
from .clock import iso
from .people import Picture, Poll, Post, User
from .state import World
from .text import entities, short_link

Json = dict[str, Any]
EDIT_MINUTES = 60


class Rendering:
    """One answer under construction: its posts, includes and partial errors, in the old spelling."""

    def __init__(self, world: World, base: str, asked: Asked) -> None:
        self.world, self.base, self.asked = world, base, asked
        self.errors: list[Json] = []
        self._included: dict[str, dict[str, Json]] = {}

    @property
    def includes(self) -> Json:
        return {kind: list(found.values()) for kind, found in self._included.items() if found}

    def data(self, post: Post) -> Json:
        """A post of `data`, with everything it refers to."""
        expand = self.asked.expansions
        if "author_id" in expand:
            self._include_user(post.author)
        if "in_reply_to_user_id" in expand and post.reply_to:
            self._include_user(post.reply_to.author, "in_reply_to_user_id")
        if "entities.mentions.username" in expand:
            self._include_mentions(post)
        if "edit_history_tweet_ids" in expand:
            for version in post.chain:
                self._include_post(self.world.posts[version])
        if "attachments.media_keys" in expand:
            self._include_pictures(post)
        if "attachments.poll_ids" in expand and post.poll:
            self._include("polls", post.poll.id, self._poll(post.poll))
        for _, target in post.references if self._wants("referenced_tweets.id") else ():
            self._include_reference(target)
        return self._post(post)

    def user(self, user: User) -> Json:
        made = {
            "id": user.id,
            "username": user.username,
            "name": user.name,
            "created_at": iso(user.created_at),
            "profile_image_url": f"{self.base}/media/avatar/{user.username}.png",
            "verified": user.verified,
            "verified_type": user.verified_type,
            "protected": user.protected,
            "parody": user.parody,
            "description": user.description,
            "url": "",
            "public_metrics": {
                "followers_count": 0,
                "following_count": 0,
                "tweet_count": 0,
                "listed_count": 0,
                "like_count": 0,
            },
        }
        if user.withheld_in:
            made["withheld"] = {"country_codes": user.withheld_in, "scope": "user"}
        return _only(made, self.asked.user_fields)

    def _post(self, post: Post) -> Json:
        made: Json = {
            "id": post.id,
            "text": post.text,
            "edit_history_tweet_ids": list(post.chain),
            "author_id": post.author.id,
            "created_at": iso(post.created_at),
            "lang": post.lang,
            "conversation_id": post.conversation_id,
            "possibly_sensitive": post.sensitive,
            "reply_settings": "everyone",
            "paid_partnership": post.paid_partnership,
            "display_text_range": [0, len(post.text)],
            "edit_controls": self._edit_controls(post),
            "public_metrics": {
                "retweet_count": 0,
                "reply_count": 0,
                "like_count": 0,
                "quote_count": 0,
                "bookmark_count": 0,
                "impression_count": 0,
            },
        }
        if marked := self._entities(post, post.text):
            made["entities"] = marked
        if post.long_text is not None:
            made["note_tweet"] = {"text": post.long_text} | self._long_entities(post)
        if attached := self._attachments(post):
            made["attachments"] = attached
        if post.references:
            made["referenced_tweets"] = [{"type": kind, "id": target.id} for kind, target in post.references]
        if post.reply_to:
            made["in_reply_to_user_id"] = post.reply_to.author.id
        if countries := post.withheld_in:
            made["withheld"] = {"copyright": False, "country_codes": countries, "scope": "tweet"}
        return _only(made, self.asked.post_fields | self._expanded_fields())

    def _expanded_fields(self) -> set[str]:
        """An expansion brings its own field along."""
        return {expansion.split(".")[0] for expansion in self.asked.expansions}

    def _edit_controls(self, post: Post) -> Json:
        first = self.world.posts.get(post.chain[0], post)
        until = first.created_at + timedelta(minutes=EDIT_MINUTES)
        return {
            "edits_remaining": post.edits_remaining,
            "is_edit_eligible": not post.references,
            "editable_until": iso(until),
        }

    def _entities(self, post: Post, text: str) -> Json:
        ids = {user.username.lower(): user.id for user in self.world.users.values()}
        marked = entities(text, post.leads, ids)
        keys = {short_link(picture.key): picture.key for picture in post.pictures}
        for link in marked.get("urls", ()):
            if key := keys.get(link["url"]):
                link |= {"media_key": key, "display_url": "pic.x.com/" + link["url"][-10:]}
        return marked

    def _long_entities(self, post: Post) -> Json:
        marked = self._entities(post, post.whole)
        return {"entities": marked} if marked else {}

    def _attachments(self, post: Post) -> Json:
        made: Json = {"media_keys": [picture.key for picture in post.pictures]} if post.pictures else {}
        return made | ({"poll_ids": [post.poll.id]} if post.poll else {})

    def _include_reference(self, target: Post) -> None:
        """Who is gone, suspended or protected leaves an error instead of a post."""
        if problem := unavailable(target, "referenced_tweets.id", "includes"):
            self.errors.append(problem)
            return
        self._include_post(target)
        if self._wants("referenced_tweets.id.author_id"):
            self._include_user(target.author)
        if self._wants("referenced_tweets.id.attachments.media_keys"):
            self._include_pictures(target)

    def _include_post(self, post: Post) -> None:
        self._include("tweets", post.id, self._post(post))

    def _include_mentions(self, post: Post) -> None:
        for mention in self._entities(post, post.whole).get("mentions", ()):
            if user := self.world.find_user(mention["username"]):
                self._include_user(user, "entities.mentions.username", user.username)
            else:
                self.errors.append(problems.not_found("user", "entities.mentions.username", mention["username"]))

    def _include_user(self, user: User, parameter: str = "author_id", value: str = "") -> None:
        if user.suspended:
            self.errors.append(problems.suspended("user", parameter, value or user.id))
        else:
            self._include("users", user.id, self.user(user))

    def _include_pictures(self, post: Post) -> None:
        for picture in post.pictures:
            self._include("media", picture.key, self._picture(picture))

    def _picture(self, picture: Picture) -> Json:
        where = f"{self.base}/media/{picture.key}.png"
        made: Json = {
            "media_key": picture.key,
            "type": picture.kind,
            "width": picture.width,
            "height": picture.height,
        }
        made |= {"alt_text": picture.alt} if picture.alt else {}
        if picture.kind == "photo":
            return _only(made | {"url": where}, self.asked.media_fields)
        film = {
            "content_type": "video/mp4",
            "bit_rate": 832000,
            "url": f"{self.base}/media/{picture.key}.mp4",
        }
        made |= {"preview_image_url": where, "variants": [film]}
        return _only(made | ({"duration_ms": 8000} if picture.kind == "video" else {}), self.asked.media_fields)

    def _poll(self, poll: Poll) -> Json:
        options = [{"position": n, "label": label, "votes": 0} for n, label in enumerate(poll.options, 1)]
        status = "open" if poll.ends_at > self.world.clock.now() else "closed"
        made = {
            "id": poll.id,
            "options": options,
            "end_datetime": iso(poll.ends_at),
            "duration_minutes": 1440,
            "voting_status": status,
        }
        return _only(made, self.asked.poll_fields)

    def _include(self, kind: str, key: str, made: Json) -> None:
        self._included.setdefault(kind, {}).setdefault(key, made)

    def _wants(self, expansion: str) -> bool:
        longer = (wanted for wanted in self.asked.expansions if wanted.startswith(expansion))
        return any(longer)


def unavailable(post: Post | None, parameter: str, section: str, value: str = "") -> Json | None:
    """Why this post cannot be shown, if so."""
    if post is None or post.deleted:
        return problems.not_found("tweet", parameter, post.id if post else value)
    if post.author.suspended:
        return problems.suspended("tweet", parameter, post.id)
    if post.author.protected:
        return problems.not_authorized(parameter, post.id, section)
    return None


def _only(made: Json, wanted: frozenset[str] | set[str]) -> Json:
    return {key: value for key, value in made.items() if key in wanted}
