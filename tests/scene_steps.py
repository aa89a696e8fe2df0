"""What the walls are told to show, in the histories of the laws of the live screens."""

from datetime import timedelta

from app.actions.links import give_link
from app.actions.programme_scenes import let_programme_run, run_walls
from app.actions.scenes import announce, end_announcement, end_what_is_over, show_scene
from app.actions.screens import hang_screen
from app.domain.access import Role
from app.domain.scene import CountsTo, Layout, Scene, Showing, read_showing
from app.domain.screen_kind import ScreenKind
from app.queries.programme import all_talks
from tests.in_rooms import InRooms
from tests.short_world import START, World


class Scenes(InRooms):
    """Posts are named by number, talks and rooms too."""

    def __init__(self, world: World, event_id: int) -> None:
        super().__init__(world, event_id)
        self.screen: int = world.do(give_link, event_id, Role.SCREEN, at=START, label="Foyer").access.id

    def _scene(self, scene: str, number: int, room: int | None = None) -> None:
        by, showing = self.actors[number % 2], None
        if scene != "programme":
            showing = self._showing(Scene(scene), number)
        room_id = None if room is None else self._room(room).id
        self.world.do(show_scene, self.event_id, showing, by=by, at=self.at, room_id=room_id)

    def _runs(self, runs: bool, quiet: bool, minutes: int) -> None:
        """The programme is told to run the walls, or not to, at some minute of its day."""
        self.world.do(let_programme_run, self.event_id, runs=runs, quiet_talks=quiet, question_minutes=10, at=self.at)
        self.world.do(run_walls, self.event_id, at=START + timedelta(minutes=minutes))

    def _hang(self, room: int | None, may_show: ScreenKind, own: str) -> None:
        where = {"room_id": None if room is None else self._room(room).id, "may_show": may_show}
        own_scene = read_showing(own)
        self.world.do(hang_screen, self.event_id, self.screen, name="", showing=own_scene, at=self.at, **where)

    def _showing(self, scene: Scene, number: int) -> Showing:
        match scene:
            case Scene.FEED:
                return Showing(scene, layout=list(Layout)[number % 2])
            case Scene.SPOTLIGHT:
                return Showing(scene, post_id=self.posts[number])
            case Scene.COUNTDOWN if number % 2:
                talks = self._ask(all_talks, self.event_id)
                to = (CountsTo.TALK_START, CountsTo.TALK_END)[number % 4 // 2]
                return Showing(scene, counts_to=to, talk_id=talks[number % len(talks)].id)
            case Scene.COUNTDOWN:
                return Showing(scene, until=self.at + timedelta(minutes=number + 1))
            case _:
                return Showing(scene)

    def _announce(self, text: str, whole: bool) -> None:
        until = self.at + timedelta(minutes=5)
        self.world.do(announce, self.event_id, text, until=until, by=self.actors[0], at=self.at, whole=whole)

    def _end_announcement(self) -> None:
        self.world.do(end_announcement, self.event_id, by=self.actors[1], at=self.at)

    def _over(self, minutes: int) -> None:
        self.world.do(end_what_is_over, self.event_id, at=self.at + timedelta(minutes=minutes))
