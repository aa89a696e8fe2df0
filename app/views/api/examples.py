"""A whole example of each shape that the API takes or gives: the description carries them, a test holds them to it."""

from typing import Any

AT = "2026-06-11T10:04:00Z"
SIGNAL = {"code": "phone", "category": "privacy", "level": "hold", "confidence": 0.9, "spans": [[6, 18]]}
SCORES = {"abuse": 0.02, "identity_attack": 0.01, "spam": 0.03, "privacy": 0.91, "question": 0.6, "care": 0.1}
RULES: dict[str, Any] = {
    "mode": "wait",
    "source_modes": {"floor": "delay"},
    "delay_seconds": 30,
    "second_person": True,
    "blocked_words": ["giveaway"],
    "trusted": ["nhsconfed"],
    "allowed_hosts": ["gov.uk"],
}
PACE = {"median_seconds": 21.5, "p95_seconds": 88.0, "decisions": 112}
ROOM: dict[str, Any] = {
    "key": "lifeboat-hall", "name": "Lifeboat Hall", "talk_id": 9, "talk": "Hospital at home", "ends_at": AT,
    "by_hand_until": None,
}  # fmt: skip

PROMPT: dict[str, Any] = {
    "id": 3, "kind": "question", "label": "Q1", "text": "What helped?", "minute": 10, "released_at": AT,
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "post_id": 15, "under": None, "depth": 0, "late": False, "filed_by": "spelled", "source": "floor",
    "url": "", "posted_at": AT, "name": "Nia", "text": "A1 Somebody who asked",
}  # fmt: skip
CHAPTER: dict[str, Any] = {"prompt": PROMPT, "people": 1, "repeats": 2, "said": [ANSWER]}
EDITION: dict[str, Any] = {
    "slug": "tea-2026-06-11", "planned_on": "2026-06-11", "starts_at": AT, "ends_at": AT, "theme": "Cake",
    "called_off": False, "state": "open",
}  # fmt: skip

