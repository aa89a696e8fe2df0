"""What stands around the name of a person in care, and around the name of somebody on a stage. Patterns only."""

import re

from app.domain.screening.reading.pattern_gates import Gated

TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Master|MR|MRS)\.? )"

_WHO = (
    r"(?:patients?|pts?|clients?|service[ -]users?|residents?|tenants?|lodger|inpatients?|outpatients?|detainee|the case"
    r"|caller|referral|safeguarding case|foster (?:child|kid|lad|son|daughter|girl|boy)|looked[ -]after child"
    r"|care leaver|case ?load|bereaved|deceased|the late|victim|survivor|perpetrator|offender|prisoner|young person"
    r"|the (?:lad|girl|boy|baby|lady|gentleman|man|woman|child|kid|teen\w*)(?: called| named)?"
    r"|(?:little|poor|old|elderly|young) (?:boy|girl|lady|man|woman|baby)?)"
)
_KIN = (
    r"(?:mum|mam|mom|mother|dad|father|nan|nana|nanna|gran|granny|grandma|grandmother|grandad|grandpa|grandfather"
    r"|brother|sister|son|daughter|lad|lass|husband|wife|partner|uncle|auntie?|cousin|nephew|niece|grandson"
    r"|granddaughter|stepson|stepdaughter|step ?dad|step ?mum|twins?|baby|boy|girl|kid|ex|neighbour|mother-in-law"
    r"|father-in-law|sister-in-law|brother-in-law|fiancee?|boyfriend|girlfriend|godson|goddaughter|foster \w+)"
)
_VERB = (
    r"(?:nurs(?:ed|ing)|look(?:ed|ing) after|car(?:ed|ing) for|discharg(?:ed|ing)|assess(?:ed|ing)|section(?:ed|ing)"
    r"|admitt(?:ed|ing)|admit|bath(?:ed|ing)|wash(?:ed|ing)|fed|feeding|treat(?:ed|ing)|restrain(?:ed|ing)|resuscitat\w+"
    r"|cannulat\w+|catheteris\w+|sedat(?:ed|ing)|hoist(?:ed|ing)|toilet(?:ed|ing)|dress(?:ed|ing)|refer(?:red|ring)"
    r"|transferr(?:ed|ing)|visit(?:ed|ing)|triaged?|triaging|diagnos(?:ed|ing)|medicat(?:ed|ing)|safeguarding"
    r"|turn(?:ed)? away|sent home|lost|found|left|seen|chas(?:ed|ing)|handing over|handover (?:for|on|of)|concerns? (?:for|about|re)"
    r"|worried about|update on|anyone (?:seen|know)|who has|who's got|section \d+ (?:for|on))"
)
_PAPER = (
    r"(?:appointment|bed|results?|bloods?|meds|medication|prescription|care plan|package|letter|scan|notes|record|records"
    r"|placement|assessment|referral|review|discharge|transport|ambulance|drugs|insulin|dose|consent|dols|dnar|dnacpr"
    r"|file|tribunal|best interests?|mha|cpa|epr|form|chart|x-?ray|mri|biopsy|op|surgery|obs|visit|call|hearing)"
)

BEFORE = re.compile(
    rf"(?:\b{_WHO}(?: (?:is|was|called|named|is called|was called))?|\bpatient'?s? name(?: is)?"
    rf"|\b(?:my|our|her|his|their|your|the patient's|a patient's) (?:\w{{2,12}} ){{0,1}}{_KIN}"
    rf"|\b(?:we all know|everyone knows|everybody knows|obviously|clearly|we know)\W{{1,3}}(?:the|that|this|it|who|she|he)?"
    rf"(?: \w{{2,10}}){{0,3}}(?:'s| is| was| means)|\bcase of|\b(?:case|story|slide|video|vignette|photo|picture|scan|x-?ray|patient|lad|girl|boy|woman|man|lady) (?:\w+ ){{0,3}}(?:is|was|'s)(?: about| of| really| actually)?"
    rf"|\b(?:his|her|their|real|actual|full|true) (?:real |full |actual )?name(?:'s| is| was)?"
    rf"|\b(?:ask|asking) for|\bwrong (?:chat|window|group|thread|account|app|tab)\b[^.!?]{{0,24}}|\b(?:oops|ignore|sorry)[,:] "
    rf"|\b(?:bed|bay|cubicle|side ?room|trolley|chair|ward|bedroom) \d{{1,3}}[a-z]?(?: (?:is|was|has))?"
    rf"|\b{_PAPER} (?:for|of|re|about)|\bre"
    rf"|\b(?:handover|safeguarding|datix|incident|complaint|inquest|sui|serious incident|urgent|fao|handing over)\b"
    rf"(?: (?:for|about|re|on|involving|concerning|into))?"
    rf"|\b{_VERB})(?:\W{{0,3}}$)"
)
"""Right before a name: whose it is."""

