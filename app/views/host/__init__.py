"""The page of a chat's host, beside the desk: the next prompt, what came under it, whom to greet and to answer."""
