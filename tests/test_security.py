"""What the package itself never does, looked for in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "explorer"
# Only these: a worker that misbehaves in tests, and what starts our own processes or what the user has asked to open.
STARTS = {"work/testing.py", "work/process.py", "library/processes.py", "tui/opening.py"}
UNPICKLES = {"library/channel.py"}  # between our own processes, over pipes that nobody else has
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "asyncio.create_subprocess_shell"}
CODE = {"eval", "exec", "compile", "__import__"}
NETWORK = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "smtplib", "webbrowser", "xmlrpc.client"}
OBJECTS = {"marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml"}


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the package, by its path."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return tuple((str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call, by the name that it is written by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield _written(node.func), node


def _written(name: ast.expr) -> str:
    """A name with dots as it is written; what is called on something else begins with a dot."""
    after: list[str] = []
    while isinstance(name, ast.Attribute):
        after.append(name.attr)
        name = name.value
    return ".".join([name.id if isinstance(name, ast.Name) else "", *reversed(after)])


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module imported, and every name imported from one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_shell_and_no_code_out_of_data() -> None:
    for name, tree in sources():
        for called, call in calls(tree):
            assert called not in SHELLS or name == "work/testing.py", f"{name} runs a shell: {called}"
            assert called not in CODE, f"{name} makes code: {called}"
            shell = next((keyword.value for keyword in call.keywords if keyword.arg == "shell"), None)
            assert shell is None or (isinstance(shell, ast.Constant) and shell.value is False), f"{name} runs a shell"


def test_only_these_start_programs() -> None:
    found = {name for name, tree in sources() if {"subprocess", "multiprocessing"} & set(imported(tree))}
    found |= {name for name, tree in sources() if any(called.endswith("create_subprocess_exec") for called, _ in calls(tree))}
    assert found <= STARTS


def test_only_our_own_pipes_are_unpickled() -> None:
    for name, tree in sources():
        names = set(imported(tree))
        assert not names & OBJECTS, f"{name} reads objects"
        loads = {called for called, _ in calls(tree) if called in ("pickle.load", "pickle.loads", "pickle.Unpickler", "loads")}
        if names & {"pickle.load", "pickle.loads", "pickle.Unpickler"} or ("pickle" in names and loads):
            assert name in UNPICKLES, f"{name} unpickles"


def test_nothing_imports_a_way_into_the_network() -> None:
    for name, tree in sources():
        assert not set(imported(tree)) & NETWORK, name


@pytest.mark.parametrize(
    "source",
    ["import os\nos.system('x')", "eval('1')", "import subprocess\nsubprocess.run('x', shell=True)"],
    ids=["os", "eval", "sub"],
)
def test_the_search_finds_what_it_looks_for(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.sources", lambda: iter([("x.py", ast.parse(source))]))
    with pytest.raises(AssertionError):
        test_no_shell_and_no_code_out_of_data()
