"""Every text can be translated: what is said is in the catalogues' template, and is said so that it can be looked up."""

import ast

import pytest
from babel.messages.pofile import read_po

from app.cli.messages import MOUTHS, ROOT, in_python, messages, name_of
from app.views.languages import LOCALE, TEMPLATE


def test_the_template_has_every_text_and_no_other() -> None:
    """`bin/messages` writes it."""
    with TEMPLATE.open("rb") as file:
        kept = {message.id for message in read_po(file) if message.id}
    assert kept == {message for message, _ in messages()}


def test_each_catalogue_knows_every_text() -> None:
    said = {message for message, _ in messages()}
    for catalogue in LOCALE.glob("*/LC_MESSAGES/messages.po"):
        with catalogue.open("rb") as file:
            assert {message.id for message in read_po(file) if message.id} == said, catalogue


@pytest.mark.parametrize("file", sorted((ROOT / "app").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_is_said_with_an_f_string(file) -> None:
    """It could be looked up in no catalogue: what it is about are facts of a Sentence."""
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    said = [call.args[place] for call in calls for place in MOUTHS.get(name_of(call), ()) if place < len(call.args)]
    assert [ast.unparse(one) for one in said if isinstance(one, ast.JoinedStr)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Sentence("It has no words.")', ["It has no words."]),
        ('raise HTTPException(404, "Not here.")', ["Not here."]),
        ('raise Refused("No " "%(what)s.", what=what)', ["No %(what)s."]),
        ('counted("%(num)d post", "%(num)d posts", waiting)', [("%(num)d post", "%(num)d posts")]),
        ('answer(request, context, "Done." if done else "So it was.")', ["Done.", "So it was."]),
        ('raise UnreadableProgramme("No talk in it.")', ["No talk in it."]),
        ('raise OtherChanges("Look once more.")', ["Look once more."]),
        ("HTTPException(404)", []),
        ("Sentence(message)", []),
    ],
)
def test_a_text_is_found_where_it_is_said(source: str, found: list[object]) -> None:
    assert list(in_python(source)) == found
