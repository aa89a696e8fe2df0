"""Mastodon, and what speaks its API: public posts by their hashtag, from the servers that an organiser names."""
