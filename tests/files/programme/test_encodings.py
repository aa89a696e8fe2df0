"""A programme is the same in whatever encoding and packing somebody saved it; what is no programme says what it is."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from app.domain.programme_matching import UnreadableProgramme
from app.files.programme import read_programme_file
from app.files.programme.encodings import in_utf_8
from tests.files.programme.invented import FORMS

TEXTS = {form: made for form, made in FORMS.items() if form not in {"open event", "packed"}}


def said(text: str, name: str, mark: bytes = b"") -> bytes:
    declared = re.sub(r"<\?xml[^>]*\?>", f'<?xml version="1.0" encoding="{name}"?>', text)
    return mark + declared.encode(name)


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return packed.getvalue()


WAYS: dict[str, Callable[[str], bytes]] = {
    "with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16 as Windows has it": lambda text: said(text, "utf-16"),
    "UTF-16, the other way round": lambda text: said(text, "utf-16-be", b"\xfe\xff"),
    "UTF-16 without a mark": lambda text: said(text, "utf-16-le"),
    "UTF-16 the other way round, without a mark": lambda text: said(text, "utf-16-be"),
    "UTF-32": lambda text: said(text, "utf-32"),
    "lines of an old Mac": lambda text: re.sub("\r\n|\n", "\r", text).encode(),
    "lines of Windows": lambda text: re.sub("\r\n|\r|\n", "\r\n", text).encode(),
    "empty lines before": lambda text: b"\n\n " + text.encode(),
    "packed for a letter": lambda text: zipped({"programme": text.encode()}),
    "packed by a Mac": lambda text: zipped({"programme": text.encode(), "__MACOSX/._programme": b"\x00"}),
}


@pytest.mark.parametrize("form", TEXTS)
def test_every_form_tells_the_same_however_it_was_saved(form: str) -> None:
    plain = TEXTS[form]()
    wanted = read_programme_file(plain, "Europe/London").talks
    for way, saved in WAYS.items():
        assert read_programme_file(saved(in_utf_8(plain).decode("utf-8-sig")), "Europe/London").talks == wanted, way


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!DOCTYPE html><html><body>Programme</body></html>", "web page"),
        (b"\n <html lang='en'><p>Please sign in", "web page"),
        ('<?xml version="1.0"?><!DOCTYPE schedule><schedule/>'.encode("utf-16-le"), "DOCTYPE"),
        (zipped({"programme": b'<!DOCTYPE schedule [<!ENTITY a "b">]><schedule/>'}), "DOCTYPE"),
        (zipped({"programme": zipped({"programme": b"{}"})}), "another one"),
        (zipped({"one": b"{}", "two": b"{}"}), "neither"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_programme_is_refused_packed_or_not(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableProgramme, match=says):
        read_programme_file(content, "Europe/London")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"{}", b"a,b\n1,2", bytes(range(256)), b"\x00" * 40, b"\x00a" * 3]
)
def test_what_is_in_utf_8_or_in_nothing_that_is_known_is_left_as_it_is(content: bytes) -> None:
    assert in_utf_8(content) == (b"" if content == b"\xff\xfe" else content)
