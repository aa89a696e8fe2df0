"""Pictures that posts refer to: named here, fetched later and only by our server."""

import hashlib

from sqlmodel import Session

from app.domain.post import Picture

LONGEST_URL = 2_000


def picture_key(db: Session, url: str) -> str:
    """The key under which pages ask for a picture; '' for none and for addresses that nobody may fetch."""
    if not url.startswith(("https://", "http://", "demo:")) or len(url) > LONGEST_URL:
        return ""
    key = hashlib.sha256(url.encode()).hexdigest()[:40]
    if db.get(Picture, key) is None:
        db.add(Picture(key=key, url=url))
        db.flush()
    return key
