"""X's rule language: terms, "phrases", #tags, operators, -, OR, implicit AND, parentheses.

`parse` gives a test for a `Subject`; whatever X would refuse raises `InvalidRule`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .people import Post
from .text import CASHTAG, HASHTAG, LINK, MENTION, bare, folded

LONGEST_RULE = 1024
LONGEST_QUERY = 512
TOKEN = re.compile(r"""\s*(?:(?P<open>-?\()|(?P<close>\))|(?P<word>-?(?:[a-z_]+:)?(?:"[^"]*"|[^\s()"]+)))""")
IS = ("retweet", "reply", "quote", "verified", "nullcast")
HAS = ("hashtags", "cashtags", "links", "mentions", "media", "images", "videos", "video_link")
NEEDS_COMPANY = ("lang", "is", "has")


class InvalidRule(ValueError):
    pass


@dataclass(frozen=True)
class Subject:
    """A post as rules see it. On the stream a quote also matches by the text it quotes."""

    post: Post
    texts: tuple[str, ...]
    exact_accents: bool = True

    def plain(self, text: str) -> str:
        return folded(text) if self.exact_accents else bare(text)

    def holds(self, words: str) -> bool:
        found = re.compile(rf"(?<!\w){re.escape(self.plain(words))}(?!\w)")
        return any(found.search(self.plain(text)) for text in self.texts)

    def marks(self, kind: re.Pattern[str]) -> set[str]:
        return {self.plain(found) for text in self.texts for found in kind.findall(text)}


@dataclass(frozen=True)
class Rule:
    """`standalone`: may be a rule of its own; `lang:en` alone would match half of X and is refused."""

    matches: Callable[[Subject], bool]
    standalone: bool


def on_stream(post: Post) -> Subject:
    shown = post.retweeted or post
    quoted = (shown.quoted.whole,) if shown.quoted else ()
    return Subject(post, (post.text, shown.whole, *quoted))


def in_search(post: Post) -> Subject:
    return Subject(post, (post.whole,), exact_accents=False)


def parse(text: str, *, longest: int = LONGEST_RULE) -> Rule:
    if not text.strip():
        raise InvalidRule("a rule must not be empty")
    if len(text) > longest:
        raise InvalidRule(f"a rule must not be longer than {longest} characters (this is {len(text)})")
    rule = _Reader(_tokens(text)).whole()
    if not rule.standalone:
        raise InvalidRule("a rule must contain at least one positive, standalone operator in each alternative")
    return rule


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while text[at:].strip():
        token = TOKEN.match(text, at)
        if token is None:
            raise InvalidRule(f"missing quote near position {at + 1}")
        found.append(token[0].strip())
        at = token.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens

    def whole(self) -> Rule:
        rule = self.alternatives()
        if self.tokens:
            raise InvalidRule("a parenthesis closes that was never opened")
        return rule

    def alternatives(self) -> Rule:
        rules = [self.sequence()]
        while self.tokens[:1] == ["OR"]:
            self.tokens.pop(0)
            rules.append(self.sequence())
        return rules[0] if len(rules) == 1 else _any(rules)

    def sequence(self) -> Rule:
        rules = []
        while self.tokens and self.tokens[0] not in ("OR", ")"):
            rules.append(self.one())
        if not rules:
            raise InvalidRule("an operand is missing beside OR or inside parentheses")
        return _all(rules)

    def one(self) -> Rule:
        token = self.tokens.pop(0)
        if token not in ("(", "-("):
            return _word(token)
        inner = self.alternatives()
        if self.tokens[:1] != [")"]:
            raise InvalidRule("a parenthesis is not closed")
        self.tokens.pop(0)
        return _not(inner) if token == "-(" else inner


def _any(rules: list[Rule]) -> Rule:
    return Rule(lambda post: any(rule.matches(post) for rule in rules), all(rule.standalone for rule in rules))


def _all(rules: list[Rule]) -> Rule:
    return Rule(lambda post: all(rule.matches(post) for rule in rules), any(rule.standalone for rule in rules))


def _not(rule: Rule) -> Rule:
    return Rule(lambda post: not rule.matches(post), standalone=False)


def _word(token: str) -> Rule:
    if token == "-":
        raise InvalidRule("a minus stands alone")
    if token.startswith("-"):
        return _not(_word(token[1:]))
    if token in ("AND", "and", "or"):
        raise InvalidRule(f"ambiguous use of {token}; use a space for AND, upper case for OR")
    name, colon, value = token.partition(":")
    if colon and name.isidentifier() and not token.startswith('"'):
        return Rule(_operator(name, value.strip('"')), standalone=name not in NEEDS_COMPANY)
    return Rule(_text(token), standalone=True)


def _text(token: str) -> Callable[[Subject], bool]:
    for sign, kind in (("#", HASHTAG), ("＃", HASHTAG), ("@", MENTION), ("$", CASHTAG)):
        if token.startswith(sign):
            return lambda post: post.plain(token[1:]) in post.marks(kind)
    words = token.strip('"')
    if not words.strip():
        raise InvalidRule("a phrase must not be empty")
    return lambda post: post.holds(words)


def _operator(name: str, value: str) -> Callable[[Subject], bool]:
    if not value:
        raise InvalidRule(f"{name}: needs a value")
    if name == "is" and value in IS:
        return lambda post: _is(post.post, value)
    if name == "has" and value in HAS:
        return lambda post: _has(post, value)
    wanted = value.removeprefix("@").casefold()
    tests: dict[str, Callable[[Subject], bool]] = {
        "from": lambda post: wanted in (post.post.author.username.casefold(), post.post.author.id),
        "to": lambda post: _username(post.post.reply_to) == wanted,
        "retweets_of": lambda post: _username(post.post.retweeted) == wanted,
        "lang": lambda post: post.post.lang == wanted,
        "conversation_id": lambda post: post.post.conversation_id == value,
        "in_reply_to_tweet_id": lambda post: getattr(post.post.reply_to, "id", None) == value,
        "url": lambda post: any(wanted in lead.casefold() for lead in post.post.leads.values()),
    }
    if name not in tests:
        raise InvalidRule(f"unknown operator {name}:{value}")
    return tests[name]


def _is(post: Post, what: str) -> bool:
    return {
        "retweet": post.retweeted is not None,
        "reply": post.reply_to is not None,
        "nullcast": False,
        "quote": post.quoted is not None,
        "verified": post.author.verified,
    }[what]


def _has(subject: Subject, what: str) -> bool:
    kinds = {picture.kind for picture in (subject.post.retweeted or subject.post).pictures}
    if what in ("media", "images", "videos", "video_link"):
        wanted = {"media": kinds, "images": kinds & {"photo"}}.get(what, kinds & {"video", "animated_gif"})
        return bool(wanted)
    marks = {"hashtags": HASHTAG, "cashtags": CASHTAG, "mentions": MENTION, "links": LINK}[what]
    return any(marks.search(text) for text in subject.texts)


def _username(post: Post | None) -> str | None:
    return post.author.username.casefold() if post else None
