"""Links: those that hide where they lead, and those that nobody answers for.

A link by an account of a network is no reason to hold it: host and author are judged. What a phone sends bears no
account, so there a link to a host that is not allowed waits for a person.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.domain.policy import Policy
from app.domain.screening.checks.authors import is_trusted
from app.domain.screening.reading.lexicon import table
from app.domain.screening.reading.normal import views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.reading.shown import TEXT
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.source_marks import FLOOR
from app.domain.verdict import Level, Signal

LINK = re.compile(r"https?://[^\s<>\"]{1,2000}|\bwww\.[^\s<>\"]{1,2000}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|0x[0-9a-f]+|\d{8,10}|\[?[0-9a-f:]*:[0-9a-f:]+\]?")
_SHORTENERS = frozenset(
    [
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "is.gd",
        "buff.ly",
        "cutt.ly",
        "rb.gy",
        "shorturl.at",
        "tiny.cc",
        "bl.ink",
        "t.ly",
        "rebrand.ly",
        "v.gd",
        "adf.ly",
        "s.id",
        "lnkd.in",
        "linktr.ee",
        "shorte.st",
        "soo.gd",
        "trib.al",
        "dlvr.it",
        "bit.do",
        "short.io",
        "qr.ae",
        "clck.ru",
        "u.to",
        "x.gd",
    ]
)
_HOSTS = table("hosts.txt")
_MESSENGERS = _HOSTS["messengers"]
_DOUBTFUL = _HOSTS["doubtful"]
_ENDS = "|".join(sorted(_DOUBTFUL | _HOSTS["ends"]))
_IN_A_NAME = re.compile(
    r"(?<![\w@.])(?:(?P<way>https?://|www\.)\S{2,200}"
    rf"|(?:[a-z0-9][a-z0-9-]{{0,60}}\.){{1,4}}(?:{_ENDS})(?![\w.-])(?P<path>/[^\s/]\S{{0,200}})?)"
)
_GO = re.compile(r"\b(?:visit|buy|get|go to|goto|join|follow|free|click|try|sale|win|deals?)\W{1,3}$")
_DISGUISES = {
    "look-alike-host": Sentence("Its link leads to %(host)s, which is written with letters of another alphabet."),
    "address-host": Sentence("Its link leads to a bare network address (%(host)s)."),
    "user-in-link": Sentence("Its link names one site but leads to %(host)s."),
    "odd-port": Sentence("Its link leads to an unusual port of %(host)s."),
}
_FROM_UNKNOWN = Sentence("It links to %(host)s, and nothing by this author has been approved here yet.")
_NOBODY = FLOOR.key
"""What a phone sends, whose name proves nothing."""


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    found = [(href, host) for href in _hrefs(read) if (host := _host(href))]
    if not found:
        return
    spans = tuple(match.span() for match in LINK.finditer(read.text))
    for href, host in found:
        if code := _disguise(href, host):
            yield Signal(code, "link", Level.HOLD, _DISGUISES[code].filled(host=host), 0.95, spans)
            break
    allowed = {host.casefold().removeprefix("www.") for host in policy.allowed_hosts}
    hosts = [host for _, host in found if not _is_allowed(host, allowed)]
    short = [host for host in hosts if host in _SHORTENERS]
    if short:
        said = Sentence("It was shortened with %(host)s, so nobody sees where it leads.", host=short[0])
        yield Signal("short-link", "link", Level.NOTE, said, 1.0, spans)
    if hosts and not surroundings.approved_before and not is_trusted(read, policy, surroundings):
        doubted = [host for host in hosts if _is_doubtful(host)]
        said = _FROM_UNKNOWN.filled(host=(doubted or hosts)[0])
        unsure = doubted or read.post.source == _NOBODY or surroundings.rejected_before
        yield Signal("link-from-unknown", "link", Level.HOLD if unsure else Level.NOTE, said, 1.0, spans)


def check_name(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    """A name leads nowhere, whoever bears it. A dot alone is no link: "Node.js", "St.John", "brand.com" are names."""
    del surroundings
    allowed = {host.casefold().removeprefix("www.") for host in policy.allowed_hosts}
    folded = read.views.folded
    found = [match for match in _IN_A_NAME.finditer(folded.text) if _leads_away(match, folded.text)]
    found = [match for match in found if not _is_allowed(_host(match.group()), allowed)]
    if found:
        said = Sentence("It leads to %(host)s.", host=_host(found[0].group()))
        yield Signal("link-in-name", "link", Level.HOLD, said, 0.95, tuple(folded.span(*one.span()) for one in found))


def _is_doubtful(host: str) -> bool:
    """Nobody sees where it leads, it leads into a private chat, or it ends as addresses do that advertising likes."""
    return host in _SHORTENERS or host in _MESSENGERS or host.rpartition(".")[2] in _DOUBTFUL


def _leads_away(match: re.Match[str], text: str) -> bool:
    host = _host(match.group())
    if match["way"] or match["path"] or host in _SHORTENERS or host in _MESSENGERS:
        return True
    return host.rpartition(".")[2] in _DOUBTFUL or bool(_GO.search(text[: match.start()]))


def _hrefs(read: Reading) -> list[str]:
    segments = read.post.segments if read.field == TEXT else ()
    return [segment.href for segment in segments if segment.kind == "link"] or LINK.findall(read.text)


def _host(href: str) -> str:
    try:
        host = urlsplit(href if "//" in href else f"//{href}").hostname or ""
    except ValueError:
        return href
    return host.removeprefix("www.")


def _is_allowed(host: str, allowed: set[str]) -> bool:
    return host in allowed or any(host.endswith(f".{known}") for known in allowed if known)


def _disguise(href: str, host: str) -> str:
    if not host.isascii() or host.startswith("xn--") or ".xn--" in host:
        return "look-alike-host" if _mixes_alphabets(host) else ""
    if _ADDRESS.fullmatch(host):
        return "address-host"
    try:
        parts = urlsplit(href if "//" in href else f"//{href}")
        if parts.username is not None:
            return "user-in-link"
        return "odd-port" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return "odd-port"


def _mixes_alphabets(host: str) -> bool:
    """Reads as Latin letters without being them: `аррlе` and its kind; plain umlauts are no disguise."""
    try:
        shown = host.encode().decode("idna") if host.isascii() else host
    except (UnicodeError, ValueError):
        return True
    foreign = [char for char in shown if not char.isascii() and ord(char) > 0x24F]
    bare = views(shown).skeleton.text
    return bool(foreign) and sum(char.isascii() for char in bare) > 0.8 * len(bare)
