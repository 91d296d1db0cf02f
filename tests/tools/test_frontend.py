"""What is taken from the NHS design system, and what may not be."""

import pytest

from tools import frontend
from tools.say import Problem

CSS = (
    '@charset "UTF-8";html{font-family:Frutiger W01,arial,sans-serif}'
    "@font-face{font-family:Frutiger W01;font-weight:400;src:url(https:" + '//assets.example/a.woff2) format("woff2")}'
    '@font-face{font-family:"Frutiger W01";font-weight:600;src:url(https:' + '//assets.example/b.woff) format("woff")}'
    ".a{background:url(/assets/images/nhsuk-icon-cross.svg)}.b{background:url('/assets/images/nhsuk-icon-cross.svg')}\n"
    "/*# sourceMappingURL=nhsuk-frontend.min.css.map */\n"
)


def test_fonts_go_and_the_font_family_stays():
    css, _ = frontend.make_style_sheet(CSS)
    assert "@font-face" not in css
    assert "frutiger" not in css.lower()
    assert "html{font-family:Arial,sans-serif}" in css


def test_assets_are_addressed_from_the_style_sheet():
    css, assets = frontend.make_style_sheet(CSS)
    assert assets == ["images/nhsuk-icon-cross.svg"]
    assert css.count("url(images/nhsuk-icon-cross.svg)") == 2
    assert "/assets/" not in css


def test_source_maps_go():
    css, _ = frontend.make_style_sheet(CSS)
    assert "sourceMappingURL" not in css
    assert "sourceMappingURL" not in frontend.make_script("export{a};//# sourceMappingURL=a.js.map\n")


@pytest.mark.parametrize(
    "css",
    [
        "html{font-family:Arial}.a{background:url(https:" + "//example.org/a.png)}",
        "html{font-family:Arial}.a{background:url(" + "//example.org/a.png)}",
        "html{font-family:Arial}.a{font-family:'Frutiger W02'}",
        "html{color:red}",
    ],
)
def test_a_new_form_of_the_package_is_not_let_through(css):
    with pytest.raises(Problem):
        frontend.make_style_sheet(css)


def test_the_script_starts_the_components():
    script = frontend.make_script("function initAll(){}export{initAll};//# sourceMappingURL=a.js.map")
    assert script.rstrip().endswith("initAll();")
    assert "nhsuk-frontend-supported" in script


def package(folder, css):
    """A package as small as can be."""
    (folder / "assets" / "images").mkdir(parents=True)
    (folder / "assets" / "images" / "nhsuk-icon-cross.svg").write_text("<svg/>")
    (folder / "nhsuk-frontend.min.css").write_text(css)
    (folder / "nhsuk-frontend.min.js").write_text("export{initAll};")
    return folder


def test_build_writes_what_is_needed_and_no_more(tmp_path):
    built = tmp_path / "built"
    (built / "old").mkdir(parents=True)
    frontend.build(package(tmp_path / "package", CSS), built)
    written = {str(file.relative_to(built)) for file in built.rglob("*") if file.is_file()}
    assert written == {"nhsuk.css", "nhsuk.js", "images/nhsuk-icon-cross.svg"}
    assert not (built / "old").exists()


@pytest.mark.parametrize("asset", ["images/favicon.svg", "images/nhsuk-icon-180.png", "images/nhsuk-icon-mask.svg"])
def test_the_logo_is_refused(tmp_path, asset):
    css = CSS + f".c{{background:url(/assets/{asset})}}"
    with pytest.raises(Problem, match="may be shipped"):
        frontend.build(package(tmp_path / "package", css), tmp_path / "built")


def test_what_was_built_here_asks_no_other_site():
    css = (frontend.BUILT / "nhsuk.css").read_text(encoding="utf-8")
    assert not frontend.OUTSIDE.search(css)
    assert "font-family:Arial,sans-serif" in css


def test_fonts_of_printed_pages_come_with_their_licence(tmp_path):
    (tmp_path / "package" / "ttf").mkdir(parents=True)
    for name in frontend.FONT_FILES:
        (tmp_path / "package" / name).write_text(name)
    frontend.copy_fonts(tmp_path / "package", tmp_path / "fonts")
    assert {file.name for file in (tmp_path / "fonts").iterdir()} == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LICENSE"}
