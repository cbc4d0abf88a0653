"""What goes over the wire: hostile text, small and plain terminals, and stopping the app for a while."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pyte
import pytest
from test_run import given_back, status_of

from explorer.tui.run import run_app

HERE = Path(__file__).parent
# What must never reach a terminal as it is: colour, title, clipboard, C1 controls, an override of direction, markup obeyed.
FORBIDDEN = (b"a\x1b[31mb", b"\x1b]0;", b"\x1b]2;", b"\x1b]52;c;cHduZWQ=", b"\xc2\x9b", b"\xe2\x80\xae", b"\xe2\x81\xa6")
# The in-memory source with hostile text in every field, as if no reader had cleaned any of it.
HOSTILE = f"""
sys.path.insert(0, {str(HERE)!r})
from test_hostile import EVIL, HostileSource
import explorer.tui.run
async def opened(engine, names, folder):
    return HostileSource()
explorer.tui.run._open = opened
"""
# The first net taken away: what every widget paints goes as it came.
NO_FIRST_NET = """
import explorer.tui.app
from explorer.tui import banner, display, document_view, heading, result_rows, search_box, side_rows, title_bar
for module in (banner, document_view, heading, result_rows, search_box, side_rows, title_bar):
    for name in ("paint", "one_line"):
        if hasattr(module, name):
            setattr(module, name, lambda text: text.replace("\\n", " "))
    if hasattr(module, "glyphs"):
        module.glyphs = lambda text: text
"""


class Running:
    """The app in a terminal of its own."""

    def __init__(self, pid, terminal, size):
        self.pid, self.terminal, self.size, self.output = pid, terminal, size, b""

    def until(self, words, seconds=60):
        """Reads until the output since the last call has some words, and returns that."""
        seen, end = b"", time.monotonic() + seconds
        while words not in seen:
            assert time.monotonic() < end, f"never came: {words!r}\n{seen[-2000:]!r}"
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    seen += os.read(self.terminal, 65536)
                except OSError:
                    raise AssertionError(f"it ended before {words!r} came\n{seen[-2000:]!r}") from None
        self.output += seen
        return seen

    def shows(self, there, seconds=60):
        """Reads until a condition holds of the text on the screen."""
        screen = pyte.Screen(*self.size)
        stream, end = pyte.ByteStream(screen), time.monotonic() + seconds
        stream.feed(self.output)
        while not there(text := "\n".join(screen.display)):
            assert time.monotonic() < end, f"never came:\n{text}"
            if select.select([self.terminal], [], [], 0.1)[0]:
                piece = os.read(self.terminal, 65536)
                self.output += piece
                stream.feed(piece)

    def ended(self, seconds=60):
        """Reads to the end and returns the exit code."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.output += os.read(self.terminal, 65536)
                except OSError:
                    break
        return os.waitstatus_to_exitcode(status_of(self.pid, end))

    def resize(self, columns, lines):
        """Gives the terminal another size."""
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)


@contextmanager
def app_in_terminal(folder, before="", size=(100, 30), **environment):
    start = f"from explorer.tui.run import run_app\nsys.exit(run_app(Path({str(folder)!r})))"
    code = f"import sys\nfrom pathlib import Path\n{before}\n{start}"
    pid, terminal = pty.fork()
    if pid == 0:
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)  # the size of the terminal that the tests run in
        os.environ.update({"TERM": "xterm-256color", **environment})
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        os.execv(sys.executable, [sys.executable, "-c", code])
    try:
        yield Running(pid, terminal, size)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.close(terminal)


def test_no_control_of_a_document_reaches_the_terminal_past_the_first_net(tmp_path):
    folder = tmp_path / "a\x1b[31mb\u202ec"
    folder.mkdir()
    with app_in_terminal(folder, HOSTILE + NO_FIRST_NET) as app:
        app.until(b" % ")  # the first document is on screen
        os.write(app.terminal, b"bridge\r")
        app.until(b" page  ")  # the footer of the document
        for key, words in (
            (b"4", "Organisations"),
            (b"w", "found in"),
            (b"w", ""),
            (b"y", "copied the name"),
            (b"x", "not be read"),
        ):
            os.write(app.terminal, key)
            app.shows(lambda text, words=words: words in text if words else "found in" not in text)
        os.write(app.terminal, b"\x11")
        assert app.ended() == 0
    assert "␛[31mb".encode() in app.output and b"[@click=app.quit]" in app.output
    assert [raw for raw in FORBIDDEN if raw in app.output] == []
    assert given_back(app.output)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text("The harbour bridge closes today.")
    return tmp_path


def test_stopped_for_a_while_it_gives_the_terminal_back_and_comes_again(folder):
    with app_in_terminal(folder, HOSTILE) as app:
        app.until(b"results")
        time.sleep(0.3)
        os.kill(app.pid, signal.SIGTSTP)
        app.until(b"\x1b[?1049l")
        assert os.WIFSTOPPED(os.waitpid(app.pid, os.WUNTRACED)[1])
        os.kill(app.pid, signal.SIGCONT)
        app.until(b"\x1b[?1049h")
        app.resize(1, 1)
        time.sleep(0.3)
        app.resize(40, 10)
        app.until(b"results")
        os.kill(app.pid, signal.SIGTERM)
        assert app.ended() == 128 + signal.SIGTERM
    assert given_back(app.output) and b"Traceback" not in app.output


def test_small_plain_terminal_in_the_c_locale(folder):
    with app_in_terminal(folder, size=(40, 10), LANG="C", LC_ALL="C", NO_COLOR="1", TERM="xterm", COLORTERM="") as app:
        app.until(b"1 document")
        os.write(app.terminal, b"bridge")
        app.until(b"understood")
        os.write(app.terminal, b"\x11")
        assert app.ended() == 0
    assert b"Traceback" not in app.output
    codes = {code for codes in re.findall(rb"\x1b\[([0-9;]+)m", app.output) for code in codes.split(b";")}
    assert b"97" in codes or b"37" in codes
    assert not codes & {str(tens + code).encode() for tens in (30, 40, 90, 100) for code in range(1, 7)}, "colours"


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_do_nothing_is_one_clear_line(term, folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("explorer.tui.app.ExplorerApp.run", lambda self: pytest.fail("the app was run"))
    assert run_app(folder) == 2
    assert "the app needs a terminal" in capsys.readouterr().err
