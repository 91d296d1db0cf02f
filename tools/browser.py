"""A browser for the journeys: found on the machine, installed from Debian, or fetched by Playwright."""

import glob
import os
import shutil
import subprocess
from pathlib import Path

from tools import places
from tools.process import run_quietly
from tools.say import Problem, complain, say

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
KNOWN_PLACES = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/.cache/ms-playwright/chromium_headless_shell-*/*/*headless*shell",
    "~/Library/Caches/ms-playwright/chromium_headless_shell-*/*/*headless*shell",
]
BROWSER_OPTIONS = ("--no-sandbox", "--version")
PACKAGES = ["chromium-headless-shell", "fonts-liberation"]
MISSING = (
    "The journeys need a browser, and none could be found or installed. Install Chromium "
    "(on Debian: apt-get install chromium-headless-shell), or set CHROMIUM to the path of a Chrome or Chromium."
)


def find() -> Path | None:
    """Return a browser that starts: the one asked for by CHROMIUM, or the first of the usual ones."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        if not starts(Path(asked)):
            raise Problem(f"CHROMIUM is {asked}, which does not start. Set it to the path of a Chrome or Chromium, or unset it.")
        return Path(asked)
    candidates = [path for name in NAMES if (path := shutil.which(name))]
    for pattern in KNOWN_PLACES:
        candidates.extend(sorted(glob.glob(os.path.expanduser(pattern)), reverse=True))  # noqa: PTH111, PTH207
    return next((Path(path) for path in candidates if not _is_caged(path) and starts(Path(path))), None)


def _is_caged(path: str) -> bool:
    """Whether a path leads into a snap, which cannot read our temporary folders."""
    return "/snap/" in path or "/snap/" in os.path.realpath(path)


def starts(path: Path, *options: str) -> bool:
    """Whether a program runs at all."""
    try:
        done = subprocess.run([path, *(options or BROWSER_OPTIONS)], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def provide() -> Path:
    """Return a browser that Playwright can drive, installing what is missing; never go on without."""
    _provide_driver()
    found = find()
    for install in (_install_from_debian, _install_by_playwright):
        if found is not None:
            return found
        try:
            install()
        except Problem as problem:
            complain(str(problem))
        found = find()
    if found is None:
        raise Problem(MISSING)
    return found


def _provide_driver() -> None:
    """Playwright brings a Node of its own, which needs a library that a bare Debian lacks."""
    driver = next(places.VENV.glob("lib/python*/site-packages/playwright/driver/node"), None)
    if driver is None or starts(driver, "--version"):
        return
    if _may_install():
        say("Installing a library for Playwright …")
        _apt_install("libatomic1", otherwise="The library could not be installed from Debian's packages.")
    if not starts(driver, "--version"):
        raise Problem(
            f"Playwright does not start here. On Debian or Ubuntu: apt-get install libatomic1. Elsewhere, see what {driver} says."
        )


def _may_install() -> bool:
    """Whether we are root on a machine with Debian's packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt_install(*packages: str, otherwise: str) -> None:
    """Install Debian packages without asking anything."""
    unattended = {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    run_quietly([*apt, "update"], otherwise="The list of Debian packages could not be brought up to date.", extra=unattended)
    run_quietly([*apt, "install", "-y", "--no-install-recommends", *packages], otherwise=otherwise, extra=unattended)


def _install_from_debian() -> None:
    """Install Debian's small headless Chromium, and fonts as wide as Arial, where we may."""
    if _may_install():
        say("Installing a browser …")
        _apt_install(*PACKAGES, otherwise="The browser could not be installed from Debian's packages.")


def _install_by_playwright() -> None:
    """Let Playwright fetch its own browser."""
    say("Fetching a browser …")
    run_quietly(
        [places.PYTHON, "-m", "playwright", "install", "chromium-headless-shell"],
        otherwise="Playwright could not fetch its browser.",
    )
