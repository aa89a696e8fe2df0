"""The register in setup: what was asked, its post, one click that withdraws it, undo, refusal; the desk is told."""

from app.actions.arrivals import receive
from app.actions.verdicts import approve
from app.domain.access import Role
from app.queries.posts import post_by_id
from tests.conftest import ASHA, NOON, incoming
from tests.views.site import Site

REGISTER = "/setup/takedowns"


def test_a_request_is_told_at_the_desk_and_settled_in_setup(site: Site) -> None:
    post_id = site.do(receive, site.event.id, incoming("Larch bridges"), at=NOON).post_id
    site.do(approve, post_id, by=ASHA, at=NOON)
    sent = site.post(
        "/takedown",
        link=f"http://testserver/e/box10#post-{post_id}",
        why="It <b>names</b> me",
        contact="me@mail.example",
    )
    assert "Sent. The organisers have it." in sent.text
    assert "Somebody wants something taken away" in site.enter(Role.MODERATOR, "desk").text
    site.enter(Role.OWNER, "setup")
    page = site.client.get(f"/e/box10{REGISTER}").text
    assert "It &lt;b&gt;names&lt;/b&gt; me" in page
    assert "Larch bridges" in page
    assert "me@mail.example" in page
    site.post(f"{REGISTER}/1/acknowledgement")
    settled = site.post(f"{REGISTER}/1/withdrawal").text
    assert "Undo" in settled
    assert site.ask(post_by_id, post_id).verdict == "rejected"
    assert "something taken away" not in site.client.get("/e/box10/desk").text
    site.post(f"{REGISTER}/1/withdrawal?_method=DELETE")
    assert site.ask(post_by_id, post_id).verdict == "approved"
    empty = site.post(f"{REGISTER}/1/refusal", why=" ")
    assert (empty.status_code, "Say why" in empty.text) == (422, True)
    assert "It was said in public" in site.post(f"{REGISTER}/1/refusal", why="It was said in public").text
    assert site.post(f"{REGISTER}/2/withdrawal").status_code == 404
