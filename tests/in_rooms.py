"""What happens in rooms, in the histories of the laws of the live screens."""

from app.actions.arrivals import receive
from app.actions.change_log import publish
from app.actions.question_places import give_to_room
from app.actions.rooms import keep_rooms
from app.actions.talks_by_hand import end_talk, follow_the_clock, start_talk
from app.domain.room import Room
from app.domain.subject import Subject
from app.domain.talk import Talk
from app.queries.programme import all_talks
from app.queries.rooms import rooms
from tests.conftest import incoming
from tests.turning_back import TurningBack


class InRooms(TurningBack):
    """Rooms and talks are named by number, in their order; what there is not is no matter."""

    def _asks_in(self, number: int, room: int) -> None:
        """A phone asks in a room, for the talk that runs there or between talks."""
        here = self._room(room)
        told = {"asks_talk_id": here.current_talk_id} if here.current_talk_id else {"asks_event": True}
        post = incoming(
            f"What does it cost, {number}?",
            ref=f"in a room {number}",
            source="floor",
            device="d",
            asks_room_id=here.id,
            **told,
        )
        self.posts[number] = self.world.do(receive, self.event_id, post, at=self.at).post_id

    def _begins(self, talk: int, room: int) -> None:
        talk_id = self._talk_at(talk).id
        self.world.do(start_talk, self.event_id, talk_id, room_id=self._room(room).id, by=self.actors[0], at=self.at)

    def _ends(self, room: int) -> None:
        self.world.do(end_talk, self.event_id, room_id=self._room(room).id, by=self.actors[1], at=self.at)

    def _clock(self, room: int) -> None:
        self.world.do(follow_the_clock, self.event_id, room_id=self._room(room).id, by=self.actors[1], at=self.at)

    def _give(self, number: int, room: int) -> None:
        self.world.do(give_to_room, self.questions[number], self._room(room).id, by=self.actors[0], at=self.at)

    def _moves(self, talk: int, room: str) -> None:
        """The programme has a talk in another room."""
        talk_id = self._talk_at(talk).id

        def move(db, *, at):  # type: ignore[no-untyped-def]
            db.get_one(Talk, talk_id).room = room
            keep_rooms(db, self.event_id)
            publish(db, self.event_id, Subject.TALK, talk_id, at=at)

        self.world.do(move, at=self.at)

    def _room(self, number: int) -> Room:
        return dict(enumerate(self._ask(rooms, self.event_id)))[number]

    def _talk_at(self, number: int) -> Talk:
        return dict(enumerate(self._ask(all_talks, self.event_id)))[number]
