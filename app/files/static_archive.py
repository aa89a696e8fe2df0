"""An Event as a zip of pages that open without us: plain HTML with one style sheet, relative links, no script.

Of networks whose words may not be published there are ids and links, unless the copy is `private`. Written page by
page, so that it takes no more memory for a large event than for a small one.
"""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import IO

from app.domain.network import Networks
from app.domain.post import Post
from app.domain.prompt import Prompt
from app.domain.question import QuestionState
from app.domain.sentence import Sentence, counted
from app.domain.signed_names import Signed
from app.domain.source_marks import FLOOR
from app.files.static_archive_pieces import PictureFile, Spoken, document, link, noted, segment, typed
from app.queries.event_record import Asked, PastPost, Record
from app.queries.questions import QuestionCard

MADE_BY = "backchannel-archive.json"
"""A part of every zip that we made, by which it is known before it is written again."""
POSTS_A_PAGE = 200
_STYLE = Path(__file__).with_name("static_archive.css")
PROGRAMME, SAID, PROMPTS = Sentence("Programme and questions"), Sentence("What was said"), Sentence("Prompts")
NOTES, OF_NO_TALK, CONTENTS = Sentence("Notes"), Sentence("Asked of no talk"), Sentence("Contents")
ANSWERED, THE_ANSWER, PHOTOS = Sentence("answered"), Sentence("The answer"), Sentence("Photos")


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
        self,
        out: IO[bytes],
        record: Record,
        networks: Networks,
        links_only: Callable[[str], bool],
        spoken: Spoken,
        *,
        private: bool,
    ) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._record, self._event, self._networks = record, record.event, networks
        self._links_only = (lambda _: False) if private else links_only
        self._spoken = spoken
        self._pictures: dict[str, PictureFile] = {}
        self._put_already: set[str] = set()
        self._photos: list[str] = []
        self._private = private
        self._prompts = {prompt.id: prompt for prompt in record.prompts}
        self._pages = -(-record.posts // POSTS_A_PAGE)
        self._written = 0
        self.posts = 0

    def whose_pictures(self, some: list[PastPost]) -> list[str]:
        """Keys of the pictures that hang on these posts and may be handed on."""
        shared = [said.post for said in some if not self._links_only(said.post.source)]
        return [str(photo["picture"]) for post in shared for photo in post.photos if photo.get("picture")]

    def add(self, some: list[PastPost], pictures: Mapping[str, PictureFile] | None = None) -> None:
        """The next page of posts, with those of their pictures that are there."""
        self._written += 1
        self._pictures = dict(pictures or {})
        for key, file in self._pictures.items():
            if key not in self._put_already:
                self._put_already.add(key)
                self._zip.writestr(f"pictures/{key}.{file.ending}", file.content)
        self.posts += len(some)
        self._put(f"posts/{self._written:04d}.html", self._page(some, self._written))
        self._put(f"posts/{self._written:04d}.jsonl", "".join(map(self._line, some)))

    def add_photo(self, number: int, alt: str, file: PictureFile) -> None:
        """One of a meet, that everybody may see."""
        name = f"pictures/photo-{number}.{file.ending}"
        self._zip.writestr(name, file.content)
        self._photos.append(f'<p><img src="{name}" alt="{escape(alt)}"></p>')

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
        days = " – ".join(dict.fromkeys(self._spoken.day(day) for day in (event.starts_on, event.ends_on) if day))
        parts = [
            f"<header><h1>{escape(event.name)}</h1>",
            f"<p>{escape(days)}</p>" * bool(days),
            f"<p>{tags}</p></header>",
        ]
        if event.farewell:
            parts.append(f"<p dir=auto>{typed(event.farewell)}</p>")
        asked = [one for one in self._record.asked if one.talk or one.questions]
        if asked:
            parts += [f"<h2>{self._say(PROGRAMME)}</h2>", *(self._talk(one) for one in asked)]
        parts += [*self._all_prompts(), *self._notes()]
        links = "".join(
            f'<li><a href="posts/{page:04d}.html">{self._page_name(page)}</a></li>' for page in self._numbers()
        )
        if self.posts:
            posts = self._say(counted("%(num)s post", "%(num)s posts", self.posts))
            parts.append(f"<h2>{self._say(SAID)}</h2><p>{posts}</p><ul class=pages>{links}</ul>")
        return document(self._event.language, event.name, "style.css", "\n".join(parts))

    def _say(self, said: str) -> str:
        return escape(self._spoken.say(said))

    def _page_name(self, page: int) -> str:
        return self._say(_page(page))

    def _numbers(self) -> range:
        return range(1, self._written + 1)

    def _all_prompts(self) -> Iterator[str]:
        if self._prompts:
            listed = "".join(f"<li>{escape(prompt.words)}</li>" for prompt in self._prompts.values())
            yield f"<h2>{self._say(PROMPTS)}</h2><ul>{listed}</ul>"

    def _notes(self) -> Iterator[str]:
        if self._record.notes is not None:
            yield f"<h2>{self._say(NOTES)}</h2>"
            yield from noted(self._record.notes.text)
        if self._photos:
            yield f"<h2>{self._say(PHOTOS)}</h2>"
            yield from self._photos

    def _talk(self, asked: Asked) -> str:
        talk = asked.talk
        if talk is None:
            head = f"<h3>{self._say(OF_NO_TALK)}</h3>"
        else:
            who = ", ".join([*talk.speakers, *([talk.room] if talk.room else [])])
            at = escape(self._spoken.time(talk.starts_at))
            head = f"<h3>{escape(talk.title)}</h3><p class=who>{at}{' · ' * bool(who)}{escape(who)}</p>"
        return f"<section>{head}{''.join(self._question(card) for card in asked.questions)}</section>"

    def _question(self, card: QuestionCard) -> str:
        votes = self._say(counted("%(num)s vote", "%(num)s votes", card.question.votes))
        answered = f" · {self._say(ANSWERED)}" if card.question.state is QuestionState.ANSWERED else ""
        # It may stand among the posts too, and no page has an id twice.
        post = self._post(card.post, card.author, f"question-{card.id}")
        answer = f"<b>{self._say(THE_ANSWER)}:</b> "
        reply = f"<p class=text dir=auto>{answer}{escape(card.reply.text)}</p>" if card.reply else ""
        return f"<div class=question><p class=votes>{votes}{answered}</p>{post}{reply}</div>"

    def _page(self, some: list[PastPost], page: int) -> str:
        up = f'<p><a href="../index.html">{escape(self._event.name)}</a></p>'
        parts = [f"<header>{up}<h1>{self._page_name(page)}</h1></header>"]
        before: Prompt | None = None
        for said in some:
            prompt = self._prompts.get(said.prompt_id or 0)
            if prompt is not before and prompt is not None:
                parts.append(f"<h2>{escape(prompt.words)}</h2>")
            before = prompt
            parts.append(self._post(said.post, said.author))
        beside = [number for number in (page - 1, page + 1) if 0 < number <= self._pages]
        ways = "".join(f' <a href="{number:04d}.html">{self._page_name(number)}</a>' for number in beside)
        parts.append(f'<nav><a href="../index.html">{self._say(CONTENTS)}</a>{ways}</nav>')
        return document(
            self._event.language,
            f"{self._event.name}, {self._spoken.say(_page(page))}",
            "../style.css",
            "\n".join(parts),
        )

    def _post(self, post: Post, author: Signed, place: str = "") -> str:
        at = escape(self._spoken.time(post.posted_at))
        when = f'<time datetime="{post.posted_at.isoformat()}">{at}</time>'
        label = escape(self._spoken.say(self._networks.label(post.source)))
        place = place or f"post-{post.id}"
        if self._links_only(post.source):
            what = self._spoken.say(Sentence("A post on %(network)s", network=self._networks.label(post.source)))
            return f'<article id="{place}"><p>{link(post.url, what)} <span class=when>{when}</span></p></article>'
        handle = f" @{escape(author.handle)}" if author.source != "floor" else ""
        name = f"<p class=who><b>{escape(author.name)}</b>{handle} · {link(post.url, when, whole=True)} · {label}</p>"
        text = "".join(segment(one) for one in post.segments)
        quote = post.quote or {}
        quoted = f"<blockquote>{escape(str(quote.get('text', '')))}</blockquote>" if quote.get("text") else ""
        # Beside a question, on the first page, there is no room for pictures.
        shown = "" if place.startswith("question") else "".join(map(self._picture, post.photos))
        return f'<article id="{place}">{name}<p class=text dir=auto>{text}</p>{quoted}{shown}</article>'

    def _picture(self, photo: Mapping[str, object]) -> str:
        """The picture itself if it is there, else what it shows."""
        key, alt = str(photo.get("picture", "")), str(photo.get("alt", ""))
        if (file := self._pictures.get(key)) is not None:
            return f'<p><img src="../pictures/{key}.{file.ending}" alt="{escape(alt)}"></p>'
        return f"<p class=alt>{self._say(Sentence('Picture: %(alt)s', alt=alt))}</p>" if alt else ""

    def _line(self, said: PastPost) -> str:
        """For programs: ids and links of all, words of those that may be published."""
        post = said.post
        told: dict[str, object] = {
            "id": post.id,
            "source": post.source,
            "ref": "" if post.source == FLOOR.key else post.ref,  # which names the phone
            "url": post.url,
            "posted_at": post.posted_at.isoformat(),
            "prompt": self._prompts[said.prompt_id].label if said.prompt_id in self._prompts else "",
            "question": said.asked,
        }
        if not self._links_only(post.source):
            handle = "" if post.source == FLOOR.key else said.author.handle
            told |= {"name": said.author.name, "handle": handle, "text": post.text}
        return json.dumps(told, ensure_ascii=False) + "\n"


def _page(number: int) -> Sentence:
    return Sentence("Page %(number)s", number=number)
