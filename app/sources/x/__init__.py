"""X: the filtered stream and the recent search of its API v2, through tweepy."""
