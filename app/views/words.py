"""What we call things: modes, levels, categories, verdicts, reasons, states. Every screen takes its words from here."""

from app.domain.category import Category
from app.domain.sentence import Sentence as _

ROLES = {
    "owner": _("owner"),
    "moderator": _("moderator"),
    "speaker": _("speaker"),
    "screen": _("screen"),
    "delegate": _("delegate"),
}
ROLES_TO_GIVE = {
    "moderator": ROLES["moderator"],
    "speaker": ROLES["speaker"],
    "screen": ROLES["screen"],
    "delegate": _("delegate (a trusted phone)"),
    "owner": ROLES["owner"],
}
VERDICTS = {"held": _("held"), "approved": _("approved"), "rejected": _("rejected"), "stashed": _("kept for later")}
LISTS = {"held": _("Waiting"), "approved": _("Approved"), "stashed": _("Kept for later"), "rejected": _("Rejected")}
COUNTED = {**LISTS, "stashed": _("Kept")}
DECIDED_BY = {
    "approved": _("Approved by"),
    "rejected": _("Rejected by"),
    "stashed": _("Kept by"),
    "held": _("Held by"),
}
"""What stands before the name of whoever decided."""
MACHINES = {
    "screening": _("the rules"),
    "delay": _("the delay"),
    "watch": _("the watch"),
    "programme": _("the programme"),
    "calendar": _("the calendar"),
    "programme watch": _("the watched programme"),
    "retention": _("the time for which it is kept"),
}
"""Who decides without being a person."""

MODES = {
    "wait": _("Everything waits"),
    "delay": _("Clean posts show themselves after a while"),
    "trusted": _("Trusted authors pass at once"),
    "only_trusted": _("Only trusted authors get in"),
    "pass": _("Clean posts pass at once"),
}
MODES_EXPLAINED = {
    "wait": _("A moderator looks at every post, whoever wrote it."),
    "delay": _("If their author has a good record, nobody stops them, and a moderator is at the desk."),
    "trusted": _("All others wait."),
    "only_trusted": _("What others write is kept for later, out of the queue."),
    "pass": _("For closed meetings: anybody can put words on the wall."),
}
MODES_IN_SHORT = {
    "wait": _("Everything waits for you."),
    "delay": _("Clean posts of people with a good record show themselves."),
    "trusted": _("Trusted authors pass at once."),
    "only_trusted": _("Only trusted authors get in."),
    "pass": _("Clean posts pass at once."),
}
PRESETS = {"strict": _("strict"), "standard": _("standard"), "relaxed": _("relaxed")}
ON, OFF = _("on"), _("off")
RULES = {
    "mode": _("What happens to clean posts"),
    "source_modes": _("Sources with a rule of their own"),
    "delay_seconds": _("The while"),
    "good_record": _("A good record"),
    "speakers_pass": _("Speakers of the programme are trusted"),
    "second_person": _("A second person for personal data"),
    "welfare": _("Whom to call about somebody who may need help"),
    "preset": _("How strict"),
    "levels": _("Doubts with a rule of their own"),
    "language": _("Language of the posts"),
}
"""What can be ruled, beside the lists."""
FALLBACKS = {
    "none": _("nothing changes"),
    "only_trusted": _("only trusted authors get in"),
    "hold_all": _("everything is held"),
    "pause": _("the wall is paused"),
    "blank": _("the wall shows the holding slide"),
}

LEVELS = {"note": _("only a note"), "nudge": _("pointed out"), "hold": _("held"), "hide": _("hidden")}
LEVELS_BUT_HIDDEN = {level: word for level, word in LEVELS.items() if level != "hide"}
LEVELS_ON_A_POST = {"note": _("Note"), "nudge": _("Look"), "hold": _("Held"), "hide": _("Hidden")}
CATEGORIES: dict[str, _] = {
    Category.SELF_HARM: _("Somebody may need help"),
    Category.THREAT: _("Threats"),
    Category.PRIVACY: _("Personal data"),
    Category.IDENTITY_ATTACK: _("Attacks on groups"),
    Category.ABUSE: _("Abuse"),
    Category.SEXUAL: _("Sexual words"),
    Category.SPAM: _("Spam"),
    Category.LINK: _("Links"),
    Category.DUPLICATE: _("Repeats"),
    Category.OBFUSCATION: _("Disguised words"),
    Category.VENT: _("Talk about clients"),
    Category.LANGUAGE: _("Other languages"),
    Category.AUTHOR: _("About the author"),
}
FIELDS = {
    "text": _("Its text"),
    "name": _("The author’s name"),
    "handle": _("The author’s handle"),
    "now": _("What the author is called now"),
    "now_handle": _("The handle that the author has now"),
    "reply": _("Whom it answers"),
    "quote": _("The quoted post"),
    "quote_name": _("The name of whom it quotes"),
    "quote_handle": _("The handle of whom it quotes"),
    "alt": _("The description of a picture"),
    "poll": _("An option of its poll"),
    "link": _("The title of a link"),
}
"""What a post shows, field by field."""
DECLINED = {
    "off_topic": _("it is not about this event"),
    "unkind": _("it may hurt somebody"),
    "personal": _("somebody could be recognised"),
    "spam": _("it looks like advertising"),
    "repeat": _("it has been said already"),
    "unclear": _("it was not clear enough"),
    "not_now": _("there was no time for it"),
}
"""Why a post was rejected, in the words its author reads."""

