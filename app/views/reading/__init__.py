"""Pages to read, on a screen or on paper: house rules, what is on the wall now, sheets to print, the calendar."""
