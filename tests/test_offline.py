"""Nothing is fetched: in every process of a refresh and of searches, a socket to a network raises and is noted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

GUARD = """
import os, socket, sys

report = os.open(os.environ["EXPLORER_TEST_REPORT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)  # a worker may open nothing later

def note(line):
    os.write(report, (line + "\\n").encode())

def guard(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        note("opened " + " ".join(sys.orig_argv).replace("\\n", " ")[:200])
        raise PermissionError("no network in this test")
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.connect", "socket.sendto"):
        if not (event == "socket.connect" and isinstance(arguments[1], str)):
            note("asked " + event)
            raise PermissionError("no network in this test")

sys.addaudithook(guard)
note("guarded " + " ".join(sys.orig_argv).replace("\\n", " ")[:200])
"""
PAGE = """<html><head><title>Harbour page</title><link rel="stylesheet" href="https://example.invalid/a.css">
<script src="https://example.invalid/a.js"></script><base href="https://example.invalid/"></head><body>
<h1>Harbour page</h1><p>The harbour of the page froze, and ships from every port had to wait outside for a week.</p>
<img src="https://example.invalid/a.png"><iframe src="https://example.invalid/b.html"></iframe></body></html>"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("A story\n\n“The harbour froze,” said Jane Doe. See https://example.invalid/story.")
    (folder / "b.md").write_text("# A note\n\n![map](https://example.invalid/map.png)\n\nThe harbour opened.")
    (folder / "c.html").write_text(PAGE)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.invalid", "b@example.invalid", "About it"
    message.set_content("The harbour is open again.")
    message.add_alternative('<p>The harbour is open again. <img src="https://example.invalid/pixel.gif"></p>', subtype="html")
    (folder / "d.eml").write_bytes(message.as_bytes())
    return folder


@pytest.fixture
def guarded(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """An environment in which every Python process guards its sockets, and the file that they report to."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD)
    report = tmp_path / "report"
    paths = [str(tmp_path / "guard"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "EXPLORER_TEST_REPORT": str(report)}, report


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_guard_guards(guarded: tuple[dict[str, str], Path], family: str) -> None:
    environment, report = guarded
    script = f"import socket; socket.socket(socket.{family})"
    assert subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False).returncode == 1
    assert "opened" in report.read_text()


def test_nothing_is_fetched(corpus: Path, guarded: tuple[dict[str, str], Path]) -> None:
    environment, report = guarded

    def run(*arguments: str) -> str:
        command = [sys.executable, "-P", "-m", "explorer", *arguments, str(corpus)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    assert json.loads(run("index", "--format", "json"))["documents"] == 4
    found = run("search", "harbour", "--format", "json")
    assert all(name in found for name in ("a.txt", "b.md", "c.html", "d.eml"))
    run("quotes", "said:froze")
    run("entities", "harbour")
    lines = report.read_text().splitlines()
    assert not [line for line in lines if not line.startswith("guarded")]
    assert any("explorer.work.worker" in line for line in lines), "the readers' processes are guarded too"


def test_the_app_s_processes_fetch_nothing(corpus: Path, guarded: tuple[dict[str, str], Path]) -> None:
    environment, report = guarded
    script = """
import asyncio, pathlib, sys
from explorer.library.client import Client
from explorer.model import Report

async def main():
    client = Client(pathlib.Path(sys.argv[1]))
    await client.refresh()
    async for event in client.events():
        if isinstance(event, Report):
            break
    results = await client.search("harbour")
    for passage in results.passages:
        await client.document(passage.document)
    print(event.documents, results.total)
    await client.close()

asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", script, str(corpus)], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["4", "4"]
    lines = report.read_text().splitlines()
    assert not [line for line in lines if not line.startswith("guarded")]
    for process in ("explorer.library.service search", "explorer.library.service index", "explorer.work.worker"):
        assert any(process in line for line in lines)
