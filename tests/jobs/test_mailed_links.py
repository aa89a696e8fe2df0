"""Links go out by e-mail: one letter a person, whatever is pressed twice, and setup says what became of each."""

import asyncio
import email
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html

from app.actions.links import revoke_link
from app.actions.mailed_links import MOST_WAITING, PAUSES
from app.domain.access import Role
from app.domain.mailed_link import MAILED_ROLES, MOST_AT_ONCE, MailState
from app.jobs.mailed_links import mail_what_is_due
from app.main import create_app
from app.queries.links import links
from app.queries.mailed_links import mailed_links
from app.settings import Settings
from tests.databases import lay_down
from tests.receiving import Mailbox, mail_server
from tests.views.site import Site

ASHA = "Asha Rao, asha@example.org"
BOTH = f"{ASHA}\nOmar Said, omar@example.org, speaker"


class Post(Site):
    """An event whose server can send e-mail; the queue is worked when a test says so."""

    def __init__(self, client: TestClient, box: Mailbox) -> None:
        super().__init__(client)
        self.box, self.later = box, timedelta()
        self.page = self.enter(Role.OWNER, "setup").text

    def mails(self, people: str, **more: str) -> Any:
        form = html.document_fromstring(self.page).xpath('//form[contains(@action, "/mailed-links")]')[0]
        [key] = form.xpath('.//input[@name="key"]/@value')
        return self.post("/setup/mailed-links", **{"people": people, "role": "moderator", "key": key, **more})

    def work(self) -> None:
        moved = replace(self.context, now=lambda: datetime.now(UTC) + self.later)
        self._call(lambda: mail_what_is_due(moved))

    def states(self) -> dict[str, MailState]:
        return {one.address: one.state for one, _ in self.ask(mailed_links, self.event.id)}

    def shown(self) -> str:
        page = html.document_fromstring(self.client.get("/e/box10/setup").text)
        return " ".join(page.get_element_by_id("mailed").text_content().split())

    def letters(self) -> list[email.message.EmailMessage]:
        return [email.message_from_string(one, policy=policy.default) for one in self.box.letters]


def at_post(folder: Path, box: Mailbox, act: Callable[[Post], None], smtp: str | None = None) -> None:
    made = Settings(
        _env_file=None,
        data_dir=folder,
        secret_key="only-for-tests-7fQ2xW9cLr4Tz0bVk3",
        smtp_url=f"smtp://127.0.0.1:{box.port}" if smtp is None else smtp,
        public_url="http://testserver",
    )  # type: ignore[call-arg]
    lay_down(folder)
    with TestClient(create_app(made, by_itself=False)) as client:
        act(Post(client, box))


async def with_post(folder: Path, act: Callable[[Post], None], **more: Any) -> None:
    async with mail_server() as box:
        await asyncio.to_thread(at_post, folder, box, act, **more)


async def test_each_gets_one_letter_with_a_link_of_their_own_whatever_is_pressed_twice(tmp_path: Path) -> None:
    def act(post: Post) -> None:
        for _ in range(2):
            assert post.mails(BOTH).status_code == 200
        assert "on its way" in post.shown()
        post.work()
        post.mails(BOTH)  # and once more after it was sent
        post.work()
        assert post.states() == dict.fromkeys(("asha@example.org", "omar@example.org"), MailState.SENT)
        assert [letter["To"] for letter in post.letters()] == ["asha@example.org", "omar@example.org"]
        assert post.letters()[0]["Subject"] == "Your link to the desk of Box 10 live"
        keys = []
        for letter, page in zip(post.letters(), ("desk", "stage"), strict=True):
            text = letter.get_content()
            [url] = re.findall(r"http://testserver\S+", text)
            assert url.startswith(f"http://testserver/e/box10/{page}?key=")
            assert "Hello " in text
            keys.append(url.partition("key=")[2])
            other = TestClient(post.client.app)
            other.portal = post.client.portal
            assert other.get(url).status_code == 200
        assert len(set(keys)) == 2
        shown = post.shown()
        assert shown.count("sent") == 2
        assert all(key not in post.client.get("/e/box10/setup").text for key in keys)
        assert [one.nonce for one, _ in post.ask(mailed_links, post.event.id)] == ["", ""]
        named = [(one.label, one.role) for one in post.ask(links, post.event.id) if "." not in one.label]
        assert named[-2:] == [("Asha Rao", Role.MODERATOR), ("Omar Said", Role.SPEAKER)]

    await with_post(tmp_path, act)


