"""The command as a program: exit codes, streams, locales, signals, and what it does not load."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from explorer.library import places
from explorer.library.lock import lock

EXPLORER = [sys.executable, "-m", "explorer"]


@pytest.fixture
def indexed(explore, corpus):
    assert explore("index", corpus).code == 0
    return corpus


def test_exit_codes_and_streams(program, indexed):
    found = program("search", "bridge", indexed)
    assert (found.returncode, found.stderr) == (0, b"")
    assert b"\x1b" not in found.stdout
    nothing = program("search", "zeppelin", indexed)
    assert (nothing.returncode, nothing.stdout) == (1, b"")
    mistaken = program("search", "foo:x", indexed)
    assert (mistaken.returncode, mistaken.stdout) == (2, b"")
    assert b"Traceback" not in mistaken.stderr


def test_a_reader_that_leaves_is_no_error(indexed):
    for number in range(200):
        (indexed / f"{number}.txt").write_text("The bridge again. " * 50, encoding="utf-8")
    process = subprocess.Popen(
        [*EXPLORER, "search", "bridge", str(indexed), "--limit", "500", "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 0


def test_a_full_disk_is_one_line(indexed):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ran = subprocess.run([*EXPLORER, "search", "bridge", indexed], stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 2
    assert ran.stderr == b"explorer: No space left on device\n"


def test_closed_streams_are_no_traceback(indexed):
    ran = subprocess.run(
        ["bash", "-c", 'exec "$@" <&- >&-', "bash", *EXPLORER, "search", "bridge", indexed], stderr=subprocess.PIPE, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
    ids=["C", "C without UTF-8 mode", "ascii"],
)
def test_any_locale_writes_utf_8(program, corpus, locale):
    (corpus / "accents.txt").write_text("Žižkov’s café – naïve “bridge”.", encoding="utf-8")
    for form in ("text", "json", "csv", "md"):
        ran = program("search", "bridge", corpus, "--format", form, env={**os.environ, **locale})
        assert ran.returncode == 0
        assert "Žižkov’s café – naïve “bridge”." in ran.stdout.decode("utf-8")


def test_names_that_are_no_utf_8(program, corpus):
    (corpus / os.fsdecode(b"bad\xff\x1b[31m.txt")).write_text("A bridge under a bad name. Jane Doe saw it.", encoding="utf-8")
    for form in ("text", "json", "jsonl", "csv", "md"):
        ran = program("search", '"bad name"', corpus, "--format", form)
        assert ran.returncode == 0
        assert b"\x1b" not in ran.stdout
        assert "bad" in ran.stdout.decode("utf-8")
    ran = program("analyse", corpus / os.fsdecode(b"bad\xff\x1b[31m.txt"), "--format", "json")
    assert json.loads(ran.stdout.decode("utf-8"))["id"] == os.fsdecode(b"bad\xff\x1b[31m.txt")
    for form in ("text", "csv", "md"):
        ran = program("analyse", corpus / os.fsdecode(b"bad\xff\x1b[31m.txt"), "--format", form)
        assert b"\x1b" not in ran.stdout
        assert "Jane Doe" in ran.stdout.decode("utf-8")


def test_a_folder_whose_name_is_no_utf_8(program, tmp_path):
    folder = tmp_path / os.fsdecode(b"folder\xff")
    folder.mkdir()
    (folder / "a.txt").write_text("A bridge.", encoding="utf-8")
    assert program("search", "bridge", folder).returncode == 0
    status = json.loads(program("status", folder, "--format", "json").stdout.decode("utf-8"))
    assert os.fsencode(status["folder"]) == os.fsencode(folder)


def wait_for(happened: Callable[[], bool]) -> None:
    """Waits until something has happened, a minute at most."""
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


def interrupt(process: subprocess.Popen[bytes], when: bytes) -> tuple[int, bytes]:
    """Interrupts a program once it has said something; its exit code and the rest of what it said."""
    assert process.stderr is not None
    line = process.stderr.readline()
    assert when in line
    process.send_signal(signal.SIGINT)
    return process.wait(20), process.stderr.read()


def test_interrupted_while_waiting_for_another_process(indexed):
    with lock(places.data_folder(indexed) / "writing"):
        process = subprocess.Popen([*EXPLORER, "index", str(indexed)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        assert interrupt(process, b"waiting for it") == (130, b"explorer: interrupted\n")


def test_interrupted_while_indexing_keeps_what_is_read(corpus, program):
    for number in range(400):
        (corpus / f"{number}.txt").write_text(f"Bridge {number}. Jane Doe said: “I was there.”\n" * 20, encoding="utf-8")
    process = subprocess.Popen([*EXPLORER, "index", str(corpus)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    wait_for((places.data_folder(corpus) / "writing").exists)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    said = process.stderr.read()  # where the step under way takes longer than is waited for, it is left as it is
    assert said in (b"explorer: stopped; what was read so far is kept\nexplorer: interrupted\n", b"explorer: interrupted\n")
    report = json.loads(program("index", corpus, "--format", "json").stdout)
    assert report["documents"] == 403


def test_interrupted_while_reading_standard_input(tmp_path):
    process = subprocess.Popen(
        [*EXPLORER, "analyse", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    wait_for(lambda: any(tmp_path.glob("explorer-*/input")))
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert process.stderr.read() == b"explorer: interrupted\n"
    process.stdin.close()
    assert list(tmp_path.iterdir()) == []


def test_piped_search_loads_neither_textual_nor_rich_nor_a_reader(indexed):
    code = (
        "import sys; from explorer.cli.main import run; run(sys.argv[1:]);"
        " print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    for arguments in (["search", "bridge", str(indexed)], ["--help"], ["quotes", str(indexed), "--format", "md"]):
        ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True, text=True)
        loaded = set(ran.stderr.split())
        assert "explorer" in loaded
        assert not loaded & {"textual", "rich", "trafilatura", "lxml", "pypdfium2", "chardet", "asyncio"}


def on_terminal(*arguments: object, **environment: str) -> str:
    """What a command writes to a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    process = subprocess.Popen([*EXPLORER, *map(str, arguments)], stdout=theirs, stderr=theirs, stdin=theirs, env=env)
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65_536):
            written += piece
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    assert process.wait(20) == 0
    return written.decode("utf-8")


def test_on_a_terminal_hits_are_marked_and_document_text_is_literal(program, indexed):
    (indexed / "markup.txt").write_text("[bold]A bridge[/bold] \x1b]0;title\x07 [link=x]y[/link] :smile:", encoding="utf-8")
    program("index", indexed)
    shown = on_terminal("search", "smile bridge", indexed, NO_COLOR="")
    assert re.search(r"\x1b\[[0-9;]*m(bridge|smile)\x1b\[0m", shown)
    plain = re.sub(r"\x1b\[[0-9;]*m|\r[^\r\n]*?\x1b\[K", "", shown)  # a slow machine shows how far it is
    assert "\x1b" not in plain
    assert "[bold]A bridge[/bold]" in plain
    assert ":smile:" in plain


def test_without_colour_hits_are_still_marked(indexed):
    shown = on_terminal("search", "trust", indexed, NO_COLOR="1")
    assert re.search(r"\x1b\[1;4mtrust\x1b\[0m", shown)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", shown)


def test_an_interrupt_ends_what_cannot_be_cut_short():
    code = (
        "import os, signal, time; from explorer.cli.updating import _interruptible\n"
        "with _interruptible(): os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=False)
    assert (ran.returncode, ran.stderr) == (130, b"explorer: interrupted\n")
