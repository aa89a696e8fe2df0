"""Lines as they are written by hand, to the files of a voice: python training/voices/write.py w01 < lines.

A line is `class sign[kind] text`: `pii + {name:Elin} fell again`, `abuse +insult …`, `care - …`. Braces mark personal
data with its type. An imagined person writes a whole voice; nobody in it exists.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

LABELS = {
    "abuse": "label", "spam": "is_spam", "question": "is_speaker_question", "vent": "is_vent", "care": "needs_help",
    "pii": "has_pii",
}  # fmt: skip
_MARK = re.compile(r"\{(\w+):([^}]+)\}")


def row_of(line: str, number: int, voice: str) -> tuple[str, dict[str, object]]:
    name, sign, text = line.split(" ", 2)
    row: dict[str, object] = {"id": f"{voice}-{name}-{number:03}", "text": text, LABELS[name]: int(sign[0] == "+")}
    if name == "abuse":
        row["kind"] = sign[1:] or ("insult" if sign[0] == "+" else "none")
    if name == "pii":
        row |= marked(text)
    return name, row


def marked(text: str) -> dict[str, object]:
    plain, spans, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        spans.append({"start": len(plain), "end": len(plain) + len(match[2]), "type": match[1], "value": match[2]})
        plain += match[2]
        last = match.end()
    return {"text": plain + text[last:], "spans": spans, "has_pii": int(bool(spans))}


def main() -> None:
    voice = sys.argv[1]
    kept = defaultdict(list)
    for number, line in enumerate((line.strip() for line in sys.stdin if line.strip()), 1):
        name, row = row_of(line, number, voice)
        kept[name].append(row)
    folder = Path(__file__).parent / voice
    folder.mkdir(exist_ok=True)
    for name, found in kept.items():
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    print(voice, {name: len(found) for name, found in kept.items()})


if __name__ == "__main__":
    main()
