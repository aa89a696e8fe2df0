"""Ways to write a word so that a filter misses it; for augmentation and for measuring."""

import random
from collections.abc import Callable

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "b": "8", "g": "9"}
_ALIKE = {"a": "аɑα", "b": "Ьв", "c": "сϲ", "d": "ԁ", "e": "еє", "h": "һ", "i": "іι", "k": "кκ", "m": "м", "n": "ո",
          "o": "оοօ", "p": "рρ", "s": "ѕ", "t": "тτ", "u": "υս", "v": "ѵν",
          "w": "ԝω", "x": "хχ", "y": "уү"}  # fmt: skip
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"

Disguise = Callable[[str, random.Random], str]


def leet(text: str, dice: random.Random) -> str:
    return _swapped(text, _LEET, dice, 0.75)


def homoglyphs(text: str, dice: random.Random) -> str:
    return _swapped(text, _ALIKE, dice, 0.7)


def _swapped(text: str, table: dict[str, str], dice: random.Random, share: float) -> str:
    words = (word if _is_address(word) else _swap(word, table, dice, share) for word in text.split(" "))
    return " ".join(words)


def _swap(word: str, table: dict[str, str], dice: random.Random, share: float) -> str:
    return "".join(
        dice.choice(table[char.lower()]) if char.lower() in table and dice.random() < share else char for char in word
    )


def _is_address(word: str) -> bool:
    return word.startswith(("@", "#", "http", "www."))


def zero_width(text: str, dice: random.Random) -> str:
    return "".join(char + dice.choice(_UNSEEN) if char.isalpha() and dice.random() < 0.5 else char for char in text)


def full_width(text: str, dice: random.Random) -> str:
    del dice
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spaced(text: str, dice: random.Random) -> str:
    """Letters apart, words further apart, as a careful writer does it."""
    gap = dice.choice((" ", " ", ".", "-"))
    return ("   " if gap == " " else " ").join(
        word if _is_address(word) else gap.join(word) for word in text.split(" ")
    )


def spaced_evenly(text: str, dice: random.Random) -> str:
    """Letters apart and words no further: nobody can say where a word ends."""
    del dice
    return " ".join(char for word in text.split(" ") for char in (word if not _is_address(word) else [word]))


def spaced_words(text: str, dice: random.Random) -> str:
    """Only some words are spaced."""
    gap = dice.choice((" ", ".", "-", "*", "_"))
    return " ".join(
        gap.join(word) if len(word) > 3 and word.isalpha() and dice.random() < 0.5 else word for word in text.split(" ")
    )


def stretched(text: str, dice: random.Random) -> str:
    return "".join(char * dice.randint(3, 5) if char in "aeiou" and dice.random() < 0.3 else char for char in text)


def starred(text: str, dice: random.Random) -> str:
    """One letter inside each longer word is a star: the reader fills it in."""
    return " ".join(_star(word, dice) if len(word) > 3 and dice.random() < 0.5 else word for word in text.split(" "))


def _star(word: str, dice: random.Random) -> str:
    if not word.isalpha():
        return word
    place = dice.randint(1, len(word) - 2)
    return word[:place] + "*" + word[place + 1 :]


MEASURED: dict[str, Disguise] = {
    "leet": leet,
    "homoglyphs": homoglyphs,
    "zero-width": zero_width,
    "full-width": full_width,
    "spaced": spaced,
    "spaced evenly": spaced_evenly,
    "some words spaced": spaced_words,
    "stretched": stretched,
}
TRAINED: dict[str, Disguise] = {**MEASURED, "starred": starred}