async def test_what_is_refused_is_said_and_sent_again_only_when_somebody_says_so(tmp_path: Path) -> None:
    def act(post: Post) -> None:
        post.box.refuses = {"omar@example.org": "550 No such user <here>"}
        post.mails(BOTH)
        post.work()
        post.work()
        assert post.states() == {"asha@example.org": MailState.SENT, "omar@example.org": MailState.REFUSED}
        assert "refused: the mail server did not take it (550) (No such user <here>)" in post.shown()
        assert len(post.box.letters) == 1
        post.box.refuses = {}
        ids = {one.address: one.id for one, _ in post.ask(mailed_links, post.event.id)}
        for mailed_id in (*ids.values(), *ids.values(), 9_999):  # what was sent is not sent again by it
            assert post.post(f"/setup/mailed-links/{mailed_id}/again").status_code == 200
        post.work()
        assert [letter["To"] for letter in post.letters()] == ["asha@example.org", "omar@example.org"]

    await with_post(tmp_path, act)


async def test_a_server_that_is_busy_is_tried_again_a_few_times(tmp_path: Path) -> None:
    def act(post: Post) -> None:
        post.box.refuses = {"asha@example.org": "451 later"}
        post.mails(ASHA)
        for _ in PAUSES:
            post.work()
            post.work()  # not before its pause is over
            assert "on its way · the mail server did not take it (451)" in post.shown()
            post.later += PAUSES[-1]
        post.work()
        assert post.states() == {"asha@example.org": MailState.REFUSED}
        assert sum("RCPT" in line.upper() for line in post.box.lines) == len(PAUSES) + 1

    await with_post(tmp_path, act)


async def test_a_link_that_was_revoked_is_not_sent(tmp_path: Path) -> None:
    def act(post: Post) -> None:
        post.mails(ASHA)
        [(_, access)] = post.ask(mailed_links, post.event.id)
        post.do(revoke_link, access.id, at=datetime.now(UTC))
        post.work()
        assert post.box.letters == []
        assert "asha" not in post.shown()

    await with_post(tmp_path, act)


async def test_the_queue_has_an_end_and_a_form_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    def act(post: Post) -> None:
        def people(form: int) -> str:
            return "\n".join(f"A{n}, a{form}-{n}@example.org" for n in range(MOST_AT_ONCE))

        forms = MOST_WAITING // MOST_AT_ONCE
        answers = [post.mails(people(form), key=f"form {form}") for form in range(forms + 1)]
        assert [answer.status_code for answer in answers] == [*[200] * forms, 422]
        assert "Many e-mails wait to be sent already." in answers[-1].text
        assert f"a{forms}-0@example.org" in answers[-1].text  # nothing typed is lost
        assert len(post.states()) == MOST_WAITING

    await with_post(tmp_path, act)


@pytest.mark.parametrize(
    ("people", "more", "said"),
    [
        ("Asha", {}, "“Asha” has no e-mail address."),
        (ASHA, {"role": "owner"}, "This form is old."),
        (ASHA, {"key": ""}, "This form is old."),
    ],
)
async def test_what_cannot_be_sent_is_said(tmp_path: Path, people: str, more: dict[str, str], said: str) -> None:
    def act(post: Post) -> None:
        answer = post.mails(people, **more)
        assert (answer.status_code, said in answer.text, post.states()) == (422, True, {})

    await with_post(tmp_path, act)


async def test_without_a_mail_server_setup_says_how_to_get_one(tmp_path: Path) -> None:
    def act(post: Post) -> None:
        assert "a mail server (SMTP_URL)" in post.page
        assert post.post("/setup/mailed-links", people=ASHA, key="k").status_code == 422
        assert {role.value for role in MAILED_ROLES} == {"moderator", "speaker"}

    await with_post(tmp_path, act, smtp="")
