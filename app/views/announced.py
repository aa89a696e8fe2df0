"""What the desk announces, for phones and for who reads the wall as a page; over a wall it is a band or a scene."""

from app.domain.subject import Subject
from app.queries.scenes import announced_now
from app.views.listings import single
from app.views.parts import Single


def announced() -> Single:
    return single("announced", "parts/announced.html", {Subject.ANNOUNCEMENT, Subject.EVENT}, announced_now)
