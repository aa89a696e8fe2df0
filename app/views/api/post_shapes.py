"""What the JSON API says of posts, and what may be said to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.actions.verdicts import MAX_POSTS_AT_ONCE
from app.domain.post import Post, Standing
from app.domain.rejection_reasons import Declined
from app.domain.screening.reading.shown import ALT, LINK, POLL, QUOTE, QUOTE_HANDLE, QUOTE_NAME, TEXT
from app.domain.stored_json import Text
from app.domain.verdict import Verdict
from app.queries.desk_card import DeskCard
from app.views.api.asked import Asked
from app.views.row_ids import LARGEST_ID
from app.views.translation import explained


class Quoted(BaseModel):
    name: str
    handle: str
    text: str


class PostState(BaseModel):
    """A post as the desk sees it."""

    id: int
    source: str
    author_id: int
    name: str
    handle: str
    now: str = Field(description="What its author goes by now; '' if that is what the post is signed with.")
    now_handle: str = Field(description="And the handle that goes with it.")
    now_mark: str = Field(description="Send it to /name to take what the author goes by now; '' if that is the same.")
    text: str = Field(
        description="With personal data covered, until it is approved; see reveal. So are all other fields."
    )
    quote: Quoted | None
    poll: list[str] = Field(description="The options of a poll that hangs on it.")
    titles: list[str] = Field(description="What the pages are called that it leads to, where that is known.")
    alts: list[str] = Field(description="What its pictures show, as their author describes it.")
    masked: bool
    posted_at: datetime
    received_at: datetime
    version: int = Field(description="Counts changes of what a screen would show; send it back with a verdict.")
    verdict: Verdict
    signals: list[dict[str, object]]
    scores: dict[str, float] = Field(description="How likely it is of each kind, 0 to 1, below thresholds too.")
    screened_with: int = Field(description="The version of the rules that these signals come from.")
    alike: int = Field(description="So many others wait and say the same.")
    like: str = Field(description="Posts with the same word say the same; '' for short ones.")
    agreed_by: str = Field(description="Who was the first of two to agree.")
    shows_at: datetime | None = Field(description="When it shows itself unless it is stopped.")
    declined_as: str
    decided_by: str


RowId = Annotated[int, Field(ge=1, le=LARGEST_ID, examples=[15])]
Whole32 = Annotated[int, Field(ge=0, le=LARGEST_ID)]


class Ruled(Asked):
    """A verdict to give. `seen` and `version` make it count only if the post still is as it was seen.

    An approval without a `version` counts for the post as it came: 428 if it has changed since.
    """

    verdict: Verdict
    seen: Verdict | None = None
    version: Whole32 | None = None
    reason: Text = Field(default="", max_length=400, examples=["Off topic"])
    declined_as: Declined | Literal[""] = Field(default="", description="What its author is told, if it is rejected.")
    alike: bool = Field(default=False, description="Also for what waits and says the same.")


class MadeQuestion(Asked):
    """What a post was when it was seen; without a `version`, it is asked as it came: 428 if it has changed since."""

    seen: Verdict | None = None
    version: Whole32 | None = None


class Chosen(Asked):
    id: RowId
    seen: Verdict = Verdict.HELD
    version: Whole32 = 0


class ManyRuled(Asked):
    """One verdict for many posts."""

    posts: list[Chosen] = Field(max_length=MAX_POSTS_AT_ONCE)
    verdict: Verdict
    declined_as: Declined | Literal[""] = ""


class ManySettled(BaseModel):
    won: list[int]
    lost: list[int] = Field(description="Decided by somebody else before, or edited.")
    agreed: list[int] = Field(description="A second person must agree.")


class Sitting(Asked):
    """Whoever works at a desk of their own says so every ten seconds, with the post they look at."""

    tab: Text = Field(min_length=8, max_length=40, examples=["desk-7f3a91"])
    post_id: RowId | None = None


class Claimed(BaseModel):
    taken_by: str = Field(description="Who looks at that post already; '' if it is yours now.")


class Taken(Asked):
    """The new name that was seen."""

    mark: Text = Field(default="", max_length=16, description="`now_mark` of the post, as it was when you saw it.")


class Stands(Asked):
    standing: Standing


def post_state(card: DeskCard, *, covered: bool = True) -> PostState:
    post, said = card.post, card.shown if covered else card.uncovered
    author = card.author if covered else card.signed
    return PostState(
        id=post.id,
        source=post.source,
        author_id=author.id,
        name=author.name,
        handle=author.handle,
        now=author.now,
        now_handle=author.now_handle,
        now_mark=author.now_mark,
        text=said(TEXT),
        quote=_quoted(post, said),
        poll=[said(POLL, place) for place in range(len(card.several(POLL)))],
        titles=[said(LINK, place) for place in range(len(card.several(LINK)))],
        alts=[said(ALT, place) for place in range(len(post.all_photos))],
        masked=card.masked and covered,
        posted_at=post.posted_at,
        received_at=post.received_at,
        version=post.revision,
        verdict=post.verdict,
        signals=[_said(signal, card, covered=covered) for signal in post.signals],
        scores=post.scores,
        screened_with=post.screened_with,
        alike=card.alike,
        like=post.cluster,
        agreed_by=post.agreed_by,
        shows_at=post.shows_at,
        declined_as=post.declined_as,
        decided_by=post.decided_by,
    )


def _quoted(post: Post, said: Callable[[str], str]) -> Quoted | None:
    if not post.quote or not post.quote.get("available"):
        return None
    return Quoted(name=said(QUOTE_NAME), handle=said(QUOTE_HANDLE), text=said(QUOTE))


def _said(signal: dict[str, Any], card: DeskCard, *, covered: bool) -> dict[str, object]:
    """With its explanation in the event's language, and without what that was made of."""
    made_of = {"message", "many", "facts"}
    why = card.reason(explained(signal)) if covered else explained(signal)
    return {name: value for name, value in signal.items() if name not in made_of} | {"explanation": why}
