"""Whose token it is: the JSON API's keys are those of role links."""

from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.actions.links import token_hash
from app.domain.access import Access, Role
from app.domain.decision import Actor
from app.domain.event import Event
from app.domain.sentence import Sentence
from app.queries.links import opened_by
from app.views import words
from app.views.context import Context
from app.views.cookies import Holder

_bearer = HTTPBearer(description="The key of a role link: what stands after ?key= in it.", auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


async def _given(credentials: Credentials) -> HTTPAuthorizationCredentials:
    if credentials is None:
        raise HTTPException(401, "This needs a key: Authorization: Bearer KEY.", {"WWW-Authenticate": "Bearer"})
    return credentials


Token = Annotated[HTTPAuthorizationCredentials, Depends(_given)]


async def token_holder(token: HTTPAuthorizationCredentials, context: Context, role: Role) -> tuple[Event, Actor]:
    """The Event that a token opens, and who acts with it. Raises 401 and 403."""
    return allowed_by_token(await context.backchannel.ask(opened_by, token_hash(token.credentials)), role)


def allowed_by_token(found: tuple[Access, Event] | None, role: Role) -> tuple[Event, Actor]:
    if found is None:
        raise HTTPException(401, "This key does not hold.", {"WWW-Authenticate": "Bearer"})
    access, event = found
    holder = Holder((access,))
    if holder.may(role) is None:
        raise HTTPException(403, Sentence("This needs the key of the %(role)s link.", role=words.ROLES[role]))
    return event, holder.actor(role)
