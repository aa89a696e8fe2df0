"""What the page behind a link is called, screened as a post that says so would be; pure."""

from datetime import datetime

from app.domain.incoming import Byline, Incoming, Segment
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.reader.combining import DOUBTED, Found, further
from app.domain.screening.reading.reading import Reading
from app.domain.screening.ruling import level_of
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level


def title_read(url: str, title: str, at: datetime) -> Reading:
    """A title with its address, or an address alone, as a post."""
    segments = (Segment("text", f"{title} ".lstrip()), Segment("link", url, url, title))
    return Reading.of(Incoming("link", "title", Byline("", ""), f"{title} {url}".strip(), at, segments))


def gives_no_doubt(read: Reading, policy: Policy, around: Surroundings, found: Found | None = None) -> bool:
    """Whether rules and heads have nothing against it, and with `found` the reader too. Fail closed."""
    try:
        ruling = screen(read, policy, around)
        if level_of(ruling.signals) is not Level.NOTE:
            return False
        if found is None:
            return True
        return level_of(further(read, policy, found, ruling.signals, ruling.scores).signals) not in DOUBTED
    except Exception:  # noqa: BLE001 - what could not be screened is held
        return False
