"""What one phone may do, and what a hall of phones behind one address may."""

from app.bus.rate_limits import Rate

MAX_LETTERS = 500
MAX_LETTERS_OF_A_NAME = 60
POSTS = Rate(burst=4, per_minute=4)
POSTS_OF_AN_ADDRESS = Rate(burst=400, per_minute=600)
"""A hall of a thousand phones shares one address."""
VOTES = Rate(burst=30, per_minute=30)
VOTES_OF_AN_ADDRESS = Rate(burst=3_000, per_minute=6_000)
