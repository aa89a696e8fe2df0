"""What the walls are told to show, in the histories of the laws of the live screens."""

from datetime import timedelta

from app.actions.scenes import announce, end_announcement, end_what_is_over, show_scene
from app.domain.scene import CountsTo, Layout, Scene, Showing
from app.queries.programme import all_talks
from tests.turning_back import TurningBack


class Scenes(TurningBack):
    """Posts are named by number, talks too."""

    def _scene(self, scene: str, number: int) -> None:
        by, showing = self.actors[number % 2], None
        if scene != "programme":
            showing = self._showing(Scene(scene), number)
        self.world.do(show_scene, self.event_id, showing, by=by, at=self.at)

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
