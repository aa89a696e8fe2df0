"""Series: the page that always shows the next and the last edition, its calendar and feed, how to take part."""
