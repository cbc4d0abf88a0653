"""What readers do with a file: what they open and call, and how their time grows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from explorer.analysis import analyse
from tests.faults.bait import ANALYSIS_BAIT
from tests.faults.conftest import Faults

# Reads the files given, and prints every event of Python's own audit that no reader of documents has a use for.
_AUDITED = """
import json, os, sys
from pathlib import Path
from explorer.reading.registry import read_file
seen, on = [], False
calls = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto", "urllib.Request",
         "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "webbrowser.open", "ctypes.dlopen",
         "os.mkdir", "os.rename", "os.remove", "os.symlink", "os.link", "os.chmod", "shutil.unpack_archive")
def hook(event, arguments):
    if not on:
        return
    if event in calls and not (event == "ctypes.dlopen" and "python" in str(arguments)):
        seen.append((event, str(arguments)[:200]))
    elif event == "open" and isinstance(arguments[0], (str, bytes)):
        path, flags = os.fsdecode(arguments[0]), arguments[2]
        code = path.startswith((sys.prefix, sys.base_prefix)) or "/explorer/" in path or "/usr/share/" in path
        if flags & (os.O_WRONLY | os.O_RDWR) and "__pycache__" not in path or not code and path != current:
            seen.append((event, path))
sys.addaudithook(hook)
for path in map(Path, sys.argv[1:]):
    read_file(path)  # once, so that every module it needs is there
for path in map(Path, sys.argv[1:]):
    current = str(path)
    on = True
    read_file(path)
    on = False
print(json.dumps(seen))
"""


@pytest.mark.parametrize("row", ["F07", "F11"])
def test_reading_opens_calls_and_writes_nothing(faults: Faults, row: str) -> None:
    files = [str(faults.corpus / expected.path) for expected in faults.row(row)]
    ran = subprocess.run([sys.executable, "-c", _AUDITED, *files], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []


def _seconds(text: str) -> float:
    """The least computing time of two analyses of a text."""
    times = []
    for _ in range(2):
        started = time.process_time()
        analyse(text, None, len(text))
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("bait", ANALYSIS_BAIT)
def test_the_time_of_an_analysis_grows_as_the_text_does(bait: str) -> None:
    make = ANALYSIS_BAIT[bait]
    analyse(make(500), None, 500)
    size, small = 4000, _seconds(make(4000))
    while small < 0.02 and size < 64_000:  # too short to be told from the clock's own noise
        size *= 2
        small = _seconds(make(size))
    assert _seconds(make(2 * size)) <= 3 * small + 0.05


def test_the_audit_sees_what_it_is_there_for(tmp_path: Path) -> None:
    bad = _AUDITED.replace(
        "    read_file(path)\n    on = False", "    open('/etc/hostname').close(); os.system('true')\n    on = False"
    )
    assert bad != _AUDITED
    (tmp_path / "a.txt").write_text("a word")
    ran = subprocess.run([sys.executable, "-c", bad, tmp_path / "a.txt"], capture_output=True, text=True, check=True, timeout=60)
    assert [event for event, _ in json.loads(ran.stdout)] == ["open", "os.system"]
