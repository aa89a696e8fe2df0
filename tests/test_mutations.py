"""Each change that once passed all tests can still be made, is written down for people, and has a test by name."""

from pathlib import Path

import pytest

from tests.mutations import MUTATIONS, ROOT, Mutation

TABLE = (ROOT / "docs" / "mutations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.about)
def test_a_change_is_of_one_place_that_is_there(mutation: Mutation) -> None:
    assert (ROOT / mutation.where).read_text(encoding="utf-8").count(mutation.before) == 1
    assert mutation.after != mutation.before


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.about)
def test_the_table_for_people_names_the_change_its_file_and_its_test(mutation: Mutation) -> None:
    file, _, name = mutation.test.partition("::")
    text = (ROOT / "tests" / file).read_text(encoding="utf-8")
    assert f"def {name.partition('[')[0]}(" in text
    row = next(line for line in TABLE.splitlines() if line.startswith(f"| {mutation.about} |"))
    assert f"`{Path(mutation.file)}`" in row
    assert f"`{mutation.test}`" in row
