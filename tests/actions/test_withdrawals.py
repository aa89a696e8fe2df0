"""Posts that are taken away: nothing of what they said is kept."""

from sqlmodel import Session

from app.actions.pictures import picture_keys
from app.actions.questions import make_question
from app.actions.verdicts import Seen, approve
from app.actions.withdrawals import retract, withdraw
from app.domain.incoming import Byline, Photo, Quoted, ReplyTo, Segment, Withdrawal
from app.domain.picture_address import picture_key
from app.domain.post import Author, Post
from app.domain.subject import Subject
from app.domain.verdict import Verdict
from app.queries.change_log import news
from app.queries.pictures import picture
from tests.actions.desk import PERSONAL, Desk
from tests.conftest import NOON

WORDS = {
    "url": "https://x.com/jo_hart/status/1",
    "segments": (Segment("text", PERSONAL),),
    "photos": (Photo("https://pictures.example/b.png", "A chart"),),
    "quote": Quoted(False),
    "reply_to": ReplyTo(ref="6", handle="sam"),
}
KEPT = {
    "id", "event_id", "author_id", "source", "ref", "device", "vouched", "talk_id", "posted_at", "edited_at",
    "received_at", "version_ref", "version", "revision", "verdict", "decided_at", "decided_by", "withdrawn_at", "rank", "reposts", "delayed",
    "shows_at", "lang", "wall_cursor", "screened_with",
}  # fmt: skip
"""What says only that there was a post, and when."""


async def test_a_post_that_was_withdrawn_keeps_no_word_and_no_address(desk: Desk) -> None:
    post_id = await desk.arrives(PERSONAL, ref="7", **WORDS)
    said = (await desk.post(post_id)).model_dump()
    assert {
        name
        for name in ("text", "url", "segments", "photos", "quote", "reply_to", "signals", "scores")
        if not said[name]
    } == set()
    await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", "7", "deleted by its author"), at=NOON)
    left = (await desk.post(post_id)).model_dump()
    assert {name: value for name, value in left.items() if value and name not in KEPT} == {}
    assert left.keys() >= KEPT
    assert left["verdict"] is Verdict.REJECTED


async def test_a_phone_takes_back_its_own_post_only(desk: Desk) -> None:
    post_id = await desk.arrives(source="floor", device="mine")
    assert not await desk.doors.do(retract, desk.event.id, post_id, "another", at=NOON)
    assert not await desk.doors.do(retract, desk.event.id, post_id, "", at=NOON)
    assert not await desk.doors.do(retract, desk.event.id + 1, post_id, "mine", at=NOON)
    assert (await desk.post(post_id)).withdrawn_at is None
    assert await desk.doors.do(retract, desk.event.id, post_id, "mine", at=NOON)
    assert (await desk.post(post_id)).withdrawn_at == NOON


async def test_the_lists_of_questions_are_told_when_the_post_of_one_goes(desk: Desk) -> None:
    post_id = await desk.arrives(ref="7")
    await desk.doors.do(approve, post_id, by=desk.asha, at=NOON)
    question = await desk.doors.do(make_question, post_id, by=desk.asha, at=NOON)
    before = await desk.doors.ask(news, desk.event.id, 0)
    await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", "7", "deleted by its author"), at=NOON)
    told = (await desk.doors.ask(news, desk.event.id, before.cursor)).lines
    assert told is not None
    assert told.of(Subject.QUESTION) == {question.id}
    assert isinstance(await desk.post(post_id), Post)


async def test_a_quote_that_was_withdrawn_leaves_neither_its_picture_nor_what_was_said_of_it(desk: Desk) -> None:
    avatar = "https://pictures.example/quoted.png"
    quote = Quoted(True, Byline("ann", "Wanker McFuckface", avatar), "Call my patient on 07700 900123")
    post_id = await desk.arrives("A fine evening to everybody", ref="7", quote=quote)
    key = picture_key(avatar)
    before = await desk.post(post_id)
    assert "privacy" in before.doubts
    assert await desk.doors.ask(picture, key) is not None
    seen = Seen(Verdict.HELD, before.revision)
    gone = Withdrawal("x", "7", "what it quotes is gone", only_quote=True)
    await desk.doors.do(withdraw, desk.event.id, gone, at=NOON)
    after = await desk.post(post_id)
    assert [signal for signal in after.signals if signal["field"].startswith("quote")] == []
    assert (after.doubts, after.rank > before.rank) == ("", True)
    assert await desk.doors.ask(picture, key) is None
    assert not (await desk.doors.do(approve, post_id, by=desk.asha, at=NOON, seen=seen)).won


async def test_every_face_that_a_post_had_goes_with_it(desk: Desk) -> None:
    faces = [f"https://pictures.example/face{number}.png" for number in range(3)]
    post_id = await desk.arrives(ref="7")

    def wears(db: Session) -> None:
        keys = picture_keys(db, faces)
        byline: dict[str, object] = {}
        for face in faces:
            byline = {"avatar": keys[face], **({"before": byline} if byline else {})}
        db.get_one(Post, post_id).byline = byline

    await desk.doors.do(wears)
    await desk.doors.do(withdraw, desk.event.id, Withdrawal("x", "7", "deleted by its author"), at=NOON)
    assert [await desk.doors.ask(picture, picture_key(face)) for face in faces] == [None] * 3


async def test_the_name_that_somebody_typed_goes_with_the_last_of_their_posts(desk: Desk) -> None:
    """And is there again when they post again."""
    mary = {"source": "floor", "device": "phone", "byline": Byline("phone-1", "Mary Smith")}
    first, second = [await desk.arrives(f"Words {n}", ref=f"phone:{n}", **mary) for n in (1, 2)]

    async def name() -> str:
        return str(await desk.doors.ask(lambda db: db.get_one(Author, db.get_one(Post, first).author_id).name))

    await desk.doors.do(retract, desk.event.id, first, "phone", at=NOON)
    assert await name() == "Mary Smith"
    await desk.doors.do(retract, desk.event.id, second, "phone", at=NOON)
    assert await name() == ""
    await desk.arrives("Words again", ref="phone:3", **mary)
    assert await name() == "Mary Smith"
