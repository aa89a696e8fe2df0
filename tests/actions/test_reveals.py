"""Covered words, and looks at them."""

from app.actions.reveals import reveal
from app.actions.verdicts import approve
from app.queries.posts import decisions_on
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON


async def test_personal_data_is_covered_until_it_is_approved_and_a_look_is_written_down(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL)
    assert "943" not in (await desk.card(post_id)).text
    assert "Quillfeather" not in (await desk.card(post_id)).text
    await desk.doors.do(reveal, post_id, by=desk.asha, at=NOON)
    (looked,) = await desk.doors.ask(decisions_on, "reveal", post_id)
    assert (looked.by, looked.after) == ("Asha", "revealed")
    for by in (desk.asha, desk.ben):
        await desk.doors.do(approve, post_id, by=by, at=NOON)
    assert (await desk.card(post_id)).text == PERSONAL
