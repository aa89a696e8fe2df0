"""Pictures of what is read beside and after: the pages of a chat and a meet, what was missed, archive, shelf, pack."""

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from app.actions.links import give_link
from app.domain.access import Role
from app.domain.question import Question, QuestionState
from app.domain.series import Series
from app.queries.series import editions
from bench.screen_states import HD, LAPTOP, PHONE, TABLET, Album, Place
from tests.running import Running

READ = {"missed": "missed", "archive": "archive", "transcript": "transcript", "shelf": "links", "now": "now"}
ASKED_ON_A_PHONE = {"house-rules": "rules", "takedown": "takedown"}


def reading(album: Album, place: Place) -> None:
    """Of the conference: what everybody reads, what a speaker takes away, what is printed and what films show."""
    for name, path in READ.items():
        for size, where in ((LAPTOP, ""), (PHONE, "-on-a-phone")):
            album.take(f"reading-{name}{where}", f"{place.floor}/{path}", size)
    for name, path in ASKED_ON_A_PHONE.items():
        album.take(f"reading-{name}", f"{place.floor}/{path}", PHONE)
    talk, question = place.running.do(_with_questions, place.event.id)
    for name, path, role, size in (
        ("packs", f"/e/{place.event.slug}/packs", Role.SPEAKER, TABLET),
        ("pack", f"/e/{place.event.slug}/talks/{talk}/pack", Role.SPEAKER, TABLET),
        ("ask-together", f"/questions/{question}/merge", Role.SPEAKER, TABLET),
        ("sheets", f"/e/{place.event.slug}/sheets", Role.OWNER, LAPTOP),
        ("overlay", f"/e/{place.event.slug}/overlay", Role.SCREEN, HD),
    ):
        url = f"{place.running.url}{path}"
        album.take(f"reading-{name}", place.url(role), size, lambda page, url=url: page.goto(url))


def chats(album: Album, running: Running, chat: Series, meet: Series) -> None:
    """Of a weekly chat and a meet: for who comes, and for who runs them."""
    for name, series in (("chat-every-week", chat), ("meet-every-month", meet)):
        for size, where in ((LAPTOP, ""), (PHONE, "-on-a-phone")):
            album.take(f"chats-{name}{where}", f"{running.url}/s/{series.slug}", size)
    was, comes = (one.event.slug for one in running.do(editions, meet.id)[:2])
    told = running.do(editions, chat.id)[1].event.slug
    for name, path, size in (
        ("meet-to-come", f"/e/{comes}/meet", LAPTOP),
        ("meet-to-come-on-a-phone", f"/e/{comes}/meet", PHONE),
        ("meet-that-was", f"/e/{was}/meet", PHONE),
        ("how", f"/s/{chat.slug}/how", PHONE),
        ("survey", f"/s/{chat.slug}/survey", PHONE),
        ("transcript", f"/e/{told}/transcript", LAPTOP),
        ("archive", f"/e/{told}/archive", LAPTOP),
        ("reflection", f"/e/{told}/reflection", LAPTOP),
        ("reflection-on-a-phone", f"/e/{told}/reflection", PHONE),
    ):
        album.take(f"chats-{name}", f"{running.url}{path}", size)
    key = running.do(give_link, chat.pattern_id, Role.OWNER, at=datetime.now(UTC)).token
    there = f"{running.url}/s/{chat.slug}/setup"
    album.take(
        "chats-setup", f"{running.url}/e/{chat.slug}-pattern/setup?key={key}", LAPTOP, lambda page: page.goto(there)
    )
    for name, edition in (("host", running.do(editions, chat.id)[1]), ("notes", running.do(editions, meet.id)[0])):
        key = running.do(give_link, edition.event.id, Role.OWNER, at=datetime.now(UTC)).token
        url = f"{running.url}/e/{edition.event.slug}"
        own = f"{url}/{name}"
        album.take(f"chats-{name}", f"{url}/setup?key={key}", LAPTOP, lambda page, own=own: page.goto(own))


def _with_questions(db: Session, event_id: int) -> tuple[int, int]:
    """A talk that was asked something that is open still, and that question."""
    asked = select(Question).where(
        Question.event_id == event_id, Question.state == QuestionState.OPEN, col(Question.talk_id).is_not(None)
    )
    one = db.exec(asked.order_by(col(Question.votes).desc())).first()
    assert one
    return int(one.talk_id or 0), int(one.id)
