"""Each act of an organiser, and the lines that it leaves in the log of decisions."""

from collections.abc import Awaitable
from datetime import timedelta

from app.actions.alarms import change_alarms
from app.actions.arrivals import receive
from app.actions.brand import change_brand
from app.actions.event_days import set_days
from app.actions.event_entry import enter_event
from app.actions.event_states import archive_event, close_event, open_event
from app.actions.events import change_event, create_event, plan_event
from app.actions.home_links import give_home_link, revoke_home_link
from app.actions.house_rules import change_house_rules
from app.actions.links import give_link, revoke_link
from app.actions.mailed_links import Invited, mail_again, mail_links, note_unmailed
from app.actions.network_tokens import copy_tokens, forget_token, keep_token
from app.actions.pasted_programme import add_programme, read_programme
from app.actions.policies import change_policy
from app.actions.programme_import import import_programme
from app.actions.programme_scenes import let_programme_run
from app.actions.programme_watch import stop_watching, watch_programme
from app.actions.retention import change_retention
from app.actions.screening_again import screen_again
from app.actions.screens import hang_screen
from app.actions.sources import change_source, report_state, try_again
from app.actions.sponsors import add_sponsor, remove_sponsor, show_sponsor_strip
from app.actions.talks import add_talk, keep_talk_back, remove_talk, share_talk
from app.actions.webhooks import add_webhook, remove_webhook
from app.domain.access import Role
from app.domain.alarms import Alarms
from app.domain.event import EventKind
from app.domain.mailed_link import Person
from app.domain.policy import Policy
from app.domain.programme_matching import PlannedTalk, Programme
from app.domain.retention import Retention
from app.domain.screen_kind import ScreenKind
from app.domain.source import SourceState
from app.queries.mailed_links import mailed_links
from tests.causes_rules import RULES_ACTS
from tests.causes_series import SERIES_ACTS
from tests.conftest import NOON, incoming
from tests.hall import ADDRESS, TOKEN, Act, Hall

PROGRAMME = "https://programme.example.org/schedule.json"


def described(hall: Hall) -> Awaitable[None]:
    facts = {"hashtags": ["hall"], "zone": "Europe/London", "accent": "teal", "language": "en"}
    return hall.acts(change_event, hall.event.id, name="Another hall", welcome="Welcome", **facts)


def ruled(hall: Hall) -> Awaitable[None]:
    return hall.acts(change_house_rules, hall.event.id, text="# Ours", data_contact="Nia", welfare_contact="")


def dressed(hall: Hall) -> Awaitable[None]:
    return hall.acts(change_brand, hall.event.id, accent="plum", wall="light", ground="", invitation="Join us")


def dated(hall: Hall) -> Awaitable[None]:
    facts = {"kind": EventKind.CHAT, "starts_on": NOON.date(), "ends_on": None, "listed": True}
    return hall.acts(set_days, hall.event.id, **facts)


def planned(hall: Hall) -> Awaitable[None]:
    facts = {"hashtags": [], "zone": "Europe/London", "accent": "teal", "language": "en", "listed": False}
    return hall.acts(
        plan_event, "next", name="Next", kind=EventKind.CHAT, starts_on=None, ends_on=None, like=hall.event.id, **facts
    )


def created(hall: Hall) -> Awaitable[None]:
    return hall.acts(create_event, "now", name="Now", hashtags=[])


def called(hall: Hall) -> Awaitable[None]:
    ways = Alarms(ntfy="https://ntfy.example/topic-of-the-desk", email=("asha@mail.example",))
    return hall.acts(change_alarms, hall.event.id, ways)


async def hooked(hall: Hall) -> None:
    hall.made["hook"] = (await hall.do(add_webhook, ADDRESS)).id


async def linked(hall: Hall) -> None:
    hall.made["link"] = (await hall.do(give_link, Role.MODERATOR, label="Asha")).access.id


async def screened(hall: Hall) -> None:
    hall.made["screen"] = (await hall.do(give_link, Role.SCREEN, label="Foyer")).access.id


def hung(hall: Hall) -> Awaitable[None]:
    facts = {"name": "Foyer, left", "room_id": None, "may_show": ScreenKind.QUESTIONS}
    return hall.acts(hang_screen, hall.event.id, hall.made["screen"], **facts)


