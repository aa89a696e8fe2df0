"""The one error that a command ends with."""


class Failed(Exception):
    """A command could not do what it was asked; the sentence goes to the person as it is."""
