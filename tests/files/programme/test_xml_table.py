"""XML of somebody's own is a table: what repeats with titles and times in it are the talks."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.programme_matching import UnreadableProgramme
from app.files.programme import read_programme_file
from app.files.programme.column_mapping import read_mapping
from app.files.programme.tables import UnknownColumns

FORMS = {
    "days around, people with biographies": """<timetable><day date="2026-11-26">
      <entry id="1"><start>0930</start><duration>30</duration><room>Hall</room><title>Opening</title><speakers>
        <speaker id="8"><name>Nia Rees</name><bio>Nurse. Runner.</bio></speaker>
        <speaker id="9"><name>Omar Said</name><bio/></speaker></speakers></entry>
      <entry id="2"><start>1000</start><duration>45</duration><room>Hall</room><title>Ward rounds</title><speakers/></entry>
      </day></timetable>""",
    "everything in attributes, rooms around": """<p><room name="Hall">
      <slot id="1" title="Opening" start="2026-11-26 09:30" end="2026-11-26 10:00" speakers="Nia Rees; Omar Said"/>
      <slot id="2" title="Ward rounds" start="2026-11-26 10:00" end="2026-11-26 10:45" speakers=""/></room></p>""",
    "flat, in a namespace, people repeated": """<x:list xmlns:x="urn:ours">
      <x:talk><x:date>26.11.2026</x:date><x:time>9:30-10:00</x:time><x:location>Hall</x:location><x:title>Opening</x:title>
        <x:speaker>Nia Rees</x:speaker><x:speaker>Omar Said</x:speaker></x:talk>
      <x:talk><x:date>26.11.2026</x:date><x:time>10:00-10:45</x:time><x:location>Hall</x:location><x:title>Ward rounds</x:title>
      </x:talk></x:list>""",
}


@pytest.mark.parametrize("form", FORMS)
def test_entries_of_any_xml_are_talks(form: str) -> None:
    programme = read_programme_file(FORMS[form].encode(), "Europe/London")
    assert [
        (talk.title, f"{talk.starts_at:%Y-%m-%d %H:%M}", f"{talk.ends_at:%H:%M}", talk.room, talk.speakers)
        for talk in programme.talks
    ] == [
        ("Opening", "2026-11-26 09:30", "10:00", "Hall", ("Nia Rees", "Omar Said")),
        ("Ward rounds", "2026-11-26 10:00", "10:45", "Hall", ()),
    ]


FOREIGN = b"""<ohjelma><sali koodi="A"/><sali koodi="B"/><sali koodi="C"/>
  <esitys><otsikko>Opening</otsikko><alkaa>2026-11-26 09:30</alkaa></esitys>
  <esitys><otsikko>Tea</otsikko><alkaa>2026-11-26 10:00</alkaa></esitys></ohjelma>"""
MISLEADING = FOREIGN.replace(b"<alkaa>", b"<title>Dr</title><alkaa>")


@pytest.mark.parametrize("content", [FOREIGN, MISLEADING])
def test_columns_of_xml_in_any_words_can_be_told_by_hand(content: bytes) -> None:
    with pytest.raises(UnknownColumns):
        read_programme_file(content, "Europe/London")
    told = read_mapping({"title": "otsikko", "start": "alkaa"})
    talks = read_programme_file(content, "Europe/London", mapping=told).talks
    assert [talk.title for talk in talks] == ["Opening", "Tea"]


@pytest.mark.parametrize(
    "content", [b"<a/>", b"<a>words</a>", b"<menu><dish price='3'>Soup</dish><dish price='4'>Pie</dish></menu>"]
)
def test_xml_in_which_nothing_has_a_title_is_refused_with_what_it_has(content: bytes) -> None:
    with pytest.raises(UnreadableProgramme, match="not a programme") as refused:
        read_programme_file(content, "Europe/London")
    assert not isinstance(refused.value, UnknownColumns)


NAMES = st.sampled_from(["title", "start", "day", "date", "room", "talk", "name", "x"])
TREES = st.recursive(
    st.text("ab 0:9-", max_size=6).map(lambda said: f"<title>{said}</title>"),
    lambda inner: st.builds(
        lambda name, attribute, parts: f"<{name} {attribute}='9:00'>{''.join(parts)}</{name}>",
        NAMES, NAMES, st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)  # fmt: skip


@given(TREES)
def test_any_xml_is_read_or_refused_with_a_sentence(tree: str) -> None:
    with suppress(UnreadableProgramme):
        read_programme_file(f"<all>{tree}</all>".encode(), "Europe/London")


def test_a_tree_however_deep_or_wide_is_read_once() -> None:
    wide = "<b c='1'/>" * 200_000
    motley = "".join(f"<b title='x' c{number}='1'/>" for number in range(20_000))
    many = "<b/>" * 1_000_001
    for content in ("<a>" * 50_000 + "</a>" * 50_000, f"<a>{wide}</a>", f"<a>{motley}</a>", f"<a>{many}</a>"):
        with pytest.raises(UnreadableProgramme):
            read_programme_file(content.encode(), "Europe/London")
