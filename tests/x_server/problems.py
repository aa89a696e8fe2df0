"""X's refusals, as `application/problem+json`."""

import json
from typing import Any

from aiohttp import web

Problem = dict[str, Any]

ABOUT = "https://api.twitter.com/2/problems/"
DISCONNECTS = (
    "OperationalDisconnect",
    "UpstreamOperationalDisconnect",
    "ForceDisconnect",
    "UpstreamUncleanDisconnect",
    "SlowReader",
    "InternalError",
    "ClientApplicationStateDegraded",
    "InvalidRules",
)
TITLES = {
    400: "Invalid Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    420: "Enhance Your Calm",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Refused(Exception):
    """Answer the request with this problem."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.get("detail"))
        self.status, self.problem = status, problem


def plain(status: int, detail: str = "") -> Problem:
    title = TITLES.get(status, "Error")
    return {"title": title, "type": "about:blank", "status": status, "detail": detail or title}


def invalid(message: str, **parameters: list[str]) -> Problem:
    return {
        "errors": [{"message": message, "parameters": parameters}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": ABOUT + "invalid-request",
    }


def too_many_connections() -> Problem:
    return {
        "title": "ConnectionException",
        "connection_issue": "TooManyConnections",
        "detail": "This stream is currently at the maximum allowed connection limit.",
        "type": ABOUT + "streaming-connection",
    }


def no_rules() -> Problem:
    return {
        "title": "ConnectionException",
        "connection_issue": "RuleConfigurationIssue",
        "detail": "You must define at least one rule before connecting to this stream.",
        "type": ABOUT + "streaming-connection",
    }


def usage_capped() -> Problem:
    return {
        "title": "UsageCapExceeded",
        "period": "Monthly",
        "scope": "Product",
        "detail": "Usage cap exceeded: Monthly product cap",
        "type": ABOUT + "usage-capped",
    }


def no_credit() -> Problem:
    return {
        "title": "CreditsDepleted",
        "type": ABOUT + "credits",
        "detail": "Your enrolled account does not have any credits to fulfill this request.",
    }


def client_forbidden() -> Problem:
    return {
        "title": "Client Forbidden",
        "reason": "client-not-enrolled",
        "type": ABOUT + "client-forbidden",
        "detail": "This app is not attached to a plan that includes this endpoint.",
        "registration_url": "https://console.x.com",
    }


def backfill_forbidden(parameter: str) -> Problem:
    return {
        "title": "Client Forbidden",
        "reason": "client-not-enrolled",
        "type": ABOUT + "client-forbidden",
        "detail": f"{parameter} is part of the Enterprise plan only.",
    }


def operational_disconnect(kind: str) -> Problem:
    return {
        "title": "operational-disconnect",
        "disconnect_type": kind,
        "type": ABOUT + "operational-disconnect",
        "detail": "This stream has been disconnected for operational reasons.",
    }


def not_found(kind: str, parameter: str, value: str) -> Problem:
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": ABOUT + "resource-not-found",
    }


def suspended(kind: str, parameter: str, value: str) -> Problem:
    return {
        "value": value,
        "detail": f"User has been suspended: [{value}].",
        "title": "Forbidden",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": ABOUT + "resource-not-found",
    }


def not_authorized(parameter: str, value: str, section: str) -> Problem:
    return {
        "value": value,
        "resource_id": value,
        "parameter": parameter,
        "resource_type": "tweet",
        "section": section,
        "title": "Authorization Error",
        "type": ABOUT + "not-authorized-for-resource",
        "detail": f"Sorry, you are not authorized to see the Tweet with {parameter}: [{value}].",
    }


def answer(status: int, problem: Problem) -> web.Response:
    return web.Response(status=status, body=json.dumps(problem).encode(), content_type="application/problem+json")
