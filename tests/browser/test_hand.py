"""Desk, stage and setup in the hand: phones and tablets, in real browsers."""

import pytest
from playwright.sync_api import Page, Route, expect

from app.actions.links import give_link
from app.actions.questions import bring_on_stage, make_question, reopen
from app.actions.verdicts import approve
from app.actions.votes import publish_vote_totals, vote
from app.domain.access import Role
from app.domain.question import Question
from tests.browser.conftest import People
from tests.browser.team import PERSONAL, arrives, now
from tests.conftest import ASHA
from tests.running import Running

SENTENCE = "How do the teams that meet at the bedside decide who goes home first, and who tells the family, and when? "
LONG = (SENTENCE * 9)[:500]
WIDE = ("WWWW MMMM " * 50)[:500]


def connected(page: Page) -> Page:
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    return page


def seen(page: Page, selector: str) -> list[str]:
    """Which of these are not wholly within the window, or are covered by something else."""
    found: list[str] = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].filter((one) => {
          const box = one.getBoundingClientRect();
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          const within = box.top >= 0 && box.bottom <= innerHeight + 1 && box.left >= 0 && box.right <= innerWidth + 1;
          return !within || !(one.contains(top) || top?.contains(one));
        }).map((one) => one.outerHTML.slice(0, 120))""",
        selector,
    )
    return found


PHONES = [(390, 844), (360, 640), (320, 700)]
DESKS = [(390, 844), (820, 1180), (1024, 600), (1280, 720), (1440, 900), (1920, 1080)]
STAGES = [(1180, 820), (1024, 768), (1024, 600), (960, 600), (820, 1180)]


def resized(page: Page, size: tuple[int, int]) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return page


def opened_at(page: Page, size: tuple[int, int]) -> None:
    """The same screen once more, on a screen of that size: loaded as new, scrolled nowhere."""
    url = page.url
    page.goto("about:blank")
    resized(page, size).goto(url)
    connected(page)


@pytest.mark.parametrize("text", ["Hello from the atrium", PERSONAL, LONG])
def test_approve_is_seen_without_scrolling(server: Running, people: People, text: str) -> None:
    arrives(server, "1", text)
    arrives(server, "2")
    desk = people.open(Role.MODERATOR, has_touch=True, is_mobile=True)
    for size in PHONES:
        opened_at(desk, size)
        expect(desk.locator('.post[aria-current="true"]')).to_be_visible()
        assert desk.evaluate("scrollY") == 0, size
        assert seen(desk, '.post[aria-current="true"] [data-do="a"]') == [], size
        assert desk.evaluate("document.scrollingElement.scrollWidth") <= size[0], size


def test_a_note_covers_no_counts_and_no_button_of_the_current_post(server: Running, people: People) -> None:
    for ref in range(3 + len(DESKS)):
        arrives(server, str(ref))
    desk = people.open(Role.MODERATOR)
    for left, size in zip(range(2 + len(DESKS), 2, -1), DESKS, strict=True):
        opened_at(desk, size)
        desk.locator('.post[aria-current="true"] [data-do="a"]').click()
        expect(desk.locator("#toasts .toast")).to_contain_text("Approved")
        expect(desk.locator("#held > .post:not(.leaving)")).to_have_count(left)
        assert hidden_below_notes(desk) == [], size
        if size[0] > 1200 or size[0] < 500:
            assert seen(desk, "#counts a") == [], size


def hidden_below_notes(desk: Page) -> list[str]:
    found: list[str] = desk.evaluate(
        """(selectors) => {
      const notes = [...document.querySelectorAll('#toasts .toast')].map((one) => one.getBoundingClientRect());
      return [...document.querySelectorAll(selectors)].map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) =>
        notes.some((note) => note.left < box.right && box.left < note.right && note.top < box.bottom && box.top < note.bottom),
      ).map(([one]) => one.outerHTML.slice(0, 100));
    }""",
        '#counts a, .post[aria-current="true"] .acts .button, .desk-screen .button',
    )
    return found


@pytest.mark.parametrize("words", [LONG, WIDE, "Why?"], ids=["long", "wide", "short"])
def test_the_stage_shows_the_whole_question_and_its_buttons(server: Running, people: People, words: str) -> None:
    stage = connected(resized(people.open(Role.SPEAKER), STAGES[0]))
    question = server.do(make_question, arrives(server, "1", words), by=ASHA, at=now())
    for size in STAGES:
        # As it was pushed to a screen of that size, and as it is loaded there.
        resized(stage, size)
        server.do(bring_on_stage, question.id, by=ASHA, at=now())
        expect(stage.locator("#onstage .stage-words")).to_have_text(words.strip())
        for change in (lambda: None, stage.reload):
            change()
            expect(stage.locator("#onstage .stage-words")).to_be_visible()
            assert sunk(stage) <= 1, size
            assert seen(stage, "#onstage .stage-words, #onstage button") == [], size
            assert stage.evaluate("parseFloat(getComputedStyle(document.querySelector('.stage-words')).fontSize)") >= 14
        connected(stage)
        server.do(reopen, question.id, by=ASHA, at=now())
        expect(stage.locator("#onstage .stage-words")).to_have_count(0)


def sunk(stage: Page) -> float:
    """How much of what is on stage one would have to scroll to."""
    hidden: float = stage.evaluate(
        "(() => { const box = document.getElementById('onstage'); return box.scrollHeight - box.clientHeight; })()"
    )
    return hidden


def hasty(server: Running) -> Question:
    question: Question = server.do(make_question, arrives(server, "1", "Why is there no loop?"), by=ASHA, at=now())
    for number in range(25):
        server.do(vote, question.id, f"phone {number}", at=now(), origin="one address")
    server.do(publish_vote_totals, server.event.id, at=now())
    return question


def test_votes_in_a_burst_are_left_out_on_the_stage_and_counted_again(server: Running, people: People) -> None:
    question = hasty(server)
    stage, desk = connected(people.open(Role.SPEAKER)), connected(people.open(Role.MODERATOR))
    own = stage.locator(f"#question-{question.id}")
    expect(own).to_contain_text("25 of these votes came within ten seconds from one address.")
    own.get_by_role("button", name="Leave them out").click()
    expect(own.locator(".votes strong")).to_have_text("0")
    expect(own.locator(".hasty")).to_have_count(0)
    stage.get_by_role("button", name="Undo").click()
    expect(own.locator(".votes strong")).to_have_text("25")
    theirs = desk.locator(f"#question-{question.id}")
    theirs.get_by_role("button", name="Leave them out").click()
    expect(theirs.locator(".votes")).to_have_text("0")
    desk.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(theirs.locator(".votes")).to_have_text("25")
    assert people.problems == []


def test_a_cleared_wall_is_brought_back_by_the_notes_own_button(server: Running, people: People) -> None:
    server.do(approve, arrives(server, "1"), by=ASHA, at=now())
    desk, phone = connected(people.open(Role.MODERATOR)), connected(people.open(None))
    expect(phone.locator("#posts .post")).to_have_count(1)
    desk.get_by_role("button", name="Clear the wall").click()
    expect(phone.locator("#posts .post")).to_have_count(0)
    desk.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(phone.locator("#posts .post")).to_have_count(1)
    assert people.problems == []


def test_a_desk_without_a_network_claims_nothing(server: Running, people: People) -> None:
    arrives(server, "1")
    desk = connected(people.open(Role.MODERATOR))
    desk.context.set_offline(True)
    for name in ("Approve", "Pause the wall"):
        desk.get_by_role("button", name=name).first.click()
        note = desk.locator("#toasts .toast.refused")
        expect(note).to_contain_text("not known whether this counts")
        expect(note).not_to_contain_text("back in the list")
    expect(desk.locator("#held .post:not(.leaving)")).to_have_count(1)
    desk.context.set_offline(False)
    desk.get_by_role("button", name="Approve").first.click()
    expect(desk.locator("#held .post")).to_have_count(0)


def test_what_a_desk_asks_by_itself_it_may_miss(server: Running, people: People) -> None:
    """Who listens now is asked every ten seconds: that is no word worth of a moderator's eye."""
    context = people.context(Role.MODERATOR)
    context.route("**/presence", lambda route: route.abort())
    desk = context.new_page()
    with desk.expect_event("requestfailed", lambda request: request.url.endswith("/presence")):
        desk.goto(people.address(Role.MODERATOR))
    connected(desk)
    expect(desk.locator(".desk")).to_have_attribute("data-ready", "")
    assert desk.locator("#toasts .toast").count() == 0


