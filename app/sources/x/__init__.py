"""X, through tweepy."""
