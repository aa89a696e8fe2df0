"""Which question a post says that it answers: A1, T1, Q1, as people spell it, and what only looks like it."""

import re
import unicodedata
from collections.abc import Collection

WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(WORDS) + r")"
_LETTER = r"(?:[AQT]|Ans?|Ques|Qn|Tpc)"
_WORD = (
    r"(?:answer|question|topic|prompt|ateb|cwestiwn|antwort|frage|r[ée]ponse|respuesta|pregunta|resposta|pergunta)s?"
)
_PART = r"(?:[ab]|[c-e](?=[:.)\-–—]))?"
"""A1a and A1b are parts of one answer; A1c is a test of blood, unless a colon says that it is not."""
_END = r"(?![\w%£$€]|[.,]\d|-\d)"
_LOOSE = re.compile(rf"#?\s*{_LETTER}\s?[#.:\-–—]?\s?{_NUMBER}{_PART}{_END}", re.IGNORECASE)
_WORDED = re.compile(
    rf"(?:{_WORD}\s+(?:to|for|on)\s+)?(?:{_WORD}|q)\s*(?:no\.?|number|#)?\s*{_NUMBER}{_END}", re.IGNORECASE
)
_TIGHT = re.compile(rf"#?[AQT][.\-]?{_NUMBER}{_PART}{_END}")
_SURE = (
    re.compile(rf"#[AQT]{_NUMBER}{_PART}{_END}", re.IGNORECASE),
    re.compile(rf"[(\[]\s*(?:re:?\s*)?[AQT]\s?{_NUMBER}\s*[)\]]", re.IGNORECASE),
    re.compile(rf"\b(?:re|my|your)[: ]\s*[AQ]{_NUMBER}{_PART}{_END}", re.IGNORECASE),
    re.compile(rf"\b(?:for|on|to|about)[: ]\s*Q{_NUMBER}{_PART}{_END}", re.IGNORECASE),
    re.compile(rf"\b(?:re|for|on|to|in|my|about|of|your):?\s+{_WORDED.pattern}", re.IGNORECASE),
    re.compile(rf"\b[AQT]{_NUMBER}{_PART}\s*[:)]\s", re.IGNORECASE),
)
"""These say it wherever they stand."""
_CALLED_OUT = {
    "about", "afternoon", "all", "and", "answering", "as", "back", "catching", "evening", "everybody",
    "everyone", "finally", "for", "good", "hello", "here", "here's", "heres", "hey", "hi", "in", "is", "late",
    "morning", "ok", "okay", "on", "re", "right", "rt", "so", "thanks", "to", "up", "well", "with",
    "yes",
}  # fmt: skip
"""Words that stand before an A1 and say nothing yet."""
_ASIDE = re.compile(r"https?://\S+|@\S+|#(?!\W*[AQTaqt]\d)\S+|[^\w#@(\[]+")
"""A link, a person, a tag, a sign: what stands around the words of a post."""
_SENTENCE = re.compile(r"(?<=[.!?…\n])\s+(?=#?[AQTaqt])|\n+")
_NO_ANSWER = {
    letter: re.compile(rf"\s*(?:{words})", re.IGNORECASE)
    for letter, words in (
        (
            "A",
            r"(?:paper|poster|sheets?|size|pages?|leaflets?|print|printer|card|folder|envelope|landscape|portrait|pads?|road|"
            r"motorway|traffic|northbound|southbound|eastbound|westbound|services|junction|corridor|levels?|milk)\b",
        ),
        (
            "T",
            r"(?:diabet\w*|dm\b|d\b|insulin|mri|weighted|imaging|mapping|lymph\w*|tumou?rs?|cells?|vertebra\w*|spine|"
            r"hours?|hrs?|helper|relaxation|support groups?)",
        ),
        (
            "Q",
            r"(?:results?|reports?|figures?|budget|targets?|earnings|returns?|data|numbers|journals?|20\d\d|"
            r"of (?:the|this|last|20))",
        ),
    )
}
"""What comes after an A1 that is a road, an A4 that is paper, a T1 or T2 of medicine, a Q1 of a year."""


