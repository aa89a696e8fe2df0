"""Where somebody can be reached: telephone, e-mail, postcode, address. What an organisation publishes is no secret."""

import re
from collections.abc import Iterator

from app.domain.policy import Policy
from app.domain.screening.checks.identifiers import OTHER_NUMBER
from app.domain.screening.reading.normal import Span, Views
from app.domain.screening.reading.numbers import Number
from app.domain.screening.reading.pattern_gates import Gated
from app.domain.screening.reading.personal_found import Found
from app.domain.verdict import Level

_ELEVEN = 11
_CALL = re.compile(
    r"\b(?:ring|call|text|phone|tel(?:ephone)?|mob(?:ile)?|whatsapp|cell|number|contact|landline|home|dial|reach\w*)\b[^\d]{0,22}$"
)
_PUBLIC_LINE = re.compile(
    r"\b(?:helpline|line|samaritans|childline|switchboard|freephone|charity|mind|shelter|age uk|crisis|papyrus|nspcc"
    r"|citizens advice|carers uk|macmillan|hotline|enquiries|bookings|reception|box office|nhs|helpdesk|service desk)\b"
)
_PUBLIC = {"999", "111", "101", "112", "116123", "08001111", "85258", "18001", "116000", "119", "105", "159"}
_MAIL = re.compile(
    r"(?<![\w.+@/-])([\w.+'-]{1,64})(?: {0,2}[\[({<] ?at ?[\])}>] {0,2}|@| @ )"
    r"((?:[\w-]{1,40}(?: ?[\[({<] ?dot ?[\])}>] ?| dot | ?\. ?(?=\w{2,12}(?!\w))|\.)){1,4}[a-z]{2,12})(?![\w@])"
)
_MAY_BE_MAIL = re.compile(r"[\w.+'-]@[\w-]| @ |[\[({<] ?at")
_SPOKEN_MAIL = re.compile(
    r"(?<![\w.+@/-])([\w.+'-]{1,64}(?: dot [\w-]{1,30}){0,3}) at ((?:[\w-]{1,40} dot ){1,4}[a-z]{2,12})(?!\w)"
)
_DOTTED_MAIL = re.compile(
    r"(?<![\w.+@/-])([a-z0-9]{1,30}[._][\w.]{1,40}) at ((?:[\w-]{1,40}\.){1,4}[a-z]{2,12})(?![\w@])"
)
_SHARED_BOX = re.compile(
    r"(?:enquir|inquir|info|hello|contact|admin|office|team|press|media|events?|conference|booking|support|help|help ?desk"
    r"|registration|reception|no-?reply|feedback|pals|comms|communications|membership|training|recruit|careers|jobs"
    r"|hr|mail|news|sales|secretariat|speakers?|abstracts?|library|research|complaints)\w{0,10}(?:[._-]\w{1,20})?$"
)
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY"
    "|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP"
    "|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB"
    "|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_POSTCODE = re.compile(rf"(?<![\w#@/=._-])(?:{_AREAS})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)")
_SMALL_POSTCODE = re.compile(rf"(?<![\w#@/=._-])(?:{_AREAS.lower()})\d[a-z\d]? ?\d[abd-hjlnp-uw-z]{{2}}(?!\w)")
_INWARD = re.compile(r"\d[a-z]{2}(?!\w)")
_NO_POSTCODE = re.compile(r"\d(?:ST|ND|RD|TH|HR|UP)$")
_HOME = re.compile(
    r"\b(?:post ?code|lives?|living|lived|home|house|housebound|address|flat|from|moved|stays?|neighbours?|visit(?:ed)?|door|she|he|her|his"
    r"|my|mum|dad|nan|patient|client|resident|tenant|service user|carers?|delivered|ambulance|road|street|lane|keysafe)\b"
)
_VENUE = re.compile(
    r"\b(?:venue|parking|park|car park|sat ?nav|conference|hotel|hall|hq|head ?office|centre|station|campus|drive|driving"
    r"|exhibition|arena|stadium|university|entrance|reception|offices?|map|directions|lunch|pub|hospital|surgery|library)\b"
)
_STREET = (
    r"(?:street|st|road|rd|lane|ln|avenue|ave|drive|close|court|crescent|cres|gardens|gdns|grove|terrace|way|place|hill"
    r"|garth|ginnel|cottages?|nook|wharf|quay|meadows?|chase|dene|holme|walk|mews|row|green|park|square|parade|view|rise|croft|yard|house|villas|buildings|drove|gate|bank|path|fold|mount|brae|wynd)"
)
_NUMBERED = r"(?:(?:flat|apartment|apt|unit|number|no\.?|bungalow|room) ?\d{1,4}[a-z]?,? ){0,1}"
_ADDRESS = re.compile(
    rf"(?<![\w/.])(?:(?:flat|apartment|apt) \d{{1,4}}[a-z]?,? (?:\d{{1,4}}[a-z]? )?|\d{{1,4}}[a-z]?,? )"
    rf"(?:the )?(?:[a-z']{{2,20}} ){{1,3}}{_STREET}(?:,? [A-Z][a-z]{{2,20}}(?: [A-Z][a-z]{{2,20}}){{0,1}})?(?!\w)",
)
_ADDRESS_CASED = re.compile(
    rf"(?<![\w/.])(?:(?:[Ff]lat|[Aa]partment|[Aa]pt) \d{{1,4}}[A-Za-z]?,? (?:\d{{1,4}}[A-Za-z]?,? )?|\d{{1,4}}[A-Za-z]?,? )"
    rf"(?:The )?(?:[A-Z][a-z']{{1,20}} ){{1,3}}(?:{_STREET.replace('(?:', '(?:(?i:', 1)}))(?:, ?[A-Z][a-z]{{2,20}}(?: [A-Z][a-z]{{2,20}}){{0,1}})?(?!\w)"
)
_WELSH = re.compile(
    r"(?<![\w/.])\d{1,4}[a-z]?,? (?:Heol|Ffordd|Stryd|Rhodfa(?:'r)?|Maes|Lôn|Clos|Rhes|Tan)[\w']{0,12}(?: [A-Z][\w']{1,20}| y){1,3}"
)
_STREET_CASED = re.compile(rf"(?:[A-Z][a-z']{{1,20}} ){{1,3}}(?i:{_STREET})(?!\w)")
_LIVES = Gated(
    r"\b(?:lives? (?:at|on|in|round)|living (?:at|on)|lived at|address(?: is|:)?|home (?:is|address)|house (?:is|at)|stays? at"
    r"|moved (?:to|into)|round (?:at|to)|visit(?:ed|ing)? (?:at|to)?|discharged (?:home )?to|deliver(?:ed)? to)\W{0,3}$"
)


def contacts(read: Views, policy: Policy, found: list[Number]) -> Iterator[Found]:
    allowed = {_bare(contact) for contact in policy.allowed_contacts}
    for spot in (*_phones(found), *_mails(read), *_postcodes(read), *_addresses(read)):
        if _bare(read.original[slice(*spot.span)]) not in allowed:
            yield spot


def _bare(contact: str) -> str:
    return "".join(char for char in contact.casefold() if char.isalnum())


def _phones(found: list[Number]) -> Iterator[Found]:
    for number in found:
        digits = number.digits
        if digits in _PUBLIC or number.written.count("/") or _is_dated(number):
            continue
        if OTHER_NUMBER.search(number.before):
            continue
        local = _national(digits, number.written)
        if local and len(local) < _ELEVEN and number.written.isdigit() and not _CALL.search(number.before):
            continue
        if local is None:
            if 7 <= len(digits) <= 8 and _CALL.search(number.before) and "." not in number.written:
                yield Found("phone", number.span, 0.6)
        elif _is_public(local) and _PUBLIC_LINE.search(f"{number.before} {number.after}"):
            yield Found("public-line", number.span, 0.9, Level.NOTE)
        else:
            yield Found("phone", number.span)


def _is_dated(number: Number) -> bool:
    return len(number.groups) == 3 and number.groups[0] in (2, 4) and number.groups[1] == 2 and len(number.digits) == 8


def _is_public(local: str) -> bool:
    return local.startswith(("03", "08"))


def _national(digits: str, written: str) -> str | None:
    """The number as dialled within the country, '+' and all if abroad; None if it is no telephone number."""
    plus = written.lstrip("( ").startswith("+")
    if digits.startswith("0044"):
        digits, plus = digits[2:], True
    if digits.startswith("44") and (plus or len(digits) == _ELEVEN + 1):
        digits = "0" + digits[2:].removeprefix("0")
    elif plus:
        return f"+{digits}" if 9 <= len(digits) <= 15 else None
    if digits.startswith("07") and len(digits) == _ELEVEN:
        return digits
    if (
        digits.startswith("7")
        and len(digits) == _ELEVEN - 1
        and re.match(r"\d{4}\D?\d{6}$|\d{4} \d{3} \d{3}$", written)
    ):
        return f"0{digits}" if not written.isdigit() else None
    if digits[:2] in ("01", "02", "03", "08") and len(digits) in (_ELEVEN - 1, _ELEVEN):
        return digits if len(digits) == _ELEVEN or not written.isdigit() or digits[:2] != "03" else None
    return None


def _mails(read: Views) -> Iterator[Found]:
    text = read.folded.text
    if "@" not in text and "at" not in text:
        return
    patterns = [_MAIL] if _MAY_BE_MAIL.search(text) else []
    for pattern in (
        *patterns,
        *([_SPOKEN_MAIL] if " dot " in text else []),
        *([_DOTTED_MAIL] if " at " in text else []),
    ):
        for match in pattern.finditer(text):
            if (
                pattern is _MAIL
                and match.group().count(" ")
                and "." not in match.group(2)
                and "dot" not in match.group(2)
            ):
                continue
            shared = _SHARED_BOX.match(match.group(1))
            level = Level.NOTE if shared else Level.HOLD
            yield Found("organisation-email" if shared else "email", read.folded.span(*match.span()), 0.95, level)


def _postcodes(read: Views) -> Iterator[Found]:
    if not _INWARD.search(read.folded.text):
        return
    for match in _POSTCODE.finditer(read.shown):
        if not _NO_POSTCODE.search(match.group()):
            yield _placed("postcode", read, match.span())
    for match in _SMALL_POSTCODE.finditer(read.folded.text):
        upper = read.shown[slice(*match.span())].isupper()
        if not upper and not _NO_POSTCODE.search(match.group().upper()) and _HOME.search(read.folded.text):
            yield _placed("postcode", read, match.span())


def _placed(kind: str, read: Views, span: Span) -> Found:
    """A venue's place is no secret; somebody's home is."""
    text = read.folded.text
    around = f"{text[max(0, span[0] - 60) : span[0]]} {text[span[1] : span[1] + 60]}"
    public = _VENUE.search(around) and not _HOME.search(around)
    return Found(
        f"venue-{kind}" if public else kind, read.folded.span(*span), 0.9, Level.NOTE if public else Level.HOLD
    )


def _addresses(read: Views) -> Iterator[Found]:
    lives = _LIVES.may_match(read.folded.text)
    for match in _STREET_CASED.finditer(read.shown) if lives else ():
        if _LIVES.pattern.search(read.folded.text[max(0, match.start() - 30) : match.start()]):
            yield Found("address", read.folded.span(*match.span()), 0.7)
    if not any(map(str.isdigit, read.shown)):
        return
    cased = [*_ADDRESS_CASED.finditer(read.shown), *_WELSH.finditer(read.shown)]
    for match in cased:
        yield _placed("address", read, match.span())
    if lives and not cased:
        for match in _ADDRESS.finditer(read.folded.text):
            if _LIVES.pattern.search(read.folded.text[max(0, match.start() - 30) : match.start()]):
                yield _placed("address", read, match.span())
