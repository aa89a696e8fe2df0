"""Everything that happens on this X, as verbs: join, post, edit, delete, protect …"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from .clock import Clock, snowflake
from .people import Picture, Poll, Post, User
from .text import LONGEST_TEXT, cut, escaped, short_link, shortened


class World:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.users: dict[str, User] = {}
        self.posts: dict[str, Post] = {}
        self.pictures: dict[str, Picture] = {}
        self.left_out: dict[str, int] = {}
        """Posts of which lookup says nothing, and how often still."""
        self.index_lag = 0.0
        self.backdated = timedelta()
        self.when_posted: list[Callable[[Post], None]] = []
        self.when_deleted: list[Callable[[Post], None]] = []
        self._sequence = 0

    def user(
        self,
        username: str,
        *,
        name: str = "",
        verified_type: str = "none",
        protected: bool = False,
        parody: bool = False,
        description: str = "",
    ) -> User:
        """Let somebody join; who is already here stays who they are."""
        if known := self.find_user(username):
            return known
        at = self.clock.now() - timedelta(days=400)
        user = User(
            id=self._next_id(at),
            username=username,
            name=name or username,
            created_at=at,
            verified_type=verified_type,
            protected=protected,
            parody=parody,
            description=description,
        )
        self.users[user.id] = user
        return user

    def find_user(self, username: str) -> User | None:
        folded = username.removeprefix("@").lower()
        return next((user for user in self.users.values() if user.username.lower() == folded), None)

    def post(
        self,
        author: User | str,
        text: str,
        *,
        photos: Sequence[Picture | str] = (),
        lang: str = "en",
        poll: Sequence[str] = (),
        reply_to: Post | str | None = None,
        quoted: Post | str | None = None,
        sensitive: bool = False,
        paid_partnership: bool = False,
        created_at: datetime | None = None,
        index_lag: float | None = None,
        announce: bool = True,
    ) -> Post:
        """Write a post; the stream hears of it at once, search after `index_lag` of X's seconds."""
        at = created_at or self.clock.now() - self.backdated
        post_id, parent = self._next_id(at), self.find_post(reply_to)
        lag = self.index_lag if index_lag is None else index_lag
        post = Post(
            id=post_id,
            author=self._who(author),
            text="",
            lang=lang,
            chain=[post_id],
            created_at=at,
            indexed_at=at + timedelta(seconds=self.clock.real(lag)) + self.backdated,
            conversation_id=parent.conversation_id if parent else post_id,
            reply_to=parent,
            quoted=self.find_post(quoted),
            sensitive=sensitive,
            paid_partnership=paid_partnership,
            pictures=[self._hang(picture) for picture in photos],
            poll=Poll(self._next_id(at), list(poll), at + timedelta(days=1)) if poll else None,
        )
        self._write(post, text)
        return self._publish(post, announce)

    def reply(self, author: User | str, to: Post | str, text: str) -> Post:
        parent = self._which(to)
        return self.post(author, f"@{parent.author.username} {text}", reply_to=parent)

    def quote(self, author: User | str, quoted: Post | str, text: str) -> Post:
        return self.post(author, text, quoted=quoted)

    def retweet(self, author: User | str, original: Post | str) -> Post:
        """A retweet carries a cut copy of the text; the whole one is in the post it refers to."""
        source, who, at = self._which(original), self._who(author), self.clock.now()
        text = f"RT @{source.author.username}: {source.text}"
        post_id = self._next_id(at)
        copy = Post(
            id=post_id,
            author=who,
            created_at=at,
            indexed_at=at,
            lang=source.lang,
            chain=[post_id],
            text=text if len(text) <= 140 else text[:139] + "…",
            conversation_id=post_id,
            leads=source.leads,
            retweeted=source,
            sensitive=source.sensitive,
        )
        return self._publish(copy, announce=True)

    def edit(self, post: Post | str, text: str) -> Post:
        """An edit is a new post with a new id; both know the whole chain."""
        before, at = self._which(post), self.clock.now()
        after = replace(before, id=self._next_id(at), created_at=at, indexed_at=at, long_text=None)
        after.chain.append(after.id)
        self._write(after, text)
        return self._publish(after, announce=True)

    def delete(self, post: Post | str) -> None:
        """Deleting one version deletes them all."""
        for version in (self.posts[post_id] for post_id in self._which(post).chain):
            version.deleted, version.deleted_at = True, self.clock.now()
            for hear in self.when_deleted:
                hear(version)

    def suspend(self, user: User | str) -> None:
        self._who(user).suspended = True

    def protect(self, user: User | str) -> None:
        self._who(user).protected = True

    def restore(self, user: User | str) -> None:
        """Neither suspended nor protected any more."""
        who = self._who(user)
        who.suspended = who.protected = False

    def withhold(self, what: Post | User | str, countries: Sequence[str]) -> None:
        """Hide a post, or everything of a user, in these countries."""
        found = what if isinstance(what, User) else self.find_post(what) or self._who(str(what))
        found.withheld_in = list(countries)

    def rename(self, user: User | str, *, username: str = "", name: str = "") -> User:
        who = self._who(user)
        who.username, who.name = username or who.username, name or who.name
        return who

    def find_post(self, post: Post | str | None) -> Post | None:
        return post if isinstance(post, Post) or post is None else self.posts.get(post)

    def _write(self, post: Post, text: str) -> None:
        post.text, post.leads = shortened(escaped(text))
        for picture in post.pictures:
            kind = "photo" if picture.kind == "photo" else "video"
            target = f"https://x.com/{post.author.username}/status/{post.id}/{kind}/1"
            post.text, post.leads[short_link(picture.key)] = f"{post.text} {short_link(picture.key)}", target
        if len(post.text) > LONGEST_TEXT:
            target = f"https://x.com/i/web/status/{post.id}"
            post.long_text, post.leads[short_link(target)] = post.text, target
            post.text = cut(post.text, short_link(target))

    def _publish(self, post: Post, announce: bool) -> Post:
        self.posts[post.id] = post
        for hear in self.when_posted if announce else ():
            hear(post)
        return post

    def _hang(self, picture: Picture | str) -> Picture:
        hung = Picture(alt=picture) if isinstance(picture, str) else replace(picture)
        number = {"photo": 3, "video": 7, "animated_gif": 16}[hung.kind]
        hung.key = f"{number}_{self._next_id(self.clock.now())}"
        self.pictures[hung.key] = hung
        return hung

    def _who(self, user: User | str) -> User:
        return user if isinstance(user, User) else self.user(user)

    def _which(self, post: Post | str) -> Post:
        found = self.find_post(post)
        if found is None:
            raise KeyError(f"no post {post}")
        return found

    def _next_id(self, at: datetime) -> str:
        self._sequence += 1
        return str(snowflake(at, self._sequence))
