"""How a text is read before it is checked: without its disguises, by words, numbers and pieces."""
