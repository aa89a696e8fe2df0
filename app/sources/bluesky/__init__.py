"""Bluesky: everything that is posted there goes by on Jetstream, and what bears an event's hashtag is taken out."""
