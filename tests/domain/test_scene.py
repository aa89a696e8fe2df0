"""A scene as it is kept, and what a wall can show of it."""

from dataclasses import fields
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.scene import PROGRAMME, CountsTo, Layout, Present, Scene, Showing, read_showing, scene_in_force

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
SHOWN = st.one_of(
    st.builds(Showing, st.sampled_from([one for one in Scene if one not in {Scene.SPOTLIGHT, Scene.COUNTDOWN}])),
    st.builds(Showing, st.just(Scene.FEED), layout=st.sampled_from(Layout)),
    st.builds(Showing, st.just(Scene.SPOTLIGHT), post_id=st.integers(1, 2**63 - 1)),
    st.builds(Showing, st.just(Scene.COUNTDOWN), until=MOMENTS.map(lambda at: at.replace(microsecond=0))),
    st.builds(
        Showing,
        st.just(Scene.COUNTDOWN),
        counts_to=st.sampled_from([CountsTo.TALK_START, CountsTo.TALK_END]),
        talk_id=st.integers(1, 2**63 - 1),
    ),
)
PRESENT = [Present(*has) for has in product((False, True), repeat=len(fields(Present)))]


@given(SHOWN)
def test_a_scene_is_read_as_it_was_written_and_finds_room_in_its_column(showing: Showing) -> None:
    assert read_showing(str(showing)) == showing
    assert len(str(showing)) <= 64


BEYOND = (
    f"spotlight:{2**64}", "spotlight:-1", "spotlight:²", f"countdown:talk_end:{2**64}", "countdown:2026-11-26T20:00",
    "countdown:0001-01-01T00:00:00+23:59", "countdown:9999-12-31T23:59:59-23:59",
)  # fmt: skip
"""Numbers that no database takes, and times that are none in some zones."""


@pytest.mark.parametrize(
    "text", ["", PROGRAMME, "feed:rows", "spotlight:", "spotlight:x", "countdown:soon", "movie", *BEYOND]
)
def test_what_cannot_be_read_leaves_it_to_the_programme(text: str) -> None:
    assert read_showing(text) is None


@given(st.none() | SHOWN)
def test_no_scene_is_in_force_that_has_nothing_to_show(showing: Showing | None) -> None:
    for present in PRESENT:
        has = {
            Scene.QUESTION: present.question,
            Scene.SPOTLIGHT: present.spotlit,
            Scene.ANNOUNCEMENT: present.announced,
            Scene.COUNTDOWN: present.counting,
            Scene.SPONSORS: present.sponsors,
            Scene.NOW_AND_NEXT: present.programme,
        }
        scene = scene_in_force(showing, present)
        assert has.get(scene, True)
        whole = present.announced and present.whole
        assert whole == (scene is Scene.ANNOUNCEMENT) or (showing is not None and showing.scene is Scene.ANNOUNCEMENT)
        if showing is not None and not whole and has.get(showing.scene, True):
            brought = {Scene.FEED, Scene.QUESTIONS} if present.question else set()
            assert scene is (Scene.QUESTION if showing.scene in brought else showing.scene)
