"""What a copy of an event takes, for every column of every table. The law is `tests/actions/test_event_copies`.

`taken` is as in the earlier event; `given` is what whoever makes the copy says; `own` is as in an event that is no
copy. A new column is stated here, and where it is taken, `actions/event_copies.py` has to take it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Copied:
    taken: str = ""
    given: str = ""
    own: str = ""

    @property
    def columns(self) -> list[str]:
        return f"{self.taken} {self.given} {self.own}".split()


EVENT = Copied(
    taken="policy alarms welcome farewell retention brand accent runs_walls quiet_talks question_minutes sponsor_strip",
    given="slug name zone language hashtags kind listed starts_on ends_on",
    own="""id state showing announcement_id due policy_version wall_state paused_at cleared_at intake alarm alarm_since
    has_reader current_talk_id last_talk_id prompts prompt_id by_hand_until erasures approvals posts_held posts_approved
    posts_stashed posts_rejected cursor trimmed created_at""",
)
"""Of `alarms` when somebody is called, but not who; `accent` and the wall's ground may be given, too."""

ROWS = {
    "brand_picture": Copied("use key kind content width height"),
    "houserules": Copied("text data_contact welfare_contact"),
    "networktoken": Copied("kind sealed mark told", own="id entered_at"),  # where that is asked for
    "source": Copied(
        "kind enabled options",
        own="""id state detail unseen cost looked_through_at told_posts told_day state_since next_try_at last_post_at
        last_heard_at position leased_by leased_until""",
    ),
    "sponsor": Copied("name logo at", own="id"),
    "sponsorlogo": Copied("key kind content"),
}
"""Of these a copy has rows of its own that say the same; `event_id` is everywhere its own."""

BEGUN = {"decision", "publication", "policyversion"}
"""Every event begins with rows of these, a copy too, and not with those of the earlier one."""

OF_ITS_DAY = {
    "talk",
    "room",
    "prompt",
    "programme_file",
    "programme_watch",
    "announcement",
    "edition",
    "meet",
    "meetnotes",
}
"""A programme is another one each time, and rooms come with it."""
OF_ITS_TEAM = {"access", "mailedlink", "seat", "webhook", "backstage_word", "settled_tap"}
"""Another team answers for a copy: helpers, screens and programs get links of their own."""
OF_ITS_PEOPLE = {
    "answer", "author", "digestmail", "erasure", "meterday", "post", "question", "reply", "repost", "resource",
    "guest", "meetphoto", "star", "survey", "surveyanswer", "takedown", "theme", "themevote",
}  # fmt: skip
"""What was said, asked and paid for then."""
OF_NO_EVENT = {"homelink", "lease", "meterref", "meterrest", "pause", "picture", "series", "unwantedmail", "vote"}
"""Votes go with their question."""