def test_an_owner_is_asked_before_a_link_is_gone_and_a_reload_makes_no_second(server: Running, people: People) -> None:
    setup = connected(people.open(Role.OWNER))
    setup.locator("#label").fill("Asha")
    setup.get_by_role("button", name="Make a link").click()
    expect(setup.locator(".setup-fresh")).to_contain_text("Asha")
    url = setup.locator("#fresh-url").input_value()
    setup.reload()
    expect(setup.locator("#fresh-url")).to_have_value(url)
    row = setup.locator("#links li", has_text="Asha")
    expect(row).to_have_count(1)
    row.locator("summary").click()
    row.get_by_role("button", name="Yes, revoke it").click()
    expect(setup.locator("#links li.revoked", has_text="Asha")).to_have_count(1)
    server.do(give_link, server.event.id, Role.OWNER, at=now(), label="Ben")
    # Ben's link is an owner's, too: it is told apart by its name.
    own = setup.locator("#links li").filter(has=setup.locator("strong", has_text="Owner"))
    own.locator("summary").click()
    own.get_by_role("button", name="Yes, revoke it").click()
    expect(setup.locator(".setup-asks")).to_contain_text("the link that you are here with")
    setup.get_by_role("link", name="Keep it").click()
    expect(setup.locator("#links li", has_text="Ben")).to_have_count(1)
    assert people.problems == []