BEFORE_FULL = re.compile(
    rf"\b(?:{_VERB}|ask for|speak to|ring|phone|call|text|contact|about|name|named|called|for|with|met|saw|see|family of|mum of"
    r"|mother of|dad of|father of|parents of|son of|daughter of|wife of|husband of|death of|loss of|care of|treatment of"
    r"|neglect of|abuse of|killing of|discharge of|admission of|behalf of|it's|its|is|was)\W{0,2}$"
)

_PLACE = r"(?:bed|bay|cubicle|side ?room|trolley|ward|bedroom|flat|room|unit|no|number|cell|pod)"
_HAPPENED = (
    r"(?:fell|has fallen|had a fall|collapsed|died|passed away|was (?:turned away|sectioned|admitted|discharged|sedated|restrained|readmitted"
    r"|diagnosed|moved|sent home|transferred|abused|neglected|raped|assaulted|arrested|left|found|given|taken|refused"
    r"|told|detained|on the ward|in hospital|in care|our patient)|is (?:sectioned|in care|on (?:the ward|insulin"
    r"|methadone|clozapine|oxygen|a ventilator|end of life|palliative|section|warfarin)|dying|back in|suicidal|incontinent"
    r"|confused|refusing|hiv|positive|pregnant|being discharged|ready for discharge|for discharge|due|nil by mouth|still waiting|still in)"
    r"|has (?:dementia|cancer|capacity|no capacity|mrsa|c\.? ?diff|covid|hiv|schizophrenia|bipolar|autism|adhd|epilepsy|diabetes"
    r"|been (?:sectioned|admitted|discharged|waiting|moved|sedated|in (?:hospital|care|a&e)|refused|on)|gone missing|absconded|overdosed|relapsed|pulled)"
    r"|had (?:a (?:stroke|seizure|fit|fall|miscarriage|relapse|heart attack|cardiac arrest|bleed|stillbirth|psychotic)|an (?:abortion|overdose|accident|amputation)|sepsis|covid|ect)"
    r"|overdosed|absconded|self[- ]harm\w+|relapsed|refus(?:ed|es|ing) (?:meds|medication|insulin|food|personal care|treatment|to)|soiled|wet the bed"
    r"|tried to (?:kill|hang|jump)|took an overdose|needs (?:a bed|two|insulin|hoisting|feeding|changing|a placement|turning|a scan|surgery|bloods)"
    r"|hasn't (?:eaten|had|been|slept|drunk|opened)|hasnt (?:eaten|had|been|slept)|didn't (?:eat|get|have|make)|never got"
    r"|can't (?:swallow|walk|speak|go home|feed)|won't (?:eat|take|let)|keeps? (?:falling|wandering|asking|crying|screaming|pulling|ringing)"
    r"|cries|wanders|screams|lives (?:alone|at|in|on|with)|waited|waiting|missed (?:his|her|their)|on (?:insulin|warfarin|clozapine|methadone)"
    r"|in (?:a&e|resus|icu|itu|hdu|theatre|the corridor|corridor|hospital|seclusion|respite|the unit)|post[- ]op|pre[- ]op)"
)
_AGED = (
    r"(?:(?: [a-z]\.?)?,? (?:is|was) (?:only |just )?\d{1,3}\b(?! (?:minutes|times|hours|days|pm|am|per|%))|(?: [a-z]\.?)?,? \(?(?:aged? )?\d{1,3}\)?(?:[,;.)]| ?(?:yo|y/o|yrs?|years?(?:[ -]old)?|months?|male|female|m|f)\b|$)"
    r"|,? (?:dob|d\.o\.b|date of birth|born|nhs (?:no|num|\d)|chi|mrn|hosp(?:ital)? (?:no|num)|h&c)\b"
    r"|,? (?:male|female|m|f),? \(?\d{1,3}\b|[, ]{1,2}\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|[,:]? (?:\d{3} ?\d{3} ?\d{4})\b)"
)

AFTER = re.compile(
    rf"(?: [a-z]\.?)? from (?:the|our|my) (?:unit|ward|home|hostel|placement|caseload|clinic)\b|(?: [a-z]\.?)?,? ?(?:\(|- )?(?:(?:'s |is |was |still |lying |now |over |stuck |back |waiting )?(?:in|on|from|of|at) |)(?:the )?(?:{_PLACE} (?:no |number )?\d{{1,3}}[a-z]?\b(?! (?:at \d|from \d|now|next|talk|session|for the|(?:is |are )?(?:running|hosting|speaking|leading|presenting|with the|has the))(?!.{0, 40}\b(?:workshop|session|talk|poster|slides|stand|demo|keynote))))"
    rf"|,? (?:who )?{_HAPPENED}\b"
    r"|'s? (?:\w+ ){0,1}(?:notes|records?|scan|scans|results?|care plan|discharge|meds|medication|bloods|biopsy|file"
    r"|referral|assessment|chart|care ?package|tribunal|diagnosis|dols|capacity|bed|catheter|dressing|wound|pressure sores?"
    r"|ulcers?|insulin|stroke|fall|falls|dementia|cancer|overdose|death|inquest|cpa|mha|section|social worker|carers?|cpn"
    r"|care coordinator|keyworker|next of kin|family|mum|daughter|son|wife|husband|x-?ray|mri|placement|safeguarding)\b"
)
AFTER_FULL = re.compile(
    rf"{_AGED}|[,:]? (?:\d{{1,2}}(?:am|pm) |)(?:insulin|meds|bloods|sepsis|query|dnar|dnacpr|nbm|#nof|fractured|iv|catheter|discharge|obs)\b"
    r"|,? (?:lives|needs|wants|waits|waiting|fell|died|missed|refused|never|hasn't|was|has been|had|keeps|still|cannot|can't|won't)\b"
    r".{0,40}\b(?:ward|bed|care|carers?|meds|medication|hospital|home|discharged?|placement|unit|insulin|fall|fell|pain"
    r"|surgery|op|social worker|crisis team|biopsy|scan|bloods|dentist|chemo|theatre|appointment|interpreter|package|hoist|catheter|pads|nurse|nurses|doctor|gp|hours|meals|ambulance|a&e|dementia|section|wait|waiting|support)\b"
)
"""Right after a full name: age, numbers, what they wait for."""

