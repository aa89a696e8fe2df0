"""A hall of many posts in which one person, Quilla, stands in every column that may hold somebody."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from app.actions.arrivals import receive
from app.actions.chair_marks import hold_for, write_note
from app.actions.policies import change_policy
from app.actions.questions import make_question
from app.actions.reading_cost import count_read
from app.actions.reposts import count_repost
from app.actions.resources import note_links
from app.actions.sources import change_source
from app.actions.takedowns import ask_for_takedown
from app.actions.verdicts import approve, reject
from app.actions.votes import publish_vote_totals, vote
from app.domain.decision import Decision
from app.domain.digest import DigestMail, DigestMoment
from app.domain.event import Event
from app.domain.incoming import Byline, IncomingRepost, Photo, Quoted, ReplyTo, Segment
from app.domain.meet import Guest, Meet, MeetNotes, MeetPhoto
from app.domain.policy import Policy
from app.domain.post import Author, Post
from app.domain.reading_cost import Read
from app.domain.survey import Survey, SurveyAnswer, Theme, ThemeVote
from app.domain.tables import metadata
from app.domain.takedown import Takedown, TakedownRequest
from app.store.doors import Backchannel
from tests.conftest import ASHA, NOON, incoming

HANDLE, DEVICE, SAID = "quillfeather", "device-of-quill", "Marzipan lighthouses keep wards warm"
MAIL = "quill@mail.example"
QUILLA = Byline(
    HANDLE, "Quilla Featherstone", "https://quill.example/face.png", "https://quill.example/me", "", "quill-77"
)
NEEDLES = ("quill", "featherstone", "marzipan")


def fill(db: Session, event_id: int, posts: int) -> None:
    """So many plain posts of others, all at once."""
    authors = [
        {"event_id": event_id, "source": "x", "ref": f"a{n}", "handle": f"other_{n}", "name": f"Other {n}",
         "first_seen_at": NOON} for n in range(20)
    ]  # fmt: skip
    db.execute(insert(Author), authors)
    ids = list(db.exec(select(Author.id).where(Author.event_id == event_id).order_by(Author.id)))
    rows = [
        {"event_id": event_id, "author_id": ids[n % len(ids)], "source": "x", "ref": f"p{n}", "text": f"Plain words, {n}",
         "posted_at": NOON, "received_at": NOON, "verdict": "approved" if n % 2 else "held"} for n in range(posts)
    ]  # fmt: skip
    for start in range(0, len(rows), 1_000):
        db.execute(insert(Post), rows[start : start + 1_000])


async def furnish(doors: Backchannel, event: Event) -> dict[str, int]:
    """Quilla posts from a network and from her phone; others quote her, answer her, trust her and complain of her."""
    at, event_id = NOON, event.id
    source = await doors.do(change_source, event_id, "x", enabled=True, options={}, at=at)
    post = incoming(
        SAID,
        ref="quill-1",
        byline=QUILLA,
        version_ref="quill-1b",
        url="https://quill.example/1",
        segments=(Segment("text", SAID), Segment("link", "guide", "https://quill.example/guide")),
        photos=(Photo("https://quill.example/a.png", "Quill on paper"),),
        quote=Quoted(True, Byline("sam", "Sam"), "Quill pens"),
        poll=("Quill", "Pencil"),
        reply_to=ReplyTo("quill-0", HANDLE),
    )
    mine = (await doors.do(receive, event_id, post, at=at)).post_id
    phone = incoming(
        "Does Quill get marzipan on the ward?", ref=f"{DEVICE}:1", source="floor", device=DEVICE,
        byline=Byline("floor-of-quill", "Quilla"), asks_event=True,
    )  # fmt: skip
    sent = (await doors.do(receive, event_id, phone, at=at)).post_id
    quoting = incoming("Look at this", ref="7", by="sam_lee", quote=Quoted(True, QUILLA, SAID, "https://quill.example/1"),
                       reply_to=ReplyTo("quill-1", HANDLE))  # fmt: skip
    theirs = (await doors.do(receive, event_id, quoting, at=at)).post_id
    for number in (mine, sent, theirs):
        await doors.do(approve, number, by=ASHA, at=at)
    question = await doors.do(make_question, theirs, by=ASHA, at=at)
    await doors.do(make_question, mine, by=ASHA, at=at)
    for name in (QUILLA.name, "Somebody else", QUILLA.name):
        await doors.do(hold_for, question.id, name, by=ASHA, at=at)
    await doors.do(write_note, question.id, f"Ask {QUILLA.name} first", by=ASHA, at=at)
    await doors.do(vote, question.id, DEVICE, at=at, origin="an-address")
    await doors.do(vote, question.id, "another", at=at)
    await doors.do(reject, mine, by=ASHA, at=at)
    await doors.do(approve, mine, by=ASHA, at=at)
    await doors.do(change_policy, event_id, Policy(trusted=(HANDLE, "sam_lee")), at=at)
    await doors.do(count_repost, event_id, IncomingRepost("x", "r1", "quill-1", "fan", at), at=at)
    await doors.do(count_read, source.id, Read(frozenset({"quill-1", "7"}), frozenset()), at=at)
    asked = TakedownRequest(f"https://x.example/{HANDLE}", SAID, "Quilla names me", MAIL)
    await doors.do(ask_for_takedown, event_id, asked, key="k", within=timedelta(days=1), at=at)
    await doors.do(note_links, event_id, at=at)
    await doors.do(publish_vote_totals, event_id, at=at)  # now, and not some time later
    await doors.do(_told, event_id, theirs)
    return {"mine": mine, "sent": sent, "theirs": theirs, "question": question.id}


def _told(db: Session, event_id: int, theirs: int) -> None:
    """A decision of an organiser that names her, and a finding about another's post that repeats her."""
    about = {"event_id": event_id, "before": "", "after": "", "by": "Asha", "at": NOON}
    db.add(
        Decision(
            **about, subject="life", subject_id=event_id, reason=f"because of @{HANDLE}", detail=f"muted: {HANDLE}"
        )
    )
    survey = Survey(event_id=event_id, days=["0"], times=["12:00"], every=["week"], asked_at=NOON)
    theme = Theme(event_id=event_id, text=SAID, device=DEVICE, votes=2, at=NOON)
    db.add_all((survey, theme))
    db.flush()
    db.add(SurveyAnswer(
        event_id=event_id, survey_id=survey.id, device=DEVICE, days=[], times=[], every=[], words=SAID, at=NOON
    ))  # fmt: skip
    db.add_all(ThemeVote(event_id=event_id, theme_id=theme.id, device=one) for one in (DEVICE, "another"))
    db.add(MeetPhoto(
        event_id=event_id, device=DEVICE, kind="image/png", content=b"of Quilla", alt="Quilla at the table", at=NOON
    ))  # fmt: skip
    db.add(Meet(
        event_id=event_id, cake="Quilla Featherstone", agenda=f"# First\n- @{HANDLE} begins\n- tea", changed_at=NOON
    ))  # fmt: skip
    for version, noted in enumerate(
        (f"- tea\n- {SAID}, as\nQuilla\nFeatherstone says", f"- tea\n- @{HANDLE}: scones"), 1
    ):
        db.add(MeetNotes(event_id=event_id, version=version, text=noted, by="Asha", at=NOON))
    db.add(Guest(event_id=event_id, token_hash="b-hash", name="Quilla Featherstone", at=NOON))
    db.add(Guest(
        event_id=event_id, device=DEVICE, token_hash="a-hash", name="Quilla", brings="Marzipan", shown=True, at=NOON
    ))  # fmt: skip
    db.add(DigestMail(
        event_id=event_id, address=MAIL.upper(), address_mark="a-mark", nonce="n", moment=DigestMoment.END, asked_at=NOON
    ))  # fmt: skip
    db.exec(select(Takedown)).one().answer = f"{SAID}: it stays"
    post = db.get_one(Post, theirs)
    said = {"code": "similar", "category": "duplicate", "level": "note", "explanation": f"the same as “{SAID}”"}
    post.signals = [*post.signals, {**said, "confidence": 1.0, "spans": []}]


def where_she_stands(db: Session) -> set[tuple[str, str]]:
    """Columns of which some row holds her."""
    found = set()
    for table in metadata.sorted_tables:
        for row in db.execute(select(table)).mappings():
            found |= {(table.name, str(name)) for name, value in row.items() if tells(value)}
    return found


def tells(value: Any) -> bool:
    written = value.decode(errors="ignore") if isinstance(value, bytes) else str(value)
    if hasattr(value, "as_json"):
        written += json.dumps(value.as_json())
    return any(needle in written.lower() for needle in NEEDLES)
