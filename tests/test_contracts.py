"""Who may import whom, and what the command line must not pay for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOADED = (
    "import json, sys\n"
    "sys.argv = ['explorer', *sys.argv[1:]]\n"
    "from explorer.__main__ import main\n"
    "try:\n"
    "    code = main()\n"
    "except SystemExit as leaving:\n"
    "    code = leaving.code or 0\n"
    "print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]), file=sys.stderr)\n"
)
HEAVY = {"textual", "spacy", "trafilatura", "lxml", "pypdfium2", "chardet"}


def test_import_contracts() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 kept, 0 broken" in done.stdout


def _loaded_by(*arguments: str) -> tuple[int, set[str]]:
    done = subprocess.run([sys.executable, "-P", "-c", LOADED, *arguments], capture_output=True, text=True, check=False)
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("search", "--help")], ids=" ".join)
def test_help_loads_no_library(arguments: tuple[str, ...]) -> None:
    code, modules = _loaded_by(*arguments)
    assert code == 0 and "explorer" in modules
    assert not modules & (HEAVY | {"whoosh", "sqlite3"})


def test_a_search_loads_no_app_and_no_reader(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A story\n\nThe harbour froze.")
    for command in ("search", "quotes", "entities"):
        code, modules = _loaded_by(command, "harbour", str(tmp_path))
        assert code in (0, 1) and "whoosh" in modules
        assert not modules & HEAVY
    code, _ = _loaded_by("search", "harbour", str(tmp_path))
    assert code == 0, "what the folder holds was found"


def test_the_library_alone_loads_nothing_heavy() -> None:
    script = "import explorer.library.library, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & (HEAVY | {"rich"})
