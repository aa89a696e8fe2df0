"""Templates that leave nothing behind: what a page was made of goes with it, not when the collector comes by.

A macro knows the context that it was defined in, and the context knows the macro. Parts that import macros with their
context define them for each card, so every page left thousands of objects in circles, with all the rows on it.
"""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context

MADE = "_made"
"""Under this name contexts find the list that they put themselves into; the modules that are kept do not."""


class PassingContext(Context):
    def __init__(self, environment: Environment, parent: dict[str, Any], *more: Any, **named: Any) -> None:
        super().__init__(environment, parent, *more, **named)
        if (made := parent.get(MADE)) is not None:
            made.append(self)


class PassingTemplate(Template):
    def render(self, values: Mapping[str, Any] | None = None, **more: Any) -> str:
        made: list[Context] = []
        try:
            return super().render({**(values or {}), **more, MADE: made})
        finally:
            for context in made:
                context.vars.clear()
            made.clear()
