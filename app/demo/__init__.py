"""A whole invented conference: its programme, its people and what they say. None of it is real."""
