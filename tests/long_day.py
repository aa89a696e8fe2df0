"""An event that has seen a lot: the furnished world of the roles, with as many decided posts as one likes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.actions.undo import undo_last
from app.actions.verdicts import Seen, approve, settle_many
from app.domain.decision import Actor, Decision
from app.domain.event import Event
from app.domain.post import Author, Post
from app.domain.publication import Publication
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.main import create_app
from app.queries.events import cursor_of
from app.settings import Settings
from tests.roles_people import Person
from tests.roles_table import ROWS
from tests.roles_world import HERE, World
from tests.until import until_now

AT_ONCE = 2_000
KEPT_LINES = 2_000
"""The log is trimmed, however long a day is."""
WHOLE = {
    "/events/box10/export.json", "/e/box10/log.csv", "/e/box10/transcript", "/api/v1/transcript", "/e/box10/figures",
    "/e/box10/setup/keeping",
}  # fmt: skip
"""Answers that hold everything, or count every row of a day (`figures` at most every twenty seconds)."""
GROWING = {
    "/e/box10/links", "/e/box10/links.csv", "/e/box10/missed", "/e/box10/missed.atom", "/e/box10/talks/{talk}/pack",
    "/e/box10/talks/{talk}/pack.csv", "/api/v1/figures", "/e/box10/archive",
    "/e/box10/reflection",
}  # fmt: skip
"""Pages that still read more the more was said. Whoever mends one takes it out."""
AGAIN = ("/e/box10/transcript", "/e/box10/archive", "/e/box10/reflection")
"""Of those, what every visit asks for: who has it already is told so before anything of it is read."""
SEARCHES = ("?list=approved", "?list=rejected", "?author={author}", "?list=approved&like=same0", "?doubt=privacy")
PAGES = tuple(
    dict.fromkeys(
        [row.path for row in ROWS if row.method == "GET" and row.path not in WHOLE | GROWING]
        + [f"/e/box10/desk{search}" for search in SEARCHES]
    )
)
"""Whatever can be asked for: the table of roles has a row for every route."""


class LongDay(World):
    """Nothing is put back: it only grows."""

    def _keep(self) -> None:
        self.posts = 0

    @property
    def event_id(self) -> int:
        return int(self.ids[f"{HERE}_event"])

    @property
    def asking(self) -> tuple[Person, Person]:
        """Who sees an event's pages, and who those of the installation."""
        by_name = {person.name: person for person in self.people}
        return by_name[f"owner of {HERE}"], by_name["home"]

    def grow(self, posts: int) -> None:
        """To so many decided posts. What waits stays the same: a desk keeps up."""
        self._do(lambda db, at: _grow(db, self.event_id, self.posts, posts, self.links[HERE]["moderator"].access.id))
        self.posts = posts
        until_now(self._is_told)

    def _is_told(self) -> bool:
        """Whether those who follow it have heard of all: what they ask for is no page's affair."""
        following = self.client.app.state.feed.followed(self.event_id)  # type: ignore[attr-defined]
        return following is None or bool(following.cursor == self._ask(cursor_of, self.event_id))

    @property
    def acts(self) -> tuple[Callable[[], Any], ...]:
        """What a moderator does all day; in the end all is as it was."""
        by = Actor("Asha", self.links[HERE]["moderator"].access.id)
        seen = [(int(self.ids[name]), Seen(Verdict.HELD, 0)) for name in ("held", "delayed")]

        def an_approval() -> Any:
            return self._do(approve, seen[0][0], by=by)

        def an_undo() -> Any:
            return self._do(undo_last, self.event_id, by=by)

        def some_verdicts() -> Any:
            return self._do(settle_many, self.event_id, seen, Verdict.REJECTED, by=by)

        def their_undo() -> Any:
            return self._do(undo_last, self.event_id, by=by)

        return an_approval, an_undo, some_verdicts, their_undo

    def opens_page(self, path: str) -> int:
        """What the first of the two is answered who may, or the second."""
        owner, home = self.asking
        answer = self.answers(owner, "GET", path, {})
        return answer if answer == 200 else self.answers(home, "GET", path, {})

    def opens_again(self, path: str, etag: str = "") -> tuple[int, str]:
        """What somebody is answered who has the page with this mark, and the mark of what it is now."""
        known = {"If-None-Match": etag} if etag else {}
        answer = next(iter(self.people)).client.get(path, headers=known)
        return answer.status_code, answer.headers.get("etag", "")


