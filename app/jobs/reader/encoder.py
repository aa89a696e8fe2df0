"""The encoder in memory: what it makes of texts. Loaded only in the process that reads, and by commands."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import onnxruntime

from app.domain.screening.reader.wordpiece import windows
from app.domain.screening.reading.normal import views
from app.domain.screening.reading.reading import LETTERS_READ

READ_AT_ONCE = 16
"""So many windows are read together, those of a length beside each other."""
Odds = dict[str, float]


def weights_are_here() -> bool:
    return (files("app.jobs.reader") / "weights.onnx").is_file()


class Encoder:
    """One thread: others need the machine too."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        weights = (files("app.jobs.reader") / "weights.onnx").read_bytes()
        self._session: Any = onnxruntime.InferenceSession(weights, options, ["CPUExecutionProvider"])
        self.heads: tuple[str, ...] = tuple(self._session.get_modelmeta().custom_metadata_map["heads"].split(","))

    def read(self, texts: Sequence[str]) -> list[Odds]:
        """The odds of each head for each text, of its highest window."""
        found = [(owner, one) for owner, text in enumerate(texts) for one in windows(views(text[:LETTERS_READ]))]
        found.sort(key=lambda one: len(one[1]))
        best = np.full((len(texts), len(self.heads)), -np.inf)
        for start in range(0, len(found), READ_AT_ONCE):
            part = found[start : start + READ_AT_ONCE]
            for (owner, _), odds in zip(part, self._odds([pieces for _, pieces in part]), strict=True):
                best[owner] = np.maximum(best[owner], odds)
        return [dict(zip(self.heads, map(float, row.round(3)), strict=True)) for row in best]

    def _odds(self, rows: Sequence[Sequence[int]]) -> Any:
        length = max(map(len, rows))
        pieces, mask = np.zeros((len(rows), length), np.int64), np.zeros((len(rows), length), np.float32)
        for place, row in enumerate(rows):
            pieces[place, : len(row)], mask[place, : len(row)] = row, 1
        return self._session.run(None, {"pieces": pieces, "mask": mask})[0]


@cache
def shipped() -> Encoder:
    """The encoder that comes with the program, loaded once."""
    return Encoder()
