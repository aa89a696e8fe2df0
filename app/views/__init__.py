"""The screens: each is a View (page and push) and the endpoints that belong to it."""
