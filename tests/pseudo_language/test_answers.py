"""What is said of every act and in every refusal is in the language of the event."""

from datetime import UTC, datetime

from app.actions.questions import bring_on_stage, make_question
from app.actions.second_person import Agreed
from app.actions.verdicts import approve
from app.domain.access import Role
from tests.pseudo_language.saying import is_all_translated, is_said
from tests.views.desk.at_the_desk import PERSONAL, Desk, by

NOW = datetime.now(UTC)


def test_every_verdict_and_who_gave_it(desk: Desk) -> None:
    ids = [desk.says(f"something else to say, {number}", str(number)) for number in range(4)]
    for post_id, verdict in zip(ids, ("approval", "rejection", "stash", "hold"), strict=True):
        is_said(desk, "POST", f"/posts/{post_id}/{verdict}")
    is_said(desk, "POST", f"/posts/{ids[1]}/approval")
    is_said(desk, "DELETE", f"/posts/{ids[1]}/approval")
    is_said(desk, "DELETE", f"/posts/{ids[1]}/stash")
    is_said(desk, "POST", f"/posts/{ids[0]}/question")
    is_said(desk, "POST", f"/posts/{ids[0]}/stop")
    for listed in ("held", "approved", "stashed", "rejected"):
        is_all_translated(desk.get(f"desk?list={listed}").text)
    is_all_translated(desk.get("log?machine=true").text)
    is_all_translated(desk.get("figures").text)


def test_many_at_once_undo_and_the_red_buttons(desk: Desk) -> None:
    chosen = [f"{desk.says(f'many words at once, {number}', str(number))}:held:0" for number in range(3)]
    is_said(desk, "POST", "/e/box10/verdicts/approval", post=chosen)
    for button in (
        "screen/blank",
        "screen/paused",
        "screen/live",
        "intake/hold_all",
        "intake/only_trusted",
        "clearing",
    ):
        is_said(desk, "POST", f"/e/box10/{button}")
        is_said(desk, "POST", "/e/box10/undo")
    is_said(desk, "DELETE", "/e/box10/screen/blank")
    is_said(desk, "POST", "/e/box10/undo?whose=anyone")
    is_said(desk, "POST", "/e/box10/microphone", text=" ")
    is_said(desk, "POST", "/e/box10/microphone", text="What about parking?")
    is_said(desk, "POST", "/e/box10/incidents", posts="none")


def test_authors_and_questions(desk: Desk) -> None:
    post_id = desk.says("What about the carers, doctor?", "1")
    desk.do(approve, post_id, by=by(desk), at=NOW)
    question = desk.do(make_question, post_id, by=by(desk), at=NOW)
    for act in ("trust", "block"):
        is_said(desk, "POST", f"/authors/1/{act}")
    is_said(desk, "DELETE", "/authors/1/block")
    desk.opens(Role.SPEAKER)
    for move in ("stage", "answer", "dismissal", "opening"):
        is_said(desk, "POST", f"/questions/{question.id}/{move}")
    is_said(desk, "POST", f"/questions/{question.id}/vote")
    desk.do(bring_on_stage, question.id, by=by(desk), at=NOW)
    for screen in ("stage", "wall", ""):
        desk.opens(Role.OWNER)
        is_all_translated(desk.get(screen).text)


