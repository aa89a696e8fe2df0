"""The keys of the desk, as its dialog lists them."""

from app.domain.sentence import Sentence as _

KEYS = {
    "j": _("next post"),
    "k": _("previous post"),
    "a": _("approve"),
    "r": _("reject"),
    "1–7": _("reject and tell the author why"),
    "w": _("choose why"),
    "s": _("keep for later"),
    "q": _("make it a question"),
    "b": _("block the author: all of theirs are gone"),
    "v": _("reveal what is covered"),
    "n": _("take the new name of its author"),
    "h": _("stop a post that would show itself"),
    "x": _("choose several; then a, r, s or 1–7"),
    "z": _("undo the last thing you did"),
    "Shift Z": _("undo the last thing anybody did"),
    "/": _("search"),
    "?": _("these keys"),
    "Shift B": _("blank the wall"),
    "Shift P": _("pause the wall"),
    "Shift L": _("show the wall again, as it was"),
    "Shift W": _("back to the programme on the wall"),
    "l": _("put the post in the spotlight of the wall"),
    "Shift O": _("posts on the wall, one at a time"),
    "Shift Q": _("the top questions on the wall"),
    "Shift N": _("now and next on the wall"),
    "Shift J": _("how to join on the wall"),
    "Shift S": _("sponsors on the wall"),
    "Shift C": _("a countdown on the wall"),
    "Shift A": _("announce on the wall"),
    "Shift E": _("end what is announced"),
    "Shift H": _("hold everything, or back to the rules"),
    "Shift T": _("only trusted authors, or back to the rules"),
}
"""The keys of the desk."""
