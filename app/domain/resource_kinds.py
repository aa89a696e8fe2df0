"""What a link leads to: a paper, a guide, a video, a tool, an event; by where it is and what it is called."""

import re

from app.domain.resource import ResourceKind
from app.domain.web_addresses import doi_in, host_of


def kind_of(url: str, title: str = "", doi: str = "") -> ResourceKind:
    """The first rule that speaks wins; a moderator may say otherwise."""
    host, path = host_of(url), url.partition("://")[2].partition("/")[2].lower()
    if doi or doi_in(url):
        return ResourceKind.PAPER
    for kind, hosts, paths in _BY_ADDRESS:
        if hosts.search(f".{host}") and (paths is None or paths.search(path)):
            return kind
    words = f"{title} | {re.sub(r'[-_/.+]+', ' ', path.partition('?')[0])}"
    return next((kind for kind, said in _BY_WORDS if said.search(words)), ResourceKind.OTHER)


def _hosts(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\.(?:{'|'.join(re.escape(one) for one in listed.split())})$")


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(one.strip() for one in listed.split(','))})\b", re.IGNORECASE)


_PAPERS = """
    pubmed.ncbi.nlm.nih.gov ncbi.nlm.nih.gov europepmc.org arxiv.org medrxiv.org biorxiv.org ssrn.com jstor.org bmj.com
    thelancet.com nejm.org jamanetwork.com cochranelibrary.com sciencedirect.com link.springer.com nature.com
    tandfonline.com onlinelibrary.wiley.com sagepub.com plos.org frontiersin.org mdpi.com zenodo.org osf.io
    researchgate.net scholar.google.com journalslibrary.nihr.ac.uk
    """
_VIDEOS = "youtube.com youtu.be vimeo.com ted.com dailymotion.com twitch.tv wistia.com loom.com"
_EVENTS = """
    eventbrite.com eventbrite.co.uk meetup.com lu.ma ti.to tickettailor.com eventsforce.net whova.com
    hopin.com cvent.com
    """
_TOOLS = """
    github.com gitlab.com codeberg.org apps.apple.com play.google.com chromewebstore.google.com pypi.org npmjs.com
    figma.com miro.com padlet.com
    """
_BY_ADDRESS = (
    (ResourceKind.PAPER, _hosts(_PAPERS), None),
    (ResourceKind.VIDEO, _hosts(_VIDEOS), None),
    (ResourceKind.EVENT, _hosts(_EVENTS), None),
    (ResourceKind.EVENT, _hosts("zoom.us teams.microsoft.com"), re.compile(r"webinar|register|meeting")),
    (ResourceKind.TOOL, _hosts(_TOOLS), None),
    (ResourceKind.GUIDE, _hosts("nice.org.uk sign.ac.uk scie.org.uk"), re.compile(r"guid|pathway|standard|quality")),
    (ResourceKind.GUIDE, _hosts("gov.uk"), re.compile(r"guidance|guides?/|publications/.*(?:guid|code|framework)")),
)
_BY_WORDS = (
    (
        ResourceKind.EVENT,
        _words("conference, webinar, register now, registration, book your place, book a place, tickets, symposium"),
    ),
    (ResourceKind.VIDEO, _words("video, watch, recording of")),
    (
        ResourceKind.GUIDE,
        _words(
            "guides?, guidance, guidelines?, toolkit, handbook, how to, checklist, tips, code of practice, framework,"
            "briefing, factsheet, resource pack"
        ),
    ),
    (ResourceKind.TOOL, _words("apps?, calculator, templates?, software, open source, dashboard, planner")),
    (
        ResourceKind.PAPER,
        _words("journal, study, systematic review, randomi[sz]ed, cohort, qualitative, preprint, evaluation of"),
    ),
)
