"""Somebody lets off steam about people in their care, or tells of them among friends. A nudge, never a block.

Three things together: somebody of their own work, a person, and scorn. Being tired, angry at the system, or asking
others to speak kindly is none of it.
"""

from collections.abc import Iterator

from app.domain.policy import Policy
from app.domain.screening.reading.pattern_gates import Gated
from app.domain.screening.reading.reading import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.sentence import Sentence
from app.domain.verdict import Level, Signal

_PERSON = r"(?:patients?|pts?|clients?|service users?|residents?|tenants?|punters?|famil(?:y|ies)|relatives?|mum|dad|mother|father|nan|granny|grandad|old (?:girl|boy|dear|dears|man|lady|bat|git|biddy|woman|fella|fool)|lad|lads|girl|boy|kid|kids|teen|teenager|child|bloke|guy|fella|woman|man|lady|chap|couple|daughter|son|wife|husband|lot|case ?load|regulars?|foster \w+|parents?|inmates?|prisoners?|addicts?|carer)"
_OWN = Gated(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}{_PERSON}\b|\b(?:my|our) (?:\d{{1,2}}(?:[.:]\d\d)? ?(?:am|pm|o'?clock)|(?:first|last|next|morning|monday|tuesday|wednesday|thursday|friday|night) (?:appointment|visit|call|client|patient|one)|unit|ward|service|team|clinic|practice|patch|round|list|list today)\b"
    r"|\b(?:another|yet another|today's|tonight's|this one|that one|the usual|same old|every single) (?:\w+ ){0,2}(?:patient|client|resident|service user|family|relative|time waster|frequent flyer|regular|heartsink|mum|drunk|overdose|timewaster|addict|bed blocker)s?\b"
    r"|\b(?:nan|granny|grandad|old \w+|bloke|guy|man|woman|lady|lad|girl|her|him|one|boy|resident|patient|mr|mrs|diva|princess|king|queen|fella|chap|kid|teen) (?:in|from|at) (?:bed|bay|room|flat|side ?room|cubicle|number|no\.?|unit|cell|triage|a&e|resus|reception|clinic)\b(?: \w{1,2}\b)?"
    r"|\b(?:bed|bay|room|cubicle|side ?room) \d+[a-z]? (?:is|was|has|wants|thinks|won't|keeps|again|can|needs|stinks|moans|buzzed)\b|\b(?:today's|some|most|these|those|half (?:of )?(?:the|my|our)|all (?:the|my|our)|why do|the usual) (?:\w+ )?(?:clients?|patients?|famil(?:y|ies)|relatives|residents?|people|parents|service users|addicts|alcoholics|drunks|junkies|borderlines?|kids|old dears|punters)\b|\b(?:alcoholics|addicts|drunks|junkies|borderlines?|overdoses|regulars|kids|teens) (?:on|in|at) (?:our|my|the) \w+|\b(?:mrs|mr|lady|lord|princess|king) [a-z]+-[a-z]+(?:-[a-z]+)?\b|\bthe (?:big|fat|old|mad|drunk|smelly|loud|posh|rude|large) (?:lady|man|woman|bloke|lad|girl|fella|guy)\b|\b(?:he|she|they) (?:only )?(?:comes?|came|turns? up|rings?|buzzes)\b|\bvisits? (?:at|to) (?:that|this|his|her|their) (?:house|flat|home|place)|\bback (?:in|on|to|at) (?:a&e|the ward|our|my|triage|clinic)\b|\bmy (?:keyworker|key) (?:kid|kids|client|lad|girl)s?\b|\bin (?:triage|a&e|resus|handover|clinic) (?:again|today|tonight|this morning)\b"
    r"|\b(?:the )?only \w+(?: \w+)? (?:in|from) (?:our|the|this) (?:town|village|street|estate|area|school|county)\b|\b(?:is|are|was|came) (?:in|on|onto|into|to) (?:our|my) (?:unit|ward|service|caseload|clinic|books)\b"
    r"|\b(?:pd|bpd|eupd|borderline|bariatric|dementia|psych|la|section|detox|junkie|druggie|alkie|methadone|self[- ]harm\w*|overdose|id|ld|aspie|travell?er|homeless|asylum) (?:clients?|patients?|lot|lots|ones?|crowd|bunch|brigade|gang|residents?|kids?|families)\b"
    r"|\bi (?:do|did|work|visited|visit|assess\w*|nurse|nursed|walked into|went into|look after|care for|clean|wash\w*|see|saw|triage|had) (?:\w+ ){0,4}(?:assessments?|home|homes|house|flat|them|him|her|this morning|today|tonight|patients?|clients?|visits?|families|family|nights?|kids?|place)\b|\bwe (?:call|nicknamed|named|name|played?|play|had|laugh(?:ed)?|all call) (?:him|her|them|bingo|it|this|at)\b|\b(?:he|she|they)(?:'s|'re| is| are)? (?:a |such a |an absolute |a total |always |never |just |all )"
    r"|\b(?:told|blocked|ignored|ignoring|avoid(?:ed|ing)|skipped|locked|left|made|hid from|hung up on|lied to|fobbed) (?:her|him|them|my (?:client|patient|resident|family)|the (?:family|mum|dad|patient|client|relatives?|daughter|son))\b|\b(?:that|this|the|those|these) (?:\w+ )?(?:family|patient|client|relative|resident|mum|daughter|couple|service user|mother|families|patients|clients|relatives)s?\b"
)
_SCORN = Gated(
    r"\b(?:crazy|mental(?! health| capacity)|psycho|nutter|nuts|bonkers|loon\w*|mad as|thick|stupid|idiots?|morons?|dim|dense|clueless|brats?|evil|vile|lazy|bone idle|filth\w*|disgusting|stinks?|stank|smell[sy]?|smelly|reek\w*|gross|fat\b|lard\w*|hideous|ugly|freaks?|weirdos?|creep[sy]?|creepy|junkies?|druggies?|alkies?|pathetic|useless|hopeless|horrible|nasty|vicious|spoilt|spoiled|entitled|ungrateful|needy|clingy|(?:made|makes?|making) it (?:all )?up|all in (?:his|her|their) head|nothing wrong with (?:him|her|them)|(?:about|over) nothing|yawn\w*|i will scream|make me scream|(?:complete|total|absolute|proper|right) (?:tool|muppet|knob|plonker|pillock|prat|loser|waster|mare|joke|diva)|are a joke|is a joke|dozy|gormless|feral|like (?:children|toddlers|babies|animals)|only (?:comes?|came|here|turns? up|wants?) (?:\w+ )?(?:in )?for|(?:just|only) (?:want|wants|after|wanted) (?:attention|sympathy|drugs|a bed|tea|methadone|benzos|money|a lie down|pills|their|his|her)|always (?:lie|lies|lying|moan|whinge|want)|(?:off|at it) again|(?:him|her|them) again|guess who(?:'s)?|guess what (?:for|with)|(?:rings?|rang|buzz\w*|pressed|presses) (?:the |that |her |his )?(?:bell|buzzer|\d+ times)|take the (?:bell|buzzer)|(?:told|tell) (?:him|her|them|the \w+) (?:straight|off|to (?:get (?:a|over)|do one|shut|sod|grow up|jog on|stop (?:whin|moan)))|can't be (?:arsed|bothered)|roll(?:ed|ing)? my eyes|eye ?roll|ugh|groan|here we go|spare me|drains me|the state of|minging|rank|crusty|scruffy|scabby|hovel|pigsty|shithole|wind(?:s|ing)? me up|nearly (?:slapped|hit|punched|swung|lost it)|could (?:strangle|slap|throttle|swing for)|karma|should(?: not|n't) be allowed|curts\w+|sweepstake|broke another|lucky (?:he|she|they)|how thick|not the sharpest|away with the fairies|mardy|stroppy|gobby|mouthy|loud ?mouth|sponging|workshy|benefits? (?:cheat|lot)|born yesterday|take the (?:mick|biscuit|piss)|taking the (?:mick|biscuit|piss)|manipulat\w+|attention[- ]?seek\w*|drama queen|dramatic|hysterical|faking|fakers?|fakes? it|putting it on|pretend\w*|liars?|lying|lies\b"
    r"|won't shut up|shut up|moan\w*|whing\w+|whin(?:e|es|ing|y)|wails?|drives? (?:me|us)|driving (?:me|us)|does my head|doing my head|never again|sick of (?:him|her|them|my|this|that|these)|hate (?:him|her|them|my|visiting|this|these)|can't stand|cannot stand|can't bear|dread\w*|bliss|good riddance|thank god (?:he|she|they)|nightmare|pain in|handful|hard work|waste of|wasting (?:my|our|everyone)|time[- ]?wasters?|bed[- ]?blockers?|frequent flyers?|heartsinks?|drug[- ]?seek\w*|scroungers?|spongers?|chavs?|scum\w*|trash|animals?|cretins?|free stuff|wants? everything|should try (?:walking|working|washing|a|getting)|get a job|get a grip|get a life|their own fault|his own fault|her own fault|asking for it|deserves? it|serves? (?:him|her|them) right|shoot me|kill me now|send help|give me strength|bingo|sweepstake|nickname\w*|we call (?:him|her|them)|haha\w*|lol|lmao|rofl|😂|🤣|🙄|don't ask|can't make it up|couldn't make it up|you should see|comedy gold|hilarious|laugh(?:ed|ing)?|joke|stor(?:y|ies) i could tell|blames? me|king|queen of|princess|diva|madam|his lordship|her ladyship|skipped (?:her|his|their)|blocked (?:my|her|his|their)|ignored (?:her|his|their)|fobbed|tantrums?|kicks? off|kicking off|off (?:his|her|their) (?:head|face|rocker|trolley)|sectionable|not all there|lights are on|two sandwiches|sandwich short|cabbage|veg\b|zombies?|gaga|senile|past it|born stupid|inbred|karen|old bag|old bat|old git|biddy|should be ashamed|jumped[- ]up)\b|😂|🤣|🙄"
)
_ALONE = Gated(
    r"\b(?:heartsinks? (?:\w+ )?(?:number|no|patient|today|again|\d)|another (?:heartsink|time[- ]?waster|frequent flyer|bed[- ]?blocker)|(?:waste of (?:oxygen|space|skin|a bed|air|my (?:time|\d))|a waste of my)|(?:frequent flyers?|time[- ]?wasters?|bed[- ]?blockers?|heartsinks?) (?:again|back|all|in|today|number|tonight|of|list|bingo|club)|(?:crazy|mad|loony|mental|nutty|psycho|stinky|smelly|fat|drunk|daft|vile|horrible|creepy|dirty|batty|barmy) (?:old )?(?:lady|woman|man|bloke|guy|patient|client|resident|family|mum|cow|bat|girl|lad|relative|fella)|(?:pd|bpd|eupd|borderlines?) (?:clients?|patients?|ones?|lot),? (?:never|again|are|ugh|drive|make|do my)|they'?re all (?:faking|lying|liars|at it|the same|on the take|scroungers|putting)|we (?:all )?call (?:him|her|them) (?!(?:back|by|every|to|and|when|in|up)\b)|family (?:is|are|were|was) (?:as )?(?:thick|mad|vile|nuts|crazy|awful|animals|scum|feral|trash|horrible|dense|clueless|lunatics))\b"
)
_BREACH = Gated(
    r"\b(?:(?:the|our|a|my old|my kid's|local|a certain|that) (?:local |old |ex |former |famous |well[- ]known |school )?(?:vicar|priest|imam|headmaster|headteacher|head teacher|teacher|mayor|councillor|mp|footballer|actor|actress|celebrity|celeb|copper|policeman|magistrate|judge|butcher|landlord|landlady|dj|presenter|weatherman|rugby player|boxer|singer|postman|lollipop lady|dinner lady|neighbour|boss|ex)(?:'s (?:wife|husband|son|daughter|mum|dad|kid|partner))?)\b[^.!?]{0,30}\b(?:came in|is in|was in|on|in|to|at|into) (?:to )?(?:our|my|the) (?:unit|ward|clinic|service|caseload|books|a&e|triage|waiting room|list|surgery|practice|detox|rehab|hospice|group)\b"
    r"|\b(?:the )?only (?:\w+ ){1,3}(?:in|from) (?:our|the|this|my) (?:town|village|street|estate|school|county|island)\b[^.!?]{0,30}\b(?:came|is|was|in|on|my|our)\b"
    r"|\b(?:no names|not naming names|naming no names|can't say who|won't say who|you'd know (?:him|her|the name)|you can guess who|bet you can guess|off the telly|from the telly)\b"
)
_KIND = Gated(
    r"\b(?:please (?:stop|don't|do not|remember|never)|stop (?:joking|calling|saying|laughing|blaming)|don't (?:joke|laugh|call|say|blame|label)|do not|(?:is|are|was|were|am)(?:n't| not) (?:a |the |problems?|weak\w*|burdens?|lazy|difficult|attention)|not (?:a |an |problems?|lazy|attention|manipulative|difficult|\"|“|')|nobody is|no one is|never call|shouldn't (?:call|say|be called|joke|laugh)|language matters|words matter|labels?|labell?ed|labelling|stigma\w*|called (?:me|us|her a|him a|my)|call(?:ing)? (?:people|patients|us|me|someone)|term|the word|the phrase|we say|they say|people say|said to me|told (?:me|us|i)\b|deserves? (?:better|more|dignity|respect|kindness|to be)|frightened|scared|dignity|respect|compassion\w*|kindness|be gentle|gentle with|proud|privilege|love (?:my|this|our|caring|the)|i was a patient|as a patient|when i was|lived experience|i failed|we failed|our fault|my fault|sorry|apologis\w+|remember:|reminder|instead of|rather than|imagine|why do we|how do (?:you|we)|what if|understand why|miss (?:him|her|them)|lost a|grief|grieving|in memory|manager|minister|government|politicians?|panel|commissioners?|managers|trust board|cqc|inspectors?|system|wi-?fi|training|powerpoint|slides?|software|printer|parking|rota|the app)\b"
)
_SAID = Sentence("It may mock or disparage somebody in the author's care, or let others guess who it is.")


def check(read: Reading, policy: Policy, surroundings: Surroundings) -> Iterator[Signal]:
    del policy, surroundings
    folded = read.views.folded
    text = folded.text
    alone = _ALONE.search(text)
    alone = alone or _BREACH.search(text)
    scorn = None if alone else _SCORN.search(text)
    own = _OWN.search(text) if scorn else None
    if not (alone or own) or _KIND.search(text):
        return
    if alone:
        yield Signal("venting", "vent", Level.NUDGE, _SAID, 0.7, (folded.span(*alone.span()),))
        return
    if scorn and own:
        spans = tuple(dict.fromkeys((folded.span(*own.span()), folded.span(*scorn.span()))))
        yield Signal("venting", "vent", Level.NUDGE, _SAID, 0.6, spans)