SOURCE_STATES = {
    "live": _("live"),
    "polling": _("looking every few seconds"),
    "catching_up": _("catching up"),
    "starting": _("starting"),
    "waiting": _("waiting"),
    "stopped": _("stopped"),
    "off": _("off"),
    "looking_after": _("looking after what is kept"),
}
ALARMS = {"waiting": _("Posts wait too long"), "nobody": _("Nobody is at the desk")}
WALL = {"live": _("The wall is live"), "blank": _("The wall is blank"), "paused": _("The wall is paused")}
WALL_EXPLAINED = {
    "blank": _("Everybody sees the holding slide."),
    "paused": _("New posts do not appear; what you reject still leaves."),
}
INTAKE = {"hold_all": _("Everything waits"), "only_trusted": _("Only trusted authors get in")}
INTAKE_EXPLAINED = {"hold_all": _("Nothing passes by itself."), "only_trusted": _("The rest is kept for later.")}

OWN_STATES = {
    "held": _("waiting for a moderator"),
    "approved": _("shown"),
    "rejected": _("not shown"),
    "stashed": _("kept for later"),
    "open": _("asked"),
    "on_stage": _("on stage now"),
    "answered": _("answered"),
    "dismissed": _("not taken up"),
    "still_open": _("asked; the talk is over, it can still be answered"),
}
"""How a post fares, as its author is told."""
ACCENTS = {
    "teal": _("teal"),
    "ocean": _("ocean"),
    "plum": _("plum"),
    "coral": _("coral"),
    "moss": _("moss"),
    "amber": _("amber"),
}
LISTED = {
    "trusted": _("Trusted authors"),
    "muted": _("Muted authors: theirs are never shown"),
    "banned_words": _("Banned: hide the post"),
    "blocked_words": _("Suspect: hold the post"),
    "watched_words": _("Watched: point it out"),
    "allowed_words": _("Allowed, whatever the lists say"),
    "allowed_names": _("Names that may be said"),
    "allowed_contacts": _("Contacts that everybody may know"),
    "allowed_hosts": _("Web sites whose links need no second look"),
}
LISTED_EXPLAINED = {
    "trusted": _("Handles, one a line. Names typed on a phone are never trusted; give those people a delegate’s link."),
    "allowed_names": _("Speakers of the programme are known."),
    "allowed_contacts": _("The venue’s postcode, your telephone."),
}

ERASABLE = {
    "person": _("Whoever has a handle"),
    "phone": _("All from one phone"),
    "mail": _("An e-mail address"),
    "everything": _("What everybody has said"),
}
KEPT = {
    "floor": _("What was sent from phones"),
    "devices": _("Which phone sent what, and voted"),
    "guests": _("Who came to a meet"),
    "notes": _("Earlier versions of the notes of a meet"),
    "addresses": _("Addresses of mailed links"),
    "log": _("The words in the log"),
    "contacts": _("Contacts of who wanted something removed"),
}
KEPT_EXPLAINED = {
    "guests": _("From the day of the meet, also if nobody closes it."),
    "notes": _("The last version stays."),
    "devices": _(
        "What was sent and every vote stay; nobody can be told by them. The same for surveys of a series, once closed."
    ),
    "log": _("And the chair’s notes. That something was decided, when and by whom, stays."),
    "contacts": _("Days after it was settled."),
}
TAKEDOWNS = {
    "new": _("new"),
    "acknowledged": _("acknowledged"),
    "done": _("done"),
    "refused": _("refused"),
}

PROMPTS = {
    "welcome": _("Welcome"),
    "question": _("Question"),
    "closing": _("Closing"),
}
FILED_BY = {
    "hand": _("put there by hand"),
    "phone": _("written under it"),
    "itself": _("the prompt itself"),
    "repeat": _("passes it on"),
    "spelled": _("says so"),
    "reply": _("a reply"),
    "quote": _("quotes it"),
    "time": _("by the time"),
}
"""Why a post stands under its prompt."""
