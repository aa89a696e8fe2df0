"""A threat: violence that is announced, wished for or hinted at, against somebody."""

import re
from collections.abc import Iterator

from app.domain.policy import Policy
from app.domain.screening.reading.normal import Span, Spelling
from app.domain.screening.reading.pattern_gates import Gated
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_HARM = (
    r"(?:kill|murder|stab|shoot|strangle|behead|rape|hurt|harm|batter|punch|slap|smash|beat|burn|bomb|attack|destroy"
    r"|cut|slit|knife|lynch|hang|poison|throttle|bash|finish|butcher|slaughter|run over|fuck up|mess up|break)"
)
_HARMED = r"(?:killed|murdered|shot|stabbed|hanged|hung|lynched|raped|beaten|burn(?:ed|t)|gassed|beheaded|exterminated|put down|wiped out|strung up|executed|culled|punched|slapped)"
_WHOM = (
    r"(?:you|u|ya|him|her|them|yous?|your (?:family|kids|children|face|head|throat|house|wife|mum|legs|neck)|(?:his|her|their) (?:face|head|throat|house|family|legs|neck)"
    r"|th(?:at|is|e|ose|ese) (?:\w{2,14} )?(?:speaker|chair|minister|panel|presenter|manager|nurse|doctor|bitch|man|woman|bastard|cunt|\w{3,12}s)|every(?:one| last one)|all of (?:you|them)|these people|those people)"
)
_WILL = r"(?:i(?:'ll|'m going to|'m gonna|m gonna| will| am going to| am gonna| wanna| want to| swear i'll|'d like to| would love to|'m coming to)|we(?:'ll| will|'re going to| should| need to)|gonna|ima|imma|let's|lets|someone (?:should|needs to|ought to|will)|somebody (?:should|needs to|ought to|will)|time to|going to|ready to)"

_PLAIN = Gated(
    rf"\b{_WILL} (?:\w{{2,10}} ){{0,2}}{_HARM} (?:the (?:hell|shit|fuck) out of )?{_WHOM}\b(?! (?:an? |with kindness|to it|the link|a message|some|at (?:chess|golf|bingo|table)|time|off the))"
    rf"|\b(?:should|ought to|needs? to|must|deserves? to|want(?:s)? (?:you|them|him|her) to|gotta|have to) (?:all )?be (?:\w{{2,10}} )?{_HARMED}\b"
    r"|\b(?:you|they|he|she|\w{3,14}s) (?:all )?(?:should|deserve to|need to|ought to) (?:all )?(?:die|burn|hang|drop dead|be dead)\b"
    r"|\b(?:i )?(?:hope|wish|pray) (?:that )?(?:you|he|she|they|your \w+) (?:all )?(?:die|dies|rot|burn|get (?:cancer|raped|shot|stabbed|run over|hit)|gets? what)"
    r"|\bi(?:'ll| will|'m going to| am going to)? (?:know|find out|find) where (?:you|u|they|she|he) (?:live|lives|work|works|park|parks|sleep|sleeps)\b"
    r"|\byou(?:'re| are|r)? (?:a )?dead (?:man|woman|meat|to)?(?= ?(?:man|woman|meat|$|[.!,]))"
    r"|\b(?:watch your back|sleep with one eye open|you'?ll (?:regret|pay for|be sorry|wish you)|your days are numbered|you'?re next|say goodbye to your|see what happens to (?:you|her|him)"
    r"|wait(?:ing)? for (?:you|her|him|them) (?:outside|in the car park|after|by (?:your|her|his) car)|coming (?:for|after) (?:you|your|her|him|them)\b|make (?:you|him|her|them) (?:suffer|bleed|pay|disappear))"
    r"|\b(?:kill|off|hang|neck|top) (?:yourself|yourselves|urself|ur self|your self)\b|\bkys\b|\bgo (?:and )?(?:die|hang|drown|jump off)\b(?! of)"
    r"|\b(?:there(?:'s| is)|i(?:'ve| have)? (?:got |planted |put |left )?) ?a (?:bomb|gun|device|knife) (?:in|under|at|with your|and)\b"
    r"|\b(?:bomb|torch|blow up|shoot up|burn down|petrol bomb) (?:the|this|your|that) (?:\w+ )?(?:venue|place|building|conference|hotel|office|clinic|surgery|hospital|mosque|synagogue|church|centre|hall)\b"
    r"|\b(?:burn|blow) (?:the|this|your|that) (?:\w+ )?(?:venue|place|building|conference|hotel|office|clinic|surgery|hospital|mosque|synagogue|church|centre|hall) (?:down|up)\b"
)
_SPOKEN_OF = re.compile(
    r"\b(?:said|says|say|told (?:me|us|her|him|them)|shouted|screamed|wrote|received|got (?:a )?(?:message|letter)s?|threat(?:s|en\w*)? (?:to|like|of|that)"
    r"|abuse like|called|quote|patients? (?:who|that)|he's going to|who (?:say|want)|if (?:someone|a patient|anyone)|never|nobody (?:should|deserves)|no one (?:should|deserves)|not|don't|isn't)\b[^.!?]{0,40}$"
)
_QUOTES = "\"'“”‘’«"


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy, surroundings
    views = read.views
    spans: list[Span] = []
    spoken: list[Span] = []
    for spelling in (views.folded, views.squeezed) if views.squeezed is not views.folded else (views.folded,):
        for span, reported in _threats(spelling):
            (spoken if reported else spans).append(span)
    if spans:
        said = Sentence("It threatens somebody, or wishes them harm.")
        yield Signal("threat", "threat", Level.HOLD, said, 0.9, tuple(dict.fromkeys(spans)))
    elif spoken:
        said = Sentence("It reports a threat, or speaks of one.")
        yield Signal("threat-reported", "threat", Level.NUDGE, said, 0.5, tuple(dict.fromkeys(spoken)))


def _threats(spelling: Spelling) -> Iterator[tuple[Span, bool]]:
    for match in _PLAIN.finditer(spelling.text):
        before = spelling.text[max(0, match.start() - 60) : match.start()]
        reported = bool(_SPOKEN_OF.search(before)) or before.rstrip()[-1:] in tuple(_QUOTES)
        yield spelling.span(*match.span()), reported
