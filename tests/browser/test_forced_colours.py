"""Where the reader's own few colours are all there is, one sees what has the focus, and what is on, chosen or wrong."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.domain.access import Role
from tests.browser.every_state import STATES
from tests.browser.states import State
from tests.browser.test_states import full, opens, screens
from tests.running import Running

__all__ = ["full", "opens", "screens"]

SCREENS = [state for state in STATES if "," not in state.name]
"""Every page of the program, in one of its states."""

# What can have the focus and would not show it: without an outline, since shadows are not drawn.
UNSEEN = """
() => {
  const found = [];
  const focusable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  for (const one of document.querySelectorAll(focusable)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) continue;
    const shown = [one, one.nextElementSibling].filter(Boolean).some((box) => {
      const style = getComputedStyle(box);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && getComputedStyle(box).opacity !== '0';
    });
    if (!shown) found.push(one.outerHTML.slice(0, 120));
  }
  return found;
}
"""
# How something looks to whoever has few colours: no backgrounds or shadows of ours but those that are meant to stay.
LOOK = """
(box) => ['', '::before'].map((part) => {
  const style = getComputedStyle(box, part || null);
  const kept = style.forcedColorAdjust === 'none' ? style.backgroundColor + style.color : '';
  return [kept, style.borderTopStyle, style.borderTopWidth, style.borderTopColor, style.borderTopLeftRadius, style.outlineStyle,
    style.textDecorationLine, style.opacity, style.display].join(' ');
}).join(' / ')
"""


@pytest.fixture
def forced(full: Running, opens: Any) -> Any:
    def enter(state: State) -> Page:
        return opens(full, state, forced_colors="active")

    return enter


@pytest.mark.parametrize("state", SCREENS, ids=str)
def test_the_focus_is_seen(forced: Any, state: State) -> None:
    assert forced(state).evaluate(UNSEEN) == []


def look(page: Page, what: str) -> str:
    found: str = page.locator(what).first.evaluate(LOOK)
    return found


@pytest.mark.parametrize(
    ("path", "role", "one", "other"),
    [
        ("", None, ".choice input:checked + span", ".choice input:not(:checked) + span"),
        ("desk", Role.MODERATOR, '.desk-post[aria-current="true"]', ".desk-post:not([aria-current])"),
        ("desk", Role.MODERATOR, '.desk-counts [data-list="held"]', '.desk-counts [data-list="approved"]'),
        ("desk", Role.MODERATOR, ".button.red", ".desk-screen .button:not(.red)"),
        ("desk", Role.MODERATOR, ".acts .button.primary", ".acts .button.danger"),
        ("desk", Role.MODERATOR, ".dot.good", ".dot.bad"),
        ("desk", Role.MODERATOR, ".notice.bad", ".notice.warn"),
        ("log", Role.OWNER, '.ways [aria-current="page"]', ".ways :not([aria-current])"),
        ("setup/rules", Role.OWNER, ".mode:has(:checked)", ".mode:not(:has(:checked))"),
    ],
)
def test_what_is_on_looks_different(forced: Any, path: str, role: Role | None, one: str, other: str) -> None:
    page = forced(State(path, role, path, live=path in {"", "desk"}))
    expect(page.locator(one).first).to_be_visible()
    assert look(page, one) != look(page, other)


def test_a_vote_that_was_given_looks_different(forced: Any) -> None:
    page = forced(State("floor", None, ""))
    before = look(page, "#questions .vote")
    page.locator("#questions .vote").first.click()
    expect(page.locator("#questions .vote").first).to_have_attribute("aria-pressed", "true")
    assert look(page, "#questions .vote") != before


def test_every_state_of_the_connection_looks_different(forced: Any) -> None:
    page = forced(State("floor", None, ""))
    # Set and looked at in one breath: the page's own socket says how it is whenever it likes.
    all_three = f"""(box) => ['up', 'down', 'off'].map((state) => {{
      document.body.dataset.connection = state;
      return ({LOOK})(box) + box.innerText;
    }})"""
    looks = page.locator(".connection").first.evaluate(all_three)
    assert len(set(looks)) == 3
