"""Is it a question for the speaker? Only a note: it says where the post belongs, not what it is worth.

Logistics ("where is the wifi code"), questions to the room ("anyone sharing a taxi?"), greetings and rhetoric
("how good was that?") are not.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.domain.policy import Policy
from app.domain.screening.reading.pattern_gates import Gated
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal

_TAGS = re.compile(r"(?:#\w+|https?://\S+|@\w+)[ ,:]*")
_LEAD = re.compile(
    r"^(?:\W|(?:so|and|but|ok(?:ay)?|hi|hello|hey|morning|afternoon|well|also|then|now|sorry|thanks?(?: you| so much)?|great (?:talk|session|stuff|presentation)|brilliant|lovely|fab|really interesting"
    r"|interesting|love this|loved that|genuine(?:ly)?|genuine question|serious(?:ly)?|quick (?:one|q|question)|question|q|ques|qn|another question|for (?:the )?(?:panel|speaker|chair|everyone|all)|dear \w+|to the (?:panel|speaker)"
    r"|all|folks|panel|chair|speaker|just|maybe|perhaps|in (?:practice|wales|scotland|england|northern ireland|your \w+)|with all (?:this|that)|given (?:this|that|all this)|if i may|please)\b[\s,:;.!\u2013-]*)+"
)
_ASKS = Gated(
    r"\b(?:q(?:uestion)?s? (?:for|to) (?:\w+ )?(?:\w+ )?(?:panel|speakers?|chair|presenters?|minister|dr|prof\w*|team|them|you|all)\b"
    r"|(?:please |can (?:you|someone|we|i) (?:please )?|could (?:you|someone|we) (?:please )?|someone |somebody |do )?ask (?:them|him|her|the (?:panel|speakers?|chair|minister|presenter|professor)|her team|the \w+) (?:about|if|whether|how|why|what|when|who|where|to|for)"
    r"|please ask|ask about|(?:i'd|i would|id|we'd|would|i) (?:really |also |just )?(?:like|love|want|be (?:keen|interested|curious)) (?:to )?(?:know|hear|ask|understand|learn|see)\b(?! (?:you|from you all|everyone))"
    r"|(?:i'm |i am |am |just |was )?wondering (?:if|whether|how|why|what|when|who|about)|(?:i |we )wonder (?:if|whether|how|why|what)"
    r"|(?:i'm |am )?(?:curious|keen|interested) (?:if|whether|how|what|why|about|to (?:know|hear|learn))"
    r"|(?:can|could|would|will|may) (?:the |our |this )?(?:speakers?|panel(?:lists?)?|presenters?|chair|professor|dr|prof|minister|team|someone (?:on|from) the (?:panel|team|stage))\b"
    r"|(?:not clear|unclear|don't (?:understand|see|get)|didn't (?:catch|hear|get)|not sure|keen to know|interested to know|be good to (?:know|hear)|tell us (?:more )?(?:about|how|why|what|who)|say (?:a bit )?more about|thoughts on|views on|any (?:thoughts|views|advice|tips|evidence|data|plans?|idea|examples?|learning|guidance|chance)) (?:how|why|what|whether|if|who|on|about|for|to|of|from|where)?)"
)
_WH = re.compile(
    r"^(?:(?:(?:why|when|where|who) |(?:how|what|which|whose|whom)(?:'s|'re|'d|'ll|s)? (?:\w+(?:'s)? ){0,4}?)(?:do|does|did|is|are|was|were|can|could|will|would|should|has|have|had|am|might|must|shall|won't|don't|doesn't|didn't|isn't|aren't|wasn't|can't|couldn't)\b"
    r"|how (?:much|many|long|often|far|big|old|soon|quickly|easy|hard|well|come|about|confident|likely|did|would)\b|what(?:'s| about| if| happens| happened| counts| stops| makes| worked| works| made| changed| drives| helped| helps| got| matters most)\b"
    r"|who(?:'s)? (?:pays|paid|owns|decides|decided|funds|funded|runs|leads|led|signs|checks|gets|holds|does|makes|trains|trained|chooses|monitors|delivers|provides|employs|regulates|carries|takes|is|was|are|were|will|can|should|would|has|leads|benefits|looks|wrote|designed|built|supervises|answers)\b"
    r"|who (?!knew|doesn|needs|wouldn|else|wants|cares|fancies|is coming)\w+(?:ed|s|t|e|k|n|d)? (?:the|our|this|that|your|it|these|those|which|what|them)\b"
    r"|why (?:not|no|only|so|wait|bother|the|are|is|did|do|does|has|have|isn't|can't|don't|should|would|was|were)\b)"
)
_AUX = re.compile(
    r"^(?:(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should|might|may|isn't|aren't|doesn't|don't|didn't|hasn't|haven't|can't|couldn't|won't|wouldn't|shouldn't)"
    r" (?:the|you|it|they|this|that|there|these|those|we|he|she|your|any|all|our|i|their|his|her|people|patients|staff|carers|families|nurses|clients|users|unpaid|social|care|community|rural|smaller|small|local|young|older|gps?|trusts?|councils?|nhs|ai|\w{3,14}s|\w+ing|\w+)\b|any \w+|is there|are there)"
)
_NOT_ASKED = re.compile(
    r"^(?:(?:is|are|was|were)n't (?:she|he|it|that|this|they|you|we) (?:\w+ ){0,2}\w+\W*$|did (?:you|anyone|everyone) (?:see|hear|catch|notice|enjoy) (?:that|this|it)|how to\b|how (?:brilliant|amazing|great|good|lovely|cool|fab|fantastic|wonderful|refreshing|inspiring|sad|awful|depressing|true|nice|exciting|fun|moving|powerful|cute|typical|rude|dare|lucky)\b|what an? \b|what (?:matters|a|great|brilliant|amazing|lovely|fantastic|wonderful|she|he|they|we|i|you) (?!training)"
    r"|(?:when|where|while|what|if|why|how) (?:we|i|you|they|she|he|people|it|the|your) (?!.*\?)|could(?:n't| not) (?:be|agree|have|have said)|can(?:'t|not) (?:hear|wait|believe|see|find|stop|thank|agree|say)|do(?:n't| not)\b(?!.*\?)|have (?:a|fun|you (?:seen|heard|had|met|been|got|tried|signed|visited))|has any(?:one|body)|did you know|would you (?:believe|look)|will (?:be|never|always|miss|do|tweet)"
    r"|was (?:great|good|lovely|so)|is it (?:just me|lunch|time|over|home|nearly|too early|me|friday|wrong (?:that|to))|are we (?:nearly|there|having|done|all)|who (?:else|knew|doesn't|wouldn't|needs|is (?:here|at|coming|going|around|up|joining|staying|tweeting)|'s (?:here|at|coming|going|around|up))|who's (?:here|at|coming|going|around|up|in)\b|why (?:do|am|is it|does) (?:i|it always|my|always|nobody (?:ever )?tell)\b|may (?:i|we) (?:just )?(?:say|add)"
    r"|can (?:i|we) (?:just|all|get|have|please (?:have|all|get)) (?:say|give|take|agree|appreciate|have|a|more|some|another|all|stop)?|is (?:it|this|anyone|anybody|someone) (?:just|the right|working|on\b|here|else|sitting|going|saving)|should (?:be|have)\b|do (?:come|join|visit|say|have)\b)"
)
_TO_THE_ROOM = re.compile(
    r"\b(?:any(?:one|body)|some(?:one|body)) (?:want|wants|else|got|have|has|had|seen|know where|knows? where|know what|know which|fancy|going|coming|heading|up for|here|found|find|lost|near|around|sharing|share|lend|spare|sitting|using|recording|tweeting|live|fancies|from|for|able to lend|in)\b|who(?:'s| is| else)? (?:else )?(?:up for|coming|joining|fancies|fancy|wants?|in for|here|going|heading|at the)\b|shall we\b|see you|who wants|fancy a|(?:has|did|have) any(?:one|body)(?! (?:on the|in the team|evaluated|measured|studied|looked))"
)
_LOGISTICS = re.compile(
    r"\b(?:wi-?fi|password|toilets?|loos?|ladies|gents|lunch|coffee|tea|tea break|break time|biscuits?|cake|vegan|vegetarian|gluten|buffet|food|dinner|drinks|reception|taxi|cab|uber|parking|car ?park|bus|train|tram|station|shuttle|hotel|cloakroom|coats?|lanyards?|badges?|registration|desk|charg(?:er|ing)|sockets?|plug|room|rooms|hall|floor|lift|stairs|seats?|seat|microphone|mic|sound|volume|hear at the back|screen|temperature|heating|air ?con|aircon|cold in here|hot in here|freezing|hashtag|slido|app login|zoom link|link to join|joining link|livestream|stream|stand \d+|stall|tote|freebies|pens?|umbrella|gloves|scarf|phone charger|lost property|first aid|quiet room|prayer room|creche|recording|recorded today|certificate of attendance|water|fire alarm|wifi code|code|what time|which (?:room|hall|floor|door|session)|start(?:s|ing)? (?:yet|late|now|again)|running late|end on time|over-?running|finish (?:on time|today)|agenda|programme|timetable|delegate (?:pack|list)|certificates?|cpd (?:points|certificate)|after ?party|pub|bar)\b"
)
_SUBJECT = re.compile(
    r"\b(?:patients?|service|services|funding|evidence|pilot|evaluation|carers?|results|data|study|model|commission\w*|staffing|trial|slides|reference|paper|toolkit|training|approach|project|programme (?:scale|work|cost|funded)|waiting room|ward|in the room who)\b"
)
_RHETORICAL = re.compile(
    r"(?:^|[,.!] ?)(?:right|really|eh|no|yes|huh|seriously|isn't it|isn't he|isn't she|aren't they|don't you think|wasn't it|wasn't she|wasn't that \w+|am i right|innit|who knew|what more|what could (?:possibly )?go wrong|what's not to (?:love|like)|what else is new|why not|how hard can it be|how is (?:that|this|it) (?:even )?(?:ok|possible|legal|\d{4})|what is the world|who (?:cares|asked)|need i say more|so what|ready|remember)[?!. ]*$"
)
_QUIET = re.compile(
    r"\b(?:no questions|the question (?:is|remains|was)|great question|good question|questions? (?:from|answered|later|at the end|remains?)|(?:she|he|they|someone|speaker|we|i) asked|asked (?:what|how|why|if|whether|about)|how are (?:you|we all)|how's everyone|thanks? for (?:the )?question|whats? up)\b"
)


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy, surroundings
    if read.post.asks or is_for_the_speaker(read.views.folded.text):
        yield Signal(
            "speaker-question",
            "question",
            Level.NOTE,
            "It seems to ask the speaker something.",
            0.8,
            ((0, len(read.text)),),
        )


@lru_cache(maxsize=512)
def is_for_the_speaker(folded: str) -> bool:
    """A question that somebody on the stage could answer."""
    if len(folded) > 1000:
        return False
    if "?" not in folded and _OPENERS.isdisjoint(_WORDS.findall(folded)) and not _ASKS.may_match(folded):
        return False
    addressed = "@chair" in folded or "@panel" in folded or "@speaker" in folded
    text = _TAGS.sub(" ", folded).strip()
    asks = _ASKS.may_match(folded) or (text not in folded and _ASKS.may_match(text))
    sentences = [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
    if not any(_asked(_LEAD.sub("", sentence), addressed=addressed, asks=asks) for sentence in sentences[:12]):
        return False
    return not (_QUIET.search(text) or _TO_THE_ROOM.search(text) or _RHETORICAL.search(text))


def _asked(sentence: str, *, addressed: bool, asks: bool) -> bool:
    marked = "?" in sentence
    asks = asks and bool(_ASKS.pattern.search(sentence))
    if not (marked or asks or _opens(sentence)) or _NOT_ASKED.search(sentence):
        return False
    if not asks and _LOGISTICS.search(sentence) and not _SUBJECT.search(sentence):
        return False
    if asks and not sentence.startswith(("thanks", "thank you")):
        return True
    starts = bool(_WH.search(sentence) or (_AUX.search(sentence) and (marked or _inverted(sentence))))
    if starts:
        return True
    if marked:
        return addressed or (len(sentence.split()) >= 3 and bool(_INSIDE.search(sentence)))
    return False


def _opens(sentence: str) -> bool:
    first = _FIRST.match(sentence)
    return first is not None and first.group() in _OPENERS


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_FIRST = re.compile(r"\w+")
_WORDS = re.compile(r"[a-z]+")
_OPENERS = frozenset(
    [
        "how",
        "why",
        "when",
        "where",
        "who",
        "what",
        "which",
        "whose",
        "whom",
        "is",
        "are",
        "was",
        "were",
        "does",
        "do",
        "did",
        "has",
        "have",
        "can",
        "could",
        "will",
        "would",
        "should",
        "might",
        "may",
        "isn",
        "aren",
        "doesn",
        "don",
        "didn",
        "hasn",
        "haven",
        "couldn",
        "won",
        "wouldn",
        "shouldn",
        "any",
        "hows",
        "whys",
        "whos",
        "whats",
        "wheres",
    ]
)
_INSIDE = re.compile(
    r"\b(?:how|why|what|who|where|when|which|whether)\b|\b(?:is|are|do|does|did|can|could|will|would|should|has|have|was|were|isn't|don't|won't) (?:you|it|they|we|there|the|that|this|he|she|your|any|people|staff|patients|carers)\b|^any\b|\bor\b|^(?:what|and) about\b|\bthoughts\b|^(?:would|could|can|is|are)\b"
)


def _inverted(sentence: str) -> bool:
    """Without a question mark only the plain order of a question will do: auxiliary, then who or what."""
    return bool(
        re.match(
            r"(?:is|are|was|were|does|do|did|has|have|can|could|will|would|should)(?:n't)? (?:the|you|it|they|this|that|there|these|those|we|your|any|their|people|patients|staff|carers|families|all|he|she|nurses|clients|unpaid|social|community|local|anyone (?:measuring|evaluating|studying|tracking|looking)|\w+ (?:being )?(?:\w+ed|available|recorded|safe|included|mandatory|given|kept|known|shown))\b",
            sentence,
        )
    )
