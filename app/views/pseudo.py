"""A language made by a program: English with accents, a third longer, between ⟦ and ⟧.

What is on a page without the marks was never translated; what has lost one is cut.
"""

import re

from babel.messages.catalog import Catalog, Message

_ACCENTS = str.maketrans("AEIOUYaeiouycnsz", "ÅÉÎÖÛÝåéîöûýçñšž")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
_MORE = " lörem îpsüm dölör sît åmet"


def pseudo(text: str) -> str:
    """The text in the pseudo-language; what stands for a fact stays as it is."""
    longer = _MORE * (1 + len(text) // (3 * len(_MORE)))
    return f"⟦{_accented(text)}{longer[: max(2, round(len(text) / 3))]}⟧"


def pseudo_catalogue(template: Catalog) -> Catalog:
    """Every message of a template, said in the pseudo-language."""
    made = Catalog(locale="en")
    for message in template:
        if message.id:
            made.add(message.id, _said(message), context=message.context)
    return made


def _said(message: Message) -> str | tuple[str, ...]:
    return tuple(map(pseudo, message.id)) if isinstance(message.id, tuple) else pseudo(str(message.id))


def _accented(text: str) -> str:
    kept = _PLACEHOLDER.findall(text)
    pieces = [piece.translate(_ACCENTS) for piece in _PLACEHOLDER.split(text)]
    return "".join(piece + placeholder for piece, placeholder in zip(pieces, [*kept, ""], strict=True))
