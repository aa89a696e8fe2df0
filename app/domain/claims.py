"""How long a claim of a post lasts."""

from datetime import timedelta

CLAIM_LASTS = timedelta(seconds=25)
"""So long a claim holds without being renewed: a little more than two beats of `desk_seat.js`."""
