"""The desk of a team, in real browsers: who looks at what, covered words, reasons."""

from playwright.sync_api import expect
from sqlmodel import Session, col, select

from app.actions.policies import change_policy
from app.domain.decision import Decision
from app.domain.policy import Policy
from tests.browser.conftest import People
from tests.browser.team import PERSONAL, arrives, current, now, press, sits_down
from tests.running import Running


def test_moderators_see_who_looks_at_what_and_are_led_past_it(server: Running, people: People) -> None:
    ids = [arrives(server, str(number)) for number in range(4)]
    asha, ben = sits_down(server, people, "Asha"), sits_down(server, people, "Ben")
    expect(ben.locator("#looking")).to_contain_text("Asha")
    press(asha, "j")
    current(asha, ids[1])
    expect(ben.locator(f"#post-{ids[1]} .looked")).to_have_text("Asha is looking")
    # Ben decides the first; the second is Asha's, so he is led to the third.
    press(ben, "a")
    current(ben, ids[2])
    expect(asha.locator(f"#post-{ids[2]} .looked")).to_have_text("Ben is looking")
    asha.goto("about:blank")
    expect(ben.locator("#looking li")).to_have_count(1)
    expect(ben.locator(f"#post-{ids[1]} .looked")).to_be_hidden()
    assert people.problems == []


def test_personal_data_is_covered_revealed_for_one_only_and_needs_a_second_person(
    server: Running, people: People
) -> None:
    post_id = arrives(server, "1", PERSONAL)
    asha, ben = sits_down(server, people, "Asha"), sits_down(server, people, "Ben")
    for desk in (asha, ben):
        expect(desk.locator(f"#post-{post_id}")).to_be_visible()
        assert "Quillfeather" not in desk.content()
        assert "943 476" not in desk.content()  # digits alone may stand in a time
    press(asha, "v")
    expect(asha.locator(f"#post-{post_id} .text")).to_have_text(PERSONAL)
    expect(ben.locator(f"#post-{post_id} .text")).not_to_have_text(PERSONAL)
    press(asha, "a")
    expect(ben.locator(f"#post-{post_id}")).to_contain_text("Asha agrees")
    # The card that came back is covered for nobody who has looked already.
    expect(asha.locator(f"#post-{post_id} .text")).to_have_text(PERSONAL)
    press(asha, "a")
    expect(asha.locator("#toasts")).to_contain_text("You have agreed already")
    press(ben, "a")
    expect(ben.locator("#held .post")).to_have_count(0)

    def looked(db: Session) -> list[tuple[str, str]]:
        its = col(Decision.subject).in_(("reveal", "agreement", "post"))
        rows = db.exec(select(Decision).where(its, Decision.subject_id == post_id).order_by(col(Decision.id)))
        return [(row.subject, row.by) for row in rows if row.by != "screening"]

    assert server.do(looked) == [("reveal", "Asha"), ("agreement", "Asha"), ("post", "Ben")]
    assert people.problems == []


def test_a_number_rejects_with_a_reason_that_the_author_reads(server: Running, people: People) -> None:
    desk = sits_down(server, people, "Asha")
    phone = people.open(None)
    phone.locator("#text").fill("Something that is not about this at all")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#mine")).to_contain_text("waiting for a moderator")
    expect(desk.locator("#held .post")).to_have_count(1)
    press(desk, "1")
    # A phone that waits asks every few seconds.
    expect(phone.locator("#mine")).to_contain_text("Not shown because it is not about this event")
    press(desk, "z")
    expect(desk.locator("#held .post")).to_have_count(1)
    phone.reload()
    expect(phone.locator("#mine")).to_contain_text("waiting for a moderator")
    phone.locator(".own-withdraw summary").click()
    phone.get_by_role("button", name="Yes, withdraw it").click()
    expect(desk.locator("#held .post")).to_have_count(0)
    assert people.problems == []


def test_somebody_who_may_need_help_is_told_where_to_find_it_and_never_rejected(
    server: Running, people: People
) -> None:
    server.do(change_policy, server.event.id, Policy(welfare="Priya in room 3"), at=now())
    desk, phone = sits_down(server, people, "Asha"), people.open(None)
    arrives(server, "1")
    phone.locator("#text").fill("I do not want to be here any more, I think of ending my life")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#mine")).to_contain_text("Samaritans 116 123")
    # It goes first, before what has waited longer.
    expect(desk.locator("#held .post").first).to_contain_text("Somebody may need help.")
    expect(desk.locator("#frame")).to_contain_text("Priya in room 3")
    press(desk, "k", "r")
    expect(desk.locator("#held .post")).to_have_count(1)
    phone.reload()
    expect(phone.locator("#mine")).not_to_contain_text("not shown")
    expect(phone.locator("#mine")).to_contain_text("Priya in room 3")
