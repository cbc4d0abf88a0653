"""Every command the README shows is run, or where it would install or open something for good, its first step is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.demo import corpus_folder

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
IN_A_TERMINAL = {"explorer", "explorer ~/documents", "explorer demo"}
INSTALLS = {"pipx install .", "uv tool install .", "pip install ."}


def shell(command: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Runs a line as a user would, in a folder, with the explorer of these tests first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "EXPLORER_HOME": str(home), "HOME": str(folder)}
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_readme_shows_commands() -> None:
    assert {"make demo", "make test"} | IN_A_TERMINAL | INSTALLS <= set(COMMANDS)


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - IN_A_TERMINAL - INSTALLS - {"make demo", "make test"}))
def test_a_command_of_the_readme(command: str, tmp_path: Path, home: Path) -> None:
    shutil.copytree(corpus_folder(), tmp_path / "documents")
    shutil.copy(corpus_folder() / "corvane-wire" / "ferry-fire.txt", tmp_path / "article.txt")
    if command.startswith("explorer forget"):
        shell("explorer index ~/documents", tmp_path, home)  # so that there is something to forget
    done = shell(command, tmp_path, home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or command.startswith("explorer forget")


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_make_knows_the_two_commands(command: str, tmp_path: Path) -> None:
    done = subprocess.run([*command.split(), "--dry-run"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert ("explorer demo" if "demo" in command else "pytest") in done.stdout


def test_the_package_installs_and_answers(tmp_path: Path, home: Path) -> None:
    """What pip, pipx and uv do: build the package from a copy of the checkout, put it elsewhere, run it from there."""
    source, target = tmp_path / "source", tmp_path / "installed"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "tests", "bench", "docs", "__pycache__"))
    build = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(source)]
    built = subprocess.run(build, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    environment = {**os.environ, "PYTHONPATH": str(target), "EXPLORER_HOME": str(home)}
    command = [
        sys.executable,
        "-P",
        "-m",
        "explorer",
        "search",
        "ferry",
        str(target / "explorer" / "demo" / "corpus"),
        "--format",
        "json",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    assert '"total": 5' in done.stdout or '"total":5' in done.stdout
    assert (target / "bin" / "explorer").exists()
