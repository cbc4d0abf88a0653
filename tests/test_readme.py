"""Every command the README shows is run, or where it would install or open something for good, its first step is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.cli.commands import NAMES
from explorer.demo import corpus_folder
from explorer.index.query.fields import FIELDS
from explorer.index.query.parser import parse
from explorer.tui.commands import COMMANDS as APP_COMMANDS
from explorer.tui.commands import key_name

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
IN_A_TERMINAL = {"explorer", "explorer ~/documents", "explorer demo"}
QUIET = tuple(
    f"explorer {name} " for name in ("forget", "save", "tag", "star", "join", "part")
)  # what they say goes to standard error
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


@pytest.fixture(scope="session")
def users_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of the README's user, whose documents no command changes; their index, once made, is in ``index``."""
    folder = tmp_path_factory.mktemp("user")
    shutil.copytree(corpus_folder(), folder / "documents")
    shutil.copy(corpus_folder() / "corvane-wire" / "ferry-fire.txt", folder / "article.txt")
    shutil.copy(folder / "article.txt", folder / "documents" / "report.txt")
    (folder / "terms.txt").write_text("ferry\nsmoke\n", encoding="utf-8")
    assert shell("explorer index ~/documents", folder, folder / "index").returncode == 0
    return folder


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - IN_A_TERMINAL - INSTALLS - {"make demo", "make test"}))
def test_a_command_of_the_readme(command: str, users_folder: Path, home: Path) -> None:
    if command != "explorer index ~/documents":
        shutil.copytree(users_folder / "index", home, dirs_exist_ok=True)
    if "deaths" in command or "saved" in command:
        saving = next(saving for saving in COMMANDS if saving.startswith("explorer save "))
        assert shell(saving, users_folder, home).returncode == 0
    done = shell(command, users_folder, home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or command.startswith(QUIET) or ">" in command
    assert "Traceback" not in done.stderr


def section(heading: str) -> str:
    """What stands under a heading, up to the next of its kind."""
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def examples(text: str) -> list[str]:
    """What stands in code, as it is meant in a table."""
    return [code.replace("\\|", "|") for code in re.findall(r"`([^`\n]+)`", text)]


def table(heading: str) -> str:
    return "\n".join(line for line in section(heading).splitlines() if line.startswith("|"))


@pytest.mark.parametrize("query", examples(table("Queries")))
def test_a_query_of_the_readme_can_be_read_and_nothing_in_it_is_repaired(query: str) -> None:
    assert parse(query, saved={"deaths": "died OR killed"}.get).notes == ()


def test_what_is_written_side_by_side_is_understood_alike() -> None:
    """The spellings of other programs mean what ours mean."""
    same = {
        "minister w/8 delay": ["minister NEAR/8 delay", "minister AROUND(8) delay", "minister /8 delay"],
        "minister pre/8 delay": ["minister ADJ/8 delay", "minister +8 delay", "minister ONEAR/8 delay"],
        "minister w/s delay": ["minister /s delay"],
        "tax delay": ["tax AND delay", "+tax +delay"],
    }
    for ours, others in same.items():
        for other in others:
            assert {ours, other} <= set(examples(table("Queries")))
            assert parse(other).tree == parse(ours).tree


def test_every_field_is_in_the_readme() -> None:
    written = " ".join(examples(section("Queries")))
    assert [field for field in FIELDS if f"{field}:" not in written] == []


def test_every_command_is_in_the_readme_and_the_keys_are_those_of_the_app() -> None:
    assert [name for name in NAMES if f"explorer {name}" not in README] == []
    known = {key_name(key) for command in APP_COMMANDS for key in command.keys}
    assert [key for key in examples(table("Keys")) if key not in known] == []


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
