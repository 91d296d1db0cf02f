"""Where things are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
TOOLS_VENV = BUILD / "tools"
REQUIREMENTS = ROOT / "requirements"
RESULTS = BUILD / "test-results"  # not ROOT / "test-results": pytest-playwright empties that folder whenever it starts
DEMO_DATA = ROOT / "var" / "demo"
