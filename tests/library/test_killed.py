"""kill -9 of a refresh at any moment: the next run mends everything, by itself."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from explorer.library import places
from explorer.library.library import Library

REFRESH = (
    "import sys, pathlib; from explorer.library.library import Library\n"
    "print('begins', flush=True)\n"
    "Library(pathlib.Path(sys.argv[1])).refresh(lambda p: print(p.phase, p.done, flush=True), workers=1)\n"
    "print('ended', flush=True)"
)
QUERIES = ("harbour", "probe7*", '"said Jane Doe"', "by:doe", "said:quiet", "person:doe", "harbour -storm", "title:story", "")


def _write_stories(corpus: Path, generation: int, numbers: range) -> None:
    corpus.mkdir(exist_ok=True)
    for number in numbers:
        weather = "storm" if (number + generation) % 3 else "calm"
        body = f"The harbour saw a {weather} in probe{number}, edition {generation}.\n\n"
        body += f"“The harbour is quiet,” said Jane Doe of Port{number % 9}."
        (corpus / f"{number}.txt").write_text(f"Story {number} of {generation}\n\n{body}", encoding="utf-8")


def _answers(library: Library) -> dict[str, object]:
    """All that can be asked of an index, without the numbers that only it knows."""
    found: dict[str, object] = {}
    for query in QUERIES:
        results = library.search(query, limit=1000)
        passages = sorted((p.path, p.title, p.text, p.hits) for p in results.passages)
        found[query] = (results.total, results.understood, passages)
    total, entities = library.entities(limit=100_000)
    found["entities"] = (total, sorted((e.name, e.type, e.names, e.documents, e.mentions) for e in entities))
    total, quotes = library.quotes(limit=100_000)
    found["quotes"] = (total, sorted((q.path, q.quote.text, q.quote.speaker.name if q.quote.speaker else "") for q in quotes))
    status = library.status()
    found["status"] = (status.documents, status.analysed, status.unreadable, status.partial)
    return found


def _workers_of(pid: int) -> list[int]:
    """Processes of ours that were started by one that is dead, or by this."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f"EXPLORER_TEST_RUN={pid}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def test_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(20)
    corpus = tmp_path / "corpus"
    _write_stories(corpus, 0, range(250))
    environment = {**os.environ, "EXPLORER_TEST_RUN": str(os.getpid())}
    phases = []
    for generation in range(1, 7):
        process = subprocess.Popen(
            [sys.executable, "-c", REFRESH, str(corpus)], stdout=subprocess.PIPE, env=environment, text=True
        )
        assert process.stdout and process.stdout.readline() == "begins\n"
        last, until = "begins", chance.choice(["scan", "text", "text", "meaning", "meaning"])
        for line in process.stdout:
            last = line.split()[0]
            if last in (until, "ended"):
                break
        time.sleep(chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        phases.append(last)
        _write_stories(corpus, generation, range(generation * 7, 250 + generation, 5))
        (corpus / f"{generation * 11}.txt").unlink()
    assert phases.count("ended") <= 2, "most of them were killed at work"
    library = Library(corpus)
    library.refresh(workers=1)
    mended = _answers(library)
    assert library.quotes("said:quiet")[0] > 100 and library.search("harbour").total > 200
    folder = places.data_folder(corpus)
    leftovers = [path.name for path in folder.iterdir() if path.suffix in (".old", ".new")]
    library.refresh(rebuild=True, workers=1)
    assert mended == _answers(library)
    assert not leftovers
    for name in ("texts", "quotes"):
        assert len(list((folder / name).iterdir())) < 60
    library.close()
    until_gone = time.monotonic() + 15
    while _workers_of(os.getpid()) and time.monotonic() < until_gone:
        time.sleep(0.05)
    assert not _workers_of(os.getpid()), "workers end with whoever started them"
