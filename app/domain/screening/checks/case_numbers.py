"""Numbers by which a case or a person is known to an office, as people write them: bare, beside what says whose it is."""

import re
from collections.abc import Iterator

from app.domain.screening.reading.normal import Views
from app.domain.screening.reading.personal_found import Found

_FEW = 4
_CASE = re.compile(
    r"(?<![\w/.@#-])(?:[A-Z]{1,5}[-/]){0,2}[A-Z]{0,5}\d{1,8}(?:[-/](?:\d{1,8}|[A-Z]{1,3})){0,3}(?![\w/@-])"
)
_OFFICE = re.compile(
    r"\b(?:complaints?|ombudsman|tribunal|cas(?:e|es) (?:ref|no|number|file)|case|safeguarding|refs?|reference|inquest|coroner'?s?|appeal"
    r"|claim|serious incident|chronology|datix|incident (?:no|number|form))\b"
)
_OPENED = re.compile(r"(?:SAR|SEND|PHSO|ASC|SG|CAS|LADO|HSG|MASH|DHR|CDR|S42)[-/]")
_CHART = re.compile(r"(?<![\w/@#-])(?:[A-Z]{1,3}[- ]?\d{6,8}|[A-Z]{2,3}[- ]\d{3}[- ]\d{3,4}|0\d{7})(?![\w/@-])")
_PAPERS = re.compile(r"NCT|PMC|PMID|ISRCTN|CRD|ISBN|DOI|RG|EP|GB")
_BEDSIDE = re.compile(
    r"\b(?:wrist ?bands?|theatre|ward|bed|bay|hip|scans?|ct|mri|x-?rays?|transport|notes|charts?|pas|patients?|labels?|bloods?|mum|dad|da"
    r"|mam|nan|hosp(?:ital)?|discharged?|transferr?(?:ed)?|admitted|his number|her number|cot|collected|switchboard|paeds|a&e|ed)\b"
)
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_YEAR = r"(?:19\d\d|20[01]\d|202[0-5])"
_DATE = re.compile(
    rf"(?<![\w/.])(?:\d{{1,2}}[./-]\d{{1,2}}[./-]{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTHS},? {_YEAR})(?![\w/])"
)
_SOMEBODYS = re.compile(
    r"\b(?:wrist ?bands?|cot card|red book|chemist'?s?|labels?|born|birth|lives alone|key ?safe|allerg\w+|insulin|penicillin|methotrexate"
    r"|warfarin|jabbed|discharge (?:letter|summary)|prescription)\b"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
_SPOKEN = re.compile(
    rf"\b(?:born|birth)\W+(?:(?:is|was|on|the)\W+){{0,3}}({_ORDINAL} of {_MONTHS}(?: (?:{_YEAR}|nineteen [a-z]+(?:[- ][a-z]+)?))?)"
)
_NOT_A_CASE = re.compile(
    r"\b(?:grants?|funded|funding|awards?|posters?|abstracts?|isbn|doi|orders?|bookings?|invoices?|trial)\b"
)
_NOBODY = re.compile(
    r"\b(?:nhs|service|welfare state|beveridge|trust|charity|organisation|unit|college|movement|hospice)\b"
)


def references(read: Views) -> Iterator[Found]:
    """Case numbers beside an office, chart numbers at a bedside, dates of birth that nobody calls so."""
    text = read.folded.text
    if not any(map(str.isdigit, text)):
        yield from _said(read)
        return
    office = bool(_OFFICE.search(text)) and not _NOT_A_CASE.search(text)
    for match in _CASE.finditer(read.shown):
        digits = sum(map(str.isdigit, match.group()))
        marked = any(sign in match.group() for sign in "-/") and any(map(str.isupper, match.group()))
        if digits >= _FEW and marked and (office or _OPENED.match(match.group())):
            yield Found("case-number", read.folded.span(*match.span()), 0.8)
    bedside = bool(_BEDSIDE.search(text))
    for match in _CHART.finditer(read.shown) if bedside else ():
        if not _PAPERS.match(match.group()):
            yield Found("hospital-number", read.folded.span(*match.span()), 0.8)
    for match in _DATE.finditer(text) if _SOMEBODYS.search(text) and not _NOBODY.search(text) else ():
        yield Found("dob", read.folded.span(*match.span()), 0.7)
    yield from _said(read)


def _said(read: Views) -> Iterator[Found]:
    for match in _SPOKEN.finditer(read.folded.text):
        yield Found("dob", read.folded.span(*match.span(1)), 0.7)
