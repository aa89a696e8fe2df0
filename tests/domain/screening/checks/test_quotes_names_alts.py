"""What stands beside a text on a screen is screened as the text is, and says where it was found."""

from dataclasses import replace

import pytest

from app.domain.incoming import Byline, Incoming, Photo, Quoted, ReplyTo, Segment
from app.domain.policy import Policy
from app.domain.screening import screen
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Ruling, Verdict
from tests.conftest import incoming

PASS = Policy(mode="pass")
HIDES_NOTHING = Policy(
    mode="pass", levels=tuple((category, "hold") for category in ("abuse", "identity_attack", "sexual"))
)
"""What is certain abuse in a text is hidden, and in what is quoted or called so it is held: the law is about holding."""
KINDS = {
    "a slur": ("identity_attack", "no more faggots in this hall"),
    "a swear word": ("abuse", "fucking wankers all of you"),
    "abuse as the model reads it": ("identity_attack", "all muslims are vermin"),
    "a threat": ("threat", "I will kill you all"),
    "an NHS number": ("privacy", "NHS number 943 476 5919"),
    "a telephone": ("privacy", "call me on 07700 900123"),
    "a mail address": ("privacy", "write to dilys.pugh@post.example"),
    "a home": ("privacy", "lives at 12 Marrow Lane, LS6 2AB"),
    "spam": ("spam", "Earn £500 a day from home"),
    "a link": ("link", "see https://best-deals.shop/now"),
    "a disguise": ("obfuscation", "w a n k e r"),
    "stacked marks": ("obfuscation", "a" + "\u0301" * 9 + "bc"),
    "hidden turns": ("obfuscation", "good \u202eday to all"),
    "hatred as the heads read it": ("identity_attack", "jews will not replace us"),
    "a person in care": ("privacy", "My patient Edith Quillfeather cried for an hour"),
}
PROSE_ONLY = {
    "somebody who may need help": ("self_harm", "I want to kill myself tonight"),
}
HARMLESS = "A very good day to all of you"


def named(text: str) -> Incoming:
    return incoming(HARMLESS, byline=Byline("jo_hart", text))


def quoting(text: str) -> Incoming:
    return incoming(HARMLESS, quote=Quoted(True, Byline("ann", "Ann Moss"), text))


def quoting_one_named(text: str) -> Incoming:
    return incoming(HARMLESS, quote=Quoted(True, Byline("ann", text), "A fine evening"))


def described(text: str) -> Incoming:
    return incoming(HARMLESS, photos=(Photo("p1", "A chart"), Photo("p2", text)))


def asking(text: str) -> Incoming:
    return incoming(HARMLESS, poll=("Ham", text))


def leading_to(text: str) -> Incoming:
    pages = [
        Segment("link", f"https://hall.example/{n}", f"https://hall.example/{n}", title=t)
        for n, t in enumerate(("Home", text))
    ]
    return incoming(HARMLESS, segments=(Segment("text", HARMLESS), *pages))


PROSE = {"quote": quoting, "alt": described, "poll": asking, "link": leading_to}
SEVERAL = {"alt", "poll", "link"}
NAMES = {"name": named, "quote_name": quoting_one_named}
ANYWHERE = [(field, kind) for field in (*PROSE, *NAMES) for kind in KINDS]
IN_PROSE = [(field, kind) for field in PROSE for kind in PROSE_ONLY]


def ruled(post: Incoming, policy: Policy = PASS) -> Ruling:
    return screen(post, policy, Surroundings())


@pytest.mark.parametrize(("field", "kind"), ANYWHERE + IN_PROSE, ids=lambda value: value.replace(" ", "-"))
def test_a_finding_holds_wherever_it_stands_as_it_holds_in_the_text(field: str, kind: str) -> None:
    category, text = (KINDS | PROSE_ONLY)[kind]
    in_text = ruled(incoming(text), HIDES_NOTHING)
    there = ruled((PROSE | NAMES)[field](text), HIDES_NOTHING)
    assert ruled((PROSE | NAMES)[field](text)).verdict is Verdict.HELD
    assert in_text.verdict is Verdict.HELD
    assert category in {signal.category for signal in in_text.signals}
    assert there.verdict is in_text.verdict
    found = [signal for signal in there.signals if signal.level is not Level.NOTE]
    assert category in {signal.category for signal in found}
    assert {(signal.field, signal.place) for signal in found} == {(field, 1 if field in SEVERAL else 0)}
    for signal in found:
        assert all(0 <= start < end <= len(text) for start, end in signal.spans)


@pytest.mark.parametrize(("field", "kind"), [(field, kind) for field in PROSE for kind in (KINDS | PROSE_ONLY)])
def test_prose_is_read_as_the_text_is_to_the_letter(field: str, kind: str) -> None:
    _, text = (KINDS | PROSE_ONLY)[kind]
    in_text = ruled(incoming(text), HIDES_NOTHING).signals
    doubts = [replace(one, explanation="") for one in in_text if one.level is not Level.NOTE]
    there = [one for one in ruled(PROSE[field](text), HIDES_NOTHING).signals if one.level is not Level.NOTE]
    assert [replace(one, explanation="", field="text", place=0) for one in there] == doubts


def test_what_some_are_called_is_a_doubt_where_nobody_has_it() -> None:
    assert ruled(named("Shit Stirrer")).verdict is Verdict.HELD
    assert ruled(named("Anupam Shit")).verdict is Verdict.APPROVED


