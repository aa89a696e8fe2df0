"""The forms in which posts of X are kept: as its API gave them, in its own archives, and in sheets."""

from app.domain.recorded import RecordedForm
from app.sources.x.recorded.own_archive import ARCHIVE
from app.sources.x.recorded.pages import COMPLIANCE, FLATTENED, PAGES
from app.sources.x.recorded.sheets import RTWEET, TAGS, TWITTERCHIVE
from app.sources.x.recorded.version_1 import VERSION_1

FORMS: tuple[RecordedForm, ...] = (
    PAGES,
    FLATTENED,
    VERSION_1,
    ARCHIVE,
    TAGS,
    RTWEET,
    TWITTERCHIVE,
    COMPLIANCE,
)


def forms() -> tuple[RecordedForm, ...]:
    return FORMS
