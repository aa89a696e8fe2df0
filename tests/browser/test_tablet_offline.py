"""A tablet on stage without a network for ten minutes, thirty taps, and another speaker at work meanwhile."""

from typing import Any

from playwright.sync_api import Page, Route, expect
from sqlmodel import Session, col, select

from app.actions.chair_marks import write_note
from app.actions.questions import make_question
from app.domain.access import Role
from app.domain.decision import Decision
from app.domain.question import Question, QuestionState
from app.domain.subject import Subject
from tests.browser.venue import Venue, venue
from tests.conftest import ASHA

__all__ = ["venue"]

QUESTIONS = 16
PASSES = """
(() => {
  const [date, performed] = [Date.now.bind(Date), performance.now.bind(performance)];
  let ahead = 0;
  Date.now = () => date() + ahead;
  performance.now = () => performed() + ahead;
  window.passes = (minutes) => { ahead += minutes * 60_000; };
})();
"""
"""So that ten minutes pass at once, on every clock that the page has."""


def taps(page: Page, question: Question, name: str) -> None:
    page.locator(f"#questions > #question-{question.id}").get_by_role("button", name=name, exact=True).click()


def order(page: Page) -> list[str]:
    found: list[str] = page.locator("#questions > .question").evaluate_all("rows => rows.map(row => row.id)")
    return found


def decided(db: Session) -> list[tuple[int, str]]:
    """What came of taps, in order."""
    tapped = select(Decision.subject_id, Decision.after).where(Decision.subject == Subject.QUESTION, Decision.tap != "")
    return list(db.exec(tapped.where(col(Decision.cause_id).is_(None)).order_by(col(Decision.id))))


def test_thirty_taps_of_ten_minutes_without_a_network_are_settled_in_order_none_twice_and_conflicts_are_told(
    venue: Venue,
) -> None:
    asked = [venue.do(make_question, venue.shows(number), by=ASHA) for number in range(QUESTIONS)]
    venue.do(write_note, asked[0].id, "Samina knows the figures", by=ASHA)
    tablet = venue.open(Role.SPEAKER, before=lambda context: context.add_init_script(PASSES))
    other = venue.open(Role.SPEAKER, venue.another_network())
    expect(tablet.locator("#questions > .question")).to_have_count(QUESTIONS)
    before, clock = order(tablet), tablet.locator("#clock").inner_text()

    venue.network.set("cut")
    expect(tablet.locator("body")).to_have_attribute("data-connection", "down")
    for question in asked[:5]:
        taps(tablet, question, "Bring on stage")
    for question in asked[:6]:
        taps(tablet, question, "Star")
    tablet.evaluate("passes(5)")
    # Meanwhile, where there is a network.
    taps(other, asked[3], "Dismiss")
    taps(other, asked[12], "Dismiss")
    taps(other, asked[14], "Bring on stage")
    other.locator("#onstage").get_by_role("button", name="Answered").click()
    expect(other.locator("#questions > .question")).to_have_count(QUESTIONS - 3)
    for question in asked[5:10]:
        taps(tablet, question, "Bring on stage")
    for question in asked[6:11]:
        taps(tablet, question, "Star")
    for question in asked[10:14]:
        taps(tablet, question, "Dismiss")
        if question is asked[10]:
            tablet.get_by_role("button", name="Undo").click()
    for _ in range(2):
        tablet.get_by_role("button", name="Undo").click()  # of the last two that were passed over
    taps(tablet, asked[15], "Star")
    taps(tablet, asked[11], "Star")
    tablet.evaluate("passes(5)")

    assert order(tablet) == before
    expect(tablet.locator(f"#note-{asked[0].id} summary")).to_have_text("Samina knows the figures")
    expect(tablet.locator("#taps-waiting")).to_contain_text("30 taps wait")
    expect(tablet.locator("#clock")).not_to_have_text(clock)

    lost = _answers_get_lost(tablet, times=3)
    venue.network.set("open")
    expect(tablet.locator("#taps-waiting")).to_be_hidden()
    assert len(lost) == 3
    expect(tablet.locator("#onstage")).to_contain_text("number 9")
    told = tablet.locator("#toasts .toast.refused")
    expect(told.filter(has_text="number 12”")).to_have_count(1)
    lines = "\n".join(told.all_inner_texts()).splitlines()
    # One was to be brought up; the dismissal of the other was not this tablet's to take back.
    assert [line.partition("”")[0].partition(", ")[2] for line in lines] == ["number 3", "number 12"]
    assert all("dismissed" in line for line in lines)

    on, off = QuestionState.ON_STAGE.value, QuestionState.DISMISSED.value
    back = QuestionState.OPEN.value
    mine = [one for one in venue.running.do(decided) if one not in _of_the_other(asked)]
    brought = [(asked[number].id, on) for number in range(10) if number != 3]
    passed = [(asked[10].id, off), (asked[10].id, back), (asked[11].id, off), (asked[13].id, off), (asked[13].id, back)]
    assert mine == brought + passed
    stars = {one.id for one in venue.running.do(lambda db: db.exec(select(Question).where(Question.starred)).all())}
    assert stars == {asked[number].id for number in (*range(12), 15)}
    for page in (tablet, other):
        expect(page.locator("#questions > .question")).to_have_count(3)
    assert venue.problems == []


def _of_the_other(asked: list[Any]) -> set[tuple[int, str]]:
    return {
        (asked[3].id, "dismissed"),
        (asked[12].id, "dismissed"),
        (asked[14].id, "on_stage"),
        (asked[14].id, "answered"),
    }


def _answers_get_lost(page: Page, *, times: int) -> list[str]:
    """The server does what it is asked, and nobody hears of it: it is asked again."""
    lost: list[str] = []

    def answer(route: Route) -> None:
        if len(lost) == times:
            return route.fallback()
        try:
            route.fetch()
        except Exception:  # still no network
            return route.abort()
        lost.append(route.request.url)
        return route.abort()

    page.route("**/questions/*/stage", answer)
    return lost
