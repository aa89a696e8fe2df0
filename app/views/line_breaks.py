"""What people type into a form: a line break is one letter, whether a script sent the form or the browser by itself."""

from typing import Annotated

from pydantic import BeforeValidator


def breaks_once(text: object) -> object:
    """A plain form is sent with CR LF for each line break that its writer counted once."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text


Typed = Annotated[str, BeforeValidator(breaks_once)]
