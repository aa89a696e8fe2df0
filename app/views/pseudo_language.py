"""A language made by a program: English with accents, a third longer, between ⟦ and ⟧.

What is on a page without the marks was never translated; what has lost one is cut. Another is written from right to
left, in letters of such a script: shows what does not turn with the page.
"""

import re

from babel.messages.catalog import Catalog, Message

_ACCENTS = str.maketrans("AEIOUYaeiouycnsz", "ÅÉÎÖÛÝåéîöûýçñšž")
_FROM_THE_RIGHT = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 2 * "אבגדהוזחטיכלמנסעפצקרשתםןףך"
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
_MORE = " lörem îpsüm dölör sît åmet"


def pseudo(text: str, *, from_the_right: bool = False) -> str:
    """The text in the pseudo-language; what stands for a fact stays as it is."""
    longer = (_MORE * (1 + len(text) // (3 * len(_MORE))))[: max(2, round(len(text) / 3))]
    return f"⟦{_written(text + longer, _FROM_THE_RIGHT if from_the_right else _ACCENTS)}⟧"


def pseudo_catalogue(template: Catalog, *, from_the_right: bool = False) -> Catalog:
    """Every message of a template, said in the pseudo-language."""
    made = Catalog(locale="en")
    for message in template:
        if message.id:
            said = tuple(pseudo(text, from_the_right=from_the_right) for text in _texts(message))
            made.add(message.id, said if isinstance(message.id, tuple) else said[0], context=message.context)
    return made


def _texts(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def _written(text: str, letters: dict[int, int]) -> str:
    """In other letters, but for the placeholders."""
    kept = _PLACEHOLDER.findall(text)
    pieces = [piece.translate(letters) for piece in _PLACEHOLDER.split(text)]
    return "".join(piece + placeholder for piece, placeholder in zip(pieces, [*kept, ""], strict=True))
