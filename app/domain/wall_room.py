"""Whether a post finds room on a wall as a whole: an estimate for two columns on 16:9, as wall.css sets them."""

from unicodedata import east_asian_width

from app.domain.post import Post

HEIGHT = 972
"""Of a column; all lengths are 1080ths of a screen's height."""
FRAME = 133
"""The card's padding, and who wrote it."""
LINE, LETTERS = 36.4, 39
"""A line of the smallest type, and how many letters it holds."""
QUOTE, QUOTED_LINE, QUOTED_LETTERS = 95, 39.8, 34
PHOTOS, QUOTED_PHOTOS = (0, 277, 225, 296, 450), (0, 280, 206, 268, 404)
"""By how many there are."""
OPTION, OPTION_LINE, OPTION_LETTERS = 30, 42, 36
"""An option of a poll: its frame, and a line of it."""
TITLE, TITLE_LINE, TITLE_LETTERS = 8.4, 42, 38
"""What a page is called that it leads to."""
HANGS = 5
"""What hangs on it stands a little apart."""


def fits_a_column(post: Post) -> bool:
    """Networks that forbid shortening have their posts shown whole or not at all: this one would be shown."""
    height = FRAME + LINE * _lines(post.text, LETTERS) + PHOTOS[min(len(post.photos), 4)]
    if post.quote:
        height += QUOTE + QUOTED_LINE * _lines(str(post.quote.get("text", "")), QUOTED_LETTERS)
        height += QUOTED_PHOTOS[min(len(post.all_photos) - len(post.photos), 4)]
    options = [str(option) for option in post.extras.get("poll", ())]
    titles = [segment["title"] for segment in post.segments if segment.get("title")]
    height += sum(OPTION + OPTION_LINE * _lines(option, OPTION_LETTERS) for option in options)
    height += sum(TITLE + TITLE_LINE * _lines(title, TITLE_LETTERS) for title in titles)
    height += sum(HANGS for several in (options, titles) if several)
    height += sum(LINE + 13 for also in (post.reply_to, post.asks or post.reposts) if also)
    return height <= HEIGHT


def _lines(text: str, letters: int) -> int:
    """Blank lines are folded into one, as the wall does it."""
    lines = text.split("\n")
    kept = [line for at, line in enumerate(lines) if line.strip() or not at or lines[at - 1].strip()]
    return sum(max(1, -(-_width(line) // letters)) for line in kept)


def _width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
