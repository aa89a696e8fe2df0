"""An incident is one file that says everything, and that it was taken."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

from sqlmodel import select

from app.actions.verdicts import reject
from app.domain.post import Post
from app.queries.incidents import MAX_POSTS_TAKEN as INCIDENT_MOST
from tests.views.desk.at_the_desk import PERSONAL, Desk, by


def test_an_incident_is_one_file_that_says_everything_and_that_it_was_taken(desk: Desk) -> None:
    post_id = desk.says(PERSONAL, "1")
    desk.call("POST", f"/posts/{post_id}/reveal")
    desk.do(reject, post_id, by=by(desk), at=datetime.now(UTC), declined_as="personal")
    answer = desk.post("/e/box10/incidents", posts=f"#{post_id}, 99999")
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    manifest = json.loads(pack.read("manifest.json"))
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest
    (post,) = json.loads(pack.read("incident.json"))["posts"]
    assert post["text"] == PERSONAL
    done = [(one["subject"], one["after"], one["by"]) for one in post["decisions"]]
    assert done == [
        ("post", "held", "screening"),
        ("reveal", "revealed", "Moderator"),
        ("post", "rejected", "Moderator"),
        ("incident", "taken", "Moderator"),
    ]
    page = pack.read("incident.html").decode()
    assert PERSONAL in page
    assert "<script" not in page
    assert json.loads(pack.read("rules.json"))[0]["version"] == 1
    assert desk.post("/e/box10/incidents", posts="none").status_code == 422


def test_an_incident_tells_the_record_of_an_author_and_what_is_not_in_it(desk: Desk) -> None:
    for number in range(INCIDENT_MOST + 3):
        desk.says(f"something worth saying, number {number}", str(number), by="jo_hart")
    named = desk.says("something else entirely", "other", by="ben")
    (jo,) = {row.author_id for row in desk.ask(lambda db: db.exec(select(Post)).all()) if row.id != named}
    answer = desk.post("/e/box10/incidents", posts=f"{named} 99999", author=str(jo))
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(pack.read("incident.json"))
    assert (len(told["posts"]), told["left_out"], told["unknown"]) == (INCIDENT_MOST, 4, [99999])
    # What was named is in it, and of the rest the newest.
    assert told["posts"][-1]["id"] == named
    assert sum(told["posts"][0]["author"]["record"].values()) == INCIDENT_MOST + 3
    page = pack.read("incident.html").decode()
    assert "4 more posts were asked for" in page
    assert f"{datetime.now(UTC):%d %b %Y}" in page


def test_an_incident_shows_no_script_of_an_author(desk: Desk) -> None:
    post_id = desk.says("<script>alert(1)</script> and more words", "1", by="<b>bold</b>")
    pack = zipfile.ZipFile(io.BytesIO(desk.post("/e/box10/incidents", posts=str(post_id)).content))
    assert "<script>" not in pack.read("incident.html").decode()