def programmed(hall: Hall) -> Awaitable[None]:
    return hall.acts(let_programme_run, hall.event.id, runs=False, quiet_talks=True, question_minutes=5)


async def entered(hall: Hall) -> None:
    first = await hall.doors.do(give_home_link, at=NOON, label="Omar")
    await hall.doors.do(give_home_link, at=NOON, label="Another")
    await hall.doors.do(enter_event, hall.event.id, first.link.id, token="token-of-a-link-9876543210", at=NOON)
    hall.made["home"] = first.link.id


async def kept(hall: Hall) -> None:
    await hall.do(keep_token, "x", **TOKEN)


async def kept_by_another(hall: Hall) -> None:
    await kept(hall)
    hall.made["other"] = (await hall.doors.do(create_event, "other", name="Other", hashtags=[], at=NOON)).id


def invited(hall: Hall) -> list[Invited]:
    person = Person("Jo", "mail-to-jo@mail.example", Role.SPEAKER)
    return [Invited(person, f"token-of-a-link-to-jo-{hall.event.id}", "nonce")]


async def unmailed(hall: Hall) -> None:
    await hall.do(mail_links, invited(hall))
    ((mailed, _),) = await hall.doors.ask(mailed_links, hall.event.id)
    hall.made["mail"] = mailed.id
    await hall.doors.do(note_unmailed, mailed.id, "There is no such box.", for_good=True, at=NOON)


async def sponsored(hall: Hall) -> None:
    hall.made["sponsor"] = (await hall.do(add_sponsor, "Larch & Wren")).id


async def talked(hall: Hall) -> None:
    times = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=1)}
    hall.made["talk"] = (await hall.do(add_talk, title="Closer to home", **times)).id


async def talked_in_confidence(hall: Hall) -> None:
    await talked(hall)
    await hall.do(keep_talk_back, hall.made["talk"])


def watched(hall: Hall) -> Awaitable[None]:
    return hall.acts(watch_programme, hall.event.id, PROGRAMME, applies_itself=False)


async def a_watch(hall: Hall) -> None:
    await hall.do(watch_programme, PROGRAMME, applies_itself=False)


def talks(hall: Hall) -> Awaitable[None]:
    times = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=1)}
    return hall.acts(add_talk, hall.event.id, title="Closer to home", **times)


def pasted(hall: Hall) -> Awaitable[None]:
    lines = read_programme("10:00-10:45 | Tea\n11:00-11:45 | Coffee", day=NOON.date(), zone="UTC")
    return hall.acts(add_programme, hall.event.id, lines)


def imported(hall: Hall) -> Awaitable[None]:
    tea = PlannedTalk("t", "Tea", NOON, NOON + timedelta(hours=1), "Main hall")
    return hall.acts(import_programme, hall.event.id, Programme("ics", "UTC", (tea,)))


async def stopped(hall: Hall) -> None:
    source = await hall.do(change_source, "x", enabled=True, options={})
    await hall.doors.do(report_state, source.id, SourceState.STOPPED, "It is locked out.", at=NOON)


async def waits(hall: Hall) -> None:
    await hall.do(receive, incoming())


async def closed(hall: Hall) -> None:
    await hall.do(close_event)


def closes(hall: Hall) -> Awaitable[None]:
    return hall.acts(close_event, hall.event.id, farewell="Thank you")


