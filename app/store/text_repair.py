"""The last door of texts: neither database takes half of a surrogate pair, PostgreSQL no NUL either.

What came so far is repaired, with a sign in place of what is broken; a file, a source or a request never ends of it.
"""

import json
import re
from typing import Any

from sqlalchemy import Engine, event

_REPLACEMENT = "\ufffd"
_BROKEN = re.compile("[\0\ud800-\udfff]")
# In JSON: an escaped backslash, a whole pair, or (caught) what is broken.
_ESCAPES = re.compile(r"\\\\|\\ud[89ab]..\\ud[c-f]..|(\\u0000|\\ud[89a-f]..)")


def repair_texts(engine: Engine) -> None:
    """Whatever is handed to this database is whole."""
    event.listen(engine, "before_cursor_execute", _with_whole_texts, retval=True)


def as_json(value: Any) -> str:
    """What a JSON column holds. PostgreSQL refuses even an escape of what is broken."""
    return _ESCAPES.sub(lambda found: r"\ufffd" if found[1] else found[0], json.dumps(value))


def _with_whole_texts(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    return statement, _whole(parameters)


def _whole(parameters: Any) -> Any:
    if isinstance(parameters, str):
        fits = parameters.isascii() and "\0" not in parameters
        return parameters if fits else _BROKEN.sub(_REPLACEMENT, parameters)
    if isinstance(parameters, dict):
        return {name: _whole(value) for name, value in parameters.items()}
    if type(parameters) in (list, tuple):
        return type(parameters)(map(_whole, parameters))
    return parameters
