"""Addresses of the web as people share them: what they lead to, without the traces of how they were passed on."""

import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

LONGEST_URL = 2_000
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content)|hsa_\w+|_hs(?:enc|mi)|mc_[ce]id|at_(?:medium|"
    r"campaign|custom\d+|link_\w+|bbc_team|ptr_name|format|campaign_type)|fb_(?:action_\w+|ref|source)|fbclid|[gd]clid|gbraid|wbraid|gclsrc|"
    r"msclkid|yclid|twclid|ttclid|li_fat_id|igsh|igshid|mkt_tok|mibextid|vero_(?:id|conv)|oly_(?:enc|anon)_id|"
    r"ref_src|ref_url|__twitter_impression|__s|s_cid|ns_(?:campaign|mchannel|source|linkname|fee)|wt\.mc_id|"
    r"cmpid|smid|sr_share|guccounter|guce_referrer\w*"
)
"""Names of parameters that say how somebody came by an address, and never what it leads to."""
_TRACKING_AT = (
    (re.compile(r"(?:.+\.)?(?:youtube\.com|youtu\.be|spotify\.com|music\.apple\.com)"), re.compile(r"si|feature|pp")),
    (re.compile(r"(?:.+\.)?(?:x|twitter)\.com"), re.compile(r"s|t|cxt|ref_\w+")),
    (re.compile(r"(?:.+\.)?(?:instagram|threads|facebook)\.(?:com|net)"), re.compile(r"hl|__\w+__.*")),
    (re.compile(r"(?:.+\.)?linkedin\.com"), re.compile(r"rcm|lipi|trk|trackingid")),
)  # fmt: skip
"""And those that say it at certain hosts only."""
SHORTENERS = frozenset({
    "t.co", "bit.ly", "j.mp", "ow.ly", "buff.ly", "tinyurl.com", "goo.gl", "is.gd", "v.gd", "lnkd.in", "dlvr.it",
    "trib.al", "ht.ly", "hubs.ly", "hubs.la", "wp.me", "tiny.cc", "cutt.ly", "rb.gy", "shorturl.at", "t.ly", "s.id",
    "fb.me", "ift.tt", "mailchi.mp", "eepurl.com", "bbc.in", "nyti.ms", "gu.com", "econ.st", "reut.rs", "amzn.to",
    "spoti.fi", "po.st", "shar.es", "rebrand.ly", "lnk.to", "snip.ly",
})  # fmt: skip
"""Hosts that only lead on to others."""
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"'<>?#&]+")
_DOI_PLACES = re.compile(
    r"/(?:doi|content|articles?|book|chapter)(?:/(?:abs|full|e?pdf|epub|pdfdirect|book|ref|suppl))*/(10\.\d{4,9}/.+)"
)
_TRIPLET = re.compile(r"%([0-9A-Fa-f]{2})")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_WRITTEN_AS_THEY_ARE = "".join(chr(code) for code in range(0x21, 0x7F))
_OPENS_A_PAGE = re.compile(r"!?/.")
"""So begins a fragment that is a page of its own: `#/rooms/7`, `#!/rooms/7`."""
_ENDS_A_DOI = re.compile(
    r"(?:/(?:full|abstract|pdf|html?|epdf|meta|figures|fulltext)|\.(?:pdf|full|abstract|html?|long|short))+$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def cleaned(url: str) -> str:
    """The same address without what was hung on it on its way; '' for what is no address of the web."""
    try:
        read = urlsplit(url.strip())
        scheme, host, port = read.scheme.lower(), (read.hostname or "").rstrip("."), read.port
    except ValueError:
        return ""
    if scheme not in _DEFAULT_PORTS or not _is_host(host) or read.username is not None or len(url) > LONGEST_URL:
        return ""
    at = f"[{host}]" if ":" in host else host
    if port not in {None, _DEFAULT_PORTS[scheme]}:
        at = f"{at}:{port}"
    fragment = read.fragment.partition(":~:")[0]
    kept = _spelled(fragment) if _OPENS_A_PAGE.match(fragment) else ""
    found = urlunsplit((scheme, at, _spelled(read.path) or "/", _spelled(_told(read.query, host)), kept))
    return found if len(found) <= LONGEST_URL else ""


def identity(url: str) -> str:
    """What two addresses have in common that lead to the same: as an address, and '' where there is none.

    http and https are one where both have their usual port; a slash at the end of a path is none.
    """
    clean = cleaned(url)
    if not clean:
        return ""
    read = urlsplit(clean)
    scheme = read.scheme if read.port is not None else "https"
    return urlunsplit((scheme, read.netloc, read.path.rstrip("/") or "/", read.query, read.fragment))


def is_shortener(url: str) -> bool:
    """Whether its host only leads on to others."""
    return host_of(url) in SHORTENERS


def host_of(url: str) -> str:
    """As people say it: without `www.`; '' where there is none."""
    try:
        host = (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix("www.")


def shown_address(url: str) -> str:
    """An address as it is read where no title is known: without the scheme."""
    read = urlsplit(url)
    return f"{read.netloc.removeprefix('www.')}{unquote(read.path).rstrip('/')}"


def doi_in(url: str) -> str:
    """The DOI that an address names, in small letters; '' if it names none."""
    path = unquote(urlsplit(url).path)
    if host_of(url).removeprefix("dx.") == "doi.org":
        found = path.lstrip("/")
    else:
        named = _DOI_PLACES.search(path)
        found = _ENDS_A_DOI.sub("", named[1]) if named else ""
    return as_doi(found)


def as_doi(said: str) -> str:
    """A DOI as it is compared and printed, '' for what is none."""
    text = (
        re.sub(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)", "", said.strip(), flags=re.IGNORECASE).strip().rstrip("/.,;")
    )
    return text.lower()[:200] if _DOI.fullmatch(text) else ""


def _is_host(host: str) -> bool:
    # A name without a dot is somebody's own network: it leads nowhere from here.
    return bool(host) and ("." in host or ":" in host) and not re.search(r"[\s<>\"'\\^`{|}%]", host)


def _told(query: str, host: str) -> str:
    """The parameters that say what is asked for, in their order."""
    at_host = [names for hosts, names in _TRACKING_AT if hosts.fullmatch(host)]
    return "&".join(part for part in query.split("&") if part and not _tracks(part.partition("=")[0].lower(), at_host))


def _tracks(name: str, at_host: list[re.Pattern[str]]) -> bool:
    return bool(_TRACKING.fullmatch(name)) or any(names.fullmatch(name) for names in at_host)


def _spelled(part: str) -> str:
    """One spelling of the same signs: escapes in capitals, and none for a letter that needs none."""
    escaped = quote(_STRAY.sub("%25", part), safe=_WRITTEN_AS_THEY_ARE)

    def written(found: re.Match[str]) -> str:
        sign = chr(int(found[1], 16))
        return sign if sign in _UNRESERVED else f"%{found[1].upper()}"

    return _TRIPLET.sub(written, escaped)
