"""That a page, or what is said of an act, is translated to the last word."""

from tests.pseudo_language.unmarked import unmarked
from tests.views.desk.at_the_desk import Desk


def is_all_translated(page: str) -> None:
    assert "⟦" in page
    found = unmarked(page)
    assert found == [], found


def is_said(desk: Desk, method: str, path: str, **data: object) -> None:
    """As a toast, as JSON, and as a refusal's page, whatever comes of it."""
    headers = {"origin": "http://testserver", "accept": "application/json"}
    answer = desk.client.request(method, path, data=data, headers=headers, follow_redirects=False)
    told = answer.json()
    assert unmarked(f"<p>{told.get('said') or told['detail']}</p>") == [], told
    toast = desk.client.request(method, path, data=data, headers={"origin": "http://testserver", "hx-request": "true"})
    is_all_translated(toast.text)
