"""A list or a word is kept in one place: where it must be told twice, this compares the two."""

import ast
import re
from pathlib import Path

from app.actions import change_log
from app.domain.category import SETTABLE, Category
from app.store import doors
from app.views import words

APP = Path(__file__).resolve().parent.parent / "app"
HAS_NO_WORD = {Category.QUESTION, Category.SHAPE}
"""A note for the desk, which says itself what it is; nobody filters by them."""


def test_every_category_has_its_word_and_no_other_has() -> None:
    assert words.CATEGORIES.keys() == set(Category) - HAS_NO_WORD
    assert set(SETTABLE) <= words.CATEGORIES.keys()


def test_categories_are_listed_nowhere_else() -> None:
    """A tuple, list or set of bare names of six or more of them is a second list."""
    names = {category.value for category in Category}
    for file in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Tuple | ast.List | ast.Set) and file.name not in KNOWN:
                said = {one.value for one in node.elts if isinstance(one, ast.Constant)}
                assert len(said & names) < 6, f"{file.relative_to(APP)}:{node.lineno}"


KNOWN = {"ruling.py", "scores_and_thresholds.py", "planned_talks.py"}
"""Some of them for a reason: which are mild, which heads there are, which do no harm in the title of a talk."""


def test_the_doors_and_the_verbs_note_things_under_the_same_keys() -> None:
    """Neither room may import the other."""
    assert (doors.BELLS, doors.SOON) == (change_log.BELLS, change_log.SOON)


def test_a_noun_of_the_glossary_is_one_class() -> None:
    """A word that stands in the glossary means that, and names nothing else."""
    nouns = set(re.findall(r"\*\*(\w+)\*\*", (APP.parent / "docs" / "glossary.md").read_text()))
    places: dict[str, list[str]] = {}
    for file in APP.rglob("*.py"):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and node.name in nouns:
                places.setdefault(node.name, []).append(str(file.relative_to(APP)))
    assert {name: sorted(found) for name, found in places.items() if len(found) > 1} == TWO_SIDES


TWO_SIDES = {"Source": ["domain/source.py", "sources/__init__.py"]}
"""The row of a source, and what runs it: one thing, stored and at work."""
