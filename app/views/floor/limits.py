"""What one phone may do, and what all new phones behind one address may together."""

from app.bus.rate_limits import Rate

MAX_LETTERS = 500
MAX_LETTERS_OF_A_NAME = 60
POSTS = Rate(burst=4, per_minute=4)
POSTS_OF_NEW_PHONES = Rate(burst=400, per_minute=600)
"""Of one address, where a hall of a thousand phones may arrive at once. Those that have been there are not counted."""
VOTES = Rate(burst=30, per_minute=30)
VOTES_OF_NEW_PHONES = Rate(burst=3_000, per_minute=6_000)
