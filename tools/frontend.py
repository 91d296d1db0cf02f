"""The NHS design system's style sheet and script, taken from its package and made fit to ship.

The package is MIT, but three things in it may not go into this product: the Frutiger font (licensed to the NHS, and
a request to another site), the NHS logo in the icons, and source maps. What is left is written to a folder git
ignores, so nothing of the package is committed.
"""

import re
import shutil
from pathlib import Path

from tools import places, stamps
from tools.process import one_at_a_time, run_quietly
from tools.python_env import node_folder
from tools.say import Problem, say

PACKAGE = places.ROOT / "node_modules" / "nhsuk-frontend"
WANTED = PACKAGE / "dist" / "nhsuk"
BUILT = places.ROOT / "safety_partners" / "design" / "static" / "nhsuk"
# For print only, where no reader brings a font of their own: free to ship, and it has the letters of most names.
FONT_PACKAGE = places.ROOT / "node_modules" / "dejavu-fonts-ttf"
FONTS = places.ROOT / "safety_partners" / "design" / "fonts"
FONT_FILES = ["ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf", "LICENSE"]
INPUTS = [places.ROOT / "package.json", places.ROOT / "package-lock.json", places.ROOT / ".npmrc"]

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_FAMILY = re.compile(r"""(font-family:\s*)["']?Frutiger W01["']?\s*,\s*arial""", re.IGNORECASE)
SOURCE_MAP = re.compile(r"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")
ASSET = re.compile(r"""url\(\s*["']?/assets/(?P<path>[^"')]+)["']?\s*\)""")
OUTSIDE = re.compile(r"""url\(\s*["']?(?:[a-z]+:)?//""", re.IGNORECASE)

START = """
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();
"""


def make_style_sheet(css: str) -> tuple[str, list[str]]:
    """Return the style sheet as we ship it, and the assets it refers to.

    The two font faces go; the `font-family` rule stays, with Arial first. Assets are addressed from the style sheet's
    own folder, so that they work under any prefix and are found when static files are named by content.
    """
    css = FONT_FACE.sub("", css)
    css = FONT_FAMILY.sub(r"\1Arial", css)
    css = SOURCE_MAP.sub("\n", css)
    assets = sorted({match["path"] for match in ASSET.finditer(css)})
    css = ASSET.sub(lambda match: f"url({match['path']})", css)
    _refuse_what_may_not_ship(css)
    return css, assets


def _refuse_what_may_not_ship(css: str) -> None:
    """Stop when a new version of the package is written so differently that the rules above no longer bite."""
    if "frutiger" in css.lower() or "@font-face" in css:
        raise Problem("The NHS style sheet still names the Frutiger font: tools/frontend.py must learn its new form.")
    if OUTSIDE.search(css):
        raise Problem("The NHS style sheet still asks another site for a file: tools/frontend.py must learn why.")
    if "font-family:Arial" not in css.replace(": ", ":"):
        raise Problem("The NHS style sheet has lost its font-family: tools/frontend.py must learn its new form.")


def make_script(script: str) -> str:
    """Return the module with two lines that start every component on the page.

    The package leaves starting to an inline script, which our Content-Security-Policy forbids.
    """
    return SOURCE_MAP.sub("\n", script) + START


def _is_ours_to_use(asset: str) -> bool:
    """Icons drawn by the style sheet may be used; favicons and touch icons carry the NHS logo."""
    return re.fullmatch(r"images/nhsuk-icon-[a-z-]+\.svg", asset) is not None and not asset.endswith("mask.svg")


def build(package: Path = WANTED, built: Path = BUILT) -> None:
    """Write `nhsuk.css`, `nhsuk.js` and the icons the style sheet needs."""
    css, assets = make_style_sheet((package / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    script = make_script((package / "nhsuk-frontend.min.js").read_text(encoding="utf-8"))
    forbidden = [asset for asset in assets if not _is_ours_to_use(asset)]
    if forbidden:
        raise Problem(f"The NHS style sheet uses {', '.join(forbidden)}: look whether it may be shipped.")
    shutil.rmtree(built, ignore_errors=True)
    built.mkdir(parents=True)
    (built / "nhsuk.css").write_text(css, encoding="utf-8")
    (built / "nhsuk.js").write_text(script, encoding="utf-8")
    for asset in assets:
        target = built / asset
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "assets" / asset, target)


def copy_fonts(package: Path = FONT_PACKAGE, fonts: Path = FONTS) -> None:
    """Put the fonts of printed pages, and their licence, where the product finds them."""
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    for name in FONT_FILES:
        shutil.copyfile(package / name, fonts / Path(name).name)


def prepare() -> None:
    """Install the package and build from it, unless that has been done for these very inputs."""
    installed = stamps.checksum(*INPUTS)
    wanted = stamps.checksum(*INPUTS, Path(__file__))
    if stamps.read(PACKAGE) != installed:
        npm, path = _find_npm()
        with one_at_a_time():
            say("Installing the NHS design system …")
            _install(npm, path)
            stamps.write(PACKAGE, installed)
    if stamps.read(BUILT) != wanted:
        with one_at_a_time():
            say("Building the style sheet and script …")
            build()
            copy_fonts()
            stamps.write(BUILT, wanted)


def _find_npm() -> tuple[str, Path | None]:
    """Return the machine's npm or, where it has none, one from the Python package index, and where its node is."""
    npm = shutil.which("npm")
    if npm:
        return npm, None
    folder = node_folder()
    return str(folder / "npm"), folder


def _install(npm: str, path: Path | None) -> None:
    """Install exactly what package-lock.json names; nothing in it is run."""
    run_quietly(
        [npm, "ci"],
        cwd=places.ROOT,
        first_on_path=path,
        otherwise="The NHS design system could not be downloaded by npm (its words are above). "
        "Check that this machine is online, then run the same command again.",
    )
