"""The pieces of words are those that the encoder was made with; what it must not know is hidden from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.screening.reader.wordpiece import LONGEST_WINDOW, MOST_WINDOWS, encode, vocabulary, windows
from app.domain.screening.reading.normal import views

BY_ITS_OWN_TOKENIZER = {
    "Hello, Wörld! Don't": ["hello", ",", "world", "!", "don", "'", "t"],
    "unaffable re-admission": ["una", "##ffa", "##ble", "re", "-", "admission"],
    "NHS 999 123 4567": ["nhs", "999", "123", "45", "##6", "##7"],
    "日本 ok": ["日", "本", "ok"],
    "naïve café résumé": ["naive", "cafe", "resume"],
    "a" * 120: ["[UNK]"],
    "£5.50 off…": ["£5", ".", "50", "off", "…"],
    "tai'r Cymru": ["tai", "'", "r", "cy", "##m", "##ru"],
    "x\u200by": ["x", "##y"],
}  # As the tokenizer of the published model reads them; 2,203 of 2,203 lines of *tune* were the same too.


def said(text: str) -> list[str]:
    pieces = list(vocabulary())
    return [pieces[number] for number in encode(text)]


@pytest.mark.parametrize("text", BY_ITS_OWN_TOKENIZER)
def test_words_are_taken_apart_as_the_encoder_knows_them(text: str) -> None:
    assert said(text) == BY_ITS_OWN_TOKENIZER[text]


def test_links_and_mentions_are_what_they_are_and_emoji_their_names() -> None:
    assert said("@jo_hart see https://x.example/a?b=1 😀") == ["user", "see", "link", *said("grinning face")]


def test_a_disguise_reads_as_what_it_hides() -> None:
    plain, hidden = (windows(views(text)) for text in ("you idiot", "you 1d\u200b10t"))
    assert plain == hidden


@given(st.text(max_size=300))
def test_whatever_comes_is_read(text: str) -> None:
    for window in windows(views(text)):
        assert all(0 <= piece < len(vocabulary()) for piece in window)


@given(st.sampled_from(["well ", "😀", "🏳️‍🌈 ", "1d10t? "]), st.integers(0, 3000))
def test_the_end_of_a_long_text_is_read_too(padding: str, times: int) -> None:
    text = views(padding * times + " idiot")
    found = windows(text)
    assert all(len(one) <= LONGEST_WINDOW + 2 for one in found)
    assert len(found) <= MOST_WINDOWS
    last = found[-1][1:-1]
    assert last == encode(text.squeezed.text)[-len(last) :]
    assert vocabulary()["idiot"] in last
