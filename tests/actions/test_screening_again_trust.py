"""Whoever was trusted when their post came is trusted when it is screened again."""

from app.actions.arrivals import receive
from app.actions.policies import change_policy
from app.actions.screening_again import screen_again
from app.actions.talks import add_talk
from app.domain.event import Event
from app.domain.policy import Policy
from app.domain.talk import Talk
from app.domain.verdict import Verdict
from app.queries.posts import post_by_id
from app.store.doors import Backchannel
from tests.conftest import NOON, incoming


async def test_a_delegate_whose_phone_is_known_is_let_through_when_the_rules_come_to_trust(
    doors: Backchannel, event: Event
) -> None:
    sent = [
        incoming("A word of thanks to the kitchen", ref="1", by="phone-1", source="floor", vouched=True),
        incoming("A word of thanks to the porters", ref="2", by="phone-2", source="floor"),
    ]
    ids = [(await doors.do(receive, event.id, post, at=NOON)).post_id for post in sent]
    await doors.do(change_policy, event.id, Policy(mode="trusted"), at=NOON)
    done = await doors.do(screen_again, event.id, at=NOON)
    posts = [await doors.ask(post_by_id, post_id) for post_id in ids]
    assert (done.shown, [post.verdict for post in posts if post]) == (1, [Verdict.APPROVED, Verdict.HELD])


async def test_so_is_a_speaker_whose_handle_stands_in_the_programme(
    doors: Backchannel, event: Event, talk: Talk
) -> None:
    speaker = incoming("Looking forward to seeing you all at noon", by="niarees")
    post_id = (await doors.do(receive, event.id, speaker, at=NOON)).post_id
    times = {"starts_at": talk.starts_at, "ends_at": talk.ends_at}
    await doors.do(add_talk, event.id, title="Falls", speakers=["Nia Rees @niarees"], at=NOON, **times)
    await doors.do(change_policy, event.id, Policy(mode="trusted"), at=NOON)
    await doors.do(screen_again, event.id, at=NOON)
    post = await doors.ask(post_by_id, post_id)
    assert post is not None
    assert post.verdict is Verdict.APPROVED
