"""What an organiser may set: a policy is checked here, whoever sends it."""

import re
from collections.abc import Collection
from dataclasses import replace

from app.domain.policy import PRESETS, Mode, Policy
from app.domain.verdict import Level

MAX_ENTRIES, MAX_ENTRY_LETTERS = 2_000, 100
"""Entries of a list, and characters of an entry."""
SETTABLE = (
    "privacy", "abuse", "identity_attack", "threat", "sexual", "self_harm", "spam", "link", "duplicate", "obfuscation",
    "vent", "language",
)  # fmt: skip
"""Categories that may be given a level of their own."""
LISTS = {
    "trusted": "trusted authors",
    "muted": "muted authors",
    "banned_words": "banned words",
    "blocked_words": "suspect words",
    "watched_words": "watched words",
    "allowed_words": "allowed words",
    "allowed_names": "names that may be said",
    "allowed_contacts": "contacts that everybody may know",
    "allowed_hosts": "web sites",
}


class BadPolicy(ValueError):
    """It cannot be; the sentences say why, all of them."""


def entries(text: str, prefix: str = "") -> tuple[str, ...]:
    """One entry a line, or several with commas; each once."""
    lines = (line.strip().removeprefix(prefix).strip() for line in re.split(r"[\n,]", text))
    return tuple(dict.fromkeys(line for line in lines if line))


def checked(policy: Policy, sources: Collection[str]) -> Policy:
    """The policy, its web sites as bare hosts. Raises BadPolicy with everything that is wrong.

    `sources` are those that may have a mode of their own.
    """
    policy = replace(policy, allowed_hosts=tuple(re.sub(r"^https?://|/.*$", "", host) for host in policy.allowed_hosts))
    wrong = [*_modes(policy, sources), *_numbers(policy), *_levels(policy), *_lists(policy)]
    if wrong:
        raise BadPolicy(" ".join(wrong))
    return policy


def _modes(policy: Policy, sources: Collection[str]) -> list[str]:
    named = [policy.mode, *(mode for _, mode in policy.source_modes)]
    wrong = [f"“{mode}” is no mode." for mode in named if mode not in set(Mode)]
    return wrong + [f"“{source}” is no source." for source, _ in policy.source_modes if source not in sources]


def _numbers(policy: Policy) -> list[str]:
    wrong = []
    if not 5 <= policy.delay_seconds <= 600:
        wrong.append("The delay must be between 5 and 600 seconds.")
    if not 1 <= policy.good_record <= 20:
        wrong.append("A good record is between 1 and 20 approved posts.")
    if len(policy.welfare) > 200:
        wrong.append("The welfare contact must be shorter than 200 characters.")
    return wrong


def _levels(policy: Policy) -> list[str]:
    wrong = [] if policy.preset in PRESETS else [f"“{policy.preset}” is no preset."]
    for category, level in policy.levels:
        if category not in SETTABLE or level not in set(Level):
            wrong.append(f"“{category}: {level}” cannot be set.")
        elif category == "self_harm" and level == Level.HIDE:
            wrong.append("Somebody who may need help is never hidden.")
    return wrong


def _lists(policy: Policy) -> list[str]:
    wrong = []
    for name, said in LISTS.items():
        listed: tuple[str, ...] = getattr(policy, name)
        if len(listed) > MAX_ENTRIES:
            wrong.append(f"At most {MAX_ENTRIES} {said}.")
        if long := next((entry for entry in listed if len(entry) > MAX_ENTRY_LETTERS), None):
            wrong.append(f"“{long[:30]}…” among the {said} is longer than {MAX_ENTRY_LETTERS} characters.")
        if "words" in name and (empty := next((word for word in listed if not word.strip("* ")), None)):
            wrong.append(f"“{empty}” among the {said} would match everything.")
    return wrong


def difference(before: Policy, after: Policy) -> list[str]:
    """What changed, in words."""
    said = []
    old, new = before.as_json(), after.as_json()
    for name, value in new.items():
        was = old.get(name)
        if was == value:
            continue
        what = LISTS.get(name, name.replace("_", " "))
        if name in LISTS:
            gone, come = set(was or ()) - set(value), set(value) - set(was or ())
            said.append(f"{what}: {f'+{len(come)}' if come else ''} {f'−{len(gone)}' if gone else ''}".strip())
        elif isinstance(value, dict):
            said.append(f"{what}: {', '.join(f'{key} {level}' for key, level in value.items()) or 'none'}")
        else:
            said.append(f"{what}: {was} → {value}")
    return said