def number_said(text: str, known: Collection[int]) -> int | None:
    """The question that a post names, if there is one of that number; the first of several."""
    said = _SKIN.sub("", unicodedata.normalize("NFKC", text))
    said = said.replace("\ufe0f", "").replace("\u20e3", "")
    for stretch in _beginnings(said):
        for pattern in (_LOOSE, _WORDED):
            if (found := pattern.match(stretch)) and _is_meant(found, stretch, known):
                return _number(found)
    found_at = [
        (found.start(), _number(found))
        for pattern in _SURE
        for found in pattern.finditer(said)
        if _is_meant(found, said, known)
    ]
    if found_at:
        return min(found_at)[1]
    return _at_the_end(said, known)


_SKIN = re.compile("[\u200b-\u200f\u2060\ufeff]")


def _beginnings(text: str) -> list[str]:
    """Where posts and their sentences begin, without whom they greet and what they call out before."""
    rest = [part.lstrip() for part in _SENTENCE.split(text)[1:]]
    return [
        text.lstrip(_QUOTES),
        _without_calls(text),
        *(one for one in rest if _TIGHT.match(one) or _WORDED.match(one)),
    ]


def _without_calls(text: str) -> str:
    words = list(_TOKEN.finditer(text))
    for number, word in enumerate(words):
        bare = word[0].strip(",.:;!?…-–—\"'“”‘’").lower()
        if bare and bare not in _CALLED_OUT and not _ASIDE.fullmatch(word[0]):
            return text[word.start() :] if number else text.lstrip()
    return ""


def _at_the_end(text: str, known: Collection[int]) -> int | None:
    """As a tag behind it all: “Being listened to. A1 #tag”."""
    words = [word[0] for word in _TOKEN.finditer(text)]
    while words and _ASIDE.fullmatch(words[-1]):
        words.pop()
    found = _TIGHT.match(words[-1].lstrip("-–—(")) if len(words) > 1 else None
    alone = found is not None and not words[-1].lstrip("-–—(")[found.end() :].strip(".!?)")
    if not alone or found is None or _number(found) not in known:
        return None
    return None if words[-2].lower() in _OF_SOMETHING_ELSE else _number(found)


_QUOTES = " \t\r\n\"'“”‘’«»„"
_TOKEN = re.compile(r"\S+")
_OF_SOMETHING_ELSE = {"on", "in", "the", "my", "an", "a", "of", "with", "and", "via", "from", "have", "has", "at", "by"}
"""“print it on A4”, “stuck on the A1”, “living with T2”: what is named there is no question."""


def _is_meant(found: re.Match[str], text: str, known: Collection[int]) -> bool:
    if _number(found) not in known:
        return False
    rest, said = text[found.end() :], found[0]
    spaced = re.search(r"[A-Za-z]\s+\S+$", said) and not _WORD_BEFORE.search(said)
    if spaced and not re.match(r"\s*(?:[:.,;/)\-–—]|$|[A-Z])", rest):
        return False  # “a 1 hour wait”
    if not found["number"].isdigit() and not re.match(r"\s*(?:[:.,;/)\-–—]|(?:is|was|would|for me)\b|$)", rest):
        return False  # “answer one letter a day”
    letter = re.search(r"[AQT]", said, re.IGNORECASE)
    other = _NO_ANSWER[letter[0].upper()] if letter else None
    return other is None or not other.match(rest) or bool(re.match(r"\s*[:)\-–—]", rest))


_WORD_BEFORE = re.compile(r"(?:ans|ques|qn|tpc|[a-zé]{5,})\W*(?:no\W*|number\W*)?\S+$", re.IGNORECASE)
"""No single letter: a word that says what the number is of."""


def _number(found: re.Match[str]) -> int:
    said = found["number"].lower()
    return WORDS.get(said) or int(said)
