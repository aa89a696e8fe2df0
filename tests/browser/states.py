"""The ways into a state that a screen can be in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from app.actions.event_states import close_event, open_event
from app.actions.incidents import take_incident
from app.actions.questions import bring_on_stage, make_question
from app.actions.red_buttons import set_intake, set_wall_state
from app.domain.access import Role
from app.domain.event import EventState, WallState
from app.domain.policy import Intake
from app.views.incident_page import incident_page
from tests.conftest import ASHA
from tests.files.programme.invented import frab_xml
from tests.running import Running

Act = Callable[[Page], None]
At = Callable[[Running, Page], None]
FAREWELL = "10 https://example.org/recordings-of-the-day"
"""Words that need no translation."""


def nothing(_page: Page) -> None:
    """It is as it opens."""


@dataclass(frozen=True)
class State:
    """`path` below the event, `act` on the open page, `wall` as the hall sees it."""

    name: str
    role: Role | None
    path: str
    act: Act = nothing
    wall: WallState = WallState.LIVE
    intake: Intake = Intake.OPEN
    live: bool = True
    life: EventState = EventState.OPEN
    meanwhile: At = lambda _server, _page: None
    """What happens elsewhere while the page is open."""

    def __str__(self) -> str:
        return self.name

    def enter(self, server: Running, page: Page) -> None:
        """Bring an open screen of its role into this state."""
        at = datetime.now(UTC)
        server.do(set_wall_state, server.event.id, self.wall, by=ASHA, at=at)
        server.do(set_intake, server.event.id, self.intake, by=ASHA, at=at)
        if self.life is EventState.CLOSED:
            server.do(close_event, server.event.id, farewell=FAREWELL, at=at)
        else:
            server.do(open_event, server.event.id, at=at)
        page.goto(f"{server.floor}/{self.path}".replace("/?", "?") if self.path else server.floor)
        if self.live:
            expect(page.locator("body")).to_have_attribute("data-connection", "up")
        page.evaluate("() => document.fonts.ready.then(() => null)")
        self.act(page)
        self.meanwhile(server, page)


def away(connection: str = "down") -> Act:
    """As the page looks when its socket is gone: `down` for a while, `off` for good."""
    return lambda page: page.evaluate("connection => { document.body.dataset.connection = connection; }", connection)


def pressed(*keys: str, seen: str = "") -> Act:
    def press(page: Page) -> None:
        expect(page.locator(".desk")).to_have_attribute("data-ready", "")
        for key in keys:
            page.keyboard.press(key)
        if seen:
            expect(page.locator(seen).first).to_be_visible()

    return press


def clicked(what: str, seen: str) -> Act:
    def click(page: Page) -> None:
        page.locator(what).first.click()
        expect(page.locator(seen).first).to_be_visible()

    return click


def refused(page: Page) -> None:
    """A note that stays, as after a request that did not arrive."""
    page.evaluate(
        "() => document.getElementById('toasts').append(document.getElementById('unreachable').content.cloneNode(true))"
    )
    expect(page.locator(".toast.refused")).to_be_visible()


def sent(words: str, seen: str) -> Act:
    def send(page: Page) -> None:
        page.evaluate("() => document.getElementById('text').removeAttribute('maxlength')")
        page.locator("#text").fill(words)
        page.locator("#send .button").click()
        expect(page.locator(seen).first).to_be_visible()

    return send


def voted(page: Page) -> None:
    page.locator("#questions .vote").first.click()
    expect(page.locator('.vote[aria-pressed="true"]').first).to_be_visible()


def opened(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def larger(page: Page) -> None:
    """Letters as large as they get, and the socket gone."""
    for _ in range(10):
        page.locator('[data-size="1"]').click()
    away()(page)


def waiting(page: Page) -> None:
    """New questions wait behind the pill of the stage."""
    page.evaluate(
        "() => { document.getElementById('fresh').hidden = false; document.getElementById('fresh').textContent = '2'; }"
    )


STRANGE = b"13:10-13:30,10,11\n13:30-14:00,12,13\n"
RUDE = frab_xml().replace(b"Nights on the ward", b"Fuck off, you wankers")


def chosen(content: bytes, seen: str) -> Act:
    """A file of a programme was chosen, and is looked at."""

    def choose(page: Page) -> None:
        page.locator("#file").set_input_files({"name": "10", "mimeType": "text/plain", "buffer": content})
        page.locator("form[enctype] button").click()
        expect(page.locator(seen).first).to_be_visible()

    return choose


def confirmed_too_late(page: Page) -> None:
    """The programme, or the file, has changed since it was looked at."""
    chosen(frab_xml(), ".import-list")(page)
    page.evaluate("() => { document.querySelector('[name=mark]').value = 'of-before'; }")
    page.locator('form[action$="/talks"] .primary').click()
    expect(page.locator('[role="alert"]')).to_be_visible()


def incident(server: Running, page: Page) -> None:
    """The page in a file for a safeguarding case."""
    taken = server.do(take_incident, server.event.id, [1, 2], 0, by=ASHA, at=datetime.now(UTC))
    page.goto("about:blank")  # where nothing forbids it a style of its own
    page.set_content(incident_page(taken))


def own_on_stage(server: Running, page: Page) -> None:
    """A phone takes back what the whole hall looks at: it is asked."""
    sent("10", "#mine .own")(page)
    post_id = int(page.locator("#mine .own").first.get_attribute("data-post") or 0)
    question = server.do(make_question, post_id, by=ASHA, at=datetime.now(UTC))
    server.do(bring_on_stage, question.id, by=ASHA, at=datetime.now(UTC))
    expect(page.locator(f'#own-{post_id}[data-state="on_stage"]')).to_be_visible()
    page.locator(f"#withdraw-{post_id} summary").click()
    expect(page.locator(f"#withdraw-{post_id} .danger")).to_be_visible()


def new_remote(page: Page) -> None:
    page.locator("#name-chair").fill("10")
    clicked('form[action$="/screens/remote"] .primary', ".setup-fresh")(page)
