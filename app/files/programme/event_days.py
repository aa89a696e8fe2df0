"""Days that a programme names by what they are in the event: `Friday`, `Sat`, `Day 2`, or not at all."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.sentence import Sentence

MOST_DAYS = 31
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag lun lundi lunes llun", "tue tues tuesday di dienstag mar mardi martes mawrth",
            "wed weds wednesday mi mittwoch mer mercredi mie miércoles miercoles mercher",
            "thu thur thurs thursday do donnerstag jeu jeudi jue jueves iau",
            "fri friday fr freitag ven vendredi vie viernes gwener", "sat saturday sa samstag sonnabend sam samedi sab "
            "sábado sabado sadwrn", "sun sunday so sonntag dim dimanche dom domingo sul",
        )
    )
    for name in names.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventDays:
    """The days of an event; of one that has not said when it is, none."""

    first: date | None = None
    last: date | None = None

    @property
    def only(self) -> date | None:
        """The day of all that names none."""
        return self.first if self.first and self.last in {None, self.first} else None

    @property
    def year(self) -> int | None:
        return self.first.year if self.first else None

    def meant(self, word: str) -> date:
        """The day that a weekday or a number means. Raises ValueError where it could be none or several."""
        words = re.findall(r"[^\W\d_]+|\d+", word.casefold())
        numbers = [int(one) for one in words if one.isdecimal()]
        if len(numbers) == 1 and {"day", "tag", "jour", "día", "diwrnod"} & set(words):
            days = self._days()[numbers[0] - 1 : numbers[0]] if numbers[0] else []
        elif numbers:
            days = []
        else:
            named = {_WEEKDAYS[one] for one in words if one in _WEEKDAYS}
            days = [day for day in self._days() if named == {day.weekday()}]
        if len(days) != 1:
            raise ValueError(word)
        return days[0]

    def said(self) -> Sentence:
        return Sentence(
            "Days without a date are read as those of the event: %(first)s to %(last)s.",
            first=str(self.first),
            last=str(self.last or self.first),
        )

    def _days(self) -> list[date]:
        if self.first is None:
            return []
        many = ((self.last or self.first) - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(min(many, MOST_DAYS))]
