"""What was missed comes by e-mail once: after two yeses, at its time, with a way out of one click; then it is forgotten."""

import asyncio
import email
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from lxml import html
from sqlmodel import select

from app.actions.digests import DIGEST_PAUSES, UNCONFIRMED
from app.actions.event_days import set_days
from app.actions.event_states import close_event
from app.actions.stars import star_post
from app.domain.digest import DigestMail, DigestState, UnwantedMail
from app.domain.event import EventKind
from app.jobs.digests import send_what_is_due
from app.main import create_app
from app.settings import Settings
from tests.conftest import ASHA
from tests.databases import lay_down
from tests.receiving import Mailbox, mail_server
from tests.shared_links import share
from tests.views.site import OURS, Site

JO = "Jo.Hart@example.org"


class Digests(Site):
    """An event whose server can send e-mail; letters go when a test says so."""

    def __init__(self, client: TestClient, box: Mailbox) -> None:
        super().__init__(client)
        self.box, self.later = box, timedelta()
        now = datetime.now(UTC)
        days = {"kind": EventKind.CONFERENCE, "starts_on": now.date(), "ends_on": now.date() + timedelta(days=5)}
        self.do(set_days, self.event.id, **days, listed=False, by=ASHA, at=now)
        for source in ("x", "floor"):
            post_id = self.do(
                share, self.event.id, f"https://{source}.example/", source, source=source, posted_at=now, at=now
            )
            self.do(star_post, post_id, by=ASHA, at=now)

    def asks(self, address: str = JO, moment: str = "end") -> Any:
        return self.post("/missed/mail", address=address, moment=moment)

    def work(self) -> None:
        moved = replace(self.context, now=lambda: datetime.now(UTC) + self.later)
        self._call(lambda: send_what_is_due(moved))

    def rows(self) -> list[DigestMail]:
        return self.ask(lambda db: list(db.exec(select(DigestMail).order_by(DigestMail.id))))

    def unwanted(self) -> int:
        return len(self.ask(lambda db: list(db.exec(select(UnwantedMail)))))

    def letters(self) -> list[email.message.EmailMessage]:
        return [email.message_from_string(one, policy=policy.default) for one in self.box.letters]

    def way_out(self) -> str:
        """The path of the newest letter's page."""
        return str(self.letters()[-1]["List-Unsubscribe"]).strip("<>").removeprefix("http://testserver")

    def confirms(self) -> Any:
        path = self.way_out()
        assert "Yes, send it to me" in self.client.get(path).text
        assert self.rows()[-1].state is DigestState.ASKING  # looking at it confirms nothing
        (action,) = html.document_fromstring(self.client.get(path).text).xpath(
            "//form[contains(@action, 'confirm')]/@action"
        )
        return self.client.post(action, headers=OURS)


def at_work(folder: Path, box: Mailbox, act: Callable[[Digests], None], smtp: str | None = None) -> None:
    made = Settings(
        _env_file=None,
        data_dir=folder,
        secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
        smtp_url=f"smtp://127.0.0.1:{box.port}" if smtp is None else smtp,
        mail_from="Box 10 <live@box10.example>",
        public_url="http://testserver",
    )  # type: ignore[call-arg]
    lay_down(folder)
    with TestClient(create_app(made, by_itself=False)) as client:
        act(Digests(client, box))


async def with_digests(folder: Path, act: Callable[[Digests], None], **more: Any) -> None:
    async with mail_server() as box:
        await asyncio.to_thread(at_work, folder, box, act, **more)


async def test_one_letter_asks_one_tells_and_then_the_address_is_forgotten(tmp_path: Path) -> None:
    def act(post: Digests) -> None:
        for address in (JO, JO.upper(), JO):
            answer = post.asks(address)
            assert "a letter asks whether it was you" in answer.text
        post.work()
        post.work()
        (asking,) = post.letters()
        assert (asking["To"], asking["Subject"]) == (JO, "Do you want to hear what you missed at Box 10 live?")
        assert "It comes at the end." in post.confirms().text
        post.work()
        assert len(post.letters()) == 1
        post.do(close_event, post.event.id, at=datetime.now(UTC))
        post.work()
        post.work()
        _, told = post.letters()
        text = told.get_content()
        assert told["Subject"] == "What you missed at Box 10 live"
        assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert post.talk.title in text
        assert text.count("Worth reading") == 1
        assert "https://network.example/x" in text
        assert [(row.state, row.address) for row in post.rows()] == [(DigestState.SENT, "")]
        post.later = timedelta(days=30)
        post.asks()
        post.work()
        assert len(post.letters()) == 2

    await with_digests(tmp_path, act)


