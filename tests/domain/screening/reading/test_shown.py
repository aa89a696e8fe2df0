"""Whatever a screen shows of a post is screened: nobody adds a text to a post and forgets it here."""

from dataclasses import fields

from app.domain.incoming import Byline, Incoming, Photo, Quoted, ReplyTo, Segment
from app.domain.screening.reading.joined_names import apart, joined
from app.domain.screening.reading.shown import Shown, shown_besides
from tests.conftest import incoming

SCREENED = {
    Incoming: {"byline", "text", "photos", "quote", "reply_to", "segments", "poll"},
    Byline: {"handle", "name"},
    Photo: {"alt"},
    Quoted: {"byline", "text", "photos"},
    ReplyTo: {"handle"},
    Segment: {"title"},
}
NOT_TEXTS_OF_SOMEBODY = {
    Incoming: {
        "source", "ref", "posted_at", "url", "lang", "sensitive", "version", "version_ref", "edited_at",
        "asks_event", "asks_talk_id", "asks_room_id", "prompt_id", "device", "vouched", "recorded", "hashtags",
    },
    Byline: {"avatar_url", "url", "verified", "ref"},
    Photo: {"url", "width", "height", "kind"},
    Quoted: {"available", "url", "posted_at"},
    ReplyTo: {"ref"},
    Segment: {"kind", "text", "href"},
}  # fmt: skip
"""Keys, addresses and numbers; and what is said by the text already."""


def test_every_text_of_a_post_is_screened() -> None:
    for noun, screened in SCREENED.items():
        assert {field.name for field in fields(noun)} == screened | NOT_TEXTS_OF_SOMEBODY[noun]


def test_every_field_is_shown_once_with_its_place() -> None:
    post = incoming(
        "said",
        byline=Byline("jo", "Jo"),
        reply_to=ReplyTo(handle="sue"),
        photos=(Photo("1"), Photo("2", "second"), Photo("3", "third")),
        quote=Quoted(True, Byline("ann", "Ann"), "quoted"),
        poll=("Yes", "", "No"),
        segments=(Segment("text", "said "), Segment("link", "a.example", "https://a.example", "A title")),
    )
    assert list(shown_besides(post)) == [
        Shown("name", "Jo"),
        Shown("handle", "jo"),
        Shown("reply", "sue"),
        Shown("quote", "quoted"),
        Shown("quote_name", "Ann"),
        Shown("quote_handle", "ann"),
        Shown("alt", "second", 1),
        Shown("alt", "third", 2),
        Shown("poll", "Yes", 0),
        Shown("poll", "No", 2),
        Shown("link", "A title", 0),
    ]


def test_words_that_are_written_as_one_are_read_apart_and_keep_their_places() -> None:
    for name, words in {
        "NiaRees_2026": "Nia Rees 2026",
        "nhs9434765919": "nhs 9434765919",
        "HTMLPage": "HTML Page",
        "jo.hart@hall.social": "jo hart hall social",
        "plain": "plain",
    }.items():
        read, places = apart(name)
        assert read == words
        for start, end in [(0, len(read)), (len(read) - 4, len(read))]:
            assert name[slice(*joined((start, end), places))].endswith(read[start:end][-4:])
