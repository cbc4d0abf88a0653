"""The real app, in a real terminal, on the demo corpus."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.demo import corpus_folder
from tests.terminal.terminals import END, Pty, Terminal, Tmux, start, wait_for

KINDS = [
    pytest.param(
        Tmux, marks=pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed; the pty test runs instead")
    ),
    Pty,
]


@pytest.fixture(params=KINDS)
def app(request: pytest.FixtureRequest, home: Path) -> Iterator[Terminal]:
    """The app on the demo corpus, at 100 by 30."""
    terminal = start(corpus_folder(), home, (100, 30), request.param)
    try:
        wait_for(terminal, "18 documents")
        yield terminal
    finally:
        terminal.close()


def test_type_arrow_enter_next_quit(app: Terminal) -> None:
    app.press('"left behind"')
    wait_for(app, "understood as: “left behind”")
    wait_for(app, "in 5 documents")
    app.press("down")
    app.press("enter")
    wait_for(app, lambda screen: "document · hit" in screen and "Corvane Wire · 2026-03-12" in screen)
    app.press("n")
    wait_for(app, "Quayside Review · 2026-03-14")
    app.press("ctrl+q")
    ended = wait_for(app, END)
    assert "ended with 0" in ended
    assert "icanon" in ended.replace("-icanon", "") and "-echo " not in ended, "the terminal is not as it was"
    assert app.modes() == {"alternate": False, "cursor": True, "mouse": False}


def test_killed_by_a_hangup_nothing_is_left_running(home: Path) -> None:
    terminal = start(corpus_folder(), home, (80, 24))
    wait_for(terminal, "18 documents")
    terminal.close()
    assert wait_for_no_process(home), "a child process outlived the app"


def wait_for_no_process(home: Path) -> bool:
    """Whether soon no process with this home is left."""
    import time

    mark = f"EXPLORER_HOME={home}".encode()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        left = []
        for environment in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in environment.read_bytes().split(b"\0") and b"explorer" in (environment.parent / "cmdline").read_bytes():
                    left.append(environment.parent.name)
            except OSError:
                continue
        if not left:
            return True
        time.sleep(0.1)
    return False
