"""The name on a card, as a page and as a program change it; and what is covered, wherever it stands."""

from datetime import UTC, datetime

from app.actions.arrivals import receive
from app.domain.incoming import Byline, Photo, Quoted, Segment
from tests.conftest import incoming
from tests.views.desk.at_the_desk import Desk

ORIGIN = {"origin": "http://testserver"}


def comes(desk: Desk, ref: str, byline: Byline, text: str = "A fine evening", **facts: object) -> int:
    post = incoming(f"{text}, said as number {ref}", ref=ref, byline=byline, **facts)
    return int(desk.do(receive, desk.event.id, post, at=datetime.now(UTC)).post_id)


def state(desk: Desk, post_id: int) -> dict[str, object]:
    listed = (desk.call("GET", f"/posts?verdict={verdict}").json() for verdict in ("held", "approved"))
    return next(post for posts in listed for post in posts if post["id"] == post_id)


def test_the_desk_says_what_an_author_goes_by_now_and_takes_it(desk: Desk) -> None:
    post_id = comes(desk, "1", Byline("gwen", "Gwen Moss"))
    assert "renamed" not in desk.get("desk").text
    comes(desk, "2", Byline("gwen", "Gwendolen Moss"))
    page = desk.get("desk").text
    assert "Its author now goes by <strong><bdi>Gwendolen Moss</bdi></strong>" in page
    assert f'action="/posts/{post_id}/name"' in page
    mark = state(desk, post_id)["now_mark"]
    assert f'name="mark" value="{mark}"' in page

    assert desk.post(f"/posts/{post_id}/name", mark="something-else").status_code == 409
    assert desk.post(f"/posts/{post_id}/name", mark=mark).status_code == 303
    assert (state(desk, post_id)["name"], state(desk, post_id)["now"]) == ("Gwendolen Moss", "")
    assert "renamed" not in desk.get("desk").text
    assert "the new name" in desk.get("log").text
    undone = desk.client.delete(f"/posts/{post_id}/name", headers=ORIGIN, follow_redirects=False)
    assert undone.status_code == 303
    assert (state(desk, post_id)["name"], state(desk, post_id)["now"]) == ("Gwen Moss", "Gwendolen Moss")
    assert desk.client.delete(f"/posts/{post_id}/name", headers=ORIGIN, follow_redirects=False).status_code == 409


def test_a_program_takes_the_name_that_it_saw(desk: Desk) -> None:
    post_id = comes(desk, "1", Byline("gwen", "Gwen Moss"))
    assert desk.call("POST", f"/posts/{post_id}/name").status_code == 409
    comes(desk, "2", Byline("gwen", "Gwendolen Moss"))
    mark = state(desk, post_id)["now_mark"]
    comes(desk, "3", Byline("gwen", "Gwenda Moss"))
    refused = desk.call("POST", f"/posts/{post_id}/name", json={"mark": mark})
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "Its author is called otherwise again. Look once more.",
    )
    taken = desk.call("POST", f"/posts/{post_id}/name", json={"mark": state(desk, post_id)["now_mark"]})
    assert (taken.status_code, taken.json()["name"]) == (200, "Gwenda Moss")
    assert desk.call("POST", "/undo").json() == {
        "subject": "name", "subject_id": post_id, "from": "new_name", "to": "old_name", "by": "Moderator",
    }  # fmt: skip


def test_personal_data_is_covered_and_revealed_in_every_field(desk: Desk) -> None:
    number = "07700 900123"
    post_id = comes(
        desk,
        "1",
        Byline("jo", f"Jo {number}"),
        quote=Quoted(True, Byline("ann", f"Ann {number}"), f"Call {number}"),
        photos=(Photo("https://pictures.example/1", "A chart"), Photo("https://pictures.example/2", f"Call {number}")),
        poll=("Ham", f"Call {number}"),
        segments=(Segment("text", "A fine "), Segment("link", "a.example", "https://a.example/", f"Call {number}")),
    )
    shown = state(desk, post_id)
    assert number not in desk.get("desk").text
    assert number not in str(shown)
    revealed = desk.call("POST", f"/posts/{post_id}/reveal").json()
    assert revealed["name"] == f"Jo {number}"
    assert revealed["quote"] == {"name": f"Ann {number}", "handle": "ann", "text": f"Call {number}"}
    assert revealed["alts"] == ["A chart", f"Call {number}"]
    assert (revealed["poll"], revealed["titles"]) == (["Ham", f"Call {number}"], [f"Call {number}"])
    told = desk.client.post(f"/posts/{post_id}/reveal", headers={**ORIGIN, "accept": "application/json"}).json()
    assert told["fields"]["name-0"] == f"Jo {number}"
    assert {told["fields"][name] for name in ("alt-1", "poll-1", "link-0")} == {f"Call {number}"}
    assert desk.post(f"/posts/{post_id}/reveal").text.count(number) == 6
    # What is said of an undo does not uncover it either.
    desk.post(f"/posts/{post_id}/rejection")
    said = desk.client.post("/e/box10/undo", headers={**ORIGIN, "accept": "application/json"}).json()["said"]
    assert number not in said
    assert "Jo " in said


