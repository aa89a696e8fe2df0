"""What changed between two versions of the rules, as people say it: no key, no number without its noun."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.policy import Policy
from app.domain.policy_settings import LISTS
from app.domain.sentence import Sentence, counted
from app.views import words
from app.views.languages import language

Named = Callable[[str], str]
"""How a source is called."""


def difference(before: Policy, after: Policy, named: Named) -> list[Sentence]:
    """One sentence for each setting that changed."""
    old, new = before.as_json(), after.as_json()
    return [_change(name, old.get(name), value, named) for name, value in new.items() if old.get(name) != value]


def _change(name: str, was: Any, now: Any, named: Named) -> Sentence:
    what = words.LISTED.get(name) or words.RULES[name]
    if name in LISTS:
        return Sentence("%(what)s: %(now)s", what=what, now=_come_and_gone(set(was or ()), set(now)))
    if isinstance(now, Mapping):
        own = _own(name, now, named)
        return Sentence("%(what)s: %(now)s", what=what, now=own or Sentence("none of their own"))
    return Sentence("%(what)s: %(was)s → %(now)s", what=what, was=_value(name, was), now=_value(name, now))


def _come_and_gone(was: set[str], now: set[str]) -> tuple[Sentence, ...]:
    come, gone = len(now - was), len(was - now)
    return (
        *((counted("%(num)s added", "%(num)s added", come),) if come else ()),
        *((counted("%(num)s removed", "%(num)s removed", gone),) if gone else ()),
    )


def _own(name: str, now: Mapping[str, str], named: Named) -> tuple[Sentence, ...]:
    """Where something is ruled otherwise than everywhere: `From the room: Everything waits`."""
    about, ruled = (named, words.MODES) if name == "source_modes" else (_category, words.LEVELS)
    return tuple(
        Sentence("%(what)s: %(now)s", what=about(key), now=ruled.get(value, value)) for key, value in now.items()
    )


def _category(key: str) -> str:
    return words.CATEGORIES.get(key, key)


def _value(name: str, value: Any) -> object:
    if isinstance(value, bool):
        return words.ON if value else words.OFF
    if name == "delay_seconds":
        return counted("%(num)s second", "%(num)s seconds", value)
    if name == "good_record":
        return counted("%(num)s approved post", "%(num)s approved posts", value)
    if name == "language":
        return language(str(value)).name
    known: Mapping[str, str] = {"mode": words.MODES, "preset": words.PRESETS}.get(name, {})
    return known.get(value) or (Sentence("“%(words)s”", words=value) if value else Sentence("nothing"))
