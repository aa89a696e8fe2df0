"""The bar: after two seconds, on a terminal, and gone at the end."""

import io

import pytest

from app.cli.progress import Progress


class Terminal(io.StringIO):
    def __init__(self, *, shown: bool = True) -> None:
        super().__init__()
        self._shown = shown

    def isatty(self) -> bool:
        return self._shown


def drawn(moments: list[tuple[float, float]], *, total: float = 0, shown: bool = True) -> list[str]:
    """What stands on the terminal after each moment, told as (seconds, done)."""
    out, at = Terminal(shown=shown), 0.0
    progress = Progress("rows", total, out=out, clock=lambda: at)
    found = []
    for at, done in moments:  # noqa: B007
        progress.reach(done)
        found.append(out.getvalue().rpartition("\x1b[K")[2])
    progress.end()
    assert out.getvalue() == "" or out.getvalue().endswith("\r\x1b[K")
    return found


def test_it_shows_share_rate_and_time_left() -> None:
    assert drawn([(1, 100), (4, 400), (60, 1_000)], total=1_000) == [
        "",
        "█████████···············  40% 400 rows, 100/s, 0:06 left",
        "████████████████████████ 100% 1,000 rows, 17/s, 0:00 left",
    ]


def test_without_a_total_it_counts() -> None:
    assert drawn([(3, 90)]) == ["90 rows, 30/s"]


@pytest.mark.parametrize("moments", [[(0.1, 1), (1.9, 9)], []])
def test_what_is_quick_draws_nothing(moments: list[tuple[float, float]]) -> None:
    assert drawn(moments, total=10) == [""] * len(moments)


def test_a_pipe_hears_nothing() -> None:
    assert drawn([(10, 1), (100, 9)], total=10, shown=False) == ["", ""]


def test_it_is_not_drawn_more_often_than_it_can_be_read() -> None:
    assert drawn([(3, 1), (3.1, 2), (3.3, 3)], total=4)[1].endswith("0:09 left")
