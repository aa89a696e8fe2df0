"""Threats, care, spam, links, venting, questions, languages: each speaks when it should, and keeps quiet otherwise."""

import pytest

from app.domain.incoming import Incoming
from app.domain.policy import Policy
from app.domain.post import Standing
from app.domain.screening.checks import care, links, questions, similar, spam, threats, venting
from app.domain.screening.checks.language import detect
from app.domain.screening.checks.similar import most_similar
from app.domain.screening.reading.once import Reading
from app.domain.screening.surroundings import Surroundings
from app.domain.verdict import Level, Signal
from tests.conftest import incoming, reading

NOTHING = Surroundings()


def told(check: object, text: str, surroundings: Surroundings = NOTHING, policy: Policy | None = None) -> list[Signal]:
    found = check(reading(text), policy or Policy(), surroundings)  # type: ignore[operator]
    return [signal for signal in found if signal.level is not Level.NOTE]


@pytest.mark.parametrize(
    "text",
    [
        "I'm going to stab the chair",
        "people like you should be shot",
        "we know where you park, watch your back",
        "I know where you live",
        "k i l l  y o u r s e l f",
        "someone should burn this place down",
        "hope you get cancer",
    ],
)
def test_a_threat_is_held(text: str) -> None:
    assert [signal.level for signal in told(threats.check, text)] == [Level.HOLD]


@pytest.mark.parametrize(
    "text",
    [
        "I could murder a coffee",
        "shoot me an email",
        "this queue is killing me",
        "killer slides, you smashed it",
        "we beat the target",
    ],
)
def test_a_figure_of_speech_is_no_threat(text: str) -> None:
    assert told(threats.check, text) == []


def test_a_reported_threat_is_pointed_out_only() -> None:
    [signal] = told(threats.check, "A relative told me I'm going to kill you, and nobody came")
    assert (signal.code, signal.level) == ("threat-reported", Level.NUDGE)


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "I can't go on any more",
        "I'm feeling suicidal tonight",
        "everyone would be better off without me",
        "my son says he wants to die",
    ],
)
def test_somebody_in_danger_is_held_kindly(text: str) -> None:
    [signal] = told(care.check, text)
    assert (signal.category, signal.level) == ("self_harm", Level.HOLD)
    assert "person gets in touch" in signal.explanation


@pytest.mark.parametrize(
    "text",
    [
        "Suicide prevention is everybody's business",
        "Ask patients directly about self-harm",
        "I tried to end my life in 2009 and peer support is why I am in recovery",
        "I want to die, this wifi is so slow lol",
        "People want to die at home, so fund it",
        "Samaritans 116 123, day or night",
    ],
)
def test_speaking_about_it_is_what_these_events_are_for(text: str) -> None:
    assert told(care.check, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Make £400 a day from your phone, join my telegram",
        "bitcoin mentor tripled my savings, message him now",
        "cheap rolex and gucci, order now watches.example",
        "we do your dissertation, inbox us",
        "gain followers fast #f4f #teamfollowback",
        "Your package could not be delivered, pay the fee at post.example",
        "lonely ladies near you, link in bio",
        "g a i n  f o l l o w e r s  f a s t",
    ],
)
def test_spam_is_held(text: str) -> None:
    [signal] = told(spam.check, text)
    assert (signal.category, signal.level) == ("spam", Level.HOLD)


@pytest.mark.parametrize(
    "text",
    [
        "Free lunch in hall 2, gluten free too",
        "Our trial results are out https://trust.example/trial",
        "Warning: crypto scams target carers, beware of free gift cards",
        "Win for the team: waiting list down 40%",
        "Gambling harms clinic slides https://clinic.example/g",
        "Follow back up the stairs for the poster session",
    ],
)
def test_a_conference_post_is_no_spam(text: str) -> None:
    assert told(spam.check, text) == []


