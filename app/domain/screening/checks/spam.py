"""Spam and hashtag hijacking: how it behaves first, then what it says. One cue alone is never enough to hold."""

import re
from collections.abc import Iterator

from app.domain.policy import Policy
from app.domain.screening.checks.authors import is_trusted
from app.domain.screening.checks.spam_cues import ABOUT, BARE_HOST, CUES, GATES, WARNS
from app.domain.screening.reading.normal import Span, Spelling, Views
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_HOLD, _NUDGE = 2.0, 1.5
_TAG = re.compile(r"(?<!\w)#\w{2,60}")
_MANY_TAGS = 6
_WEAK = {"a diet", "trending tags", "contact elsewhere", "brands"}
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_DOTTED = re.compile(r"[a-z0-9-]\.[a-z]")
_NAMED = {
    "a diet": Sentence("a diet"),
    "a loan": Sentence("a loan"),
    "a miracle": Sentence("a miracle"),
    "a miracle diet": Sentence("a miracle diet"),
    "a prize": Sentence("a prize"),
    "a scam message": Sentence("a scam message"),
    "a spell": Sentence("a spell"),
    "a surprise": Sentence("a surprise"),
    "an offer": Sentence("an offer"),
    "brands": Sentence("brands"),
    "cash": Sentence("cash"),
    "contact elsewhere": Sentence("contact elsewhere"),
    "easy money": Sentence("easy money"),
    "fake reviews": Sentence("fake reviews"),
    "followers": Sentence("followers"),
    "for free": Sentence("for free"),
    "gambling": Sentence("gambling"),
    "goods": Sentence("goods"),
    "hacking": Sentence("hacking"),
    "hiring": Sentence("hiring"),
    "music": Sentence("music"),
    "papers for sale": Sentence("papers for sale"),
    "pets": Sentence("pets"),
    "pressure": Sentence("pressure"),
    "services": Sentence("services"),
    "sex": Sentence("sex"),
    "streams": Sentence("streams"),
    "stuffed tags": Sentence("stuffed tags"),
    "trading": Sentence("trading"),
    "trending tags": Sentence("trending tags"),
    "vote for me": Sentence("vote for me"),
    "a link from somebody new here": Sentence("a link from somebody new here"),
    "the same link and text again": Sentence("the same link and text again"),
    "rejected here before": Sentence("rejected here before"),
}
"""What a cue is called in the sentence."""


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    if is_trusted(read, policy, surroundings):
        return
    behaviour = list(_behaviour(read.views.folded, surroundings))
    text = list(_text(read.views))
    if not text and not behaviour:
        return
    weight = sum(cue[1] for cue in (*behaviour, *text))
    if weight < _NUDGE:
        return
    if WARNS.search(read.views.folded.text):
        weight -= 2.0
    elif ABOUT.search(read.views.folded.text):
        weight -= 1.0
    if surroundings.approved_before:
        weight -= 1.0
    strong = any(cue[1] >= 1 and cue[0] not in _WEAK for cue in text) or sum(cue[1] for cue in behaviour) >= _HOLD
    if weight < _NUDGE or not strong:
        return
    spans = tuple(dict.fromkeys(span for cue in (*text, *behaviour) for span in cue[2]))[:20]
    reasons = tuple(_NAMED.get(what, what) for what in dict.fromkeys(cue[0] for cue in (*text, *behaviour)))
    level = Level.HOLD if weight >= _HOLD else Level.NUDGE
    said = Sentence("It looks like spam: %(reasons)s.", reasons=reasons[:4])
    yield Signal("spam", "spam", level, said, min(0.99, weight / 4), spans or ((0, len(read.text)),))


Cue = tuple[str, float, tuple[Span, ...]]


def _behaviour(folded: Spelling, surroundings: Surroundings) -> Iterator[Cue]:
    """What does not depend on any word: who, how often, how many tags, how many links."""
    text = folded.text
    links = [match.span() for match in _LINK.finditer(text)]
    rest = _without(text, links)
    hosts = [match.span() for match in BARE_HOST.finditer(rest)] if _DOTTED.search(rest) else []
    tags = [match.span() for match in _TAG.finditer(text)] if "#" in text else []
    own = {tag.casefold() for tag in surroundings.hashtags}
    foreign = [span for span in tags if text[span[0] + 1 : span[1]] not in own]
    linked = tuple(folded.span(*span) for span in (*links, *hosts))
    if linked and not surroundings.approved_before:
        yield "a link from somebody new here", 0.5, linked
    if len(foreign) >= _MANY_TAGS and len(foreign) > 0.4 * len(text.split()):
        spans = tuple(folded.span(*span) for span in foreign)
        yield Sentence("%(tags)d hashtags", tags=len(foreign)), 1.5 if linked else 1.0, spans
    if linked and (surroundings.same_text or surroundings.same_text_by_author):
        yield "the same link and text again", 1.5, linked
    if surroundings.rejected_before and not surroundings.approved_before:
        yield "rejected here before", 0.5, ()


def _without(text: str, spans: list[Span]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _text(read: Views) -> Iterator[Cue]:
    """Each kind of cue once, at its greatest weight; disguised spam is read undisguised."""
    best: dict[str, Cue] = {}
    for reading in (read.folded, read.squeezed) if read.squeezed is not read.folded else (read.folded,):
        for place in GATES.candidates(reading.text):
            what, weight, pattern = CUES[place]
            match = pattern.pattern.search(reading.text)
            if match and (what not in best or weight > best[what][1]):
                best[what] = (what, weight, (reading.span(*match.span()),))
    yield from sorted(best.values(), key=lambda cue: -cue[1])
