"""The front page speaks the browser's language, whatever the events on it speak, in every state and refusal."""

from tests.pseudo_language.saying import is_all_translated
from tests.views.home.homes import Home, home

__all__ = ["home"]


def test_the_front_page_in_every_state(home: Home) -> None:
    home.client.headers["accept-language"] = "en-XA, en;q=0.5"
    is_all_translated(home.client.get("/").text)
    is_all_translated(home.opens().text)
    for slug, kind in (("coming", "conference"), ("open", "chat"), ("closed", "meet"), ("archived", "chat")):
        home.makes(slug, name="10", kind=kind, starts_on="2026-06-11", ends_on="2026-06-12", listed="true")
        for verb in ("opening", "closing", "archiving")[: ("coming", "open", "closed", "archived").index(slug)]:
            home.post(f"/events/{slug}/{verb}", farewell="10")
    is_all_translated(home.client.get("/").text)
    is_all_translated(home.client.get("/events/closed/deletion").text)
    is_all_translated(home.post("/home-links", label="10").text)
    stranger = home.stranger()
    stranger.headers["accept-language"] = "en-XA"
    is_all_translated(stranger.get("/").text)


def test_what_the_front_page_refuses(home: Home) -> None:
    home.client.headers["accept-language"] = "en-XA, en;q=0.5"
    is_all_translated(home.post("/events", name="10").text)
    home.opens()
    home.makes("10", name="10")
    for wrong in ({"name": ""}, {"slug": "10", "name": "11"}, {"starts_on": "x"}, {"like": "x"}, {"zone": "x"}):
        is_all_translated(home.makes(**{"slug": "11", "name": "10", **wrong}).text)
    is_all_translated(home.post("/events/10/closing", helpers_until="x").text)
    is_all_translated(home.post("/events/10/archiving").text)
    for typed in ("", "10"):
        answer = home.client.post(
            "/events/10?_method=DELETE", data={"typed": typed}, headers={"Origin": "http://testserver"}
        )
        is_all_translated(answer.text)
        home.client.get("/events/10/export.json")
    is_all_translated(
        home.client.post(
            f"/home-links/{home.link.link.id}?_method=DELETE", headers={"Origin": "http://testserver"}
        ).text
    )