def test_a_person_corrects_what_waits_and_loses_no_word_when_somebody_was_quicker(
    server: Running, people: People
) -> None:
    phone = connected(people.open(None))
    phone.locator("#text").fill("Is their a hearing loop?")
    phone.get_by_role("button", name="Send").click()
    own = phone.locator("#mine .own")
    own.locator(".own-correct summary").click()
    own.locator("textarea").fill("Is there a hearing loop?")
    own.get_by_role("button", name="Save").click()
    expect(own).to_contain_text("Corrected.")
    expect(own.locator(".own-text")).to_have_text("Is there a hearing loop?")
    own.locator(".own-correct summary").click()
    own.locator("textarea").fill("Is there a hearing loop in the foyer?")
    post_id = int(own.get_attribute("data-post") or 0)
    server.do(approve, post_id, by=ASHA, at=now())
    expect(phone.locator("#posts .post")).to_have_count(1)
    own.get_by_role("button", name="Save").click()
    expect(own).to_contain_text("Somebody has decided on it meanwhile")
    expect(own.locator("textarea")).to_have_value("Is there a hearing loop in the foyer?")
    assert people.problems == []


def test_what_is_opened_while_a_phone_asks_for_its_own_posts_stays_open(server: Running, people: People) -> None:
    phone = connected(people.open(None))
    phone.locator("#text").fill("Is their a hearing loop?")
    phone.get_by_role("button", name="Send").click()
    own = phone.locator("#mine .own")
    expect(own).to_have_count(1)
    asked: list[Route] = []

    def waits(route: Route) -> None:
        asked.append(route)

    phone.route("**/mine", waits)
    post_id = int(own.get_attribute("data-post") or 0)
    with phone.expect_request("**/mine"):
        server.do(approve, post_id, by=ASHA, at=now())
    while not asked:
        phone.evaluate("null")
    own.locator(".own-withdraw summary").click()
    with phone.expect_response("**/mine") as answered:
        asked[0].continue_()
    answered.value.finished()
    phone.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(own.get_by_role("button", name="Yes, withdraw it")).to_be_visible()


def test_what_comes_on_stage_while_one_takes_it_back_asks_again(server: Running, people: People) -> None:
    phone = connected(people.open(None))
    phone.locator("#text").fill("Is there a hearing loop?")
    phone.get_by_role("button", name="Send").click()
    own = phone.locator("#mine .own")
    own.locator(".own-withdraw summary").click()
    post_id = int(own.get_attribute("data-post") or 0)
    question = server.do(make_question, post_id, by=ASHA, at=now())
    server.do(bring_on_stage, question.id, by=ASHA, at=now())
    expect(phone.locator("#onstage")).to_contain_text("Is there a hearing loop?")
    own.get_by_role("button", name="Yes, withdraw it").click()
    expect(own).to_contain_text("the whole hall looks at it")
    own.get_by_role("button", name="Yes, withdraw it").click()
    expect(phone.locator("#onstage")).to_be_hidden()
    expect(own).to_have_count(0)
    assert people.problems == []
