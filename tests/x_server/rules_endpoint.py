"""The rules of this app: kept here, added, deleted and listed over HTTP."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .asked import check, whole_number, words
from .clock import Clock, iso, snowflake
from .people import Post
from .problems import ABOUT, Refused, invalid
from .rules import InvalidRule, Rule, on_stream, parse

if TYPE_CHECKING:
    from .site import Site

CAP = 1000
APP = "27000001"


@dataclass
class KeptRule:
    id: str
    value: str
    tag: str | None
    parsed: Rule
    effective: float

    @property
    def shown(self) -> dict[str, str]:
        return {"id": self.id, "value": self.value} | ({"tag": self.tag} if self.tag is not None else {})

    @property
    def match(self) -> dict[str, str]:
        return {"id": self.id} | ({"tag": self.tag} if self.tag is not None else {})


@dataclass
class Rulebook:
    clock: Clock
    delay: float = 0.0
    rules: dict[str, KeptRule] = field(default_factory=dict)
    _sequence: int = 0

    def matching(self, post: Post) -> list[KeptRule]:
        subject, now = on_stream(post), time.monotonic()
        return [rule for rule in self.rules.values() if rule.effective <= now and rule.parsed.matches(subject)]

    def find(self, value: str) -> KeptRule | None:
        return next((rule for rule in self.rules.values() if rule.value == value), None)

    def make(self, value: str, tag: str | None) -> KeptRule:
        """A rule that works `delay` of X's seconds from now; not kept yet."""
        self._sequence += 1
        rule_id = str(snowflake(self.clock.now(), self._sequence))
        return KeptRule(rule_id, value, tag, parse(value), time.monotonic() + self.clock.real(self.delay))

    def add(self, value: str, tag: str | None = None) -> KeptRule:
        rule = self.make(value, tag)
        self.rules[rule.id] = rule
        return rule


async def get_rules(site: "Site", request: web.Request) -> web.Response:
    check(request.query, {}, "ids", "max_results", "pagination_token")
    most = whole_number(request.query, "max_results", CAP, 1, CAP)
    start = whole_number(request.query, "pagination_token", 0, 0, CAP)
    ids = [one for one in request.query.get("ids", "").split(",") if one]
    found = [rule for rule in site.rulebook.rules.values() if not ids or rule.id in ids]
    page = [rule.shown for rule in found[start : start + most]]
    meta: dict[str, Any] = {"sent": iso(site.clock.now()), "result_count": len(page)}
    if start + most < len(found):
        meta["next_token"] = f"{start + most:016d}"
    return site.json({"data": page, "meta": meta} if page else {"meta": meta})


async def change_rules(site: "Site", request: web.Request) -> web.Response:
    check(request.query, {}, "dry_run", "delete_all")
    dry = request.query.get("dry_run") == "true"
    if request.query.get("delete_all") == "true":
        return _delete(site, list(site.rulebook.rules), [], dry=dry)
    try:
        body = await request.json()
    except ValueError:
        raise Refused(400, invalid("the body is not JSON")) from None
    if isinstance(body, dict) and isinstance(body.get("add"), list):
        return _add(site, body["add"], dry=dry)
    if isinstance(body, dict) and isinstance(body.get("delete"), dict):
        chosen = body["delete"]
        return _delete(site, chosen.get("ids", []), chosen.get("values", []), dry=dry)
    raise Refused(400, invalid("one of `add` and `delete` is required"))


async def count_rules(site: "Site", request: web.Request) -> web.Response:
    check(
        request.query,
        {
            "rules_count.fields": words(
                "all_project_client_apps cap_per_client_app cap_per_project client_app_rules_count project_rules_count"
            )
        },
    )
    number = str if site.style == "post" else int
    count, app = len(site.rulebook.rules), {"client_app_id": APP, "rule_count": len(site.rulebook.rules)}
    return site.json(
        {
            "data": {
                "cap_per_client_app": number(CAP),
                "cap_per_project": number(CAP),
                "project_rules_count": number(count),
                "client_app_rules_count": app,
            }
        }
    )


def _add(site: "Site", wanted: list[Any], *, dry: bool) -> web.Response:
    made: list[KeptRule] = []
    errors: list[dict[str, Any]] = []
    for rule in wanted:
        value, tag = str(rule.get("value", "")), rule.get("tag")
        twin = site.rulebook.find(value) or next((one for one in made if one.value == value), None)
        if twin is not None:
            errors.append({"value": value, "id": twin.id, "title": "DuplicateRule", "type": ABOUT + "duplicate-rules"})
        elif len(site.rulebook.rules) + len(made) >= CAP:
            errors.append({"title": "RulesCap", "detail": f"Rule limit of {CAP} reached.", "type": ABOUT + "rule-cap"})
        else:
            _try_rule(site, value, tag, made, errors)
    if not dry:
        site.rulebook.rules |= {rule.id: rule for rule in made}
    invalid_only = bool(errors) and not made and all(e["type"].endswith(("invalid-rules", "cap")) for e in errors)
    summary = {"created": len(made), "not_created": len(errors), "valid": len(made), "invalid": len(errors)}
    body: dict[str, Any] = {"meta": {"sent": iso(site.clock.now()), "summary": summary}}
    body |= {"data": [rule.shown for rule in made]} if made else {}
    body |= {"errors": errors} if errors else {}
    body |= {"title": errors[0]["title"], "type": errors[0]["type"]} if invalid_only else {}
    return site.json(body, status=400 if invalid_only else 201)


def _try_rule(site: "Site", value: str, tag: str | None, made: list[KeptRule], errors: list[dict[str, Any]]) -> None:
    try:
        made.append(site.rulebook.make(value, tag))
    except InvalidRule as problem:
        errors.append(
            {
                "value": value,
                "details": [str(problem)],
                "title": "UnprocessableEntity",
                "detail": str(problem),
                "type": ABOUT + "invalid-rules",
            }
        )


def _delete(site: "Site", ids: list[str], values: list[str], *, dry: bool) -> web.Response:
    known = [site.rulebook.rules.get(str(one)) for one in ids] + [site.rulebook.find(value) for value in values]
    found = {rule.id for rule in known if rule is not None}
    missing = len(known) - len(found)
    if not dry:
        site.rulebook.rules = {key: rule for key, rule in site.rulebook.rules.items() if key not in found}
    summary = {"deleted": len(found), "not_deleted": missing}
    body: dict[str, Any] = {"meta": {"sent": iso(site.clock.now()), "summary": summary}}
    if missing:
        body["errors"] = [invalid("Rule does not exist")] * missing
    return site.json(body)
