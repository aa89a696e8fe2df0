"""Every column of every table: whether words of a person from outside may stand in it. The law is `test_erasures`.

`person` is what somebody wrote, is called or can be found by; `derived` what is made of that and shows nothing by
itself; `none` what we or the organiser's own team wrote, numbers, times and states. A new column is stated here, and
where it is a person's, `actions/erasures.py` has to empty it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stated:
    person: str = ""
    derived: str = ""
    none: str = ""

    @property
    def columns(self) -> list[str]:
        return f"{self.person} {self.derived} {self.none}".split()


TEAMS = "of the organiser's own team: they end with the link, by retention and with the event"

COLUMNS = {
    "access": Stated(none="id event_id role label token_hash home_link_id created_at expires_at revoked_at room_id may_show showing seen_at"),
    "announcement": Stated(none="id event_id text whole until by at"),
    "answer": Stated(none="post_id event_id prompt_id filed_by under_id"),
    "author": Stated("ref handle name url", "avatar", "id event_id source verified standing first_seen_at"),
    "backstage_word": Stated(none="id event_id room_id text by at until talk_id seen_at seen_by"),
    "brand_picture": Stated(none="event_id use key kind content width height"),
    "decision": Stated(
        "reason detail before after", "",
        "id event_id subject subject_id by access_id machine tap at cursor policy_version revision cause_id undoes_id",
    ),
    "digestmail": Stated("address", "address_mark", "id event_id nonce moment state asked_at due_at tries"),
    "edition": Stated(none="event_id series_id planned_on starts_at ends_at theme by_hand called_off prompts_by_clock changed_at"),
    "erasure": Stated("", "salt marks", "id event_id what at by access_id posts rows swept_at"),
    "event": Stated(
        "policy", "",
        """id slug name zone language hashtags kind state starts_on ends_on listed farewell showing announcement_id due
        runs_walls quiet_talks question_minutes sponsor_strip accent brand welcome policy_version wall_state paused_at
        cleared_at intake alarms alarm alarm_since has_reader current_talk_id last_talk_id prompts prompt_id by_hand_until
        erasures retention approvals cursor trimmed created_at posts_held posts_approved posts_stashed posts_rejected""",
    ),
    "guest": Stated("device name brings", "token_hash", "id event_id more shown verdict at"),
    "homelink": Stated(none="id label token_hash created_at revoked_at"),
    "houserules": Stated(none="event_id text data_contact welfare_contact"),
    "lease": Stated(none="name held_by until"),
    "mailedlink": Stated(none="id event_id access_id address nonce state detail tries changed_at next_try_at"),
    "meet": Stated("cake agenda", "", "event_id place map_url step_free quiet seats place_for_guests changed_at"),
    "meetnotes": Stated("text", "", "id event_id version by at"),
    "meetphoto": Stated("device alt content", "origin", "id event_id kind verdict at"),
    "meterday": Stated(none="id event_id kind day posts along"),
    "meterref": Stated("ref", "", "kind day"),
    "meterrest": Stated(none="kind day posts along"),
    "networktoken": Stated(none="id event_id kind sealed mark told entered_at"),
    "pause": Stated(none="id series_id first_on last_on why"),
    "picture": Stated("url", "key", "digest differs"),
    "policyversion": Stated("policy", "", "event_id version by at"),
    "post": Stated(
        "ref version_ref byline text segments photos quote extras reply_to url device signals",
        "fingerprint cluster",
        """id event_id author_id source version revision lang sensitive reposts vouched asks talk_id room_id posted_at
        edited_at received_at verdict scores unread found doubts screened_with rank delayed shows_at agreed_by
        agreed_access_id declined_as suggested decided_at decided_by decided_by_machine wall_cursor wall_number withdrawn_at""",
    ),
    "programme_file": Stated(none="event_id name content zone mapping mapped at"),
    "programme_watch": Stated(none="event_id url applies_itself seen looked_at trouble"),
    "prompt": Stated(none="id event_id kind place number text minute released_at"),
    "publication": Stated(none="event_id cursor subject subject_id at"),
    "question": Stated(
        "note held_for", "",
        "id event_id talk_id room_id post_id state asked_with starred reply_id votes votes_told hasty hastiest asked_at on_stage_at"
    ),
    "reply": Stated(none="id event_id question_id text by at"),
    "repost": Stated("of_ref", "ref", "id event_id source"),
    "resource": Stated(
        "url", "key",
        """id event_id leads_to title title_state title_version doi kind_by_hand mark asked_at ask_at failures dead_since""",
    ),
    "room": Stated(none="id event_id key name current_talk_id last_talk_id showing due by_hand_until"),
    "settled_tap": Stated(none="event_id name at"),
    "seat": Stated(none="id event_id access_id label tab post_id until seen_at"),
    "series": Stated(none="id slug pattern_id about hosts confidence every first_on begins minutes opens_before late_days created_at"),
    "source": Stated(
        none="""id event_id kind enabled options state detail unseen cost looked_through_at told_posts told_day state_since
        next_try_at last_post_at last_heard_at position leased_by leased_until""",
    ),
    "sponsor": Stated(none="id event_id name logo at"),
    "sponsorlogo": Stated(none="key event_id kind content"),
    "star": Stated(none="post_id event_id at"),
    "survey": Stated(none="id event_id days times every public asked_at closed_at"),
    "surveyanswer": Stated("device words", "", "id event_id survey_id days times every verdict at"),
    "takedown": Stated(
        "link words why answer contact", "", "id event_id key post_id state by at due_at acknowledged_at settled_at"
    ),
    "talk": Stated(none="id event_id title room room_id speakers starts_at ends_at takes_questions key do_not_share"),
    "theme": Stated("text device", "", "id event_id verdict votes planned_for at"),
    "themevote": Stated("device", "", "id event_id theme_id"),
    "unwantedmail": Stated("", "address_mark", "at"),
    "vote": Stated("device", "origin", "id question_id at hasty left_out_by taken_back"),
    "webhook": Stated(none="id event_id url secret cursor detail failures next_try_at created_at"),
}  # fmt: skip
