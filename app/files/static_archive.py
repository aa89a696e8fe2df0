"""An Event as a zip of pages that open without us: plain HTML with one style sheet, relative links, no script.

Of networks whose words may not be published there are ids and links, unless the copy is `private`. Written page by
page, so that it takes no more memory for a large event than for a small one.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from app.domain.network import Networks
from app.domain.post import Post
from app.domain.prompt import Prompt
from app.domain.question import QuestionState
from app.domain.signed_names import Signed
from app.queries.event_record import Asked, PastPost, Record
from app.queries.questions import QuestionCard

MADE_BY = "backchannel-archive.json"
"""A part of every zip that we made, by which it is known before it is written again."""
POSTS_A_PAGE = 200
_STYLE = Path(__file__).with_name("static_archive.css")
_DAY, _TIME = "%A %d %B %Y", "%d %b %Y, %H:%M"


def is_ours(file: Path) -> bool:
    """Whether it may be written again."""
    try:
        with zipfile.ZipFile(file) as opened:
            return MADE_BY in opened.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


class StaticArchive:
    """One zip, while it is written."""

    def __init__(
        self, out: IO[bytes], record: Record, networks: Networks, links_only: Callable[[str], bool], *, private: bool
    ) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._record, self._event, self._networks = record, record.event, networks
        self._links_only = (lambda _: False) if private else links_only
        self._zone = ZoneInfo(record.event.zone)
        self._private = private
        self._prompts = {prompt.id: prompt for prompt in record.prompts}
        self._pages = -(-record.posts // POSTS_A_PAGE)
        self._written = 0
        self.posts = 0

    def add(self, some: list[PastPost]) -> None:
        """The next page of posts."""
        self._written += 1
        self.posts += len(some)
        self._put(f"posts/{self._written:04d}.html", self._page(some, self._written))
        self._put(f"posts/{self._written:04d}.jsonl", "".join(map(self._line, some)))

    def end(self) -> None:
        """What stands before them all."""
        self._put("index.html", self._index())
        self._zip.write(_STYLE, "style.css")
        facts = {"made_by": "Backchannel", "event": self._event.slug, "posts": self.posts, "private": self._private}
        self._put(MADE_BY, json.dumps(facts))
        self._zip.close()

    def _put(self, name: str, content: str) -> None:
        self._zip.writestr(name, content)

    def _index(self) -> str:
        event = self._event
        tags = " ".join(f"#{escape(tag)}" for tag in event.hashtags)
        days = " – ".join(dict.fromkeys(f"{day:{_DAY}}" for day in (event.starts_on, event.ends_on) if day))
        parts = [f"<header><h1>{escape(event.name)}</h1>", f"<p>{days}</p>" * bool(days), f"<p>{tags}</p></header>"]
        if event.farewell:
            parts.append(f"<p>{escape(event.farewell)}</p>")
        asked = [one for one in self._record.asked if one.talk or one.questions]
        if asked:
            parts += ["<h2>Programme and questions</h2>", *(self._talk(one) for one in asked)]
        parts += list(self._all_prompts())
        links = "".join(f'<li><a href="posts/{page:04d}.html">Page {page}</a></li>' for page in self._numbers())
        parts.append(f"<h2>What was said</h2><p>{self.posts} posts</p><ul class=pages>{links}</ul>")
        return self._document(event.name, "style.css", "\n".join(parts))

    def _numbers(self) -> range:
        return range(1, self._written + 1)

    def _all_prompts(self) -> Iterator[str]:
        if self._prompts:
            listed = "".join(f"<li>{escape(prompt.words)}</li>" for prompt in self._prompts.values())
            yield f"<h2>Prompts</h2><ul>{listed}</ul>"

    def _talk(self, asked: Asked) -> str:
        talk = asked.talk
        if talk is None:
            head = "<h3>Asked of no talk</h3>"
        else:
            who = ", ".join([*talk.speakers, *([talk.room] if talk.room else [])])
            at = talk.starts_at.astimezone(self._zone)
            head = f"<h3>{escape(talk.title)}</h3><p class=who>{at:{_TIME}}{' · ' * bool(who)}{escape(who)}</p>"
        return f"<section>{head}{''.join(self._question(card) for card in asked.questions)}</section>"

    def _question(self, card: QuestionCard) -> str:
        votes = "1 vote" if card.question.votes == 1 else f"{card.question.votes} votes"
        answered = " · answered" if card.question.state is QuestionState.ANSWERED else ""
        # It may stand among the posts too, and no page has an id twice.
        post = self._post(card.post, card.author, f"question-{card.id}")
        reply = f"<p class=text dir=auto>{escape(card.reply.text)}</p>" if card.reply else ""
        return f"<div class=question><p class=votes>{votes}{answered}</p>{post}{reply}</div>"

    def _page(self, some: list[PastPost], page: int) -> str:
        up = f'<p><a href="../index.html">{escape(self._event.name)}</a></p>'
        parts = [f"<header>{up}<h1>Page {page}</h1></header>"]
        before: Prompt | None = None
        for said in some:
            prompt = self._prompts.get(said.prompt_id or 0)
            if prompt is not before and prompt is not None:
                parts.append(f"<h2>{escape(prompt.words)}</h2>")
            before = prompt
            parts.append(self._post(said.post, said.author))
        later = f'<a href="{page + 1:04d}.html">Page {page + 1}</a>' if page < self._pages else ""
        parts.append(f'<nav><a href="../index.html">Contents</a> {later}</nav>')
        return self._document(f"{self._event.name}, page {page}", "../style.css", "\n".join(parts))

    def _post(self, post: Post, author: Signed, place: str = "") -> str:
        at = post.posted_at.astimezone(self._zone)
        when = f'<time datetime="{post.posted_at.isoformat()}">{at:{_TIME}}</time>'
        label = escape(str(self._networks.label(post.source)))
        place = place or f"post-{post.id}"
        if self._links_only(post.source):
            what = f"A post on {label}"
            return f'<article id="{place}"><p>{_link(post.url, what)} <span class=when>{when}</span></p></article>'
        handle = f" @{escape(author.handle)}" if author.source != "floor" else ""
        name = f"<p class=who><b>{escape(author.name)}</b>{handle} · {_link(post.url, when, whole=True)} · {label}</p>"
        text = "".join(_segment(one) for one in post.segments)
        quote = post.quote or {}
        quoted = f"<blockquote>{escape(str(quote.get('text', '')))}</blockquote>" if quote.get("text") else ""
        alts = "".join(f"<p class=alt>Picture: {escape(str(one['alt']))}</p>" for one in post.photos if one.get("alt"))
        return f'<article id="{place}">{name}<p class=text dir=auto>{text}</p>{quoted}{alts}</article>'

    def _line(self, said: PastPost) -> str:
        """For programs: ids and links of all, words of those that may be published."""
        post = said.post
        told: dict[str, object] = {
            "id": post.id,
            "source": post.source,
            "ref": post.ref,
            "url": post.url,
            "posted_at": post.posted_at.isoformat(),
            "prompt": self._prompts[said.prompt_id].label if said.prompt_id in self._prompts else "",
            "question": said.asked,
        }
        if not self._links_only(post.source):
            told |= {"name": said.author.name, "handle": said.author.handle, "text": post.text}
        return json.dumps(told, ensure_ascii=False) + "\n"

    def _document(self, title: str, style: str, body: str) -> str:
        return (
            f'<!doctype html>\n<html lang="{escape(self._event.language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' file:\">\n"
            f'<title>{escape(title)}</title>\n<link rel="stylesheet" href="{style}">\n</head>\n'
            f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
        )


def _segment(segment: dict[str, str]) -> str:
    said = escape(segment["text"])
    return _link(segment["href"], said, whole=True) if segment["kind"] != "text" else said


def _link(href: str, what: str, *, whole: bool = False) -> str:
    """Only addresses of the web lead anywhere; `whole` words are markup already."""
    said = what if whole else escape(what)
    if not href.startswith(("https://", "http://")):
        return said
    return f'<a href="{escape(href)}" rel="noreferrer nofollow">{said}</a>'