def test_the_same_words_may_be_allowed_in_a_name_as_in_a_text() -> None:
    assert ruled(named("Wankers Choir")).verdict is Verdict.HELD
    assert ruled(named("Wankers Choir"), Policy(mode="pass", allowed_words=("wankers",))).verdict is Verdict.APPROVED
    assert ruled(named("Tombola Tim"), Policy(mode="pass", blocked_words=("tombola",))).verdict is Verdict.HELD
    hall = Policy(mode="pass", allowed_contacts=("0113 496 0000",))
    assert ruled(named("The hall 0113 496 0000"), hall).verdict is Verdict.APPROVED
    known = Policy(mode="pass", allowed_hosts=("hall.example",))
    assert ruled(named("www.hall.example")).verdict is Verdict.HELD
    assert ruled(named("www.hall.example"), known).verdict is Verdict.APPROVED


@pytest.mark.parametrize(
    "name",
    [
        "Edith Quillfeather", "Dick Whittington", "Fanny Cox", "Pansy Chow", "Ivy Coon", "Randy Bumgardner", "Gay Byrne",
        "Phúc Nguyễn", "Hoàng Anh", "Ingrid Osborne", "Truda Becker", "Andy Mitchell", "Mohammed Al-Kunti", "Siân Ó Sé",
        "Scunthorpe General", "Node.js Fan", "Dr. J.Smith", "St.John Moss", "brand.com", "Jo from brand.org.uk",
        "J.R.R. Tolkein", "Amazon.co.uk", "24/7 Carers", "Ward 7 Team", "NHS 111", "Sue (she/her)", "Jo Hart FRCGP",
        "Kelly, Allen and Mitchell", "You Matter CIC", "Mo @ the hospice", "Class of 2026", "ANN MOSS", "Ann 🏳️‍🌈♿",
        "Иван Петров", "山田太郎", "محمد علي", "Patient Voices", "Carer of Mum", "My Patient Record CIC",
        "We Are All Carers", "You Are Not Alone CIC", "Muslim Nurses UK", "Gypsy Roma Traveller Leeds", "Dr Amir Khan, GP in Leeds",
        "Anupam Shit", "Jews For Care", "Sue Lee (mum of 3)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", list(NAMES))
def test_an_ordinary_name_is_no_doubt(name: str, field: str) -> None:
    assert ruled(NAMES[field](name)).verdict is Verdict.APPROVED


@pytest.mark.parametrize(
    ("handle", "category", "span"),
    [
        ("wanker_retard", "abuse", "wanker"),
        ("FuckTheTories", "abuse", "FuckTheTories"),
        ("fuckyou", "abuse", "fuckyou"),
        ("w4nker99", "abuse", "w4nker"),
        ("NiggerLover88", "identity_attack", "Nigger"),
        ("call07700900123", "privacy", "07700900123"),
        ("nhs9434765919", "privacy", "9434765919"),
        ("pakibasher", "identity_attack", "pakibasher"),
        ("killallmuslims", "abuse", "killallmuslims"),
        ("shitstirrer", "abuse", "shitstirrer"),
    ],
)
def test_a_handle_is_read_as_the_words_it_is_made_of(handle: str, category: str, span: str) -> None:
    ruling = ruled(incoming(HARMLESS, byline=Byline(handle, "Jo Hart")))
    found = [signal for signal in ruling.signals if signal.category == category]
    assert ruling.verdict is Verdict.HELD
    assert found
    assert {signal.field for signal in found} == {"handle"}
    assert any(span in handle[slice(*where)] for signal in found for where in signal.spans)
    for other in (
        incoming(HARMLESS, quote=Quoted(True, Byline(handle, "Ann"), "A fine evening")),
        incoming(HARMLESS, reply_to=ReplyTo(handle=handle)),
    ):
        assert category in {signal.category for signal in ruled(other).signals}


@pytest.mark.parametrize(
    "handle",
    ["jo_hart", "CorRio83069919", "jo@hall.social", "drmoss.bsky.social", "AnnMoss1987", "NiaRees2026", "scunthorpe_nhs",
     "brandonwells", "PansyChow", "ward7team", "assessment_lead", "Cummings_A", "JaneSmi12345678"],
)  # fmt: skip
def test_an_ordinary_handle_is_no_doubt(handle: str) -> None:
    assert ruled(incoming(HARMLESS, byline=Byline(handle, "Jo Hart"))).verdict is Verdict.APPROVED


def test_nobody_sees_the_handle_of_a_phone_or_a_quote_that_is_gone() -> None:
    assert ruled(incoming(HARMLESS, source="floor", byline=Byline("wanker", "Jo"))).verdict is Verdict.APPROVED
    gone = Quoted(False, Byline("wanker", "Wanker"), "wankers, all of you")
    assert ruled(incoming(HARMLESS, quote=gone)).verdict is Verdict.APPROVED


def test_what_cannot_be_screened_in_a_name_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.domain.screening.checks import quotes_names_alts

    def breaks(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(quotes_names_alts, "_OF_A_NAME", (breaks,))
    quotes_names_alts.of_name.cache_clear()
    found = ruled(named("Somebody Else"))
    quotes_names_alts.of_name.cache_clear()
    assert (found.verdict, [signal.code for signal in found.signals]) == (Verdict.HELD, ["check-failed"])
