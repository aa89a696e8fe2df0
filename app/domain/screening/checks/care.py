"""Somebody who may be about to harm themselves. This is care, not abuse: a lane of its own, looked at first.

Only what is said now, of oneself or of somebody close, counts. Clinical words, campaigns, lines to ring, and what
somebody lived through and came out of are what these conferences are about.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

from app.domain.policy import Policy
from app.domain.screening.reading.normal import views
from app.domain.screening.reading.pattern_gates import Gated
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_SELF = r"(?:i|i'm|im|i am|ive|i've|i just|i really|i still|i honestly|i only|i do)"
_END = (
    r"(?:kill myself|end (?:my life|it all|it tonight|it today|things)|take my (?:own )?life|hang myself|cut myself"
    r"|hurt myself|harm myself|self[- ]?harm|jump off|be dead|not (?:wake up|be here|exist|be alive)|disappear for ?(?:ever|good)|do myself in|top myself)"
)
_NOW = Gated(
    rf"\b{_SELF} (?:\w{{2,10}} ){{0,2}}(?:want(?:ing)? to|wanna|going to|gonna|about to|plan(?:ning)? to|need to|thinking (?:of|about)|could|might|will|ready to|tempted to) (?:just |really |go and )?(?:{_END}|die\b(?! (?:of|for|with|at home|laughing))|killing myself|ending (?:it|my life|things)|hurting myself|cutting myself|harming myself|suicide)"
    rf"|\b(?:i'll|ill|im gonna|i'm gonna|gonna) {_END}"
    r"|\b(?:i'm|im|i am|i feel|feeling|feel) (?:so |really |very |actively |quite )?suicidal\b"
    r"|\bi (?:just )?(?:can't|cant|cannot|can not|don't know how to) (?:go on|carry on|do this|live like this|keep going|cope)(?: (?:any ?more|any longer|with this|living|like this|much longer))\b"
    r"|\bi (?:can't|cant|cannot) go on\b"
    r"|\b(?:no|not any|nothing|no more) (?:reason|point|point in|reason for me) (?:to (?:live|living|go on|carry on|be here)|(?:in )?(?:living|being alive|going on|carrying on|me being))\b"
    r"|\b(?:nothing left to live for|nothing to live for|better off without me|better off (?:if i was |if i were )?dead|wish i (?:was|were) (?:dead|never born)|wish i (?:could|would|didn't|hadn't|had) (?:just )?(?:not wake up|never wake|wake up|been born|go to sleep and))"
    r"|\b(?:don't|dont|do not|didn't) (?:want|wanna|wish) (?:to )?(?:be (?:here|alive)(?: any ?more| any longer)?|live(?: any ?more| any longer| like this)?|wake up(?: tomorrow| any ?more)?|exist)(?=\s|$|[.,!?])(?! (?:to see|in|with|near))"
    r"|\bi(?:'ve| have)? (?:just )?(?:taken|took|swallowed) (?:an overdose|all (?:my|the|of my)|too many|a (?:load|lot|handful|bottle|box) of) ?(?:\w+ )?(?:pills|tablets|meds|medication|paracetamol|insulin|overdose)?"
    r"|\bi(?:'m| am)? (?:have )?(?:been )?(?:self[- ]?harming|cutting myself|hurting myself|cutting)(?: again| tonight| myself)?(?=\s|$|[.,!])(?! (?:costs|back|down|corners|services|edge))"
    r"|\b(?:this is|its|it's) (?:my (?:last|final) (?:post|tweet|message|night|goodbye)|goodbye (?:from me|for ever|forever|everyone))\b"
    r"|\bi have a plan (?:and|to end|for how i)\b|\bi(?:'ve| have) (?:written|got) (?:my|the|a) (?:note|goodbye|rope|tablets ready|pills ready)\b"
)
_CLOSE = Gated(
    r"\b(?:my (?:\w{2,10} )?(?:son|daughter|mum|dad|mother|father|husband|wife|partner|friend|brother|sister|mate|boyfriend|girlfriend|lad|nephew|niece|colleague)|she|he|they)"
    r" (?:\w{2,10} ){0,2}(?:wants to (?:die|end|kill|be dead)|is (?:going to |gonna |threatening to |about to )(?:kill|end|hang|jump|hurt)|says (?:he|she|they)(?:'s| is|'re| wants?| will)? (?:going to |to )?(?:die|kill|end)|is suicidal|has (?:just )?taken (?:an overdose|all (?:her|his|their)|too many)|keeps? (?:saying|talking about) (?:wanting to die|suicide|killing)|is (?:self[- ]harming|on the bridge|cutting))"
)
_PAST = re.compile(
    r"\b(?:when i was|used to|years ago|in (?:19|20)\d\d|back then|in recovery|recovered|i survived|survivor|once (?:felt|wanted)|ago i|last (?:year|decade)|as a (?:teen\w*|child|student)|got through|came through|glad i|no longer|not any ?more|wanted to)\b"
)
_JOKE = re.compile(
    r"\b(?:wi-?fi|slides?|coffee|queue|powerpoint|embarrass\w*|cringe|laughing|lol|lmao|haha|train|spreadsheet|meeting|emails?|football|hungover|traffic|parking|buffet|lunch|cake|karaoke|small talk|icebreaker|😂|🤣)\b|😂|🤣"
)
_ABOUT = re.compile(
    r"\b(?:people|patients?|someone|anyone|those|clients?|young people|men|teens|students|if you|if someone|saying|says|say|said|tell(?:s|ing)?|hear(?:s|ing)?|phrase|words?|lyrics|training|assess\w*|ask(?:ed|ing)?|called|titled|book|film|talk)\b[^.!?]{0,25}[\"'“‘:]?\s?$"
)
_SAID = Sentence(
    "They may be thinking of harming themselves. Please look at this first, and see that a person gets in touch."
)
_SAID_CLOSE = Sentence(
    "Somebody close to them may be in danger. Please look at this first, and see that a person gets in touch."
)


def _in_other_languages() -> Gated:
    """What is said elsewhere, as it is read."""
    listed = (files("app.domain.screening") / "lexicon" / "care_elsewhere.txt").read_text(encoding="utf-8")
    phrases = {views(line).squeezed.text for line in listed.splitlines() if line and not line.startswith("#")}
    return Gated(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})(?!\w)")


_ELSEWHERE = _in_other_languages()


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy, surroundings
    spelling = read.views.squeezed
    text = spelling.text
    for match in _NOW.finditer(text):
        if _JOKE.search(text) or _ABOUT.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        if _PAST.search(text) and not re.search(r"\b(?:again|now|tonight|today|still)\b", text):
            yield Signal(
                "lived-experience",
                "self_harm",
                Level.NOTE,
                "They speak of a dark time.",
                0.5,
                (spelling.span(*match.span()),),
            )
            return
        yield Signal("self-harm", "self_harm", Level.HOLD, _SAID, 0.9, (spelling.span(*match.span()),))
        return
    if elsewhere := _ELSEWHERE.search(text):
        yield Signal("self-harm", "self_harm", Level.HOLD, _SAID, 0.8, (spelling.span(*elsewhere.span()),))
        return
    close = _CLOSE.search(text)
    if close and not _JOKE.search(text) and not _PAST.search(text):
        yield Signal("self-harm-close", "self_harm", Level.HOLD, _SAID_CLOSE, 0.7, (spelling.span(*close.span()),))