CARE = Gated(
    r"\b(?:patients?|ward|bed \d|bay \d|absconded|waited (?:\w+ )?\w+ hours|side ?room \d|mrsa|c\.? ?diff|nurs(?:ed|ing)|discharg\w+|admitted|sectioned|dementia|insulin|catheter|medication|meds"
    r"|wound|fell|falls? (?:last|again|twice)|a&e|resus|icu|hospice|care home|carers?|home visit|safeguarding|overdos\w+"
    r"|self[- ]harm\w*|suicidal|incident form|datix|hoist|sepsis|stroke|chemo|diagnos\w+|palliative|end of life|service user"
    r"|client|resident|social worker|care plan|placement|foster|restrain\w*|seclusion|relapse\w*|hasn't eaten|personal care"
    r"|bruis\w+|pressure sores?|bedbound|housebound|incontinen\w+|handover|died|his bed|her bed|her meds|his meds|corridor|trolley"
    r"|her care|his care|biopsy|scan|tumour|cancer|covid|pneumonia|schizophreni\w+|psychosis|confused|nightie|hearing aids?"
    r"|camhs|tier 4|keyworker|cpn|tribunal|case ?load|visit(?:s|ed)? (?:her|him|at)|lives alone|tablets|depot|injections?|hearing aids|hoisted|bloods|package of care|ambulance|hospital|pain)\b"
)

PUBLIC = re.compile(
    r"\b(?:dr|doctor|prof|professor|sir|dame|lord|lady|baroness|baron|matron|rev|reverend|cllr|councillor|mp|minister|secretary"
    r"|president|chief exec\w*|ceo|director|chair(?:ed)?|chair(?:person|man|woman)?|keynote|speakers?|author|host|hosted|facilitat\w+|moderat\w+|panellists?"
    r"|present(?:ed|er|ing)|led|by|thanks|thank you|thx|congrat\w*|congratulations|well done|kudos|shout ?out|hat tip|h/t|ht|via|colleague|manager|boss"
    r"|team ?mate|nurse|sister|consultant|gp|surgeon|midwife|paramedic|physio\w*|pharmacist|researcher|student|volunteer|st|saint"
    r"|photo(?:graph)?|interview|hear(?:ing|d)? from|listening to|talk|session|workshop|poster|slides|book|paper|report|study|lecture|award|winner|poet"
    r"|artist|singer|film|legend|great|brilliant|inspiring|inspirational|amazing|fantastic|lovely|wonderful|excellent|welcome)"
    r"(?: (?:to|from|by|with|for|our|the|my|our chair|chair|speaker|of|you|goes to|go to))*\W{0,3}$"
)
STAGE = re.compile(
    r"'s (?:talk|keynote|session|slides|paper|book|story|point|question|work|research|presentation|poster|report|review|law|rule|speech|lecture|film|campaign|words|poem)\b"
    r"|^\W{0,3}(?:is |was |now |will be |just )?(?:talk|talks|talking|spoke|speak|speaks|speaking|present|presents|presented|presenting|keynote|on stage|opens|opening|chair|chairs|chairing"
    r"|says|said|tells|told us|asks|explains|argues|shares|shared|reminds|et al|mp\b|on (?:stage|the panel)|from (?:the )?(?:nhs|university|cqc|nice|kings?|age uk|mind|dhsc|skills))"
)
ORGANISED = re.compile(
    r"(?:'s)? (?:foundation|trust|hospitals?|centre|center|institute|house|university|award|prize|lecture|report|review"
    r"|inquiry|enquiry|act|rule|law|model|scale|score|index|test|ward|hospice|college|school|street|road|society|charity"
    r"|association|ltd|limited|council|syndrome|disease|method|manoeuvre|approach|questionnaire|training|programme|week|day"
    r"|arena|suite|hall|theatre|lounge|cafe|bar|hotel|park|square|court|lane|clinic|building|library|gallery|memorial|fund)\b"
)