EXAMPLES: dict[str, Any] = {
    "AnswerState": ANSWER,
    "ChapterState": CHAPTER,
    "EditionState": EDITION,
    "PromptState": PROMPT,
    "SeriesState": {
        "slug": "tea", "name": "Tea chat", "kind": "chat", "every": "week", "first_on": "2026-06-11", "begins": "20:00",
        "minutes": 60, "zone": "Europe/London", "coming": [EDITION], "past": [],
    },
    "TranscriptState": {"posts": 1, "people": 1, "newcomers": 0, "chapters": [CHAPTER]},
    "TakedownAct": {"state": "refused", "why": "It was said in public."},
    "TakedownLine": {
        "id": 4, "state": "new", "post_id": 15, "link": "#post-15", "words": "", "why": "It names me.",
        "contact": "jo@example.org", "answer": "", "by": "", "at": AT, "due_at": AT, "late": False,
        "acknowledged_at": None, "settled_at": None,
    },
    "AgainState": {"held": 3, "released": 1, "hidden": 0, "shown": 0, "unchanged": 214},
    "AlarmsState": {"wait_seconds": 300, "nobody_seconds": 120, "fallback": "hold_all"},
    "BrandState": {
        "accent": "#e6007e", "wall": "dark", "ground": "", "invitation": "Ask Nia and Omar",
        "logo": "data:image/png;base64,iVBORw0KGgo=", "picture": "",
    },
    "BrandWanted": {"accent": "tomato", "wall": "light", "invitation": "Ask Nia and Omar"},
    "Chosen": {"id": 15, "seen": "held", "version": 0},
    "Claimed": {"taken_by": "Asha"},
    "DecisionState": {
        "id": 41, "at": AT, "by": "Asha", "subject": "post", "subject_id": 15, "before": "held", "after": "approved",
        "reason": "", "detail": "", "policy_version": 2, "cause_id": None, "undoes_id": None, "undone_by": None,
    },
    "EventNow": {
        "slug": "box10", "name": "Box 10", "language": "en", "screen": "live", "intake": "open", "waiting": 4,
        "oldest_waiting": AT, "at_the_desk": ["Asha"], "alarm": "", "rooms": [ROOM],
    },
    "FiguresState": {
        "waiting": 4, "oldest_waiting": AT, "at_the_desk": ["Asha"], **PACE, "last_hour": PACE,
        "per_moderator_minute": 3.5, "held_share": 0.2, "taken_down": 0, "reveals": 2,
        "rules": [{"code": "link", "decided": 30, "confirmed": 4, "rarely_right": True}],
    },
    "ErasureLine": {"what": "person", "at": AT, "by": "Owner", "posts": 4, "rows": 21, "swept_at": AT},
    "ErasureWanted": {"author": "nia_rees", "dry_run": True},
    "HookState": {
        "id": 2, "url": "https://hooks.example.org/backchannel", "cursor": 118, "failures": 0, "detail": "",
    },
    "IntakeWanted": {"intake": "hold_all"},
    "MadeQuestion": {"seen": "held", "version": 0},
    "ManyRuled": {"posts": [{"id": 15}, {"id": 16, "seen": "held", "version": 1}], "verdict": "rejected"},
    "ManySettled": {"won": [15], "lost": [16], "agreed": []},
    "Marked": {"starred": True, "note": "Samina knows the figures.", "held_for": "Samina Qureshi-Thorne"},
    "Told": {"text": "Five minutes left"},
    "Word": {"id": 4, "text": "Five minutes left", "by": "Asha", "at": AT, "until": None, "seen_at": None},
    "Merged": {"into": 8},
    "Moved": {"state": "on_stage"},
    "NewHook": {"url": "https://hooks.example.org/backchannel"},
    "PaceState": PACE,
    "PostState": {
        "id": 15, "source": "floor", "author_id": 7, "name": "Nia Rees", "handle": "niarees", "now": "",
        "now_handle": "", "now_mark": "", "text": "Ring 0•••••••••• for a place", "quote": None, "poll": [],
        "titles": [], "alts": [], "masked": True, "posted_at": AT, "received_at": AT, "version": 0, "verdict": "held",
        "signals": [SIGNAL], "scores": SCORES, "screened_with": 2, "alike": 0, "like": "", "agreed_by": "",
        "shows_at": None, "declined_as": "", "decided_by": "",
    },
    "PostsWanted": {"posts": [15, 16], "author": 0},
    "Problem": {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such post."},
    "QuestionView": {
        "id": 3, "post_id": 15, "text": "Who pays for it?", "name": "Nia", "votes": 12, "state": "open", "talk_id": 9,
        "room": "Lifeboat Hall", "asked_with": None, "together": 4,
        "reply": "The trust, from next April on.", "starred": True, "note": "Samina knows the figures.",
        "held_for": "",
    },
    "Replied": {"text": "The trust, from next April on."},
    "RetentionState": {"networks": {}, "floor": 365, "devices": 30, "log": 730},
    "RoomState": ROOM,
    "SharingWanted": {"do_not_share": True},
    "SuggestionState": {"post_id": 15, "text": "Who pays for the nights?"},
    "TalkState": {
        "id": 9, "title": "Hospital at home", "room": "Lifeboat Hall", "speakers": ["Nia Rees"], "starts_at": AT,
        "ends_at": "2026-06-11T10:45:00Z", "do_not_share": False,
    },
    "Quoted": {"name": "Omar Said", "handle": "omarsaid", "text": "Care closer to home begins at home."},
    "RuleState": {"code": "link", "decided": 30, "confirmed": 4, "rarely_right": True},
    "Ruled": {"verdict": "rejected", "seen": "held", "version": 0, "declined_as": "off_topic"},
    "Rules": RULES,
    "RulesState": {"version": 2, "fingerprint": "5f1c2a", "policy": RULES},
    "RulesWanted": {"version": 2, "policy": RULES},
    "AnnouncementState": {"text": "Lunch is served upstairs.", "whole": False, "until": AT},
    "AnnouncementWanted": {"text": "Lunch is served upstairs.", "until": AT, "whole": False},
    "SceneState": {
        "scene": "spotlight", "chosen": "spotlight", "layout": "columns", "post_id": 15, "until": None,
        "announcement": None,
    },
    "SceneWanted": {"scene": "spotlight", "post_id": 15},
    "Sitting": {"tab": "0c9f2d7be41a", "post_id": 15},
    "Stands": {"standing": "trusted"},
    "Taken": {"mark": ""},
    "TrialState": {"posts": 200, "would_hold": 9, "would_release": 2, "held": [15, 16], "released": [12]},
    "TrialWanted": {"policy": RULES},
    "OverruledState": {"category": "link", "overruled": 9, "of": 10, "level": "note"},
    "VersionState": {"version": 2, "by": "Asha", "at": AT, "changes": ["Words that hold a post: giveaway"]},
    "WallStateWanted": {"screen": "paused"},
    "WhatGoes": {
        "erased": False, "posts": 4, "questions": 1, "votes": 0, "mentioned": 2, "rows": 0, "swept": False,
    },
    "WordState": {"word": "giveaway", "times": 6, "of": 200, "is_too_much": False},
    "WordsSuggested": {"text": "Who pays for the nights?"},
    "WordsWanted": {"words": ["giveaway", "crypto*"]},
}  # fmt: skip
PARAMETERS: dict[str, Any] = {
    "post_id": 15, "author_id": 7, "question_id": 3, "decision_id": 41, "webhook_id": 2, "subject_id": 15, "author": 7,
    "verdict": "held", "q": "hospital", "source": "floor", "doubt": "privacy", "like": "", "after": "", "limit": 50,
    "whose": "mine", "by": "Asha", "subject": "post", "reason": "off topic", "since": AT, "until": AT, "machine": False,
    "before": 0, "room": "lifeboat-hall", "talk_id": 9, "word_id": 4, "prompt": 3, "number": 4,
    "category": "link",
}  # fmt: skip
