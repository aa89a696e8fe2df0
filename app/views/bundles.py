"""A style sheet or a module together with all that it imports, as one file: sources stay small, a phone asks once.

What the files mean does not change: a sheet stands in the layer and the medium of its import, a module has a scope of
its own and runs once, before those that import it. What cannot be joined faithfully is refused.
"""

import posixpath
import re
from collections.abc import Callable

from app.views.old_browser_css import for_old_browsers, without_unused

Read = Callable[[str], str]
"""Gives the text of a file by its path below `static`."""

_SHEET = re.compile(r'^@import url\("([^":]+)"\)(?: layer\((\w+)\))?(?: (\(.+\)))?;$', re.MULTILINE)
_URL = re.compile(r'url\("([^":#]+)"\)')
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"^import (?:(.+) from )?'(\.{1,2}/[^']+)';$", re.MULTILINE)
_DEFAULT = re.compile(r"(?:^|(?<=;))export default (\w+);?\s*\Z", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|const|class) (\w+)", re.MULTILINE)
_ASIDE = re.compile(r"(?<=[{;]) /\* [\w ,'-]+ \*/|(?<=;) // [^'\"`/]+\Z")
"""A remark that stands after a brace or a statement, as no text between quotes does."""
_NAMES = re.compile(r"(?:(\w+)|\{ (\w+(?:, \w+)*) \})\Z")
_LOOSE = re.compile(r"(?<=[{};,])\s+|(?<=:) |\s+(?=[{}])")
_LEFT = re.compile(r"^\s*(?:import|export)\b.*", re.MULTILINE)


class NotJoinable(ValueError):
    """A file uses what cannot be put into one file with others."""


def joined(path: str, read: Read) -> str:
    """The text of a file, with all that it imports."""
    if path.endswith(".css"):
        return without_unused(_sheet(path, read))
    if path.endswith(".js"):
        return "\n".join(_modules(path, read, {}).values())
    return read(path)


def tight(sheet: str) -> str:
    """A joined sheet without the spaces that mean nothing: none stands within a text, none parts selectors."""
    return _LOOSE.sub("", sheet).replace(";}", "}")


def _sheet(path: str, read: Read) -> str:
    def within(found: re.Match[str]) -> str:
        part, layer, medium = found.groups()
        source = _beside(path, part)
        text = _sheet(source, read)
        text = _URL.sub(lambda url: f'url("{_moved(url[1], source, path)}")', text)
        text = f"@layer {layer} {{\n{text}\n}}\n{for_old_browsers(text, layer)}" if layer else text
        return f"@media {medium} {{\n{text}\n}}" if medium else text

    text = _SHEET.sub(within, _REMARK.sub("", read(path)))
    if "@import" in text:
        raise NotJoinable(f"{path}: an @import stands on a line of its own, with layer() and a medium at most")
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


def _moved(url: str, source: str, target: str) -> str:
    """An address in `source` as it is written in `target`."""
    return posixpath.relpath(_beside(source, url), posixpath.dirname(target) or ".")


def _beside(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _modules(path: str, read: Read, known: dict[str, str], within: tuple[str, ...] = ()) -> dict[str, str]:
    """Each module by its path, those that are imported first; `known` grows in place."""
    if path in within:
        raise NotJoinable(f"{path} imports itself, by {' and '.join(within)}")
    if path in known:
        return known
    text = _without_remarks(read(path), path)
    for found in _IMPORT.finditer(text):
        _modules(_beside(path, found[2]), read, known, (*within, path))
    known[path] = _scope(path, text)
    return known


def _scope(path: str, text: str) -> str:
    """The module as a function that is called at once and gives what it exports."""
    given = [name for _, name in _EXPORT.findall(text)]
    if default := _DEFAULT.search(text):
        given.append(f"default: {default[1]}")
    body = _EXPORT.sub(r"\1 \2", _DEFAULT.sub("", text))
    body = _IMPORT.sub(lambda found: _taken(found[1], _beside(path, found[2])), body)
    if left := _LEFT.search(body):
        raise NotJoinable(f"{path}: {left[0].strip()[:80]}")
    gives = f"\nreturn {{ {', '.join(given)} }};" if given else ""
    return f"const {_name(path)} = (() => {{\n{body.strip()}{gives}\n}})();"


def _taken(names: str | None, path: str) -> str:
    if names is None:
        return ""
    found = _NAMES.match(names)
    if found is None:
        raise NotJoinable(f"import {names} from {path}")
    return f"const {{ {f'default: {found[1]}' if found[1] else found[2]} }} = {_name(path)};"


def _name(path: str) -> str:
    return re.sub(r"\W", "_", f"of_{path}")


def _without_remarks(text: str, path: str) -> str:
    """Without remarks, on lines of their own or within, and without what indents."""
    plain = (_ASIDE.sub("", line.strip()) for line in text.splitlines())
    lines = [line for line in plain if line and not line.startswith("//")]
    if any(line.count("`") % 2 for line in lines if len(line) < 1_000):
        raise NotJoinable(f"{path}: a text in backticks goes over a line's end")
    return "\n".join(lines)
