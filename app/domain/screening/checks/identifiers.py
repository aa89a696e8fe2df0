"""Numbers that stand for one person: NHS, CHI and Health & Care number, National Insurance, hospital, date of birth."""

import re
from collections.abc import Iterator

from app.domain.screening.reading.normal import Views
from app.domain.screening.reading.numbers import Number
from app.domain.screening.reading.personal_found import Found

_TEN, _NINE = 10, 9
_DIGIT = re.compile(r"\d")
_CUE = re.compile(
    r"\b(?:nhs|chi|h ?& ?c|hcn|health (?:and|&) care|hsc)(?: ?(?:no|num|number|nr|id|#))?\b\W{0,3}(?:is|was|of)?\W{0,3}$"
    r"|\bnhs (?:no|num|number|nr|id)\b.{0,14}$"
)
_PATIENT = re.compile(
    r"\b(?:patients?|pts?|service user|resident|client|referral|records?|notes|results?|bloods|scan|discharge|bed"
    r"|admi\w+|appointment|letter|spine|pds|emis|systmone|lookup|look up|number|identifier|clinic|ward)\b"
)
OTHER_NUMBER = re.compile(
    r"\b(?:isbn|issn|doi|pmid|pmc|isrctn|nct|orcid|slido|zoom|meeting|webinar|teams|passcode|id|pin|code|order|ticket"
    r"|booking|tracking|parcel|charity|company|reg(?:istered)?|vat|account|acc|sort code|iban|invoice|grant|award|ref"
    r"|reference|menti|event|serial|model|part|barcode|sku|gmc|nmc|hcpc|version|build"
    r"|access|badge|locker|seat|extension|ext)\b\W{0,3}(?:no|number|id|code|is)?\W{0,3}$"
)
_CALLED = re.compile(r"\b(?:phone|tel|call|ring|text|mobile|whatsapp|fax)\b\W{0,3}$")
_NI = re.compile(r"(?<!\w)([a-z]{2})[ .-]?\d{2}[ .-]?\d{2}[ .-]?\d{2}[ .-]?[a-d](?!\w)")
_NI_CUE = re.compile(
    r"\b(?:ni|nino|national insurance)(?: ?(?:no|num|number))?\b\W{0,3}(?:is\s)?([a-z]{2}[ .-]?(?:\d[ .-]?){6}[a-d]?)(?!\w)"
)
_HOSPITAL = re.compile(
    r"\b(?:mrn|hosp(?:ital)?\.? ?(?:no|num|number|nr|id|#)|hospital|unit (?:no|number)|(?:patient|pt|client|resident)"
    r"(?: ?(?:no|num|number|nr|id|ref|reference|record|#))?|pas(?: (?:no|number|id))?|(?:case ?note|case|record|rio"
    r"|systmone|emis|epr|cris|carenotes|mosaic|liquidlogic|district|k)(?:[ -](?:no|num|number|id|ref))|rio|mosaic|epr)"
    r"(?:\b|(?<=mrn))\.?\W{0,3}(?:is\s)?((?=[a-z]{0,4}[ /-]?\d)(?:[a-z]{0,4}[ /-]?\d{4,10}(?:[/-]\d{1,4})?|[a-z]{0,3}\d{1,4}(?:[ -]\d{2,4}){1,4})[a-z]?)(?!\w)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:\d{{1,2}} ?[/.\- ] ?\d{{1,2}} ?[/.\- ] ?(?:19|20)?\d\d|(?:19|20)\d\d[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]?(?:of )?{_MONTH}[ -]?,? ?(?:19|20)?\d\d|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|(?:19|20)\d{{6}}|\d{{6}}|\d{{8}})"
)
_DOB = re.compile(
    rf"(?<!\w)(?:d\.? ?o\.? ?b\.?|date of birth|birth ?date|b ?day|birthday|born(?: on)?(?: the)?|b\.)(?: (?:is|was|of|given as|as|on|wrong|recorded as))?"
    rf"\W{{0,3}}({_DATE})(?![\w/])"
)
_NOT_A_PERSON = re.compile(
    r"\b(?:nhs|service|welfare state|beveridge|trust|charity|organisation|unit|college|movement|hospice)\b"
)
_AFTER_NAME = re.compile(
    r"[A-Z][a-z]+,? \(?((?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19\d\d|200\d|[3-9]\d))\)?(?![\w/])"
)


def identifiers(read: Views, found: list[Number]) -> Iterator[Found]:
    for number in found:
        yield from _health_number(number, read.folded.text)
    text = read.folded.text
    if not _DIGIT.search(text):
        return
    for pattern, kind in ((_NI, "ni-number"), (_NI_CUE, "ni-number"), (_HOSPITAL, "hospital-number")):
        for match in pattern.finditer(text):
            start, end = match.span() if pattern is _NI else match.span(1)
            if pattern is not _NI or _may_be_ni(match.group(1)):
                yield Found(kind, read.folded.span(start, end))
    for match in _DOB.finditer(text):
        if not _NOT_A_PERSON.search(text, max(0, match.start() - 25), match.start()):
            yield Found("dob", read.folded.span(*match.span(1)))
    for match in _AFTER_NAME.finditer(read.shown):
        yield Found("dob", read.folded.span(*match.span(1)), 0.7)


def _may_be_ni(prefix: str) -> bool:
    return prefix == "qq" or (not set(prefix) & set("dfiquv") and prefix[1] != "o" and prefix not in _NEVER)


_NEVER = {"bg", "gb", "nk", "kn", "tn", "nt", "zz"}


def _health_number(number: Number, text: str) -> Iterator[Found]:
    digits = number.digits
    cue = _CUE.search(number.before)
    if cue and _NINE <= len(digits) <= _TEN + 1 and not digits.startswith("03"):
        yield Found(_kind(digits, cue.group()), number.span)
        return
    if len(digits) != _TEN or (digits[:2] in ("01", "02", "08") and not _PATIENT.search(text)):
        return
    if (OTHER_NUMBER.search(number.before) or _CALLED.search(number.before)) or number.written.startswith("+"):
        return
    grouped = number.groups == (3, 3, 4) or len(number.groups) >= _NINE or number.spelled
    if (_in_range(digits) and (checks(digits) or grouped)) or (number.groups == (3, 3, 4) and checks(digits)):
        likely = grouped or digits.startswith("999") or bool(_PATIENT.search(text))
        yield Found(_kind(digits, ""), number.span, 0.95 if likely else 0.8)
    elif _is_chi(digits) and (checks(digits) or _PATIENT.search(text)):
        yield Found("chi-number", number.span, 0.8)


def _kind(digits: str, cue: str) -> str:
    if "chi" in cue:
        return "chi-number"
    if "h&c" in cue or "hcn" in cue or "h & c" in cue or "care" in cue or "hsc" in cue:
        return "hc-number"
    if len(digits) == _TEN and "320" <= digits[:3] <= "399":
        return "hc-number"
    return "nhs-number" if cue or not _is_chi(digits) else "chi-number"


def _in_range(digits: str) -> bool:
    """Those that were given out, and 999 for tests; the example that everybody shows, 943 …, is in none."""
    first = int(digits[:3])
    return first >= 999 or 320 <= first <= 499 or 600 <= first <= 799


def _is_chi(digits: str) -> bool:
    """Begins with a date of birth: day, month, year."""
    return len(digits) == _TEN and 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12


def checks(digits: str) -> bool:
    """The check digit of NHS, CHI and Health & Care numbers (and of old ISBNs, so it proves nothing alone)."""
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9]))
    return (11 - total % 11) % 11 == int(digits[9])
