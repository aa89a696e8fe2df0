"""What a file seems to be that is no recording, for whoever chose it."""

import json

WANTED = (
    "lines of JSON (as Backchannel or a network's stream writes them, or twarc), tweets.js or a zip with it, a TAGS "
    "sheet as CSV, an outbox.json of Mastodon, or a repository of Bluesky"
)


def is_table(text: str) -> bool:
    first = text.partition("\n")[0]
    return any(first.count(sign) >= 2 for sign in ",;\t")


def looks_like(start: bytes) -> str:
    """By its beginning, as the end of “this looks like …”."""
    text = start.decode("utf-8-sig", "replace").strip()
    first = text.partition("\n")[0].strip()
    if not text:
        return "an empty file"
    if start.startswith(b"PK"):
        return "a zip file"
    if "\0" in text or text.count("\ufffd") > len(text) / 50:
        return "no text at all"
    if text.startswith("<"):
        return "a web page or XML"
    if text.startswith("["):
        return "one list in JSON"
    if text.startswith("{"):
        return _seen_object(first)
    if is_table(text):
        return "a table (CSV)"
    return "plain text, or a script"


def _seen_object(first: str) -> str:
    try:
        known = json.loads(first)
    except (ValueError, RecursionError):
        return "one JSON object over several lines"
    if not isinstance(known, dict):
        return "lines of JSON"
    keys = sorted(str(key) for key in known)[:6]
    return f"lines of JSON with other fields ({', '.join(keys)})" if keys else "lines of JSON without fields"
