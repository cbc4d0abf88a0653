"""Completion scripts: complete, lawful, and bash's does complete."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from explorer.cli.commands import COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_it_and_the_shell_can_read_it(explore, shell, tmp_path):
    script = explore("completion", shell).out
    for command in COMMANDS:
        assert command.name in script
        for option in command.options:
            assert (option if shell != "fish" else f"-l {option[2:]}") in script
    if shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(script, encoding="utf-8")
        assert subprocess.run([shell, "-n", path], capture_output=True, check=False).stderr == b""


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["sea"], {"search"}),
        (["search", "x", "--all"], {"--all-passages"}),
        (["search", "x", "--format", "js"], {"json", "jsonl"}),
        (["entities", "--type", "p"], {"person", "place"}),
        (["completion", "z"], {"zsh"}),
        (["index", "my "], {"my folder"}),
    ],
)
def test_bash_completes(explore, words, completed, tmp_path):
    (tmp_path / "my folder").mkdir()
    script = explore("completion", "bash").out
    asked = " ".join(f"'{word}'" for word in ["explorer", *words])
    ask = f"COMP_WORDS=({asked}); COMP_CWORD={len(words)}; _explorer; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    ran = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, check=True, text=True, cwd=tmp_path)
    assert set(ran.stdout.splitlines()) == completed


def test_keys_come_from_the_table_of_the_app(explore):
    from explorer.tui.commands import COMMANDS as KEYS

    shown = explore("keys").out
    assert all(command.help in shown for command in KEYS if command.keys)
    assert explore("keys", "--format", "md").code == explore("keys", "--format", "csv").code == 0
