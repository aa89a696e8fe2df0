"""Making X's stream rules what an Event wants: look, try dry, add, then remove what is stale and ours."""

from collections.abc import Sequence

from app.domain.sentence import Sentence
from app.sources import Ended, Why
from app.sources.json_fields import Json, object_of, objects_of, text_of
from app.sources.x.fields import key_of
from app.sources.x.rules import Rule, difference
from app.sources.x.wire import Wire

RULES = "/2/tweets/search/stream/rules"


async def agree_on_rules(wire: Wire, wanted: Sequence[Rule], *, slugs: Sequence[str]) -> frozenset[str]:
    """Make X's rules the wanted ones and give their ids. Rules that are not these events' are left alone."""
    change = difference(wanted, await _present(wire), slugs=slugs)
    ours = set(change.kept)
    if change.add:
        body: Json = {"add": [{"value": rule.value, "tag": rule.tag} for rule in change.add]}
        _accepted(await wire.request("POST", RULES, params={"dry_run": "true"}, body=body))
        ours |= _accepted(await wire.request("POST", RULES, body=body))
    stale = [rule_id for rule_id in change.remove if rule_id not in ours]
    if stale:
        await wire.request("POST", RULES, body={"delete": {"ids": stale}})
    return frozenset(ours)


async def _present(wire: Wire) -> list[Rule]:
    rules: list[Rule] = []
    params: dict[str, str] = {}
    while True:
        answer = await wire.request("GET", RULES, params=params)
        rules += [
            Rule(text_of(rule.get("value")), text_of(rule.get("tag")), key_of(rule.get("id")))
            for rule in objects_of(answer.get("data"))
        ]
        token = text_of(object_of(answer.get("meta")).get("next_token"))
        if not token or token == params.get("pagination_token"):
            return rules
        params = {"pagination_token": token}


def _accepted(answer: Json) -> set[str]:
    """Ids of the rules that are there now. One that somebody else has set already serves us as well."""
    errors = objects_of(answer.get("errors"))
    refused = [error for error in errors if text_of(error.get("title")) != "DuplicateRule"]
    if any(text_of(error.get("type")).endswith("rule-cap") for error in refused):
        raise Ended(Why.BAD_RULES, "X takes no more rules from this token. Remove some at console.x.com.")
    if refused:
        value = text_of(refused[0].get("value"), 120)
        raise Ended(Why.BAD_RULES, Sentence("X does not accept the rule %(rule)s. Check the hashtags.", rule=value))
    duplicates = [error for error in errors if error not in refused]
    return {key_of(rule.get("id")) for rule in [*objects_of(answer.get("data")), *duplicates]} - {""}