def test_setup_and_what_it_refuses(desk: Desk) -> None:
    desk.opens(Role.OWNER)
    for path in ("setup", "setup/rules", "setup/watch", "setup/brand"):
        is_all_translated(desk.get(path).text)
    is_all_translated(desk.post("/e/box10/setup/brand", accent="tomato", look="true").text)
    refused = [
        desk.post("/e/box10/setup/brand", accent="nope"),
        desk.post("/e/box10/setup/event", name="", zone="Europe/London"),
        desk.post("/e/box10/setup/event", name="Box", zone="Mars/Base"),
        desk.post("/e/box10/setup/event", name="Box", zone="Europe/London", hashtags="no-way!"),
        desk.post(
            "/e/box10/setup/talks", day="2026-06-11", talks="soon | Something\n12:00-11:00 | Backwards\n10:00-11:00"
        ),
        desk.post("/e/box10/setup/talks", day="never", talks="10:00-11:00 | Care"),
        desk.post("/e/box10/setup/watch", wait_seconds="soon", nobody_seconds="60"),
        desk.post("/e/box10/setup/watch", wait_seconds="1", nobody_seconds="60"),
        desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60", email="none"),
        desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60", ntfy="http://127.0.0.1/x"),
        desk.post("/e/box10/setup/hooks", url="http://127.0.0.1/x"),
        desk.post("/e/box10/setup/rules", mode="never", preset="odd", delay_seconds="1", good_record="99"),
        desk.post("/e/box10/setup/rules", mode="wait", preset="standard", delay_seconds="soon", good_record="2"),
    ]
    assert [answer.status_code for answer in refused] == [422] * len(refused)
    for answer in refused:
        is_all_translated(answer.text)


def test_what_setup_answers(desk: Desk) -> None:
    desk.says("the atrium is nice today", "1")
    desk.opens(Role.OWNER)
    rules = {
        "mode": "trusted",
        "preset": "strict",
        "delay_seconds": "30",
        "good_record": "2",
        "blocked_words": "atrium\nhall",
    }
    is_all_translated(desk.post("/e/box10/setup/rules", **rules, act="try").text)
    is_all_translated(desk.post("/e/box10/setup/rules", **rules, act="preview").text)
    assert desk.post("/e/box10/setup/rules", **rules).status_code == 303
    is_all_translated(desk.post("/e/box10/setup/rules/again").text)
    is_all_translated(desk.get("setup/rules?saved=rules").text)
    is_all_translated(desk.post("/e/box10/setup/links", role="moderator", label="Asha").text)
    is_all_translated(desk.get("setup?saved=event").text)
    desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60", email="a@example.org")
    is_all_translated(desk.post("/e/box10/setup/watch", wait_seconds="60", nobody_seconds="60", test="true").text)


def test_the_floor_and_what_it_refuses(desk: Desk) -> None:
    desk.client.cookies.clear()
    is_all_translated(desk.get("").text)
    is_all_translated(desk.post("/e/box10/posts", text=" ").text)
    is_all_translated(desk.post("/e/box10/posts", text="x" * 2_000).text)
    is_all_translated(desk.post("/e/box10/posts", text="hello", name="x" * 90).text)
    for number in range(30):
        answer = desk.post("/e/box10/posts", text=f"hello number {number}", key=f"key-{number:08d}")
        if answer.status_code == 429:
            break
    is_all_translated(answer.text)
    is_all_translated(desk.get("?sent=1").text)


def test_refusals_as_pages(desk: Desk) -> None:
    stranger = desk.client
    stranger.cookies.clear()
    for path in ("desk", "setup", "log", "figures", "desk?key=nothing", "nowhere"):
        page = stranger.get(f"/e/box10/{path}", headers={"accept": "text/html"})
        assert page.status_code in {403, 404}
        if path != "nowhere":
            is_all_translated(page.text)


def test_what_belongs_to_no_event_is_said_as_the_browser_wishes(desk: Desk) -> None:
    page = desk.client.get("/nowhere", headers={"accept": "text/html", "accept-language": "tlh, en;q=0.5"})
    assert "There is nothing at this address." in page.text
    assert '<html lang="en-GB" dir="ltr"' in page.text


def test_two_people_must_agree(desk: Desk) -> None:
    post_id = desk.says(PERSONAL, "1")
    settled = desk.do(approve, post_id, by=by(desk), at=NOW)
    assert settled.agreed is Agreed.FIRST
    is_said(desk, "POST", f"/posts/{post_id}/approval")
    is_all_translated(desk.get("desk").text)
    is_all_translated(desk.post(f"/posts/{post_id}/reveal").text)
