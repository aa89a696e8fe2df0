"""What is said with each request of the matrix: forms for pages, JSON for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.policy import Policy

RULES = {"mode": "wait", "delay_seconds": "30", "good_record": "3", "preset": "standard", "blocked_words": "worth"}
ALARMS = {"wait_seconds": "90", "nobody_seconds": "60"}
IN_AN_HOUR = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
ONE = [{"id": "{held}", "seen": "held", "version": 0}]

SAID: dict[str, dict[str, Any]] = {
    "POST /e/box10/posts": {"text": "Croeso i bawb, braf eich gweld", "kind": "ask", "key": "once", "room": "-"},
    "POST /e/box10/posts/{mine}/words": {"text": "other words than before", "version": "0"},
    "POST /e/box10/posts/{held}/words": {"text": "other words than before", "version": "0"},
    "POST /e/box10/posts/{their_mine}/words": {"text": "other words than before", "version": "0"},
    "POST /e/box10/announcement": {"text": "Lunch is served upstairs", "minutes": "5"},
    "PUT /api/v1/event/scene": {"scene": "join"},
    "PUT /api/v1/event/announcement": {"text": "Lunch is served upstairs", "until": IN_AN_HOUR},
    "POST /e/box10/microphone": {"text": "How long are the waiting lists?"},
    "POST /e/box10/room": {"room": "main-hall"},
    "POST /e/box10/talks/{talk}/start": {"room": "{room}"},
    "POST /e/box10/talk/end": {"room": "{room}"},
    "POST /e/box10/talk/clock": {"room": "{room}"},
    "POST /questions/{open}/room": {"room": "{room}"},
    "POST /e/box10/seat": {"tab": "a tab of theirs", "post": "{held}"},
    "POST /e/box10/verdicts/approval": {"post": "{held}:held:0"},
    "POST /e/box10/verdicts/rejection": {"post": "{their_held}:held:0"},
    "POST /e/box10/incidents": {"posts": "{held}"},
    "POST /e/box10/incidents?of=elsewhere": {"posts": "{their_held}", "author": "{their_author}"},
    "POST /e/box10/seat?gone": {"tab": "a tab of ours", "gone": "1"},
    "POST /series": {"series_name": "Tea", "series_slug": "green-tea", "first_on": "2026-10-13", "begins": "20:00"},
    "POST /s/tea/setup": {"first_on": "2026-10-13", "begins": "19:30", "about": "Tea, and what goes with it"},
    "POST /s/tea/pauses": {"pause_from": "2027-12-20"},
    "POST /s/tea/editions/{edition}/theme": {"theme": "Cake"},
    "POST /e/box10/prompts": {"text": "What helped?", "kind": "question", "minute": "10"},
    "POST /prompts/{prompt}/words": {"text": "What else helped?"},
    "POST /posts/{approved}/prompt": {"prompt": "{prompt}"},
    "POST /events": {"name": "Another", "slug": "another"},
    "POST /e/box10/setup/event": {"name": "Box ten", "zone": "Europe/London"},
    "POST /e/box10/setup/brand": {"accent": "tomato"},
    "POST /e/box10/setup/brand?look=true": {"accent": "tomato", "look": "true"},
    "POST /e/box10/setup/talks": {"day": "2026-06-12", "talks": "10:00-10:45 | Another day"},
    "POST /e/box10/setup/sources/x": {"enabled": "1"},
    "POST /e/box10/setup/sponsors": {"sponsor": "Kettle On"},
    "POST /e/box10/setup/screens": {"label": "Foyer"},
    "POST /e/box10/setup/screens/remote": {"label": "Chair", "room": "{room}"},
    "POST /e/box10/setup/screens/programme": {"runs": "true"},
    "POST /e/box10/setup/screens/{link}": {"label": "Foyer"},
    "POST /e/box10/setup/screens/{their_link}": {"label": "Foyer"},
    "POST /e/box10/remote/scene": {"scene": "join"},
    "POST /e/box10/remote/announcement": {"text": "Lunch is served", "minutes": "5"},
    "POST /e/box10/setup/links": {"role": "owner"},
    "POST /e/box10/setup/rules": RULES,
    "POST /e/box10/setup/watch": ALARMS,
    "POST /e/box10/setup/hooks": {"url": "https://hooks.example.org/told"},
    "PUT /api/v1/event/screen": {"screen": "paused"},
    "PUT /api/v1/event/intake": {"intake": "hold_all"},
    "POST /api/v1/posts/{held}/verdict": {"verdict": "approved"},
    "POST /api/v1/posts/verdicts": {"posts": ONE, "verdict": "approved"},
    "PUT /api/v1/authors/{author}/standing": {"standing": "blocked"},
    "POST /api/v1/seat": {"tab": "a tab of theirs", "post_id": "{held}"},
    "PUT /api/v1/questions/{open}/state": {"state": "on_stage"},
    "PUT /api/v1/policy": {"version": 2, "policy": Policy(mode="wait").as_json()},
    "POST /api/v1/policy/trial": {"policy": Policy(mode="wait").as_json()},
    "POST /api/v1/policy/words/preview": {"words": ["worth"]},
    "POST /api/v1/incidents": {"posts": ["{held}"]},
    "POST /api/v1/incidents?of=elsewhere": {"posts": ["{their_held}"], "author": "{their_author}"},
    "PUT /api/v1/brand": {"accent": "#e6007e"},
    "PUT /api/v1/alarms": {"wait_seconds": 90},
    "POST /api/v1/hooks": {"url": "https://hooks.example.org/told"},
}
