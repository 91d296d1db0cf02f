"""Where things are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
TOOLS_VENV = BUILD / "tools"
REQUIREMENTS = ROOT / "requirements"
RESULTS = ROOT / "test-results"
DEMO_DATA = ROOT / "var" / "demo"
