"""Objects out of JSON: one a line, one document, a list, or a list behind `window.… =`. What is broken is told."""

import json
import re
from collections.abc import Generator, Iterator
from typing import IO, Any

from app.domain.recorded import Broken
from app.domain.whole_text import whole_json

Json = dict[str, Any]
MAX_JSON_LINE = 256 * 2**20
"""Letters: a whole archive may stand on one line."""
LETTERS_OF_A_CUT_LINE = 10_000
"""Letters; a last line that is longer and not whole is worth looking into."""
_SCRIPT = re.compile(r"\s*(?:window|var|let|const|export)\b[^=\[{]{0,200}=\s*(?=[\[{])")
_LISTS = re.compile(r'"(orderedItems|items|records|feed|posts|data|tweets)"\s*:\s*\[')
_BLANKS = re.compile(r"[\s,;]*")
_decoder = json.JSONDecoder()


def objects_of_lines(lines: IO[str]) -> Iterator[Json | Broken]:
    """One a line; empty lines are none."""
    while line := lines.readline(MAX_JSON_LINE):
        if len(line) == MAX_JSON_LINE and not line.endswith("\n"):
            while (rest := lines.readline(MAX_JSON_LINE)) and not rest.endswith("\n"):
                pass
            yield Broken("a line that is far too long")
        elif line.strip():
            found = _object(line)
            cut = isinstance(found, Broken) and len(line) > LETTERS_OF_A_CUT_LINE and not line.endswith("\n")
            yield from _salvaged(whole_json(line), 0) if cut else (found,)


def _object(line: str) -> Json | Broken:
    try:
        known = json.loads(whole_json(line))
    except (ValueError, RecursionError) as error:
        return Broken(f"not JSON ({error})")
    return known if isinstance(known, dict) else Broken("not a JSON object")


def is_one_line(text: str) -> bool:
    """Whether the first line of what begins with `{` is an object of its own."""
    return isinstance(_object(text.lstrip().partition("\n")[0]), dict)


def is_script(text: str) -> bool:
    """Whether it begins with `window.… = [`."""
    return _SCRIPT.match(text) is not None


def objects_of_document(text: str) -> Iterator[Json | Broken]:
    """Those of a list, or the document itself, or of several one after the other. Of one that was cut off, those that
    are whole."""
    text = whole_json(text)
    if script := _SCRIPT.match(text):
        text = text[script.end() :]
    start = _blanks(text, 0)
    while start < len(text):
        if text[start : start + 1] == "[":
            start = yield from _listed(text, start + 1)
        else:
            try:
                known, start = _decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                yield from _salvaged(text, start)
                return
            yield known if isinstance(known, dict) else Broken("not a JSON object")
        start = _blanks(text, start)


def _listed(text: str, at: int) -> Generator[Json | Broken, None, int]:
    """One after the other, so that a broken one ends the list and not the file. Gives where the list ends."""
    while True:
        at = _blanks(text, at)
        if text[at : at + 1] == "]":
            return at + 1
        if at >= len(text):
            yield Broken("the list was cut off here")
            return len(text)
        try:
            known, at = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield Broken(f"not JSON ({error})")
            return len(text)
        yield known if isinstance(known, dict) else Broken("not a JSON object")


def _salvaged(text: str, start: int) -> Iterator[Json | Broken]:
    """A document that is not whole: what its list holds, up to where it breaks."""
    found = _LISTS.search(text, start)
    if found is None:
        yield Broken("not JSON, or cut off")
        return
    for one in _listed(text, found.end()):
        yield {found[1]: [one]} if isinstance(one, dict) else one


def _blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
