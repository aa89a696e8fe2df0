"""`--only`: some of the parts that a program has, by name; a name that it does not have is refused."""

import argparse
from collections.abc import Callable, Iterable


def chosen(names: Iterable[str], between: str = ",") -> Callable[[str], list[str]]:
    """For `type=`: the names that were typed, in the order of the program."""
    known = list(names)

    def read(typed: str) -> list[str]:
        wanted = [name.strip() for name in typed.split(between) if name.strip()]
        if unknown := [name for name in wanted if name not in known]:
            raise argparse.ArgumentTypeError(f"there is no {', '.join(unknown)}; there are {', '.join(known)}")
        if not wanted:
            raise argparse.ArgumentTypeError(f"name some of {', '.join(known)}")
        return [name for name in known if name in wanted]

    return read
