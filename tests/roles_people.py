"""Who asks in the matrix of roles, and how."""

from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient

OURS = "http://testserver"


@dataclass
class Person:
    """A browser with its cookies, and the key of its link for programs."""

    name: str
    client: TestClient
    key: str = ""
    elsewhere: bool = False
    device: str = ""
    cookies: dict[str, str] = field(default_factory=dict)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {"origin": OURS}


def numbers(body: Any, ids: dict[str, int | str]) -> Any:
    """The body with names of things as their numbers."""
    if isinstance(body, dict):
        return {name: numbers(value, ids) for name, value in body.items()}
    if isinstance(body, list):
        return [numbers(value, ids) for value in body]
    return ids[body[1:-1]] if isinstance(body, str) and body.startswith("{") else body