def _grow(db: Session, event_id: int, have: int, want: int, by: int) -> None:
    event = db.get_one(Event, event_id)
    like = {row.verdict: dict(row._mapping) for row in db.execute(sa.select(sa.inspect(Post).local_table))}
    author = dict(db.execute(sa.select(sa.inspect(Author).local_table)).first()._mapping)  # type: ignore[union-attr]
    db.execute(
        sa.insert(Author),
        [
            {**_but_id(author), "event_id": event_id, "ref": f"g{n}", "handle": f"g{n}"}
            for n in range(have // 8, want // 8)
        ],
    )
    authors = list(
        db.execute(sa.select(Author.id).where(Author.ref.startswith("g"), Author.event_id == event_id)).scalars()
    )  # type: ignore[attr-defined,call-overload]
    first: int = db.execute(sa.select(sa.func.max(Post.id))).scalar_one() + 1
    cursor, approvals = event.cursor, event.approvals
    for numbers in (range(at, min(at + AT_ONCE, want)) for at in range(have, want, AT_ONCE)):
        posts, decisions, lines = [], [], []
        for number in numbers:
            verdict, cursor = (Verdict.APPROVED if number % 10 < 6 else Verdict.REJECTED), cursor + 2
            approvals += verdict is Verdict.APPROVED
            at, post_id = event.created_at + timedelta(seconds=number / 4), first + number - have
            posts.append(
                {
                    **like[verdict], "id": post_id, "event_id": event_id, "ref": f"g{number}", "device": "",
                    "author_id": authors[number % len(authors)], "text": f"number {number} about the atrium",
                    "fingerprint": f"f{number}", "cluster": f"c{number}" if number % 3 else f"same{number // 30}",
                    "received_at": at, "posted_at": at, "decided_at": at, "room_id": None, "talk_id": None,
                    "asks": False, "wall_cursor": cursor if verdict is Verdict.APPROVED else None,
                    "wall_number": approvals if verdict is Verdict.APPROVED else None,
                }
            )  # fmt: skip
            of_post = {"event_id": event_id, "subject": Subject.POST, "subject_id": post_id, "at": at, "detail": ""}
            decisions += [
                {**of_post, "before": "", "after": "held", "by": "screening", "machine": True, "access_id": None},
                {**of_post, "before": "held", "after": verdict.value, "by": "Asha", "machine": False, "access_id": by},
            ]
            lines += [
                {"event_id": event_id, "cursor": one, "subject": Subject.POST, "subject_id": post_id, "at": at}
                for one in (cursor - 1, cursor)
            ]
        db.execute(sa.insert(sa.inspect(Post).local_table), posts)
        db.execute(sa.insert(Decision), decisions)
        db.execute(sa.insert(Publication), lines)
    event.cursor, event.approvals, event.trimmed = cursor, approvals, max(0, cursor - KEPT_LINES)
    db.execute(sa.delete(Publication).where(Publication.event_id == event_id, Publication.cursor <= event.trimmed))  # type: ignore[arg-type]


def _but_id(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


@contextmanager
def long_day(folder: Path, database_url: str) -> Iterator[LongDay]:
    made = Settings(  # type: ignore[call-arg]
        _env_file=None, data_dir=folder, database_url=database_url, secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3"
    )
    with TestClient(create_app(made, by_itself=False)) as client:
        yield LongDay(client, folder / "backchannel.sqlite3")
