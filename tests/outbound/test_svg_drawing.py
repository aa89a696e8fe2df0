"""A drawing is drawn elsewhere: what is too much there is given up, and the server has not noticed."""

import re
from pathlib import Path

import pytest

from app.outbound import svg_drawing
from app.outbound.brand_pictures import BadPicture, draw_logo
from app.outbound.svg_drawing import NotDrawn, as_png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
RING = '<circle cx="4" cy="4" r="3" fill="none" stroke="red" stroke-width="3"/>'


def test_a_drawing_becomes_a_png() -> None:
    assert as_png(SVG.format(RING), 30, 30).startswith(b"\x89PNG")


@pytest.mark.parametrize("drawing", ["", "<svg"])
def test_what_cannot_be_drawn_is_given_up(drawing: str) -> None:
    with pytest.raises(NotDrawn):
        as_png(drawing, 30, 30)


@pytest.mark.parametrize(("bound", "most"), [("CPU_SECONDS", 0), ("MOST_MEMORY", 4096)])
def test_what_takes_too_much_is_given_up_with_a_sentence(
    bound: str, most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The bounds as they are would take their seconds; here the same file has narrower ones."""
    narrow = tmp_path / "svg_drawing.py"
    text = Path(svg_drawing.__file__).read_text()
    narrow.write_text(re.sub(rf"(?m)^{bound} = .*$", f"{bound} = {most}", text))
    monkeypatch.setattr(svg_drawing, "__file__", str(narrow))
    with pytest.raises(BadPicture, match="too much in it"):
        draw_logo(SVG.format(RING * 3_000).encode())


def test_nothing_of_the_servers_environment_comes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    assert as_png(SVG.format(RING), 3, 3)
