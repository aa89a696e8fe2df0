"""A talk's questions and posts as a spreadsheet, for who gave it.

Of networks that allow their texts in the organiser's own files only, there are links in it.
"""

import csv
import io

from app.domain.network import Networks
from app.domain.post import Post
from app.domain.signed_names import Signed
from app.files.spreadsheet_cells import BEGINS, safe_cell
from app.queries.talk_packs import TalkPack

COLUMNS = ("kind", "state", "votes", "people", "at", "source", "name", "handle", "url", "text", "answer")


def pack_csv(pack: TalkPack, networks: Networks) -> str:
    out = io.StringIO()
    out.write(BEGINS)
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    rows = [
        {
            "kind": "question",
            "state": card.question.state.value,
            "votes": card.question.votes,
            "people": card.askers,
            "answer": card.reply.text if card.reply else "",
            **_said(card.post, card.author, networks),
        }
        for card in (*pack.asked, *pack.unasked, *pack.passed_over)
    ]
    rows += [{"kind": "post", **_said(card.post, card.author, networks)} for card in pack.posts]
    for row in rows:
        writer.writerow({name: safe_cell(row.get(name, "")) for name in COLUMNS})
    return out.getvalue()


def _said(post: Post, author: Signed, networks: Networks) -> dict[str, object]:
    return {
        "at": post.posted_at.isoformat(),
        "source": post.source,
        "name": author.name,
        "handle": author.handle if post.source != "floor" else "",
        "url": post.url,
        "text": post.text if networks.origin(post.source).public_words else "",
    }
