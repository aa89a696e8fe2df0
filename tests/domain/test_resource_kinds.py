"""What a link leads to, by where it is and what it is called; what nothing is known of is sorted as nothing."""

import pytest

from app.domain.resource import ResourceKind, key_of
from app.domain.resource_kinds import kind_of


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://doi.org/10.1136/bmj.n1234", "", "paper"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "", "paper"),
        ("https://bmjopen.bmj.com/content/12/3/e1", "", "paper"),
        ("https://www.youtube.com/watch?v=1", "A guide to hips", "video"),
        ("https://youtu.be/1", "", "video"),
        ("https://www.eventbrite.co.uk/e/tea", "Toolkit launch", "event"),
        ("https://github.com/a/b", "", "tool"),
        ("https://www.gov.uk/government/publications/care-act-statutory-guidance", "", "guide"),
        ("https://www.nice.org.uk/guidance/ng249", "", "guide"),
        ("https://trust.example/falls-toolkit.pdf", "", "guide"),
        ("https://trust.example/x", "Handbook for carers", "guide"),
        ("https://trust.example/x", "Register now: our autumn day", "event"),
        ("https://trust.example/x", "A randomised trial of tea", "paper"),
        ("https://trust.example/x", "Watch: tea in the garden", "video"),
        ("https://notyoutube.example/x", "", "other"),
        ("https://apple.example/approach", "What happened", "other"),
    ],
)
def test_the_first_rule_that_speaks_sorts_a_link(url: str, title: str, kind: str) -> None:
    assert kind_of(url, title) == ResourceKind(kind)


def test_what_has_a_doi_is_a_paper_and_keys_are_short() -> None:
    assert kind_of("https://trust.example/x", "A toolkit", "10.1136/bmj.n1") is ResourceKind.PAPER
    assert len({key_of(f"https://a.example/{number}") for number in range(50)}) == 50
    assert len(key_of("https://a.example/")) == 24
