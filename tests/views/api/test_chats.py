"""Programs read a chat as people do: series, prompts, what was said under each; no words that may not be passed on."""

from datetime import UTC, datetime
from typing import Any

from app.actions.arrivals import receive
from app.actions.event_states import close_event
from app.actions.prompts import release_prompt, write_prompt
from app.actions.verdicts import approve
from app.domain.access import Role
from app.domain.prompt import PromptKind
from tests.conftest import ASHA, NOON, incoming
from tests.roles_series import is_pattern_of
from tests.views.conftest import site
from tests.views.site import Site
from tests.weekly import FOUNDED, weekly

__all__ = ["site"]


def test_a_program_reads_the_series_the_prompts_and_the_transcript(site: Site) -> None:
    def ask(path: str, role: Role = Role.OWNER) -> Any:
        key = {"Authorization": f"Bearer {site.links[role].token}"}
        return site.client.get(f"/api/v1/{path}", headers=key)

    assert ask("series").status_code == 404
    series = site.do(weekly, at=datetime.now(UTC))
    site.do(is_pattern_of, series.id, site.event.id, at=FOUNDED)
    told = ask("series", Role.SCREEN).json()
    assert (told["slug"], told["begins"], told["every"], told["zone"]) == ("tea", "20:00", "week", "Europe/London")
    assert [one["called_off"] for one in told["coming"]] == [False] * 4
    for number, text in enumerate(("What helped?", "And now?")):
        facts = {"kind": PromptKind.QUESTION, "text": text, "minute": 10 * number}
        prompt = site.do(write_prompt, site.event.id, **facts, by=ASHA, at=NOON)
        site.do(release_prompt, prompt.id, by=ASHA, at=NOON)
        for source in ("x", "floor"):
            post = incoming(f"A{number + 1} {source}", ref=f"{source}{number}", by=f"{source}_author", source=source)
            site.do(approve, site.do(receive, site.event.id, post, at=NOON).post_id, by=ASHA, at=NOON)
    assert [(one["label"], one["text"]) for one in ask("prompts").json()] == [
        ("Q1", "What helped?"),
        ("Q2", "And now?"),
    ]
    whole = ask("transcript").json()
    assert [(one["prompt"]["label"], [said["text"] for said in one["said"]]) for one in whole["chapters"]] == [
        ("Q1", ["A1 x", "A1 floor"]), ("Q2", ["A2 x", "A2 floor"]),
    ]  # fmt: skip
    assert {said["filed_by"] for one in whole["chapters"] for said in one["said"]} == {"spelled"}
    one = ask(f"transcript?prompt={prompt.id}").json()["chapters"]
    assert [chapter["prompt"]["label"] for chapter in one] == ["Q2"]
    site.do(close_event, site.event.id, at=datetime.now(UTC))
    said = [each for chapter in ask("transcript").json()["chapters"] for each in chapter["said"]]
    assert [(each["name"] != "", each["text"]) for each in said] == [
        (False, ""), (True, "A1 floor"), (False, ""), (True, "A2 floor"),
    ]  # fmt: skip
