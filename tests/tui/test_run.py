"""Starting the app, and leaving the terminal as it was."""

import os
import pty
import select
import signal
import subprocess
import sys
import time

import pytest
from app_driver import running

from explorer.tui.run import run_app


def test_without_a_terminal_it_is_one_clear_line(capsys, tmp_path):
    assert run_app(tmp_path) == 2
    assert capsys.readouterr().err == "explorer: the app needs a terminal; `explorer search QUERY FOLDER` works without one\n"


def test_importing_the_way_in_loads_no_textual():
    code = "import explorer.tui.run, sys; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def in_terminal(folder, seconds=90, keys=b"", signal_=None, before="", hang_up=False):
    """Runs the app in a terminal of its own; once something is painted, types keys, sends a signal, or closes the terminal.

    Returns what came from it and its exit code.
    """
    imports = "import sys; from pathlib import Path; from explorer.tui.run import run_app"
    imports += "; from explorer.library.client import Client"
    code = f"{imports}\n{before}\nsys.exit(run_app(Path({str(folder)!r})))"
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-c", code])
    output, end, told = b"", time.monotonic() + seconds, False
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                output += os.read(terminal, 65536)
            except OSError:
                break
        if not told and b"results" in output:
            told = True
            os.write(terminal, keys)
            if hang_up:
                os.close(terminal)
                break
            if signal_ is not None:
                time.sleep(0.5)  # until the keys have had their effect
                os.kill(pid, signal_)
    return output, os.waitstatus_to_exitcode(status_of(pid, end))


def status_of(pid, until):
    """How a process ended; one that has not by then is killed."""
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def given_back(output):
    """Whether the terminal's own screen and its cursor are back."""
    last = output.rindex(b"\x1b[?1049l")
    return last > output.rindex(b"\x1b[?1049h") and b"\x1b[?25h" in output[last:]


def services_of(folder):
    """The library's processes that still serve a folder after a while."""
    until = time.monotonic() + 30
    while True:
        commands = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        found = [line for line in commands.splitlines() if "explorer.library.service" in line and str(folder) in line]
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.1)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text("The harbour bridge closes today.")
    return tmp_path


def test_a_missing_folder_is_one_clear_line(tmp_path):
    output, status = in_terminal(tmp_path / "no")
    assert status == 2
    assert b"Traceback" not in output and output.startswith(b"explorer: there is no folder")


def test_the_terminal_is_given_back_and_no_process_stays(folder):
    output, status = in_terminal(folder, keys=b"\x11")
    assert status == 0
    assert given_back(output)
    assert services_of(folder) == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_the_terminal_is_given_back_when_told_to_end(folder, name):
    told = getattr(signal, name)
    output, status = in_terminal(folder, signal_=told)
    assert status == 128 + told, output[-500:]
    assert given_back(output)
    assert b"Traceback" not in output
    assert services_of(folder) == []


# The thread that writes to the terminal ends, as it does where the terminal is gone, and the next two writes block the loop.
NO_WRITER = """
import textual.drivers._writer_thread as writer
def run(self):
    text = ""
    while "results" not in text:
        text = self._queue.get()
        self._file.write(text)
        self._file.flush()
writer.MAX_QUEUED_WRITES = 1
writer.WriterThread.run = run
"""


def test_told_to_end_it_ends_although_nothing_can_be_written(folder):
    _, status = in_terminal(folder, keys=b"bridge", signal_=signal.SIGTERM, before=NO_WRITER)
    assert status == 128 + signal.SIGTERM


def test_a_closed_terminal_ends_it(folder):
    output, status = in_terminal(folder, keys=b"bridge", hang_up=True)
    assert b"results" in output
    assert status == 128 + signal.SIGHUP


def test_what_nobody_foresaw_is_one_clear_line(folder, home):
    output, status = in_terminal(folder, before="Client.search = lambda *a, **k: 1 / 0")
    assert status == 2
    assert given_back(output)
    assert b"Traceback" not in output
    assert b"explorer: something went wrong (ZeroDivisionError); details are in" in output
    assert "ZeroDivisionError" in (home / "explorer.log").read_text()


async def test_without_colours_hits_are_still_told_apart(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as app:
        await app.type("bridge")
        strips = app.app.screen._compositor.render_strips()
        marked = [segment.style for strip in strips for segment in strip if segment.text == "bridge" and segment.style]
        assert any(style.reverse for style in marked)
        assert any(style.underline and not style.reverse for style in marked)
        colours = {style.color.triplet for strip in strips for segment in strip if (style := segment.style) and style.color}
        assert all(triplet is None or len(set(triplet)) == 1 for triplet in colours)


async def test_every_theme_paints():
    async with running() as app:
        await app.type("bridge")
        for theme in sorted(app.app.available_themes)[::4]:  # each costs a second
            app.app.theme = theme
            await app.settle(0.02)
            assert "understood as: bridge" in app.screen_text()


async def test_a_click_on_the_footer_runs_the_command():
    async with running() as app:
        await app.keys("tab")
        line = app.screen_text().splitlines()[-1]
        await app.pilot.click("#footer", offset=(line.index("side pane"), 0))
        await app.settle()
        assert app.main.panes.place == "side"
