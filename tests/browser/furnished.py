"""An event with everything that a screen may have to show at once, said by invented people."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.actions.alarms import change_alarms, watch
from app.actions.arrivals import receive
from app.actions.authors import block_author
from app.actions.events import change_event
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.prompts import write_prompt
from app.actions.questions import bring_on_stage, dismiss, make_question, mark_answered
from app.actions.sources import change_source, report_state
from app.actions.verdicts import approve, reject, stash
from app.actions.votes import vote
from app.domain.access import Role
from app.domain.alarms import Alarms
from app.domain.decision import Actor
from app.domain.incoming import Byline, Incoming, Photo, Quoted, ReplyTo, Segment
from app.domain.policy import Policy
from app.domain.post import Post
from app.domain.prompt import PromptKind
from app.domain.sentence import Sentence
from app.domain.source import SourceState
from app.queries.sources import sources
from tests.conftest import ASHA, incoming
from tests.running import Running

WAITS = (
    "My patient Edith Quillfeather, NHS number 943 476 5919, was so brave",
    "I do not want to be here any more, I keep thinking of ending my life",
    "You are a stupid useless idiot and everybody here hates you",
    "Earn £500 a day from home, guaranteed profit, DM me now https://bit.ly/x",
    "Where can we find the slides of this morning?",
    "Good news from the atrium",
)
SAID = (
    "A word of welcome to all of you in the hall and at home",
    "مرحبا بكم جميعا في المؤتمر، اليوم نتحدث عن الرعاية",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft and more",
    "How do we find out who is at home alone? Who asks them?",
    "Where can we find the slides? " + "They were very good indeed. " * 14,
    "What did the carers say?",
    "Who pays for the bus?",
)


def with_links(ref: str, at: datetime) -> Incoming:
    """A post of a network as most are: mentions, hashtags, several links on one line, a name that leads somewhere."""
    pieces = (
        Segment("mention", "@nia", "https://x.com/nia"),
        Segment("text", " and "),
        Segment("mention", "@omar", "https://x.com/omar"),
        Segment("text", "\n"),
        Segment("link", "one.example/a", "https://one.example/a"),
        Segment("text", " "),
        Segment("link", "two.example/b", "https://two.example/b"),
        Segment("text", "\n"),
        Segment("hashtag", "#box10", "https://x.com/hashtag/box10"),
        Segment("text", " "),
        Segment("hashtag", "#care", "https://x.com/hashtag/care"),
    )
    byline = Byline("linkslinda", "Linda of the long links", url="https://x.com/linkslinda", verified="blue")
    text = "".join(piece.text for piece in pieces)
    return Incoming(
        source="x", ref=ref, byline=byline, text=text, posted_at=at, segments=pieces, url="https://x.com/linkslinda/status/1",
        reply_to=ReplyTo(handle="nia"), photos=(Photo("demo:photos/atrium.svg", "A chart of falls by month"),),
        quote=Quoted(available=True, byline=Byline("nia", "Nia Rees"), text="Care moves home, and so do we"),
    )  # fmt: skip


def furnish_everything(server: Running, language: str = "en") -> Running:
    """Waiting for every reason, shown, declined, kept; asked, on stage, answered; alarms, delays, sources in trouble."""
    now, before = datetime.now(UTC), datetime.now(UTC) - timedelta(minutes=10)
    event_id = server.event.id
    given = server.do(give_link, event_id, Role.MODERATOR, at=now, label="Omar")
    omar = Actor("Omar", given.access.id)
    facts = {"hashtags": ["box10", "care"], "zone": "Europe/London", "accent": "teal", "welcome": ""}
    server.do(change_event, event_id, name="10", language=language, **facts, at=now)
    policy = Policy(mode="delay", delay_seconds=300, good_record=1, blocked_words=("atrium",), welfare="Room 4")
    server.do(change_policy, event_id, replace(policy, mode="wait"), at=now)
    shown = [_arrives(server, text, f"said-{n}", before) for n, text in enumerate(SAID)]
    shown.append(int(server.do(receive, event_id, with_links("links", before), at=before).post_id))
    phone = incoming("From row nine: thank you for the loop", ref="phone", by="by_phone", posted_at=before)
    gone = incoming(
        "What do you make of this?", ref="gone", by="by_gone", posted_at=before, quote=Quoted(available=False)
    )
    shown += [
        int(server.do(receive, event_id, post, at=before).post_id) for post in (replace(phone, source="floor"), gone)
    ]
    for post_id in shown:
        server.do(approve, post_id, by=ASHA, at=now)
    asked = [server.do(make_question, post_id, by=ASHA, at=now).id for post_id in shown[2:8]]
    for voter in range(3):
        server.do(vote, asked[1], f"voter-{voter}", at=now)
    server.do(mark_answered, asked[4], by=ASHA, at=now)
    server.do(dismiss, asked[3], by=ASHA, at=now)
    server.do(bring_on_stage, asked[0], by=ASHA, at=now)
    for verb, text in ((reject, "This is not about care at all"), (stash, "For the evening: a song")):
        server.do(verb, _arrives(server, text, text, before), by=ASHA, at=now)
    held = [_arrives(server, text, f"waits-{n}", before) for n, text in enumerate(WAITS)]
    server.do(receive, event_id, with_links("links-wait", before), at=before)
    for n in range(3):
        _arrives(server, "Please retweet: free tickets for all of you tonight", f"alike-{n}", before)
    server.do(approve, held[0], by=omar, at=now)
    server.do(change_policy, event_id, policy, at=now)
    _arrives(server, "A quiet word that shows itself soon", "soon", now, by="by_said_0")
    server.do(block_author, _author(server, held[2]), by=ASHA, at=now)
    for kind in PromptKind:
        server.do(write_prompt, event_id, kind=kind, text="10 of 10?", minute=10, by=ASHA, at=now)
    server.do(change_source, event_id, "x", enabled=True, options={}, at=now)
    source = next(one for one in server.do(sources, event_id) if one.kind == "x")
    said = Sentence("Listening to %(hashtags)s.", hashtags="#box10")
    server.do(report_state, source.id, SourceState.STOPPED, said, at=now)
    server.do(change_alarms, event_id, Alarms(wait_seconds=30), at=now)
    server.do(watch, event_id, at=now)
    return server


def _arrives(server: Running, text: str, ref: str, at: datetime, by: str = "") -> int:
    by = by or f"by_{ref.replace('-', '_').replace(' ', '_')[:12]}"
    post = incoming(text, ref=ref, by=by, posted_at=at)
    return int(server.do(receive, server.event.id, post, at=at).post_id)


def _author(server: Running, post_id: int) -> int:
    return int(server.do(lambda db: db.get_one(Post, post_id).author_id))
