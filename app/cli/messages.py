"""Collects the texts that people read into catalogues; `bin/messages` runs it. Not part of the `backchannel` command.

A text is found where it is said: as a literal given to one of MOUTHS. Whoever adds a function that says something
adds it there. What a text is about are facts of a `Sentence`: an f-string could be looked up in no catalogue.
"""

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from app.views.languages import LOCALE, TEMPLATE

ROOT = Path(__file__).resolve().parents[2]


def refusals(found: frozenset[str] = frozenset({"Said"})) -> frozenset[str]:
    """The names of all exceptions that say something: each is a `Said`, or derives from one."""
    more = set(found)
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef) and found & {ast.unparse(base) for base in node.bases}:
                more.add(node.name)
    return found if more == found else refusals(frozenset(more))


MOUTHS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(sorted(refusals()), (0,)),
    "_": (0,),
    "Sentence": (0,),
    "counted": (0, 1),
    "BadAlarms": (0,),
    "BadPolicy": (0,),
    "BadHashtag": (0,),
    "Undelivered": (0,),
    "Ended": (1,),
    "HTTPException": (1,),
    "Signal": (3,),
    "answer": (2,),
    "say": (1,),
    "Option": (1,),
}
"""Which of their arguments is what they say. Two: for one, and for many."""
IN_TEMPLATES = {"_": (1,), "gettext": (1,), "ngettext": (1, 2), "forms": (1, 2)}
Message = str | tuple[str, ...]


def messages() -> Iterator[tuple[Message, str]]:
    """Every text, and the file that says it."""
    for file in sorted((ROOT / "app").rglob("*.py")):
        for message in in_python(file.read_text()):
            yield message, str(file.relative_to(ROOT))
    for file in sorted((ROOT / "frontend" / "templates").rglob("*.html")):
        with file.open("rb") as template:
            found = extract("jinja2.ext:babel_extract", template, IN_TEMPLATES, options={"newstyle_gettext": "true"})
            yield from ((message, str(file.relative_to(ROOT))) for _, message, _, _ in found)


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (places := MOUTHS.get(name_of(node))):
            said = [list(_literals(node.args[place])) for place in places if place < len(node.args)]
            if len(places) == 1:
                yield from (text for texts in said for text in texts)
            elif all(said):
                yield tuple(texts[0] for texts in said)


def name_of(call: ast.Call) -> str:
    """The bare name of what is called."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def template() -> Catalog:
    made = Catalog(project="Backchannel", charset="utf-8", creation_date=datetime(2026, 1, 1, tzinfo=UTC))
    made.header_comment = "# The texts of Backchannel. Made by bin/messages."
    for message, file in messages():
        made.add(message, locations=[(file, 0)])
    return made


def main(words: list[str]) -> None:
    made = template()
    _write(made, TEMPLATE)
    if words[:1] == ["new"]:
        _write(Catalog(locale=words[1]), LOCALE / words[1] / "LC_MESSAGES" / "messages.po")
    for file in LOCALE.glob("*/LC_MESSAGES/messages.po"):
        with file.open("rb") as text:
            catalogue = read_po(text, locale=file.parent.parent.name)
        catalogue.update(made)
        _write(catalogue, file)


def _literals(said: ast.expr) -> Iterator[str]:
    if isinstance(said, ast.IfExp):
        yield from _literals(said.body)
        yield from _literals(said.orelse)
    elif isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value:
        yield said.value


def _write(catalogue: Catalog, file: Path) -> None:
    text = BytesIO()
    write_po(text, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.getvalue())


if __name__ == "__main__":
    main(sys.argv[1:])
