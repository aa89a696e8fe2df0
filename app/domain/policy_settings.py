"""What an organiser may set: a policy is checked here, whoever sends it."""

import re
from collections.abc import Collection
from dataclasses import replace

from app.domain.category import SETTABLE
from app.domain.policy import PRESETS, Mode, Policy
from app.domain.sentence import Said, Sentence, together
from app.domain.verdict import Level

MAX_ENTRIES, MAX_ENTRY_LETTERS = 2_000, 100
"""Entries of a list, and characters of an entry."""
LISTS = {
    "trusted": Sentence("trusted authors"),
    "muted": Sentence("muted authors"),
    "banned_words": Sentence("banned words"),
    "blocked_words": Sentence("suspect words"),
    "watched_words": Sentence("watched words"),
    "allowed_words": Sentence("allowed words"),
    "allowed_names": Sentence("names that may be said"),
    "allowed_contacts": Sentence("contacts that everybody may know"),
    "allowed_hosts": Sentence("web sites"),
}


class BadPolicy(Said, ValueError):
    """It cannot be; the sentences say why, all of them."""


def entries(text: str, prefix: str = "") -> tuple[str, ...]:
    """One entry a line, or several with commas; each once."""
    lines = (line.strip().removeprefix(prefix).strip() for line in re.split(r"[\n,]", text))
    return tuple(dict.fromkeys(line for line in lines if line))


def checked(policy: Policy, sources: Collection[str], now: Policy | None = None) -> Policy:
    """The policy, its web sites as bare hosts. Raises BadPolicy with everything that is wrong.

    `sources` are those that may have a mode of their own, beside those that have one `now`: a network that was removed
    may come back, and a policy that is in force can always be sent back as it is.
    """
    if now is not None:
        sources = {*sources, *(source for source, _ in now.source_modes)}
    policy = replace(policy, allowed_hosts=tuple(re.sub(r"^https?://|/.*$", "", host) for host in policy.allowed_hosts))
    wrong = [*_modes(policy, sources), *_numbers(policy), *_levels(policy), *_lists(policy)]
    if wrong:
        raise BadPolicy(together(wrong))
    return policy


def _modes(policy: Policy, sources: Collection[str]) -> list[Sentence]:
    named = [policy.mode, *(mode for _, mode in policy.source_modes)]
    no_modes = [mode for mode in named if mode not in set(Mode)]
    no_sources = [source for source, _ in policy.source_modes if source not in sources]
    return [
        *(Sentence("“%(typed)s” is no mode.", typed=mode) for mode in no_modes),
        *(Sentence("“%(typed)s” is no source.", typed=source) for source in no_sources),
    ]


def _numbers(policy: Policy) -> list[Sentence]:
    wrong = []
    if not 5 <= policy.delay_seconds <= 600:
        wrong.append(Sentence("The delay must be between 5 and 600 seconds."))
    if not 1 <= policy.good_record <= 20:
        wrong.append(Sentence("A good record is between 1 and 20 approved posts."))
    if len(policy.welfare) > 200:
        wrong.append(Sentence("The welfare contact must be shorter than 200 characters."))
    return wrong


def _levels(policy: Policy) -> list[Sentence]:
    wrong = [] if policy.preset in PRESETS else [Sentence("“%(typed)s” is no preset.", typed=policy.preset)]
    for category, level in policy.levels:
        if category not in SETTABLE or level not in set(Level):
            wrong.append(Sentence("“%(category)s: %(level)s” cannot be set.", category=category, level=level))
        elif category == "self_harm" and level == Level.HIDE:
            wrong.append(Sentence("Somebody who may need help is never hidden."))
    return wrong


def _lists(policy: Policy) -> list[Sentence]:
    wrong = []
    for name, said in LISTS.items():
        listed: tuple[str, ...] = getattr(policy, name)
        if len(listed) > MAX_ENTRIES:
            wrong.append(Sentence("At most %(most)d %(list)s.", most=MAX_ENTRIES, list=said))
        if long := next((entry for entry in listed if len(entry) > MAX_ENTRY_LETTERS), None):
            too_long = Sentence("“%(entry)s…” among the %(list)s is longer than %(most)d characters.")
            wrong.append(too_long.filled(entry=long[:30], list=said, most=MAX_ENTRY_LETTERS))
        if "words" in name and (empty := next((word for word in listed if not word.strip("* ")), None)):
            wrong.append(Sentence("“%(entry)s” among the %(list)s would match everything.", entry=empty, list=said))
    return wrong
