"""A meet at a place: its page, who comes, its hosts, its notes."""
