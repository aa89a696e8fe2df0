"""What the pages about an event's look call things."""

from app.domain.sentence import Sentence as _

WALLS = {"dark": _("dark, as a cinema is"), "light": _("light, for a hall with windows")}
READ_ON = {
    "buttons": _("Buttons on light screens"),
    "letters": _("Letters on white"),
    "dark_buttons": _("Buttons on dark screens"),
    "wall": _("Hashtags on the wall"),
    "wall_letters": _("Letters on the wall"),
}
"""Where an event's colour is seen."""
