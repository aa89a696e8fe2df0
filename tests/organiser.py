"""What the organiser does to one event in the histories of the law of the live screens."""

from datetime import timedelta

from app.actions.alarms import change_alarms, watch
from app.actions.brand import change_brand
from app.actions.event_states import archive_event, close_event, open_event
from app.actions.events import change_event
from app.actions.links import give_link, revoke_link
from app.actions.programme_import import import_programme
from app.actions.sources import change_source, report_state, try_again
from app.actions.talks import add_talk, keep_talk_back, remove_talk, share_talk
from app.domain.access import Role
from app.domain.alarms import Alarms
from app.domain.brand_picture import Drawn, PictureUse
from app.domain.event import EventState
from app.domain.programme_matching import PlannedTalk, Programme
from app.domain.source import SourceState
from tests.short_world import START, World


class Organiser:
    """Links, talks and sources are named by number; what there is not is no matter."""

    def __init__(self, world: World, event_id: int) -> None:
        self.world, self.event_id = world, event_id
        self.at = START
        self.links: dict[int, int] = {}
        self.talks: dict[int, int] = {}
        self.sources: list[int] = []

    def _rename(self, name: str, zone: str, language: str, hashtags: tuple[str, ...]) -> None:
        self.world.do(
            change_event,
            self.event_id,
            name=name,
            hashtags=list(hashtags),
            zone=zone,
            accent="teal",
            welcome=f"Welcome to {name}",
            language=language,
            at=self.at,
        )

    def _brand(self, accent: str, wall: str, invitation: str, pictures: str) -> None:
        uses = {"keep": (), "hang": PictureUse, "take away": PictureUse}[pictures]
        drawn = (
            None if pictures == "take away" else Drawn("image/png", self.at.isoformat().encode(), 40, 20, 900, 1_000)
        )
        self.world.do(
            change_brand,
            self.event_id,
            accent=accent,
            wall=wall,
            ground="",
            invitation=invitation,
            pictures=dict.fromkeys(uses, drawn),
            at=self.at,
        )

    def _life(self, state: EventState) -> None:
        if state is EventState.OPEN:
            self.world.do(open_event, self.event_id, at=self.at)
            return
        self.world.do(close_event, self.event_id, farewell="Thank you & goodbye", at=self.at)
        if state is EventState.ARCHIVED:
            self.world.do(archive_event, self.event_id, at=self.at)

    def _link(self, number: int, role: Role) -> None:
        link = self.world.do(give_link, self.event_id, role, at=self.at, label=f"<{role}> {number}")
        self.links[number] = link.access.id

    def _revoke(self, number: int, _role: Role) -> None:
        self.world.do(revoke_link, self.links[number], at=self.at)

    def _talk(self, number: int) -> None:
        begins = START + timedelta(minutes=30 * number)
        ends = begins + timedelta(minutes=40)
        talk = self.world.do(
            add_talk, self.event_id, title=f"Talk & {number}", starts_at=begins, ends_at=ends, at=self.at
        )
        self.talks[number] = talk.id

    def _no_talk(self, number: int) -> None:
        self.world.do(remove_talk, self.event_id, self.talks[number], at=self.at)

    def _keep_back(self, number: int) -> None:
        self.world.do(keep_talk_back, self.event_id, self.talks[number], at=self.at)

    def _share(self, number: int) -> None:
        self.world.do(share_talk, self.event_id, self.talks[number], at=self.at)

    def _source(self, enabled: bool, option: bool) -> None:
        options = {"include_reposts": option}
        source = self.world.do(change_source, self.event_id, "x", enabled=enabled, options=options, at=self.at)
        self.sources = [source.id]

    def _arrange(self, seconds: int, fallback: str) -> None:
        alarms = Alarms(wait_seconds=seconds, nobody_seconds=seconds, fallback=fallback)
        self.world.do(change_alarms, self.event_id, alarms, at=self.at)

    def _look(self, seconds: int) -> None:
        """The watch looks whether somebody is there."""
        self.at += timedelta(seconds=seconds)
        self.world.do(watch, self.event_id, at=self.at)

    def _programme(self, keys: set[int], moved: int, remove_used: bool) -> None:
        """A programme comes as a file, again and again: with some talks, moved by some hours."""
        begins = START + timedelta(hours=moved)
        planned = tuple(
            PlannedTalk(f"k{key}", f"Planned & {key}", begins, begins + timedelta(minutes=50), f"Room {moved}")
            for key in sorted(keys)
        )
        programme = Programme("ics", "UTC", planned)
        self.world.do(import_programme, self.event_id, programme, remove_used=remove_used, at=self.at)

    def _heard(self, state: SourceState, again: bool) -> None:
        for source_id in self.sources:
            self.world.do(report_state, source_id, state, f"It is {state}.", at=self.at)
        if again:
            self.world.do(try_again, self.event_id, "x", at=self.at)
