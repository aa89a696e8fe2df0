"""Who may do what: every route, every role, each cell stated.

A cell is what that person is answered: a status, 101 for a socket that opens, 4401 for one that is told that it needs a
link. `303=` is an answer that changes nothing, because there is nothing to change or because it only tries. Those of
another event ask for things of the first one by its address; with a key, a program asks in its own event. `home` holds
a home link and has entered no event.
"""

from dataclasses import dataclass

from tests.roles_table_of_programs import PROGRAMS
from tests.roles_table_series import TABLE_OF_SERIES
from tests.roles_table_setup import TABLE_OF_SETUP

COLUMNS = 14

TABLE = """
                                             any  any  of this event             of another event          re-  home
                                             body phon dele scre spea mode owne  dele scre spea mode owne  voked
GET    /openapi.json                         200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /docs                                 200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /up                                   200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /ready                                200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /metrics                              401  401   401  401  401  401  401   401  401  401  401  401   401 401
GET    /pictures/{face}                      200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /pictures/none                        404  404   404  404  404  404  404   404  404  404  404  404   404 404
GET    /e/box10/brand-0.css                  200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /e/box10/brand/{brand}                200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /                                     200  200   200  200  200  200  200   200  200  200  200  200   200 200
POST   /events                               403  403   403  403  403  403  403   403  403  403  403  403   403 303
POST   /home-links                           403  403   403  403  403  403  403   403  403  403  403  403   403 200
DELETE /home-links/{home_link}               403  403   403  403  403  403  403   403  403  403  403  403   403 303
POST   /events/box10/entry                   403  403   403  403  403  403  403   403  403  403  403  403   403 303
POST   /events/box10/opening                 403  403   403  403  403  403  403   403  403  403  403  403   403 303=
POST   /events/box10/closing                 403  403   403  403  403  403  403   403  403  403  403  403   403 303
POST   /events/box10/archiving               403  403   403  403  403  403  403   403  403  403  403  403   403 409
GET    /events/box10/deletion                403  403   403  403  403  403  403   403  403  403  403  403   403 200
GET    /events/box10/export.json             403  403   403  403  403  403  403   403  403  403  403  403   403 200
DELETE /events/box10                         403  403   403  403  403  403  403   403  403  403  403  403   403 409
GET    /e/box10                              200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /e/box10/rules                        200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /e/box10/takedown                     200  200   200  200  200  200  200   200  200  200  200  200   200 200
POST   /e/box10/takedown                     303  303   303  303  303  303  303   303  303  303  303  303   303 303
DELETE /e/box10/mine                         404  409   409  409  409  409  409   409  409  409  409  409   409 409
DELETE /e/box10/mine?sure=true               404  303   303  303  303  303  303   303  303  303  303  303   303 303
GET    /e/box10/event.ics                    200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /e/box10/sheets                       403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/now                          200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /e/box10/mine                         200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /e/box10/r/main-hall                  303  303   303  303  303  303  303   303  303  303  303  303   303 303
POST   /e/box10/room                         303= 303=  303= 303= 303= 303= 303=  303= 303= 303= 303= 303=  303= 303=
POST   /e/box10/posts                        403  303   303  303  303  303  303   303  303  303  303  303   303 303
POST   /e/box10/posts/{mine}/words           404  303   404  404  404  404  404   404  404  404  404  404   404 404
POST   /e/box10/posts/{their_mine}/words     404  404   404  404  404  404  404   404  404  404  404  404   404 404
POST   /e/box10/posts/{held}/words           404  404   404  404  404  404  404   404  404  404  404  404   404 404
DELETE /e/box10/posts/{mine}                 404  303   404  404  404  404  404   404  404  404  404  404   404 404
DELETE /e/box10/posts/{held}                 404  404   404  404  404  404  404   404  404  404  404  404   404 404
DELETE /e/box10/posts/{their_mine}           404  404   404  404  404  404  404   404  404  404  404  404   404 404
POST   /questions/{open}/vote                403  303   303  303  303  303  303   303  303  303  303  303   303 303
DELETE /questions/{staged}/vote              403  303   303  303  303  303  303   303  303  303  303  303   303 303
GET    /e/box10/wall                         403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/overlay                      403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/overlay/question             403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/r/main-hall/wall             403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/r/main-hall/overlay          403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/r/main-hall/overlay/join     403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/stage                        403  403   403  403  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/kept-pages.js                200  200   200  200  200  200  200   200  200  200  200  200   200  200
GET    /e/box10/r/main-hall/stage            403  403   403  403  200  200  200   403  403  403  403  403   403 403
POST   /e/box10/talks/{talk}/start           403  403   403  403  303= 303= 303=  403  403  403  403  403   403 403
POST   /e/box10/talks/{their_talk}/start     403  403   403  403  409  409  409   403  403  403  403  403   403 403
POST   /e/box10/talk/end                     403  403   403  403  303  303  303   403  403  403  403  403   403 403
POST   /e/box10/talk/clock                   403  403   403  403  303= 303= 303=  403  403  403  403  403   403 403
POST   /e/box10/stage/undo                   403  403   403  403  303= 303= 303   403  403  403  403  403   403 403
POST   /questions/{open}/omission            403  403   403  403  303  303  303   403  403  403  403  403   403 403
DELETE /questions/{open}/omission            403  403   403  403  303= 303= 303=  403  403  403  403  403   403 403
POST   /questions/{open}/stage               403  403   403  403  303  303  303   403  403  403  403  403   403 403
POST   /questions/{open}/answer              403  403   403  403  303  303  303   403  403  403  403  403   403 403
POST   /questions/{open}/dismissal           403  403   403  403  303  303  303   403  403  403  403  403   403 403
POST   /questions/{staged}/opening           403  403   403  403  303  303  303   403  403  403  403  403   403 403
DELETE /questions/{staged}/stage             403  403   403  403  303  303  303   403  403  403  403  403   403 403
GET    /questions/{open}/merge               403  403   403  403  200  200  200   403  403  403  403  403   403 403
POST   /questions/{open}/merge               403  403   403  403  303  303  303   403  403  403  403  403   403 403
DELETE /questions/{open}/merge               403  403   403  403  303= 303= 303=  403  403  403  403  403   403 403
POST   /questions/{open}/reply              403  403   403  403  303  303  303   403  403  403  403  403   403 403
DELETE /questions/{open}/reply              403  403   403  403  409  409  409   403  403  403  403  403   403 403
GET    /e/box10/packs                        403  403   403  403  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/talks/{talk}/pack            403  403   403  403  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/talks/{talk}/pack.csv        403  403   403  403  200  200  200   403  403  403  403  403   403 403
GET    /e/box10/talks/{their_talk}/pack      403  403   403  403  404  404  404   403  403  403  403  403   403 403
POST   /questions/{open}/star                403  403   403  403  303  303  303   403  403  403  403  403   403 403
DELETE /questions/{open}/star                403  403   403  403  303= 303= 303=  403  403  403  403  403   403 403
POST   /questions/{open}/note                403  403   403  403  303  303  303   403  403  403  403  403   403 403
POST   /questions/{open}/hold                403  403   403  403  303  303  303   403  403  403  403  403   403 403
POST   /posts/{mine}/suggestion              403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{held}/suggestion              403  403   403  403  403  409  409   403  403  403  403  403   403 403
DELETE /posts/{mine}/suggestion              403  403   403  403  403  409  409   403  403  403  403  403   403 403
DELETE /e/box10/posts/{mine}/suggestion      303= 303=  303= 303= 303= 303= 303=  303= 303= 303= 303= 303=  303= 303=
POST   /e/box10/backstage                    403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/backstage/1/seen             403  403   403  403  303= 303= 303=  403  403  403  403  403   403 403
POST   /questions/{open}/room                403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /questions/{open}/room                403  403   403  403  403  409  409   403  403  403  403  403   403 403
GET    /e/box10/desk                         403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/desk?q=worth                 403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/r/main-hall/desk             403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/remote                       403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/r/main-hall/remote           403  403   403  403  403  200  200   403  403  403  403  403   403 403
POST   /e/box10/remote/scene                 403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/remote/announcement          403  403   403  403  403  303  303   403  403  403  403  403   403 403
GET    /e/box10/presence                     403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/figures                      403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/log                          403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /e/box10/log.csv                      403  403   403  403  403  200  200   403  403  403  403  403   403 403
POST   /e/box10/microphone                   403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/screen/paused                403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /e/box10/screen/live                  403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/intake/hold_all              403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /e/box10/intake/open                  403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/clearing                     403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /e/box10/clearing                     403  403   403  403  403  409  409   403  403  403  403  403   403 403
POST   /e/box10/scene/join                   403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /e/box10/scene/join                   403  403   403  403  403  409  409   403  403  403  403  403   403 403
POST   /posts/{approved}/spotlight           403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /posts/{approved}/spotlight           403  403   403  403  403  409  409   403  403  403  403  403   403 403
POST   /e/box10/announcement                 403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /e/box10/announcement                 403  403   403  403  403  409  409   403  403  403  403  403   403 403
POST   /e/box10/announcement/end             403  403   403  403  403  303= 303=  403  403  403  403  403   403 403
POST   /e/box10/seat                         403  403   403  403  403  200  200   403  403  403  403  403   403 403
POST   /e/box10/seat?gone                    403  403   403  403  403  204= 204   403  403  403  403  403   403 403
POST   /e/box10/undo                         403  403   403  403  403  303= 303   403  403  403  403  403   403 403
POST   /e/box10/undo?whose=anyone            403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{held}/approval                403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{held}/rejection               403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{held}/stash                   403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{approved}/hold                403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{held}/question                403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /posts/{held}/reveal                  403  403   403  403  403  200  200   403  403  403  403  403   403 403
POST   /posts/{held}/name                    403  403   403  403  403  409  409   403  403  403  403  403   403 403
DELETE /posts/{held}/name                    403  403   403  403  403  409  409   403  403  403  403  403   403 403
POST   /posts/{delayed}/stop                 403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /posts/{approved}/approval            403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /posts/{rejected}/rejection           403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /posts/{stashed}/stash                403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /posts/{open_post}/question           403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/verdicts/approval            403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /e/box10/verdicts/rejection           403  403   403  403  403  303= 303=  403  403  403  403  403   403 403
POST   /authors/{author}/block               403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /authors/{author}/trust               403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /authors/{blocked}/block              403  403   403  403  403  303  303   403  403  403  403  403   403 403
DELETE /authors/{trusted}/trust              403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /decisions/{approval}/undoing         403  403   403  403  403  303  303   403  403  403  403  403   403 403
POST   /decisions/{rules}/undoing            403  403   403  403  403  403  303   403  403  403  403  403   403 403
POST   /e/box10/incidents                    403  403   403  403  403  200  200   403  403  403  403  403   403 403
POST   /e/box10/incidents?of=elsewhere       403  403   403  403  403  422  422   403  403  403  403  403   403 403
GET    /e/box10/sponsors/{sponsor}           200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /live/box10/floor                     200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /live/box10/now                       200  200   200  200  200  200  200   200  200  200  200  200   200 200
GET    /live/box10/wall                      403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /live/box10/overlay                   403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /live/box10/stage                     403  403   403  403  200  200  200   403  403  403  403  403   403 403
GET    /live/box10/desk                      403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /live/box10/remote                    403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /live/box10/setup                     403  403   403  403  403  403  200   403  403  403  403  403   403 403
SOCKET /live/box10/floor                     101  101   101  101  101  101  101   101  101  101  101  101   101 101
SOCKET /live/box10/now                       101  101   101  101  101  101  101   101  101  101  101  101   101 101
SOCKET /live/box10/wall                      4401 4401  4401 101  101  101  101   4401 4401 4401 4401 4401  4401 4401
SOCKET /live/box10/overlay                   4401 4401  4401 101  101  101  101   4401 4401 4401 4401 4401  4401 4401
SOCKET /live/box10/stage                     4401 4401  4401 4401 101  101  101   4401 4401 4401 4401 4401  4401 4401
SOCKET /live/box10/desk                      4401 4401  4401 4401 4401 101  101   4401 4401 4401 4401 4401  4401 4401
SOCKET /live/box10/remote                    4401 4401  4401 4401 4401 101  101   4401 4401 4401 4401 4401  4401 4401
SOCKET /live/box10/setup                     4401 4401  4401 4401 4401 4401 101   4401 4401 4401 4401 4401  4401 4401
SOCKET /live/box10/stage@{room}              4401 4401  4401 4401 101  101  101   4401 4401 4401 4401 4401  4401 4401
GET    /live/box10/wall@{room}               403  403   403  200  200  200  200   403  403  403  403  403   403 403
GET    /live/box10/wall@{their_room}         404  404   404  404  404  404  404   404  404  404  404  404   404 404
GET    /live/box10/wall~{link}               403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /live/box10/overlay~{link}            403  403   403  403  403  200  200   403  403  403  403  403   403 403
GET    /live/box10/stage~{link}              404  404   404  404  404  404  404   404  404  404  404  404   404 404
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One request, and what each of the people is answered, in the order of `World.people`."""

    method: str
    path: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def read_rows() -> list[Row]:
    found = []
    for line in (TABLE + PROGRAMS + TABLE_OF_SETUP + TABLE_OF_SERIES).splitlines():
        words = line.split()
        if words and words[0].isupper():
            found.append(Row(words[0], words[1], tuple(words[2:])))
    return found


ROWS = read_rows()
