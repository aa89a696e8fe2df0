"""The e-mail that brings somebody their link: plain text, in the event's language, from nobody but this server."""

from email.message import EmailMessage

from app.actions.mailed_links import Letter
from app.domain.access import Role
from app.domain.sentence import Sentence
from app.outbound.alarm_messages import Say
from app.outbound.mail import as_subject, send_mail
from app.outbound.requests import Undelivered
from app.settings import Settings

SUBJECTS = {
    Role.MODERATOR: Sentence("Your link to the desk of %(event)s"),
    Role.SPEAKER: Sentence("Your link to the questions at %(event)s"),
}
WHAT_FOR = {
    Role.MODERATOR: Sentence(
        "With it you see what people send and decide what the hall reads. Press ? there for help."
    ),
    Role.SPEAKER: Sentence("With it you see what the room asks you, on a tablet or a phone."),
}
HELLO = Sentence("Hello %(name)s,")
OPEN = Sentence("this is your own link for %(event)s. It opens without a password:")
KEEP = Sentence("Please pass it on to nobody: what is done with it stands in the log under your name.")
STRAY = Sentence("If you did not expect this, you need do nothing. The organiser can revoke the link at any time.")


async def mail_link(letter: Letter, url: str, settings: Settings, say: Say) -> None:
    """Raises Undelivered."""
    name, event = " ".join(letter.name.split()), " ".join(letter.event.split())
    message = EmailMessage()
    try:
        message["Subject"] = as_subject(say(SUBJECTS[letter.role].filled(event=event)))
        message["From"], message["To"] = settings.mail_from, letter.address
    except (ValueError, LookupError):
        raise Undelivered(Sentence("MAIL_FROM or an address is none")) from None
    opening = f"{say(HELLO.filled(name=name))}\n\n{say(OPEN.filled(event=event))}"
    message.set_content(f"{opening}\n\n{url}\n\n{say(WHAT_FOR[letter.role])}\n{say(KEEP)}\n\n{say(STRAY)}\n")
    await send_mail(settings.smtp_url.get_secret_value(), message)
