"""The host's page: prompts with words ready to copy and links that prefill; whom to greet, whom to answer."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lxml import html
from sqlmodel import select

from app.actions.arrivals import receive
from app.actions.prompts import release_prompt, write_prompt
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.incoming import ReplyTo
from app.domain.prompt import Answer, PromptKind
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import OURS, Site


@pytest.fixture
def chat(site: Site) -> Site:
    site.enter(Role.MODERATOR, "host")
    for text in ("What helped & why?", "What next?"):
        site.do(write_prompt, site.event.id, kind=PromptKind.QUESTION, text=text, minute=None, by=ASHA, at=NOON)
    return site


def says(chat: Site, text: str, ref: str, **more: object) -> int:
    post_id = chat.do(receive, chat.event.id, incoming(text, ref=ref, by=f"by_{ref}", **more), at=NOON).post_id
    chat.do(approve, post_id, by=ASHA, at=NOON)
    return int(post_id)


def page_of(chat: Site, path: str = "/host") -> html.HtmlElement:
    return html.document_fromstring(chat.client.get(f"/e/box10{path}").text)


def test_words_are_ready_to_copy_and_to_post_by_oneself(chat: Site) -> None:
    page = page_of(chat)
    wanted = "Q1 What helped & why? #box10"
    assert page.xpath("//input[@readonly]/@value")[0] == wanted
    ways = page.xpath("(//li[@data-prompt])[1]//a/@href")
    assert len(ways) == 3
    assert [unquote(way).rpartition("text=")[2] for way in ways] == [wanted] * 3
    assert parse_qs(urlsplit(ways[0]).query)["text"] == [wanted]


def test_what_is_put_is_on_wall_floor_and_now_and_undone_by_one_press(chat: Site) -> None:
    prompt = page_of(chat).xpath("//li/@data-prompt")[0]
    chat.client.post(f"/prompts/{prompt}/release", headers=OURS)
    for path in ("/wall", "", "/now"):
        frame = page_of(chat, path).get_element_by_id("frame").text_content()
        assert "What helped & why?" in frame
        assert "Q1" in frame
    assert page_of(chat, "").get_element_by_id("frame").get("data-prompt") == prompt
    chat.client.request("DELETE", f"/prompts/{prompt}/release", headers=OURS)
    assert "What helped" not in page_of(chat, "/wall").get_element_by_id("frame").text_content()


def test_an_answer_is_put_under_another_prompt(chat: Site) -> None:
    first, second = page_of(chat).xpath("//li/@data-prompt")
    chat.do(release_prompt, int(first), by=ASHA, at=NOON)
    post = says(chat, "Tea did", "1")
    chosen = f"//select[@id='put-{post}']/option[@selected]/@value"
    assert page_of(chat).xpath(chosen) == [first]
    chat.client.post(f"/posts/{post}/prompt", data={"prompt": second}, headers=OURS)
    assert page_of(chat).xpath(chosen) == [second]
    chat.client.request("DELETE", f"/posts/{post}/prompt", headers=OURS)
    assert page_of(chat).xpath(chosen) == [first]


def test_who_is_new_is_greeted_and_who_was_answered_does_not_wait(chat: Site) -> None:
    first = page_of(chat).xpath("//li/@data-prompt")[0]
    chat.do(release_prompt, int(first), by=ASHA, at=NOON)
    says(chat, "Tea did", "1")
    says(chat, "Cake did", "2")
    says(chat, "Which cake?", "3", reply_to=ReplyTo("2", "by_2"))
    new, waits = (
        [text.strip() for text in page_of(chat).xpath(f"//section[@id='guests']/article[{where}]/p/text()")]
        for where in ("following-sibling::h2", "preceding-sibling::h2[2]")
    )
    assert new == ["Which cake?", "Cake did", "Tea did"]
    assert waits == ["Which cake?", "Tea did"]


@pytest.mark.parametrize(
    ("data", "said"), [({"text": " "}, "Type the prompt"), ({"text": "x", "minute": "soon"}, "a number")]
)
def test_what_cannot_be_written_is_refused_with_a_sentence(chat: Site, data: dict[str, str], said: str) -> None:
    refused = chat.post("/prompts", **data)
    assert refused.status_code == 422
    assert said in refused.text


def test_a_phone_answers_the_prompt_that_it_was_shown(chat: Site) -> None:
    first, second = page_of(chat).xpath("//li/@data-prompt")
    for prompt in (first, second):
        chat.do(release_prompt, int(prompt), by=ASHA, at=NOON)
    chat.client.get("/e/box10")
    chat.post("/posts", text="Tea, written when Q1 was on", kind="post", key="1", prompt=first)
    (post,) = chat.ask(lambda db: [one.prompt_id for one in db.exec(select(Answer))])
    assert post == int(first)
