"""What X answers at which address, in words of our own, in the old spelling and in the new one.

It is a description in the manner of OpenAPI, so that X's own may be put in its place.
"""

from typing import Any

from tests.x_server.objects import (
    CONNECTION,
    COUNTED,
    JOB,
    MOMENT,
    NUMBER,
    OBJECTS,
    RULE,
    SUBSCRIPTION,
    SUMMARY,
    TOLD,
    WORDS,
    YES_NO,
    Schema,
    ref,
    some,
    thing,
)
from tests.x_server.spelling import RENAMED


def described(style: str) -> Schema:
    """What answers look like in a spelling."""
    found: Schema = {"paths": _paths(style), "components": {"schemas": OBJECTS, "parameters": {}}}
    return found if style == "tweet" else _respelled(found)


def _paths(style: str) -> Schema:
    paths: Schema = {}
    for asked, answer in {**_about_posts(), **_about_rules(style), **_about_us()}.items():
        method, path = asked.split()
        said = {"responses": {"200": {"content": {"application/json": {"schema": answer}}}}}
        paths.setdefault(path, {})[method.lower()] = said
    return paths


def _about_posts() -> Schema:
    users = thing(data=some(ref("User")), **TOLD)
    return {
        "GET /2/tweets": thing(data=some(ref("Post")), **TOLD),
        "GET /2/tweets/{id}": thing(data=ref("Post"), **TOLD),
        "GET /2/tweets/search/recent": thing("meta", data=some(ref("Post")), meta=COUNTED, **TOLD),
        "GET /2/tweets/search/stream": ref("Line"),
        "GET /2/activity/stream": ref("Activity"),
        "GET /2/users": users,
        "GET /2/users/by": users,
    }


def _about_rules(style: str) -> Schema:
    # The new description says large numbers as text.
    amount = NUMBER if style == "tweet" else {"type": "string", "pattern": "^[0-9]+$"}
    usage = some(thing("date usage", date=MOMENT, usage=amount))
    by_app = thing("client_app_id usage", client_app_id=WORDS, usage=usage, usage_result_count=NUMBER)
    of_app = thing(client_app_id=WORDS, rule_count=NUMBER)
    path = "/2/tweets/search/stream/rules"
    return {
        f"GET {path}": thing("meta", data=some(RULE), meta=thing("sent", result_count=NUMBER, sent=MOMENT)),
        f"POST {path}": thing(
            "meta", data=some(RULE), errors=some(ref("Problem")), meta=thing("sent", sent=MOMENT, summary=SUMMARY)
        ),
        f"GET {path}/counts": thing(
            "data",
            data=thing(
                cap_per_client_app=amount,
                cap_per_project=amount,
                project_rules_count=amount,
                client_app_rules_count=of_app,
            ),
        ),
        "GET /2/usage/tweets": thing(
            "data",
            data=thing(
                project_id=WORDS,
                project_cap=amount,
                project_usage=amount,
                cap_reset_day=NUMBER,
                daily_project_usage=thing(project_id={"type": ["string", "integer"]}, usage=usage),
                daily_client_app_usage=some(by_app),
            ),
        ),
    }


def _about_us() -> Schema:
    result = thing("uuid success", uuid=WORDS, success=YES_NO, error_message=WORDS)
    ended = thing(
        "data",
        data=thing("results", successful_kills=NUMBER, failed_kills=NUMBER, results={"type": "array", "items": result}),
    )
    jobs, subscriptions = "/2/compliance/jobs", "/2/activity/subscriptions"
    every = thing(total_subscriptions=NUMBER)
    gone = thing("data", data=thing("deleted", deleted=YES_NO), meta=every)
    return {
        "GET /2/connections": thing("meta", data=some(CONNECTION), meta=COUNTED),
        "DELETE /2/connections": ended,
        "DELETE /2/connections/all": ended,
        "DELETE /2/connections/{endpoint_id}": ended,
        f"POST {jobs}": thing("data", data=JOB),
        f"GET {jobs}": thing("meta", data=some(JOB), meta=COUNTED),
        f"GET {jobs}/{{id}}": thing("data", data=JOB),
        f"POST {subscriptions}": thing("data", data=thing("subscription", subscription=SUBSCRIPTION), meta=every),
        f"GET {subscriptions}": thing("data", data={"type": "array", "items": SUBSCRIPTION}, meta=COUNTED),
        f"DELETE {subscriptions}": gone,
        f"DELETE {subscriptions}/{{subscription_id}}": gone,
    }


def _respelled(value: Any, inside: str = "") -> Any:
    """The same description in the new spelling: names of properties, and the words that say what something is."""
    if isinstance(value, list):
        if inside == "enum":
            return [{"tweet": "post"}.get(item, item) for item in value]
        return [RENAMED.get(item, item) if inside == "required" else _respelled(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        (RENAMED.get(key, key) if inside == "properties" else key): _respelled(item, key) for key, item in value.items()
    }
