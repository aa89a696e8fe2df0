"""What many of the open questions are about, for a chair to say: “twelve of you ask about funding”.

A theme is a word that several people use, or words that mean the same. It sorts questions, never people.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.screening.checks.similar_questions import words_and_concepts

LEAST_PEOPLE, LEAST_QUESTIONS = 3, 2
THEMES_SAID = 5
SHORTEST_WORD = 4
EVERYBODYS = 0.6
"""What more than this part of many questions are about is the talk itself."""
MANY_QUESTIONS = 6
LIKE_ANOTHER = 0.6
"""A theme that has so many of its questions in common with a bigger one says nothing new."""

_LITTLE = (
    "about after again also another because been before being best better both come comes different does done each "
    "else even ever every everybody everyone feel find first from gave get gets getting give given goes going good "
    "great happen happened happens hello help helped helps here important just keep keeps kind know known less like "
    "little long look looking made make makes making many might more most much must need needed needs never next "
    "only other others over part please possible question questions quite rather really right said same says seem "
    "seems seen since some somebody someone something speak speaker speakers still such sure take takes talk talks "
    "tell than thank thanks them then thing things think thought through time times today together told tried "
    "trying under until used uses using very want wanted wants ways well went were while without wonder wondering "
    "work worked working works would year years "
)
_SAYS_LITTLE = frozenset(_LITTLE.split())
"""Words that questions about anything have."""


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A question as themes see it: its words, also those of what is asked with it, and who asks."""

    id: int
    texts: tuple[str, ...]
    people: frozenset[int]


@dataclass(frozen=True, slots=True)
class QuestionTheme:
    """`word` is the one that is used most."""

    word: str
    people: int
    questions: tuple[int, ...]


def themes_of(questions: Sequence[AskedAbout]) -> list[QuestionTheme]:
    """What is asked about, by most people first."""
    about, said = dict[str, list[AskedAbout]](), dict[str, Counter[str]]()
    for one in questions:
        words = dict.fromkeys(pair for text in one.texts for pair in words_and_concepts(text))
        for word, concept in words:
            said.setdefault(concept, Counter())[word] += 1
        for concept in dict.fromkeys(concept for _, concept in words):
            about.setdefault(concept, []).append(one)
    found = sorted(
        (
            QuestionTheme(_most_used(said[concept]), _people(asked), tuple(one.id for one in asked))
            for concept, asked in about.items()
            if _is_theme(concept, asked, len(questions))
        ),
        key=lambda theme: (-theme.people, -len(theme.questions), theme.word),
    )
    return _apart(found)[:THEMES_SAID]


def _is_theme(concept: str, asked: Sequence[AskedAbout], of: int) -> bool:
    if (
        len(asked) < LEAST_QUESTIONS
        or _people(asked) < LEAST_PEOPLE
        or len(concept) < SHORTEST_WORD
        or concept in _SAYS_LITTLE
    ):
        return False
    return of < MANY_QUESTIONS or len(asked) <= of * EVERYBODYS


def _apart(themes: Iterable[QuestionTheme]) -> list[QuestionTheme]:
    chosen: list[QuestionTheme] = []
    for theme in themes:
        ids = set(theme.questions)
        if all(len(ids.intersection(other.questions)) < LIKE_ANOTHER * len(ids) for other in chosen):
            chosen.append(theme)
    return chosen


def _people(asked: Iterable[AskedAbout]) -> int:
    return len(frozenset().union(*(one.people for one in asked)))


def _most_used(words: Counter[str]) -> str:
    return min(words, key=lambda word: (-words[word], -len(word), word))