async def test_one_click_of_a_mail_program_ends_it_for_good(tmp_path: Path) -> None:
    def act(post: Digests) -> None:
        post.asks()
        post.work()
        path = post.way_out()
        post.client.cookies.clear()
        # As RFC 8058 has it: a POST without a cookie, from no page of ours.
        body = {"List-Unsubscribe": "One-Click"}
        elsewhere = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
        assert post.client.post(path, data=body, headers=elsewhere).status_code == 200
        assert [(row.state, row.address) for row in post.rows()] == [(DigestState.UNWANTED, "")]
        assert post.client.post(f"{path}/confirmation", headers=OURS).status_code == 200
        assert post.rows()[0].state is DigestState.UNWANTED
        assert "a letter asks whether it was you" in post.asks(JO.lower()).text
        post.later = timedelta(days=1)
        post.work()
        assert len(post.letters()) == 1
        assert post.unwanted() == 1
        for wrong in (
            path[:-1],
            f"{path}0",
            path.replace("/1-", "/2-"),
            "/letters/x",
            "/letters/1-é",
            "/letters/99999999999-0",
        ):
            assert post.client.post(wrong, headers=OURS).status_code == 404

    await with_digests(tmp_path, act)


async def test_who_does_not_answer_is_forgotten_and_a_server_that_is_away_is_tried_again(tmp_path: Path) -> None:
    def act(post: Digests) -> None:
        post.box.refuses = {JO: "451 later"}
        post.asks()
        for pause in DIGEST_PAUSES:
            post.work()
            post.work()
            post.later += pause
        post.work()
        assert sum("RCPT" in line.upper() for line in post.box.lines) == len(DIGEST_PAUSES) + 1
        assert post.rows() == []
        post.box.refuses = {}
        post.asks()
        post.work()
        assert [row.state for row in post.rows()] == [DigestState.ASKING]
        post.later += UNCONFIRMED
        post.work()
        assert [(row.state, row.address) for row in post.rows()] == [(DigestState.UNANSWERED, "")]
        # The address is forgotten, and the way out that stands in its letter goes on.
        way_out = post.way_out()
        assert "Never write to this address" in post.client.get(way_out).text
        assert post.client.post(f"{way_out}/confirmation", headers=OURS).status_code == 200
        assert [row.state for row in post.rows()] == [DigestState.UNANSWERED]
        assert post.client.post(way_out, headers=OURS).status_code == 200
        assert [row.state for row in post.rows()] == [DigestState.UNWANTED]
        post.asks()
        post.work()
        assert [(row.state, row.address) for row in post.rows()] == [(DigestState.UNWANTED, "")]

    def later(post: Digests) -> None:
        post.asks()
        post.work()
        post.later += UNCONFIRMED
        post.work()
        post.later = timedelta()
        post.asks()
        post.work()
        assert [(row.state, row.address) for row in post.rows()] == [(DigestState.ASKING, JO)]

    await with_digests(tmp_path / "again", later)
    await with_digests(tmp_path, act)


async def test_what_is_no_address_is_said_and_without_a_mail_server_there_is_no_form(tmp_path: Path) -> None:
    def act(post: Digests) -> None:
        for wrong in (
            "jo",
            "jo@box10",
            "a@b.example, c@d.example",
            "jo@exa mple.org",
            "jo@b.example\nBcc: x@y.example",
        ):
            answer = post.asks(wrong)
            assert (answer.status_code, "That is no e-mail address." in answer.text) == (422, True)
        assert post.asks(JO, "never").status_code == 422
        assert post.rows() == []

    def without(post: Digests) -> None:
        assert "mail-title" not in post.client.get("/e/box10/missed").text
        assert post.asks().status_code == 404

    await with_digests(tmp_path / "with", act)
    await with_digests(tmp_path / "without", without, smtp="")


def test_the_address_is_kept_out_of_what_is_printed() -> None:
    row = DigestMail(event_id=1, address=JO, address_mark="m", nonce="secret", moment="end", asked_at=datetime.now(UTC))
    assert not re.search(f"{JO}|secret", repr(row))
