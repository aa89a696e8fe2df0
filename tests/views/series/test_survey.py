"""The page of a survey: asked, answered and suggested by plain forms; hosts judge, and make the winner the rule."""

from datetime import UTC, datetime

from lxml import html

from app.actions.links import give_link
from app.domain.access import Role
from app.queries.series import series_by_slug
from tests.views.conftest import site
from tests.views.site import OURS, Site
from tests.weekly import FOUNDED, weekly

__all__ = ["site"]


def test_from_the_question_to_the_rule_by_plain_forms(site: Site) -> None:
    now = datetime.now(UTC)
    series = site.do(weekly, at=now)
    link = site.do(give_link, series.pattern_id, Role.OWNER, at=now)

    def page() -> html.HtmlElement:
        return html.document_fromstring(site.client.get("/s/tea/survey").text)

    def post(path: str, status: int = 200, **data: object) -> str:
        answer = site.client.post(f"/s/tea/{path}", data=data, headers=OURS)
        assert answer.status_code == status
        return answer.text

    def as_host() -> None:
        site.client.get(f"/e/tea-pattern/setup?key={link.token}")

    assert "No survey is open." in page().text_content()
    as_host()
    assert "Type hours and minutes" in post("survey", 422, days=["2"], times="noon", every=["week"])
    post("survey", days=["2", "4"], times="12:00 20:00", every=["week", "month"], public="true")
    for words in ("Not in August", "", "<b>Please</b>"):
        site.client.cookies.clear()
        page()
        post("survey/answer", days=["4"], times=["20:00"], every=["month"], words=words)
        post("survey/answer", 422, words="")
        post("themes", theme=f"Tea {words}")
    assert "3 answers" in page().text_content()
    assert page().xpath("//form[contains(@action, 'rule')] | //form[contains(@action, 'verdict')]") == []
    assert "Not in August" not in page().text_content()
    as_host()
    (theme, *_) = page().xpath("//form[contains(@action, 'themes') and contains(@action, 'verdict')]/@action")
    assert "changed meanwhile" in post(theme.removeprefix("/s/tea/"), 409, verdict="approved")  # who has seen nothing
    for form in page().xpath("//form[contains(@action, 'verdict')][input[@value='approved']]"):
        post(form.get("action").removeprefix("/s/tea/"), **dict(form.form_values()))
    assert "<b>Please</b>" in page().text_content()
    (plan, *_) = page().xpath("//form[contains(@action, '/plan')]/@action")
    post(plan.removeprefix("/s/tea/"))
    (rule,) = page().xpath("//form[contains(@action, 'survey/rule')]")
    post("survey/rule", **{one.get("name"): one.get("value") for one in rule.xpath("./input")})
    changed = site.ask(series_by_slug, "tea")
    assert (changed.first_on.weekday(), f"{changed.begins:%H:%M}", changed.every) == (4, "20:00", "month")
    site.client.cookies.clear()
    (vote, *_) = page().xpath("//form[contains(@action, '/vote')]/@action")
    post(vote.removeprefix("/s/tea/"))
    assert "Take vote back" in page().text_content()
    assert page().xpath("//body//script") == []


def test_without_our_cookie_nothing_counts_and_what_is_of_another_series_is_not_found(site: Site) -> None:
    site.do(weekly, at=FOUNDED)
    site.client.cookies.clear()
    assert site.client.post("/s/tea/themes", data={"theme": "Tea"}, headers=OURS).status_code == 403
    site.client.get("/s/tea/survey")
    assert site.client.post("/s/tea/survey/answer", data={"days": "1"}, headers=OURS).status_code == 404
    assert site.client.post("/s/tea/themes/7/vote", headers=OURS).status_code == 404