def test_an_approval_of_another_name_than_was_seen_does_not_count_and_says_why(desk: Desk) -> None:
    post_id = comes(desk, "1", Byline("gwen", "Gwen Moss"))
    seen = state(desk, post_id)["version"]
    comes(desk, "2", Byline("gwen", "Gwendolen Moss"))
    desk.call("POST", f"/posts/{post_id}/name", json={"mark": state(desk, post_id)["now_mark"]})
    why = "The name or the quote on this post has just changed. Look again."
    refused = desk.call(
        "POST", f"/posts/{post_id}/verdict", json={"verdict": "approved", "seen": "held", "version": seen}
    )
    assert (refused.status_code, refused.json()["detail"]) == (409, why)
    page = desk.post(f"/posts/{post_id}/approval", seen="held", version=seen)
    assert page.status_code == 409
    assert why in page.text
    asked = desk.call("POST", f"/posts/{post_id}/question", json={"seen": "held", "version": seen})
    assert (asked.status_code, state(desk, post_id)["verdict"]) == (409, "held")


def test_an_approval_that_names_no_version_counts_for_the_post_as_it_came_only(desk: Desk) -> None:
    post_id, same = comes(desk, "1", Byline("gwen", "Gwen Moss")), comes(desk, "2", Byline("ann", "Ann Fox"))
    comes(desk, "1", Byline("gwen", "Gwen Moss"), "Other words", version=1)
    for path, body in (("verdict", {"verdict": "approved"}), ("question", None), ("question", {"seen": "held"})):
        refused = desk.call("POST", f"/posts/{post_id}/{path}", **({"json": body} if body else {}))
        assert refused.status_code == 428
        assert "version" in refused.json()["detail"]
    chosen = {"verdict": "approved", "posts": [{"id": post_id}, {"id": same}]}
    assert desk.call("POST", "/posts/verdicts", json=chosen).json()["lost"] == [post_id]
    for path in ("approval", "question"):
        assert desk.post(f"/posts/{post_id}/{path}").status_code == 428
    assert [state(desk, one)["verdict"] for one in (post_id, same)] == ["held", "approved"]
    version = state(desk, post_id)["version"]
    assert desk.post(f"/posts/{post_id}/stash").status_code == 303  # what shows nothing needs no version
    named = {"verdict": "approved", "version": version}
    assert desk.call("POST", f"/posts/{post_id}/verdict", json=named).json()["verdict"] == "approved"


def test_no_name_is_taken_that_nobody_says_to_have_seen(desk: Desk) -> None:
    post_id = comes(desk, "1", Byline("gwen", "Gwen Moss"))
    comes(desk, "2", Byline("gwen", "Gwendolen Moss"))
    for body in ({}, {"json": {}}, {"json": {"mark": ""}}):
        assert desk.call("POST", f"/posts/{post_id}/name", **body).status_code == 409
    assert desk.post(f"/posts/{post_id}/name").status_code == 409
    assert state(desk, post_id)["name"] == "Gwen Moss"


def test_the_new_name_of_a_phone_is_covered_also_where_its_card_is_shown(desk: Desk) -> None:
    post_id = comes(desk, "1", Byline("floor-1", "Sam"), source="floor", device="d1")
    desk.post(f"/posts/{post_id}/approval")
    comes(desk, "2", Byline("floor-1", "Call 07700 900123"), "Something else", source="floor", device="d1")
    page = desk.get("desk?list=approved").text
    assert "Its author now goes by" in page
    assert "07700 900123" not in page
    assert "900123" not in str(state(desk, post_id))
    assert f'action="/posts/{post_id}/reveal"' in page
    assert "07700 900123" in desk.post(f"/posts/{post_id}/reveal").text
    # What is shown to the hall is not covered at the desk.
    assert "A fine evening, said as number 1" in page


def test_an_undo_says_what_became_of_the_post(desk: Desk) -> None:
    post_id = comes(desk, "1", Byline("gwen", "Gwen Moss"))
    desk.post(f"/posts/{post_id}/approval")
    desk.post(f"/posts/{post_id}/rejection")
    comes(desk, "1", Byline("gwen", "Gwen Moss"), "Other words", version=1)
    said = desk.client.post("/e/box10/undo", headers={**ORIGIN, "accept": "application/json"}).json()["said"]
    assert said == "Undone: the post by Gwen Moss waits again."
