"""One file instead of many means the same: layers, media, scopes, order; what cannot be joined is refused."""

import re

import pytest

from app.views.bundles import NotJoinable, joined, tight
from app.views.old_browser_css import for_old_browsers
from app.views.static_files import FRONTEND

STATIC = FRONTEND / "static"
SCREENS = sorted(file.relative_to(STATIC).as_posix() for file in (STATIC / "css" / "bundles").glob("*.css"))
SCRIPTS = sorted(file.relative_to(STATIC).as_posix() for file in (STATIC / "js").glob("*.js"))


def of(path: str, **files: str) -> str:
    """What is made of files that are named without slashes and dots: `js_a` is js/a.js, `css_b` is css/b.css."""
    known = {
        f"{name.partition('_')[0]}/{name.partition('_')[2]}.{name.partition('_')[0]}": files[name] for name in files
    }
    return joined(path, known.__getitem__)


def test_a_sheet_stands_in_the_layer_and_the_medium_of_its_import() -> None:
    text = of(
        "css/page.css",
        css_page='@layer a, b;\n@import url("one.css") layer(a);\n@import url("two.css") layer(b) (min-width: 45rem);\n',
        css_one="/* a remark */\np { color: red; }\n",
        css_two="  i { color: blue; }\n",
    )
    assert text == (
        "@layer a, b;\n@layer a {\np { color: red; }\n}\n" + for_old_browsers("p { color: red; }", "a") + "\n"
        "@media (min-width: 45rem) {\n@layer b {\ni { color: blue; }\n}\n"
        + for_old_browsers("i { color: blue; }", "b") + "\n}"
    )  # fmt: skip


def test_a_sheet_is_sent_without_spaces_that_mean_nothing() -> None:
    loose = (
        '@media (min-width: 1px) {\na :hover, b > i:not(.c, .d) { margin: 0 -1px; content: ""; }\nu { top: 0; }\n}\n'
    )
    assert tight(loose) == '@media (min-width:1px){a :hover,b > i:not(.c,.d){margin:0 -1px;content:""}u{top:0}}'


def test_a_picture_or_a_font_is_found_from_wherever_the_sheet_is_joined() -> None:
    files = {
        "css/bundles/page.css": '@import url("../fonts.css");',
        "css/fonts.css": '@font-face { src: url("../vendor/a.woff2") format("woff2"); } b { background: url("data:x"); }',
    }
    text = joined("css/bundles/page.css", files.__getitem__)
    assert 'url("../../vendor/a.woff2")' in text
    assert 'url("data:x")' in text


def test_remarks_beside_statements_go_and_texts_that_look_like_them_stay() -> None:
    said = "const said = 'of; // it'; /* what is said */\nconst url = `https://a.example/* b */`;\n"
    text = of(
        "js/page.js",
        js_page=f"const most = 4; // Milliseconds, as it were.\ntry {{ go(); }} catch {{ /* none */ }}\n{said}",
    )
    assert (
        "const most = 4;\ntry { go(); } catch { }\nconst said = 'of; // it';\nconst url = `https://a.example/* b */`;"
        in text
    )


def test_a_module_runs_once_before_those_that_import_it_in_a_scope_of_its_own() -> None:
    text = of(
        "js/page.js",
        js_page="import './a.js';\nimport { size } from './c.js';\nimport x from './b.js';\nconst mine = size + x;\n",
        js_a="// a remark\nimport { size, grow } from './c.js';\nconst mine = grow(size);\n",
        js_b="var x=2;export default x;",
        js_c="export const size = 3;\nexport async function grow(by) {\n  return by;\n}\nexport class Big {}\n",
    )
    assert re.findall(r"const (of_\w+) =", text) == ["of_js_c_js", "of_js_a_js", "of_js_b_js", "of_js_page_js"]
    assert "return { size, grow, Big };" in text
    assert "const { size, grow } = of_js_c_js;\nconst mine = grow(size);" in text
    assert "const { default: x } = of_js_b_js;" in text
    assert "return { default: x };" in text
    assert "remark" not in text
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)


@pytest.mark.parametrize(
    "module",
    [
        "export let changing = 1;",
        "export { a, b };",
        "export * from './b.js';",
        "import * as all from './b.js';",
        "import { a as b } from './b.js';",
        "import './b.js'",
        "const text = `over\ntwo lines`;",
        "import './a.js';",
    ],
)
def test_what_would_come_to_mean_something_else_is_refused(module: str) -> None:
    with pytest.raises(NotJoinable):
        of("js/a.js", js_a=module, js_b="export const a = 1;")


@pytest.mark.parametrize("sheet", ['@import "b.css";', '@import url("b.css") print;', 'p {} @import url("b.css");'])
def test_an_import_of_another_shape_is_refused(sheet: str) -> None:
    with pytest.raises(NotJoinable):
        of("css/a.css", css_a=sheet, css_b="p {}")


@pytest.mark.parametrize("path", [*SCREENS, *SCRIPTS])
def test_all_that_we_ship_can_be_joined(path: str) -> None:
    text = joined(path, lambda part: (STATIC / part).read_text())
    assert text
    assert not re.search(r"^\s*(@import|import|export)\b", text, re.MULTILINE)
    assert all((STATIC / path).parent.joinpath(url).is_file() for url in re.findall(r'url\("([^":#]+)"\)', text))


def test_the_floor_has_letters_as_the_phone_has_them_and_no_sheet_of_another_screen() -> None:
    text = joined("css/bundles/floor.css", lambda part: (STATIC / part).read_text())
    assert "@font-face" not in text
    imported = set(re.findall(r'"../(\w+)\.css"', (STATIC / "css" / "bundles" / "floor.css").read_text()))
    assert imported == {"tokens", "base", "components", "post", "floor", "forced"}
