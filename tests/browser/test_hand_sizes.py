"""What a desk and a stage show without scrolling, and under no note, on phones, tablets and laptops of every size."""

import pytest
from playwright.sync_api import Page, expect

from app.actions.questions import bring_on_stage, make_question, reopen
from app.domain.access import Role
from tests.browser.conftest import People
from tests.browser.team import PERSONAL, arrives, now
from tests.browser.test_hand import connected
from tests.conftest import ASHA
from tests.running import Running

SENTENCE = "How do the teams that meet at the bedside decide who goes home first, and who tells the family, and when? "
LONG = (SENTENCE * 9)[:500]
WIDE = ("WWWW MMMM " * 50)[:500]


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
LYING_PHONES = [(844, 390), (915, 412), (932, 430)]
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


def test_a_tablet_shows_two_whole_questions_each_with_all_that_one_may_do(server: Running, people: People) -> None:
    for number in range(3):
        server.do(make_question, arrives(server, str(number), f"{SENTENCE}{number}"), by=ASHA, at=now())
    stage = connected(resized(people.open(Role.SPEAKER), STAGES[0]))
    for place in (0, 1):
        row = f"#questions > .question:nth-child({place + 1}) > .stage-acts"
        one_line(stage, f"{row} > {ACTS}", many=6)
        assert seen(stage, f"{row} > {ACTS}") == []
    opened = stage.locator(".stage-list .question .hold").first
    opened.locator("summary").click()
    expect(opened.locator("summary")).to_contain_text("Hold for")
    one_line(stage, f"#questions > .question:first-child > .stage-acts > {ACTS}:not([open])", many=5)


ACTS = ":is(form, a, details)"


def one_line(page: Page, selector: str, *, many: int) -> None:
    """All of these stand in one row, and a finger finds each."""
    boxes = page.locator(selector).evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map((box) => [box.top + box.height / 2, box.width, box.height])"
    )
    assert len(boxes) == many
    assert max(middle for middle, _, _ in boxes) - min(middle for middle, _, _ in boxes) < 2
    assert min(min(wide, high) for _, wide, high in boxes) >= 44


def test_what_is_opened_at_the_right_of_the_stage_moves_nothing_at_the_left(server: Running, people: People) -> None:
    for number in range(3):
        server.do(make_question, arrives(server, str(number), f"{SENTENCE}{number}"), by=ASHA, at=now())
    stage = connected(resized(people.open(Role.SPEAKER), STAGES[0]))
    before = [stage.locator(one).bounding_box() for one in ("#onstage", "#next")]
    for summary in stage.locator(".stage-past > summary:visible").all():
        summary.click()
    assert [stage.locator(one).bounding_box() for one in ("#onstage", "#next")] == before


def test_a_phone_that_lies_shows_the_question_the_next_and_their_buttons_apart(server: Running, people: People) -> None:
    for number in range(2):
        question = server.do(make_question, arrives(server, str(number), f"{SENTENCE}{number}"), by=ASHA, at=now())
    server.do(bring_on_stage, question.id, by=ASHA, at=now())
    stage = connected(resized(people.open(Role.SPEAKER), (844, 390)))
    assert sunk(stage) <= 1
    assert seen(stage, "#onstage .stage-words, #onstage .credit, #onstage button, #next button") == []
    said = stage.locator("#next .stage-next-words")
    assert said.evaluate("(one) => one.scrollHeight <= one.clientHeight"), "cut within its line"


def test_a_phone_that_lies_shows_many_words_whole_with_their_buttons(server: Running, people: People) -> None:
    arrived = [arrives(server, str(number), words) for number, words in enumerate(("Why?", LONG, "And who else?"))]
    _, question, _ = [server.do(make_question, post_id, by=ASHA, at=now()) for post_id in arrived]
    server.do(bring_on_stage, question.id, by=ASHA, at=now())
    stage = connected(people.open(Role.SPEAKER))
    for size in LYING_PHONES:
        opened_at(stage, size)
        expect(stage.locator("#onstage .stage-words")).to_be_visible()
        assert sunk(stage) <= 1, size
        assert seen(stage, "#onstage .stage-words, #onstage button") == [], size
        assert seen(stage, "#questions .question:first-child .stage-text") == [], size


def test_how_long_a_talk_goes_on_is_one_row_of_buttons(server: Running, people: People) -> None:
    desk = people.open(Role.MODERATOR)
    for size in [(1180, 820), *DESKS[3:]]:
        opened_at(desk, size)
        boxes = desk.locator(".desk-minutes .button").evaluate_all(
            "(all) => all.map((one) => [one.getBoundingClientRect().top, one.scrollWidth - one.clientWidth])"
        )
        assert len({top for top, _ in boxes}) == 1, size
        assert max(over for _, over in boxes) <= 0, size


GROUNDS = """() => [...document.querySelectorAll('.avatar')].filter((one) => one.checkVisibility()).filter((one) => {
  const ground = (at) => getComputedStyle(at).backgroundColor;
  let below = one.parentElement;
  while (below && ['rgba(0, 0, 0, 0)', 'transparent'].includes(ground(below))) below = below.parentElement;
  return below && ground(below) === ground(one);
}).map((one) => one.parentElement.outerHTML.slice(0, 120))"""


def test_the_circle_of_a_picture_is_seen_on_whatever_it_lies(server: Running, people: People) -> None:
    for number in range(2):
        question = server.do(make_question, arrives(server, str(number), SENTENCE), by=ASHA, at=now())
    server.do(bring_on_stage, question.id, by=ASHA, at=now())
    arrives(server, "waits")
    desk, stage = connected(people.open(Role.MODERATOR)), connected(people.open(Role.SPEAKER))
    desk.keyboard.press("x")
    expect(desk.locator(".desk-bulk")).to_be_visible()
    for page in (desk, stage):
        expect(page.locator(".avatar").first).to_be_visible()
        assert page.evaluate(GROUNDS) == []
    desk.goto(f"{server.floor}/remote")
    expect(desk.locator("#onstage .avatar").first).to_be_visible()
    assert desk.evaluate(GROUNDS) == []
