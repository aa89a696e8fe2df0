"""Under which key our server keeps a picture that stands at an address of the web."""

import hashlib

LONGEST_URL = 2_000


def picture_key(url: str) -> str:
    """'' for an address that nobody may fetch."""
    may_be_fetched = url.startswith(("https://", "http://", "demo:")) and len(url) <= LONGEST_URL
    return hashlib.sha256(url.encode()).hexdigest()[:40] if may_be_fetched else ""
