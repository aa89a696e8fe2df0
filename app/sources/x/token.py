"""Whether X takes a token, and what its plan allows: one look at what was used, which costs nothing."""

import asyncio

from app.domain.network import TokenCheck
from app.domain.sentence import Sentence, together
from app.sources import Ended, Why
from app.sources.json_fields import number_of, object_of
from app.sources.x.doctor import CHECKED_WITHIN
from app.sources.x.settings import XSettings
from app.sources.x.usage import USAGE
from app.sources.x.wire import UNREACHABLE, Wire

FIELDS = "cap_reset_day,project_cap,project_usage"
TAKEN = Sentence("X takes the token.")
NOT_SAID = Sentence("X takes the token, but does not say what its plan allows.")
REFUSED = Sentence("X does not accept this token. Copy the bearer token again at console.x.com.")
NOT_CHECKED = Sentence("The token could not be checked now:")


async def check(settings: XSettings) -> TokenCheck:
    """A token that X does not know is refused; all else that goes wrong may be mended without another one."""
    try:
        async with asyncio.timeout(CHECKED_WITHIN):
            answer = await Wire(settings.token, settings.url).request("GET", USAGE, params={"usage.fields": FIELDS})
    except TimeoutError:
        return TokenCheck(together([NOT_CHECKED, UNREACHABLE]))
    except Ended as ended:
        if ended.why is Why.AUTH:
            return TokenCheck(
                Sentence("X does not accept this token. Copy the bearer token again at console.x.com."), True
            )
        return TokenCheck(together([NOT_CHECKED, ended.sentence]))
    plan = object_of(answer.get("data"))
    cap, used = number_of(plan.get("project_cap")), number_of(plan.get("project_usage"))
    if cap is None or used is None:
        return TokenCheck(NOT_SAID)
    allowed = Sentence("Its plan allows %(cap)s posts a month, and %(used)s are read.", cap=cap, used=used)
    if (day := number_of(plan.get("cap_reset_day"))) is not None:
        reset = Sentence("It counts anew on day %(day)s of the month.", day=day)
        return TokenCheck(together([TAKEN, allowed, reset]))
    return TokenCheck(together([TAKEN, allowed]))
