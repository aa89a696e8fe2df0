"""What the pages of a series call things."""

from app.domain.sentence import Sentence as _
from app.domain.series import Every

EVERY = {
    Every.WEEK.value: _("every week"),
    Every.FORTNIGHT.value: _("every second week"),
    Every.MONTH.value: _("every month, on the same weekday of the month as the first day"),
    Every.MONTH_END.value: _("every month, on the last such weekday"),
}
OFTEN = {
    Every.WEEK.value: _("every week"),
    Every.FORTNIGHT.value: _("every second week"),
    Every.MONTH.value: _("every month"),
    Every.MONTH_END.value: _("every month"),
}
CALENDARS = {
    "apple": _("Apple and other programs"),
    "google": _("Google"),
    "outlook": _("Outlook"),
    "file": _("as a file"),
}
