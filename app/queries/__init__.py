"""What the screens ask for. Each query takes a session first, changes nothing and returns what the page needs."""
