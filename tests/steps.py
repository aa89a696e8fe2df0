"""Everything that people and sources do, at random."""

from hypothesis import strategies as st

from app.domain.access import Role
from app.domain.alarms import FALLBACKS
from app.domain.event import EventState, WallState
from app.domain.policy import Intake, Mode
from app.domain.prompt import PromptKind
from app.domain.scene import Scene
from app.domain.screen_kind import ScreenKind
from app.domain.source import SourceState

TEXTS = (
    "A word of welcome to all of you",
    "Where can we find the slides?",
    "مرحبا بكم في المؤتمر اليوم",
    "Croeso i bawb, braf eich gweld",
    "<b>not bold</b> & done",
    "My patient Edith Quillfeather, NHS number 943 476 5919, was so rude",
    "A word of welcome to all of you!!",
)


step = st.one_of(
    st.tuples(st.just("arrive"), st.integers(0, 7), st.integers(0, 2), st.sampled_from(TEXTS)),
    st.tuples(st.just("edit"), st.integers(0, 7), st.integers(1, 3), st.sampled_from(TEXTS)),
    st.tuples(
        st.just("called"), st.integers(0, 7), st.integers(0, 2), st.sampled_from(("Wanker", "Call 07700 900123", "Ann"))
    ),
    st.tuples(st.just("take name"), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("repost"), st.integers(0, 7), st.integers(0, 3)),
    st.tuples(st.just("withdraw"), st.integers(0, 7)),
    st.tuples(st.just("retract"), st.integers(0, 7)),
    st.tuples(
        st.sampled_from(("approve", "approve", "approve", "reject", "stash", "hold")),
        st.integers(0, 7),
        st.integers(0, 1),
    ),
    st.tuples(st.sampled_from(("undo", "undo any")), st.integers(0, 1)),
    st.tuples(st.just("undo entry"), st.integers(0, 12), st.integers(0, 1)),
    st.tuples(st.just("undo verdict"), st.integers(0, 7), st.sampled_from(("approved", "rejected", "stashed", "held"))),
    st.tuples(st.just("unblock"), st.integers(0, 2)),
    st.tuples(st.just("lose quote"), st.integers(0, 7)),
    st.tuples(
        st.just("account"),
        st.integers(0, 7),
        st.sampled_from(("Wanker", "Ann", "Closer Official")),
        st.sampled_from(("a_new_handle", "")),
    ),
    st.tuples(st.sampled_from(("approve all", "reject all", "stop")), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("intake"), st.sampled_from(list(Intake))),
    st.tuples(st.just("mode"), st.sampled_from(list(Mode))),
    st.tuples(st.just("clear wall")),
    st.tuples(st.just("sit"), st.integers(0, 1), st.integers(0, 7)),
    st.tuples(st.just("leave"), st.integers(0, 1)),
    st.tuples(st.just("keep desk"), st.integers(0, 90)),
    st.tuples(st.sampled_from(("block", "trust", "clear")), st.integers(0, 2)),
    st.tuples(st.sampled_from(("question", "question", "no question")), st.integers(0, 7)),
    st.tuples(st.sampled_from(("stage", "answered", "dismiss", "reopen")), st.integers(0, 7)),
    st.tuples(st.sampled_from(("merge", "merge", "part")), st.integers(0, 7), st.integers(0, 7)),
    st.tuples(st.sampled_from(("mark", "unmark", "note", "keep for", "keep for none")), st.integers(0, 7)),
    st.tuples(st.sampled_from(("tell", "propose", "seen", "seen")), st.integers(0, 3)),
    st.tuples(st.just("suggest"), st.integers(0, 7)),
    st.tuples(st.just("reply"), st.integers(0, 7), st.sampled_from(("The <b>trust</b> pays", "We do", ""))),
    st.tuples(st.sampled_from(("vote", "vote", "unvote")), st.integers(0, 7), st.integers(0, 2)),
    st.tuples(st.sampled_from(("burst", "burst", "leave out")), st.integers(0, 7)),
    st.tuples(st.just("correct"), st.integers(0, 7), st.sampled_from(TEXTS)),
    st.tuples(st.just("screen"), st.sampled_from(list(WallState))),
    st.tuples(st.just("scene"), st.sampled_from((*Scene, "programme", Scene.SPOTLIGHT)), st.integers(0, 7)),
    st.tuples(st.just("announce"), st.sampled_from(("Lunch is <b>upstairs</b>", "Fire exit left")), st.booleans()),
    st.tuples(st.just("end announcement")),
    st.tuples(st.just("over"), st.integers(0, 90)),
    st.tuples(st.just("time"), st.integers(0, 200)),
    st.tuples(
        st.just("rename"),
        st.sampled_from(("Box 10", "Box ten & friends")),
        st.sampled_from(("Europe/London", "Asia/Kolkata")),
        st.sampled_from(("en", "cy")),
        st.sampled_from((("box10",), ())),
    ),
    st.tuples(
        st.just("brand"),
        st.sampled_from(("teal", "#e6ff00", "plum")),
        st.sampled_from(("dark", "light")),
        st.sampled_from(("", "Ask <Nia> & Omar")),
        st.sampled_from(("keep", "hang", "take away")),
    ),
    st.tuples(st.sampled_from(("link", "revoke")), st.integers(0, 3), st.sampled_from(list(Role))),
    st.tuples(st.sampled_from(("talk", "no talk")), st.integers(0, 4)),
    st.tuples(st.sampled_from(("keep back", "share")), st.integers(0, 4)),
    st.tuples(st.just("source"), st.booleans(), st.booleans()),
    st.tuples(st.just("heard"), st.sampled_from(list(SourceState)), st.booleans()),
    st.tuples(
        st.just("life"), st.sampled_from((EventState.CLOSED, EventState.OPEN, EventState.OPEN, EventState.ARCHIVED))
    ),
    st.tuples(st.sampled_from(("reader comes", "reader comes", "reader goes", "screen again"))),
    st.tuples(
        st.just("finds"),
        st.integers(0, 7),
        st.sampled_from(("nothing", "nothing", "abuse", "it cannot be read")),
        st.sampled_from((0, 0, 1)),
    ),
    st.tuples(st.just("arrange"), st.sampled_from((30, 120)), st.sampled_from(FALLBACKS)),
    st.tuples(st.just("look"), st.integers(0, 150)),
    st.tuples(st.just("programme"), st.sets(st.integers(0, 3)), st.integers(0, 2), st.booleans()),
    st.tuples(
        st.just("prompt"), st.sampled_from(list(PromptKind)), st.sampled_from(("What <b>helped</b>?", "And now?"))
    ),
    st.tuples(st.sampled_from(("put prompt", "put prompt", "no prompt", "reword prompt")), st.integers(0, 3)),
    st.tuples(st.just("file"), st.integers(0, 7), st.integers(0, 3)),
    st.tuples(st.sampled_from(("star", "star", "no star")), st.integers(0, 7)),
    st.tuples(st.just("erase"), st.integers(0, 1), st.integers(0, 2)),
    st.tuples(st.just("complain"), st.integers(0, 7)),
    st.tuples(st.just("withdrawn for"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("trim")),
    st.tuples(st.sampled_from(("read", "read", "reread")), st.sets(st.integers(0, 7), min_size=1)),
)


verdict_or_read = st.one_of(
    st.tuples(st.sampled_from(("approve", "reject", "hold", "stash")), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("read"), st.just(frozenset(range(8)))),
)


in_rooms = st.one_of(
    st.tuples(st.just("asks in"), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("time"), st.integers(0, 200)),
    st.tuples(st.just("begins"), st.integers(0, 5), st.integers(0, 1)),
    st.tuples(st.sampled_from(("ends", "clock")), st.integers(0, 1)),
    st.tuples(st.just("give"), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("merge"), st.integers(0, 7), st.integers(0, 7)),
    st.tuples(
        st.just("moves"), st.integers(0, 5), st.sampled_from(("Lifeboat Hall", "Lighthouse Room", "Boathouse", ""))
    ),
    st.tuples(st.sampled_from(("question", "stage", "stage")), st.integers(0, 7)),
    st.tuples(
        st.just("scene"), st.sampled_from((*Scene, "programme", "programme")), st.integers(0, 7), st.integers(0, 1)
    ),
    st.tuples(st.just("runs"), st.sampled_from((True, True, False)), st.booleans(), st.integers(0, 200)),
    st.tuples(
        st.just("hang"),
        st.sampled_from((None, 0, 1)),
        st.sampled_from(list(ScreenKind)),
        st.sampled_from(("", "", "holding", "feed:one")),
    ),
)
"""What is otherwise where there are several rooms."""