def test_behaviour_counts_before_words() -> None:
    tags = "#" + " #".join(["one", "two", "three", "four", "five", "six", "seven"])
    assert told(spam.check, f"look {tags} https://a.example")[0].level is Level.HOLD
    assert told(spam.check, "see https://a.example/x", Surroundings(same_text=3))[0].level is Level.HOLD
    assert told(spam.check, "win win https://a.example", Surroundings(standing=Standing.TRUSTED)) == []


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("http://192.0.2.7/login", "address-host"),
        ("https://nhs.example@evil.example/", "user-in-link"),
        ("https://nhs.example:8443/", "odd-port"),
        ("https://аррlе.example/", "look-alike-host"),
    ],
)
def test_a_link_that_hides_where_it_leads_is_held_from_anybody(href: str, code: str) -> None:
    assert code in {signal.code for signal in told(links.check, f"see {href}", Surroundings(approved_before=9))}


def test_hosts_below_an_allowed_one_are_allowed() -> None:
    allowed = Policy(allowed_hosts=("nhs.example",))
    assert told(links.check, "see https://slides.nhs.example/a", policy=allowed) == []
    assert told(links.check, "see https://notnhs.example/a", policy=allowed)


@pytest.mark.parametrize(
    "text",
    [
        "my morning clients are all so thick lol",
        "the woman in bed 3 is a nightmare, never again",
        "another timewaster in clinic, give me strength",
        "our residents moan about everything 🙄",
    ],
)
def test_venting_about_people_in_care_is_a_nudge(text: str) -> None:
    assert [signal.level for signal in told(venting.check, text)] == [Level.NUDGE]


@pytest.mark.parametrize(
    "text",
    [
        "I am exhausted and nobody listens",
        "Please stop calling patients difficult",
        "The rota is a nightmare",
        "Our families deserve better",
        "I love my clients",
        "The minister was useless",
    ],
)
def test_being_tired_or_angry_is_not_venting(text: str) -> None:
    assert told(venting.check, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "How was the pilot evaluated?",
        "who trains the carers",
        "Would this work in a hospice?",
        "Please ask the panel about pay",
        "Curious whether night staff were asked",
        "Great talk! What would you do first?",
        "And what about people without a phone?",
    ],
)
def test_a_question_for_the_speaker_is_noted(text: str) -> None:
    [signal] = questions.check(reading(text), Policy(), NOTHING)
    assert (signal.category, signal.level) == ("question", Level.NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "Where is the cloakroom?",
        "Anyone fancy lunch?",
        "How good was that?",
        "What a session",
        "How are you all?",
        "Who else is on the 17:05?",
        "Lovely question from the lady in red",
        "Is the coffee decaf?",
    ],
)
def test_logistics_greetings_and_rhetoric_are_not_for_the_speaker(text: str) -> None:
    assert list(questions.check(reading(text), Policy(), NOTHING)) == []


OPEN_QUESTIONS = (
    (1, "Who pays for the app?"),
    (2, "Does it work for people with a stroke?"),
    (3, "Can we see the data?"),
)


def test_similar_questions_are_suggested_never_folded() -> None:
    assert most_similar("How is the app funded?", OPEN_QUESTIONS)[0][0] == 1
    [first, *_] = similar.check(reading("How is the app funded?"), Policy(), Surroundings(questions=OPEN_QUESTIONS))
    assert (first.level, first.category) == (Level.NOTE, "question")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("les infirmières sont très fatiguées mais elles restent avec nous", "fr"),
        ("nie wiem, czy to jest dobre dla pacjentów w domu", "pl"),
        ("mae angen mwy o staff ar y ward heno yn y ddinas", "cy"),
        ("مرحبا بكم جميعا في المؤتمر", "ar"),
        ("the carers on our ward are very tired today", "en"),
        ("ok", ""),
    ],
)
def test_a_language_is_told_when_there_is_enough_of_it(text: str, language: str) -> None:
    assert detect(text) == language


def test_a_post_that_a_phone_asks_is_a_question(tmp_path: object) -> None:
    post: Incoming = incoming("more about pay please", asks_talk_id=1)
    assert [signal.code for signal in questions.check(Reading.of(post), Policy(), NOTHING)] == ["speaker-question"]
