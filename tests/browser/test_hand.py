"""Desk, stage and setup in the hand: phones and tablets, in real browsers."""

from playwright.sync_api import Page, Route, expect

from app.actions.links import give_link
from app.actions.questions import bring_on_stage, make_question
from app.actions.verdicts import approve
from app.actions.votes import publish_vote_totals, vote
from app.domain.access import Role
from app.domain.question import Question
from tests.browser.conftest import People
from tests.browser.team import arrives, now
from tests.conftest import ASHA
from tests.running import Running


def connected(page: Page) -> Page:
    expect(page.locator("body")).to_have_attribute("data-connection", "up")
    return page


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
    phone.route("**/mine", lambda _: None)  # no news of its own comes between the question and the answer
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
