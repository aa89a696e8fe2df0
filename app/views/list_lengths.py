"""How many entries each list of a screen holds."""

SHOWN_ON_WALL = 24
SHOWN_ON_FLOOR = 40
LISTED_ON_DESK = 50
RANKED = 60