ACTS = (
    *SERIES_ACTS,
    *RULES_ACTS,
    Act("create_event", created, [("life", "", "open")]),
    Act("plan_event", planned, [("life", "", "prepared")]),
    Act("change_event", described, [("description", "as_it_was", "changed")]),
    Act("set_days", dated, [("description", "as_it_was", "changed")]),
    Act("change_house_rules", ruled, [("description", "as_it_was", "changed")]),
    Act("change_brand", dressed, [("description", "as_it_was", "changed")]),
    Act("change_retention", lambda hall: hall.acts(change_retention, hall.event.id, Retention(floor=90)),
        [("retention", "as_it_was", "changed")]),
    Act("change_alarms", called, [("calling", "as_it_was", "changed")]),
    Act("change_policy", lambda hall: hall.acts(change_policy, hall.event.id, Policy(mode="pass")),
        [("policy", "1", "2")]),
    Act("add_webhook", lambda hall: hall.acts(add_webhook, hall.event.id, ADDRESS), [("hook", "", "added")]),
    Act("remove_webhook", lambda hall: hall.acts(remove_webhook, hall.event.id, hall.made["hook"]),
        [("hook", "added", "removed")], hooked),
    Act("change_source", lambda hall: hall.acts(change_source, hall.event.id, "x", enabled=False, options={}),
        [("source", "", "off")]),
    Act("try_again", lambda hall: hall.acts(try_again, hall.event.id, "x"),
        [("source", "stopped", "starting")], stopped),
    Act("give_link",
        lambda hall: hall.acts(give_link, hall.event.id, Role.SPEAKER, token="token-of-a-link-0123456789"),
        [("access", "", "added")]),
    Act("revoke_link", lambda hall: hall.acts(revoke_link, hall.made["link"]),
        [("access", "added", "removed")], linked),
    Act("revoke_home_link", lambda hall: hall.acts(revoke_home_link, hall.made["home"]),
        [("access", "added", "removed")], entered),
    Act("hang_screen", hung, [("access", "as_it_was", "changed")], screened),
    Act("let_programme_run", programmed, [("description", "as_it_was", "changed")]),
    Act("keep_token", lambda hall: hall.acts(keep_token, hall.event.id, "x", **TOKEN), [("token", "", "added")]),
    Act("forget_token", lambda hall: hall.acts(forget_token, hall.event.id, "x"),
        [("token", "added", "removed")], kept),
    Act("copy_tokens", lambda hall: hall.acts(copy_tokens, hall.event.id, hall.made["other"]),
        [("token", "", "added")], kept_by_another),
    Act("mail_links", lambda hall: hall.acts(mail_links, hall.event.id, invited(hall)), [("access", "", "added")]),
    Act("mail_again", lambda hall: hall.acts(mail_again, hall.event.id, hall.made["mail"]),
        [("access", "refused", "mailed_again")], unmailed),
    Act("add_sponsor", lambda hall: hall.acts(add_sponsor, hall.event.id, "Larch & Wren"),
        [("sponsor", "", "added")]),
    Act("remove_sponsor", lambda hall: hall.acts(remove_sponsor, hall.event.id, hall.made["sponsor"]),
        [("sponsor", "added", "removed")], sponsored),
    Act("show_sponsor_strip", lambda hall: hall.acts(show_sponsor_strip, hall.event.id, shown=True),
        [("sponsor", "off", "on")]),
    Act("add_talk", talks, [("talk", "", "added")]),
    Act("remove_talk", lambda hall: hall.acts(remove_talk, hall.event.id, hall.made["talk"]),
        [("talk", "added", "removed")], talked),
    Act("keep_talk_back", lambda hall: hall.acts(keep_talk_back, hall.event.id, hall.made["talk"]),
        [("talk", "shared", "not_shared")], talked),
    Act("share_talk", lambda hall: hall.acts(share_talk, hall.event.id, hall.made["talk"]),
        [("talk", "not_shared", "shared")], talked_in_confidence),
    Act("add_programme", pasted, [("programme", "as_it_was", "changed")]),
    Act("import_programme", imported, [("programme", "as_it_was", "changed")]),
    Act("watch_programme", watched, [("programme", "unwatched", "watched")]),
    Act("stop_watching", lambda hall: hall.acts(stop_watching, hall.event.id),
        [("programme", "watched", "unwatched")], a_watch),
    Act("screen_again", lambda hall: hall.acts(screen_again, hall.event.id),
        [("waiting", "held", "screened_again")], waits),
    Act("close_event", closes, [("life", "open", "closed")]),
    Act("open_event", lambda hall: hall.acts(open_event, hall.event.id), [("life", "closed", "open")], closed),
    Act("archive_event", lambda hall: hall.acts(archive_event, hall.event.id), [("life", "closed", "archived")], closed),
)  # fmt: skip
NOTHING_NEW = {"change_policy", "add_talk", "add_sponsor", "screen_again"}
"""Those that do something each time: a new version, a talk of the same name, a look at what waits."""
