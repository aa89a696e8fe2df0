"""The languages that pages can speak: one for each catalogue in `frontend/locale`, and English, which needs none.

Catalogues are compiled into memory when they are first wanted, so the text files are all that is kept and shipped.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.views.pseudo_language import pseudo_catalogue
from app.views.static_files import FRONTEND

LOCALE = FRONTEND / "locale"
TEMPLATE = LOCALE / "messages.pot"
PSEUDO = "en-XA"
"""English with accents, a third longer and with marked ends: shows what is not translated and what does not fit."""


PSEUDO_FROM_THE_RIGHT = "en-XB"
"""The same from right to left: shows what does not turn with the page."""
PSEUDOS = (PSEUDO, PSEUDO_FROM_THE_RIGHT)


@dataclass(frozen=True, slots=True)
class Language:
    """`tag` is how an Event names it; `locale` knows how dates, numbers and plurals are written."""

    tag: str
    locale: Locale
    catalogue: NullTranslations

    @property
    def lang(self) -> str:
        """What `<html lang>` says, and what scripts write times and numbers by."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        return "rtl" if self.tag == PSEUDO_FROM_THE_RIGHT else str(self.locale.text_direction)

    @property
    def name(self) -> str:
        return _begun(str(self.locale.get_language_name(self.locale))) if self.tag not in PSEUDOS else "Pseudo"


ENGLISH = Language("en", Locale("en", "GB"), NullTranslations())


@cache
def languages() -> Mapping[str, Language]:
    """What an organiser may choose from, by tag."""
    return {"en": ENGLISH, **{_tag(file): _read(file) for file in sorted(LOCALE.glob("*/LC_MESSAGES/messages.po"))}}


@lru_cache(maxsize=64)
def language(tag: str) -> Language:
    """The language of an Event; English for one that has no catalogue here."""
    if tag in PSEUDOS:
        with TEMPLATE.open("rb") as file:
            made = pseudo_catalogue(read_po(file), from_the_right=tag == PSEUDO_FROM_THE_RIGHT)
        return Language(tag, ENGLISH.locale, _compiled(made))
    return languages().get(tag) or languages().get(tag.partition("-")[0]) or ENGLISH


def to_choose_from(now: str) -> dict[str, str]:
    """Each language by its own name; with the one that an Event has now, whatever that is."""
    return {tag: known.name for tag, known in {**languages(), now: language(now)}.items()}


def is_spoken(tag: str) -> bool:
    return tag in PSEUDOS or tag in languages()


def preferred(accept_language: str) -> Language:
    """The best that we have of what a browser asks for."""
    wanted = sorted(_asked_for(accept_language), key=lambda asked: -asked[1])
    ours = (tag for asked, _ in wanted for tag in (asked, asked.partition("-")[0]) if is_spoken(tag))
    return language(next(ours, "en"))


def _asked_for(header: str) -> list[tuple[str, float]]:
    found = re.findall(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{1,3})?))?", header[:400])
    return [(tag, float(weight or 1)) for tag, weight in found if float(weight or 1)]


def _tag(file: Path) -> str:
    return file.parent.parent.name.replace("_", "-")


def _read(file: Path) -> Language:
    tag = _tag(file)
    with file.open("rb") as text:
        return Language(tag, Locale.parse(tag, sep="-"), _compiled(read_po(text, locale=tag.replace("-", "_"))))


def _compiled(catalogue: Catalog) -> NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _begun(name: str) -> str:
    """With a capital letter first; those within are the language's own affair."""
    return name[:1].upper() + name[1:]
