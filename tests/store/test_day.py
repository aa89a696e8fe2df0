"""A whole day of a team means the same on both stores."""

from datetime import timedelta

from sqlmodel import Session

from app.actions.alarms import watch
from app.actions.delays import keep_desk
from app.actions.links import give_link
from app.actions.policies import change_policy
from app.actions.red_buttons import clear_wall, set_intake
from app.actions.reveals import reveal
from app.actions.screening_again import screen_again
from app.actions.seats_and_claims import take_seat
from app.actions.undo import undo_last
from app.actions.verdicts import approve, reject
from app.actions.webhooks import add_webhook, batch_delivered, take_batch
from app.domain.access import Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.policy import Intake, Policy
from app.domain.post import Post
from app.domain.verdict import Verdict
from app.queries.alarms import events_to_watch
from app.queries.decisions import Sought, entries
from app.queries.desk import Search, desk_cards, found_ids, queue_ids
from app.queries.figures import figures
from app.queries.incidents import incident
from app.queries.rules_tried import tried
from app.queries.seats import desks_to_keep
from app.queries.webhooks import webhooks_due
from app.store.doors import Backchannel
from tests.conftest import NOON
from tests.store.stores import arrives, doors, event, store

__all__ = ["doors", "event", "store"]


async def test_a_team_works_through_a_day(doors: Backchannel, event: Event) -> None:
    """Everything that a desk does besides, once, on either store."""
    made = [await doors.do(give_link, event.id, Role.MODERATOR, at=NOON, label=name) for name in ("Asha", "Ben")]
    asha, ben = (Actor(link.access.label, link.access.id) for link in made)
    webhook = await doors.do(add_webhook, event.id, "https://example.org/told", at=NOON)
    await doors.do(change_policy, event.id, Policy(mode="delay", good_record=1, delay_seconds=10), by=asha, at=NOON)
    wave = [
        await arrives(doors, event, 0, ref=f"w{n}", text="Buy cheap followers here today, best prices")
        for n in range(3)
    ]
    personal = await arrives(doors, event, 0, ref="p", text="My patient Edith Quillfeather, NHS number 943 476 5919")
    known = await arrives(doors, event, 1, by="jo")
    await doors.do(approve, known, by=asha, at=NOON)
    delayed = await arrives(doors, event, 2, by="jo")

    def queue(db: Session) -> list[int]:
        return queue_ids(db, db.get_one(Event, event.id), 50)

    assert await doors.ask(queue) == [personal, delayed, wave[0]]
    assert (await doors.ask(desk_cards, wave[:1]))[wave[0]].alike == 2
    settled = await doors.do(reject, wave[0], by=asha, at=NOON, declined_as="spam", with_alike=True)
    assert settled.along == 2
    for by in (asha, asha, ben):
        await doors.do(approve, personal, by=by, at=NOON)
    await doors.do(reveal, personal, by=asha, at=NOON)
    assert (await doors.do(take_seat, event.id, "tab of Asha", delayed, by=asha, at=NOON)).taken_by == ""
    assert (await doors.do(take_seat, event.id, "tab of Ben", delayed, by=ben, at=NOON)).taken_by == "Asha"
    assert await doors.ask(desks_to_keep, NOON) == [event.id]
    for second in (0, 10):
        await doors.do(keep_desk, event.id, at=NOON + timedelta(seconds=second))
    await doors.do(clear_wall, event.id, by=asha, at=NOON)
    await doors.do(set_intake, event.id, Intake.HOLD_ALL, by=asha, at=NOON)

    def verdicts(db: Session) -> list[str]:
        return [db.get_one(Post, post_id).verdict.value for post_id in (*wave, personal, delayed)]

    assert await doors.ask(verdicts) == ["rejected"] * 3 + ["approved"] * 2
    waits = await arrives(doors, event, 3)
    wanted = Search(words="number 3 100%_")
    assert await doors.ask(lambda db: found_ids(db, db.get_one(Event, event.id), Verdict.HELD, wanted, 9)) == []
    wanted = Search(words="NUMBER 3", source="x")
    assert await doors.ask(lambda db: found_ids(db, db.get_one(Event, event.id), Verdict.HELD, wanted, 9)) == [waits]
    raised = await doors.do(watch, event.id, at=NOON + timedelta(minutes=30))
    assert raised is not None
    assert await doors.ask(events_to_watch, NOON) == [event.id]
    batch = await doors.do(take_batch, webhook.id, at=NOON)
    assert batch is not None
    await doors.do(batch_delivered, webhook.id, batch.cursor)
    assert await doors.ask(webhooks_due, NOON) == []
    found = await doors.ask(figures, event.id, NOON)
    assert (found.waiting, found.reveals, found.taken_down) == (1, 1, 0)
    assert (await doors.ask(tried, event.id, Policy(blocked_words=("number",)))).held > 0
    await doors.do(change_policy, event.id, Policy(blocked_words=("number",)), by=asha, at=NOON)
    assert (await doors.do(screen_again, event.id, at=NOON)).held == 1
    pack = await doors.ask(incident, event.id, [personal], 0, taken_by="Asha", at=NOON)
    assert [one.subject for one in pack.decisions] == ["post", "agreement", "post", "reveal"]
    trail = await doors.ask(entries, event.id, Sought(by="asha", machine=False))
    assert {entry.decision.by for entry in trail} == {"Asha"}
    for _ in range(3):
        await doors.do(undo_last, event.id, by=ben, at=NOON, whosoever=True)
    event_now = await doors.ask(lambda db: db.get_one(Event, event.id))
    assert (event_now.intake, event_now.cleared_at) == (Intake.OPEN, 0)
