"""The servers that an event names: typed by people, as addresses, as names, as the end of a handle."""

import re

MAX_SERVERS = 8
USUAL = "mastodon.social"
_BETWEEN = re.compile(r"[\s,;]+")
_NAME = re.compile(r"(?=.{3,200}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::\d{1,5})?")


def servers_of(typed: str, private: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Addresses to ask, each once, in the order of their naming: 'https://host'. What names no server is left out.

    Only a server of one's own network (`private`, host:port) may be asked without encryption.
    """
    found: dict[str, None] = {}
    for word in _BETWEEN.split(typed.strip()):
        plain = word.lower().startswith("http://")
        name = re.sub(r"^https?://", "", word, flags=re.IGNORECASE).split("/")[0].rpartition("@")[2].lower().rstrip(".")
        name = _in_ascii(name)
        if name in private:
            found[f"{'http' if plain else 'https'}://{name}"] = None
        elif _NAME.fullmatch(name):
            found[f"https://{name}"] = None
    return tuple(found)[:MAX_SERVERS]


def name_of(server: str) -> str:
    return server.partition("://")[2]


def _in_ascii(name: str) -> str:
    """A name with other letters as its name server knows it; as it was where there is no such name."""
    try:
        return name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return name
