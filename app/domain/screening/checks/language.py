"""A text in another language than the event's: a note, so that somebody who reads it can look."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from app.domain.policy import Policy
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_ENOUGH = 20
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ASIDE = re.compile(r"https?://\S+|[@#]\w+")
_NAMES = {
    "en": Sentence("English"),
    "fr": Sentence("French"),
    "es": Sentence("Spanish"),
    "de": Sentence("German"),
    "it": Sentence("Italian"),
    "pt": Sentence("Portuguese"),
    "nl": Sentence("Dutch"),
    "pl": Sentence("Polish"),
    "cy": Sentence("Welsh"),
    "ga": Sentence("Irish"),
    "ro": Sentence("Romanian"),
    "tr": Sentence("Turkish"),
    "sv": Sentence("Swedish"),
    "da": Sentence("Danish"),
    "ar": Sentence("Arabic or Persian"),
    "ru": Sentence("Russian or Ukrainian"),
    "el": Sentence("Greek"),
    "he": Sentence("Hebrew"),
    "hi": Sentence("Hindi"),
    "bn": Sentence("Bengali"),
    "pa": Sentence("Punjabi"),
    "gu": Sentence("Gujarati"),
    "ta": Sentence("Tamil"),
    "te": Sentence("Telugu"),
    "th": Sentence("Thai"),
    "zh": Sentence("Chinese"),
    "ja": Sentence("Japanese"),
    "ko": Sentence("Korean"),
}
_SCRIPTS = (
    ("ar", 0x0600, 0x06FF), ("ru", 0x0400, 0x04FF), ("el", 0x0370, 0x03FF), ("he", 0x0590, 0x05FF), ("hi", 0x0900, 0x097F),
    ("bn", 0x0980, 0x09FF), ("pa", 0x0A00, 0x0A7F), ("gu", 0x0A80, 0x0AFF), ("ta", 0x0B80, 0x0BFF), ("te", 0x0C00, 0x0C7F),
    ("th", 0x0E00, 0x0E7F), ("ko", 0xAC00, 0xD7AF), ("ja", 0x3040, 0x30FF), ("zh", 0x4E00, 0x9FFF),
)  # fmt: skip
_STOP = {
    "en": "the and to of a in is it you that for on are with as at be this have from or by not but what all were we when your can there an which their if will each about how up out them then she many some so these would other into has more her two like him see time could no make than been its now people my over did down only way find use may long little very after our just me i he they who was do don't it's i'm get got one us new today great good thanks love care health nhs patients help need why here back know think work should because",
    "fr": "le la les des du une un et est dans pour que qui sur pas plus avec ce cette sont nous vous ils elle il au aux mais ou par ne se sa son leur tout tous être avoir fait comme je suis ont c'est d'un d'une j'ai très bien quand si même ces",
    "es": "el la los las de del que y en un una es por con para no se su sus al lo como más pero este esta son me mi ya todo todos muy cuando sin sobre ser tiene también hay nos hasta desde está soy eso porque ellos ellas les te",
    "de": "der die das und ist nicht ein eine einen zu den dem mit für auf von sich auch als an es im ich sie wir ihr sind war haben hat wird bei nach aus noch nur wie aber oder wenn dass alle kein keine mehr schon so man was mir mich",
    "it": "il lo la gli le di che e un una è per con non sono si del della dei delle nel al da come più ma questo questa anche io mi ho ha tutti tutto molto quando se loro suo essere ci chi",
    "pt": "o os as um uma de do da dos das que e em no na para com por não se mais como mas foi ao ele ela são eu você isso este esta muito quando já também só pelo pela seu sua todos tem ser está nos",
    "nl": "de het een en van ik je dat die is niet te in op voor met zijn er maar om aan ook als bij nog naar dan wat hij ze we zo uit moet worden wel kan geen deze veel meer hebben heeft over alle door mijn",
    "hi": "hai hain ko ka ki ke se mein mai nahi nahin aur kya mujhe mere tere saare hota hote hoti kar raha rahi karna chahiye jaise koi bhi yeh ye woh sab unko inko hum tum aap logon log wale apne tha thi",
    "pl": "i w na z do nie się to jest że o jak po co ale za od tak być przez dla są ten ta te już tylko przy czy który które tego może bardzo jestem mnie ich wszystkie wszyscy nich",
    "cy": "y yr yn i o a ar am mae ac at gan wedi bod eu ei fy dy oedd ydy yw hwn hon ond neu i'r o'r a'r nid ddim sydd fel dros gyda rhai pan wrth iawn diolch",
    "ga": "an na agus ar an i is do le ní tá sé sí go bhí mé ag ach seo sin bhfuil níl",
    "ro": "și în de la cu pe nu este sunt că un o mai din pentru care ce ca se să le lor ei fi au a",
    "tr": "ve bir bu da de için çok ne ama ile gibi daha var ben sen o değil mi kadar olan bütün hiç",
    "sv": "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när",
    "da": "og at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når være",
}  # fmt: skip
_LETTERS = (
    ("fr", frozenset("éèêàçùûœîô")), ("es", frozenset("ñáéíóú¿¡")), ("de", frozenset("äöüß")), ("it", frozenset("èàòùì")),
    ("pt", frozenset("ãõçáéíóúâêô")), ("pl", frozenset("łąęśżźćń")), ("ro", frozenset("ășțâî")), ("tr", frozenset("ğışçöü")),
    ("sv", frozenset("åäö")), ("da", frozenset("æøå")), ("cy", frozenset("ŵŷ")),
)  # fmt: skip
_BY_WORD: dict[str, tuple[str, ...]] = {}
for _language, _words in _STOP.items():
    for _word in set(_words.split()):
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _language)


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del surroundings
    found = detect(read.views.folded.text)
    if found and found != policy.language:
        said = Sentence("It seems to be in %(language)s.", language=_NAMES[found])
        yield Signal("other-language", "language", Level.NOTE, said, 0.9, ((0, len(read.text)),))


def detect(folded: str) -> str:
    """The language of a text, '' when it is too short or too mixed to tell."""
    text = _ASIDE.sub(" ", folded[:2000])
    letters = sum(map(str.isalpha, text))
    if letters < _ENOUGH:
        return _script(text, letters) if letters >= _ENOUGH // 3 and not text.isascii() else ""
    if not text.isascii() and (script := _script(text, letters)):
        return script
    return _by_words(_WORD.findall(text))


def _script(text: str, letters: int) -> str:
    codes = [ord(char) for char in text if char > "\x7f"]
    if len(codes) <= 0.2 * letters:
        return ""
    for language, first, last in _SCRIPTS:
        count = sum(first <= code <= last for code in codes)
        if count > (0.2 if language == "ja" else 0.5) * letters:
            return language
    return ""


def _by_words(words: list[str]) -> str:
    counts = Counter(chain.from_iterable(filter(None, map(_BY_WORD.get, words))))
    for language, letters in () if all(map(str.isascii, words)) else _LETTERS:
        marked = sum(not letters.isdisjoint(word) for word in words)
        if marked:
            counts[language] += min(marked, 3)
    if not counts:
        return ""
    best = max(counts, key=counts.__getitem__)
    second = max((count for language, count in counts.items() if language != best), default=0)
    english = counts.get("en", 0)
    if best == "en":
        return "en"
    enough = counts[best] >= max(2, 0.15 * len(words)) and counts[best] >= 1.5 * english + 1
    return best if enough and (counts[best] > second or not english or english < counts[best] - 2) else ""
