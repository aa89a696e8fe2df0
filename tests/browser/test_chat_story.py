"""Weeks of a chat, a meet and a conference in seconds: people find the hour, talk, read it afterwards and meet with cake."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.event_days import set_days
from app.actions.links import give_link
from app.actions.prompts import write_prompt
from app.actions.series import Described
from app.actions.stars import star_post
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.event import EventKind
from app.domain.post import Post
from app.domain.prompt import PromptKind
from app.queries.meets import guests_of, people_coming
from app.queries.transcript import transcript
from tests.browser.in_compressed_time import CompressedTime, compressed_time
from tests.conftest import ASHA, incoming
from tests.domain.answers_spelled import SAID
from tests.meeting import meet_made
from tests.shared_links import share, sharing
from tests.until import PATIENCE
from tests.weekly import editions, weekly

FOUNDED = datetime(2026, 10, 12, 9, tzinfo=UTC)
"""A Monday, thirteen days before the clocks of London change."""
MINUTES = {0: (PromptKind.WELCOME, "Welcome, who is here?"), 10: (PromptKind.QUESTION, "What helped?"),
           25: (PromptKind.QUESTION, "What did not?"), 40: (PromptKind.QUESTION, "And next?"),
           55: (PromptKind.CLOSING, "Thank you all")}  # fmt: skip
JO = "jo.hart@example.org"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompressedTime]:
    with compressed_time(tmp_path_factory.mktemp("weeks"), FOUNDED) as made:
        yield made


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE * 1_000)
    yield context
    context.close()


def as_owner(world: CompressedTime, context: BrowserContext, pattern_id: int, slug: str) -> Page:
    page, link = context.new_page(), world.do(give_link, pattern_id, Role.OWNER)
    page.goto(f"{world.url}/e/{slug}-pattern/setup?key={link.token}")
    return page


def test_from_the_survey_to_the_third_edition_over_a_change_of_clocks(
    world: CompressedTime, phone: BrowserContext, browser: Browser
) -> None:
    series = world.do(weekly, described=Described(date(2026, 10, 13), time(12), 60))
    host = as_owner(world, browser.new_context(), series.pattern_id, "tea")
    survey = f"{world.url}/s/tea/survey"
    host.goto(survey)
    host.locator("#survey [name=days][value='1']").check()
    host.locator("#survey [name=days][value='3']").check()
    host.locator("#times").fill("12:00 20:00")
    host.get_by_role("button", name="Ask", exact=True).click()
    page = phone.new_page()
    for _ in range(3):  # three phones
        phone.clear_cookies()
        page.goto(survey)
        page.locator("#answer [name=days][value='3']").check()
        page.locator("#answer [name=times][value='20:00']").check()
        page.locator("#answer [name=every][value='week']").check()
        page.get_by_role("button", name="Send my answer").click()
    host.goto(survey)
    expect(host.locator("#rule")).to_contain_text("3 answers")
    host.get_by_role("button", name="Make it the rule of the series").click()
    world.until(world.at + timedelta(minutes=1))
    due = [one for one in world.ask(editions, series.id) if not one.edition.called_off]
    begins = [one.edition.starts_at for one in due[:3]]
    assert begins == [datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((15, 19), (22, 19), (29, 20))]

    third = due[2]
    for minute, (kind, text) in MINUTES.items():
        world.do(write_prompt, third.event.id, kind=kind, text=text, minute=minute, by=ASHA)
    for one in due[:2]:  # those before are held, by the calendar alone
        world.until(one.edition.starts_at + timedelta(minutes=5))
        page.goto(f"{world.url}/s/tea")
        expect(page.locator("#next-title")).to_have_text("On now")
        world.until(one.edition.ends_at + timedelta(days=2, minutes=1))
    wanted = _answers(world, third.event.id, begins[2])
    page.goto(f"{world.url}/s/tea/floor")
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    page.locator("#text").fill("My neighbour brought soup")
    page.locator("#send button.primary").click()
    expect(page.locator("#mine .own")).to_have_count(1)
    world.do(approve, world.ask(_newest, third.event.id), by=ASHA)
    world.until(begins[2] + timedelta(minutes=58))
    guide = world.do(receive, third.event.id, sharing("https://hips.example/guide", "link", title="A guide")).post_id
    world.do(approve, guide, by=ASHA)
    world.do(star_post, guide, by=ASHA)

    # Read afterwards: by prompt, the sheet, the shelf, a letter.
    told = world.ask(transcript, third.event)
    found = {said.card.id: chapter.prompt.text for chapter in told.chapters if chapter.prompt for said in chapter.said}
    right = sum(found.get(post_id) == text for post_id, text in wanted.items())
    assert (len(wanted), told.posts) == (120, 122)
    assert right / len(wanted) >= 0.95
    page.goto(f"{world.url}/s/tea/transcript")
    expect(page.locator(".chapter-head")).to_have_count(5)
    expect(page.locator(".said")).to_have_count(122)
    page.get_by_role("link", name=re.compile("What I learned")).click()
    expect(page.locator("#own-said li")).to_have_count(1)
    expect(page.locator("#own-said")).to_contain_text("soup")
    expect(page.locator("[name^=topic-]:checked")).to_have_count(1)
    assert (page.locator("#on").input_value(), page.locator("#participatory").input_value()) == ("2026-10-29", "1")
    page.goto(f"{world.url}/s/tea/links")
    expect(page.locator(".resource-name")).to_contain_text("A guide")
    _by_mail(world, page, third.event.slug)
    page.goto(f"{world.url}/s/tea")
    expect(page.locator(".series-when")).to_contain_text("5 Nov")
    host.context.close()


def _answers(world: CompressedTime, event_id: int, begins: datetime) -> dict[int, str]:
    """A hundred and twenty, half of them from X, half from phones, while the clock releases one prompt after another."""
    questions = [(minute, text) for minute, (kind, text) in MINUTES.items() if kind is PromptKind.QUESTION]
    ways = {number: [text for text, said in SAID if said == number and "RT" not in text] for number in (1, 2, 3)}
    wanted: dict[int, str] = {}
    world.until(begins)
    for number, (minute, prompt) in enumerate(questions, 1):
        world.until(begins + timedelta(minutes=minute))
        for one in range(40):
            world.at += timedelta(seconds=20)
            # Later ones name an earlier prompt now and then: that is where they stand.
            about = number - 1 if one % 10 == 9 and number > 1 else number
            text = (
                ways[about][one % len(ways[about])]
                if one % 3 or about != number
                else f"Something else that helped, number {one}"
            )
            source, ref = ("x", "floor")[one % 2], f"{number}-{one}"
            post = incoming(f"{text} ({ref})", ref=ref, by=f"{source}_{one}", source=source, posted_at=world.at)
            post_id = world.do(receive, event_id, post).post_id
            world.do(approve, post_id, by=ASHA)
            wanted[post_id] = questions[about - 1][1] if about else prompt
        world.until(world.at)
    return wanted


def _newest(db: Session, event_id: int) -> int:
    return max(db.exec(select(Post.id).where(Post.event_id == event_id)))


def _by_mail(world: CompressedTime, page: Page, slug: str) -> None:
    page.goto(f"{world.url}/e/{slug}/missed")
    page.locator("#address").fill(JO)
    page.get_by_role("button", name="Send me a letter to confirm").click()
    expect(page.locator("#toasts")).to_contain_text("Look into your mailbox")
    world.until(world.at + timedelta(seconds=10))
    (asks,) = world.box.letters
    (way,) = set(re.findall(r"/letters/[\w-]+", asks))
    page.goto(world.url + way)
    page.get_by_role("button", name="Yes, send it to me").click()
    world.until(world.at + timedelta(days=3))  # late answers are over
    assert len(world.box.letters) == 2
    assert "https://hips.example/guide" in world.box.letters[1].replace("=\r\n", "")
    assert JO not in str(world.ask(lambda db: db.connection().exec_driver_sql("select * from digestmail").all()))


def test_eleven_people_meet_with_cake(world: CompressedTime, phone: BrowserContext, browser: Browser) -> None:
    world.until(datetime(2026, 12, 1, 9, tzinfo=UTC))
    first, second = world.do(meet_made)
    host = browser.new_context().new_page()
    link = world.do(give_link, first.id, Role.MODERATOR)
    host.goto(f"{world.url}/e/{first.slug}/desk?key={link.token}")
    page, here = phone.new_page(), f"{world.url}/e/{first.slug}/meet"
    for name, more in (("Kai", 2), ("Mel", 0), ("Ann, 91", 1), ("Jo", 0), ("Sam", 3), ("A porter", 0)):
        phone.clear_cookies()
        page.goto(here)
        page.locator("#name").fill(name)
        page.locator("#more").fill(str(more))
        if name == "Kai":
            page.get_by_label("Name me on this page").check()
        page.get_by_role("button", name="I come").click()
        expect(page.locator("#own-address")).to_have_value(re.compile("/meet/guests/"))
    assert people_coming(world.ask(guests_of, first.id)) == 12
    page.get_by_role("button", name="I do not come").click()
    expect(page.locator("#come")).to_contain_text("11 people come.")
    expect(page.locator("#come li")).to_have_count(0)
    host.goto(here)
    host.get_by_role("button", name="Let it be read").click()
    host.goto(f"{world.url}/e/{first.slug}/notes")
    host.locator("#text").fill("# Agreed\n- read https://hips.example/next\n- more cake")
    host.get_by_role("button", name="Save").click()
    page.goto(here)
    expect(page.locator("#come li")).to_have_text("Kai")
    expect(page.locator(".meet-notes").last).to_contain_text("more cake")
    expect(page.get_by_role("link", name="To the next meet")).to_have_attribute("href", f"/e/{second.slug}/meet")
    page.goto(f"{world.url}/e/{first.slug}/links")
    expect(page.locator(".resource-name")).to_contain_text("hips.example/next")
    host.context.close()


def test_who_comes_to_a_conference_after_lunch_reads_what_was_since_one(
    world: CompressedTime, phone: BrowserContext
) -> None:
    event_id, day = world.server.event.id, datetime(2027, 3, 10, tzinfo=UTC)
    days = {"kind": EventKind.CONFERENCE, "starts_on": day.date(), "ends_on": day.date(), "listed": False}
    world.until(day + timedelta(hours=8))
    world.do(set_days, event_id, **days, by=ASHA)
    for hour in (10, 14):
        world.until(day + timedelta(hours=hour))
        url = f"https://hips.example/{hour}"
        world.do(star_post, world.do(share, event_id, url, str(hour), words=f"At {hour}", posted_at=world.at), by=ASHA)
    world.until(day + timedelta(hours=16))
    page = phone.new_page()
    page.goto(f"{world.url}/e/box10/missed")
    expect(page.locator(".missed-posts .post")).to_have_count(2)
    page.locator("#since").fill("13:00")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".missed-posts .post")).to_have_count(1)
    expect(page.locator(".missed-posts .post")).to_contain_text("At 14")
    expect(page.locator(".missed-links li")).to_have_count(1)
