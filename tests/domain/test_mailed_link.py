"""Who is to get a link, as it is typed or pasted: each line one named person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.access import Role
from app.domain.mailed_link import MOST_AT_ONCE, BadPeople, Person, read_people

ASHA = Person("Asha Rao", "asha@example.org", Role.MODERATOR)


@pytest.mark.parametrize(
    "line",
    [
        "Asha Rao, asha@example.org",
        "Asha Rao <asha@example.org>",
        '"Asha  Rao" <asha@example.org>;',
        "Asha Rao\tasha@example.org\tmoderator",
        "  Asha Rao | asha@example.org | Moderators ",
        "Asha Rao; asha@example.org; moderator\r\n\r\nAsha Rao, asha@example.org",
    ],
)
def test_a_person_is_read_however_the_line_was_pasted(line: str) -> None:
    assert read_people(line, Role.MODERATOR) == [ASHA]


def test_a_role_behind_a_name_wins() -> None:
    found = read_people("Asha Rao, asha@example.org\nOmar Said, omar@example.org, speaker", Role.MODERATOR)
    assert found == [ASHA, Person("Omar Said", "omar@example.org", Role.SPEAKER)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Nobody is named."),
        ("Asha Rao", "“Asha Rao” has no e-mail address."),
        ("asha@example.org", "“asha@example.org” has no name"),
        ("Asha, asha@example.org, owner", "“owner” is neither moderator nor speaker."),
        ("Asha, asha@example.org, omar@example.org", "“omar@example.org” is neither"),
        ("\n".join(f"A{n}, a{n}@example.org" for n in range(MOST_AT_ONCE + 1)), "more than 50 people at once"),
    ],
)
def test_a_line_that_names_nobody_is_said(typed: str, said: str) -> None:
    with pytest.raises(BadPeople) as bad:
        read_people(typed, Role.SPEAKER)
    assert said in bad.value.sentence


@settings(max_examples=30)
@given(st.text(max_size=120))
def test_whatever_is_pasted_is_people_or_a_sentence(typed: str) -> None:
    try:
        found = read_people(typed, Role.SPEAKER)
    except BadPeople:
        return
    assert all(one.name and "\n" not in one.name + one.address and "@" in one.address for one in found)
