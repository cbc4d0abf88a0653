"""kill -9 while indexing, at random moments: is the next run right by itself, and is nobody left behind?

``python bench/kills.py [--kills N] [--files N] [--seed N]``: indexes a folder of its own making with `explorer index`, kills
that, runs it again, and compares all that can be asked with what a run that was left in peace came to. One in three kills hits
the first run, one the update of an index that was finished for an older state of the folder, one an update that was killed
before. Prints "N of N"; exits 1 where one is missing.
"""

from __future__ import annotations

import argparse
import email.message
import hashlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from explorer.library.library import Library

MARK = "EXPLORER_KILLS_RUN"  # in the environment of all that is started here
ORPHAN_SECONDS = 15.0
COMMAND = [sys.executable, "-P", "-m", "explorer", "index"]
QUERIES = ("harbour", "probe7*", '"said Jane Doe"', "by:doe", "said:quiet", "person:doe", "harbour -storm", "title:story", "")


@dataclass
class Outcome:
    """How often the next run was right, when the kills came (seconds), and what was wrong."""

    right: int
    moments: list[float]
    faults: list[str]


def write_folder(corpus: Path, files: int, generation: int) -> None:
    """Makes the folder, or brings it to another generation: some files change, some come, one goes."""
    corpus.mkdir(exist_ok=True)
    for number in range(files + generation):
        if generation and number % 5 and number < files:
            continue
        weather = "storm" if (number + generation) % 3 else "calm"
        text = (
            f"Story {number} of {generation}\n\nThe harbour saw a {weather} in probe{number}.\n\n"
            f"“The harbour is quiet,” said Jane Doe of Port{number % 9}."
        )
        kind = number % 8
        if kind == 5:
            message = email.message.EmailMessage()
            message["From"], message["To"], message["Subject"] = "doe@example.invalid", "roe@example.invalid", f"Story {number}"
            message.set_content(text)
            (corpus / f"{number}.eml").write_bytes(message.as_bytes())
        elif kind == 6:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("inner/a.txt", text)
                archive.writestr("b.md", f"# Note {number}\n\nThe harbour again.")
            (corpus / f"{number}.zip").write_bytes(packed.getvalue())
        elif kind == 7:
            (corpus / f"{number}.pdf").write_bytes(b"%PDF-1.7\nthis download broke off")
        else:
            (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    if generation:
        (corpus / "0.txt").unlink(missing_ok=True)


def answers(corpus: Path, home: Path) -> dict[str, object]:
    """All that can be asked of an index, without the numbers that only it knows."""
    os.environ["EXPLORER_HOME"] = str(home)
    found: dict[str, object] = {}
    with closing(Library(corpus)) as library:
        for query in QUERIES:
            results = library.search(query, limit=10_000)
            passages = sorted((p.path, p.title, p.text, p.hits) for p in results.passages)
            found[query] = (results.total, results.understood, passages)
        numbers = sorted({p.document for p in library.search("", limit=10_000).passages})
        documents = [library.document(number) for number in numbers]
        texts = [hashlib.sha256(d.text.encode()).hexdigest() for d in documents]
        found["documents"] = sorted(zip(((d.path, d.title, d.date or "", d.analysed) for d in documents), texts, strict=True))
        total, entities = library.entities(limit=100_000)
        found["entities"] = (total, sorted((e.name, e.type, e.names, e.documents, e.mentions) for e in entities))
        total, quotes = library.quotes(limit=100_000)
        found["quotes"] = (total, sorted((q.path, q.quote.text, q.quote.speaker.name if q.quote.speaker else "") for q in quotes))
        status = library.status()
        found["status"] = (status.documents, status.analysed, status.unreadable, status.partial, status.finished)
    return found


def run(corpus: Path, home: Path, kill_after: float | None = None) -> bool:
    """Indexes; whether it came to its end before it was killed."""
    environment = {**os.environ, "EXPLORER_HOME": str(home), MARK: str(os.getpid())}
    process = subprocess.Popen([*COMMAND, str(corpus)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _, said = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return False
    if process.returncode != 0:
        raise SystemExit(f"indexing failed: {said.decode(errors='replace')}")
    return True


def orphans() -> list[int]:
    """The processes that were started here and still run."""
    wanted = f"{MARK}={os.getpid()}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def kill(corpus: Path, home: Path, before: Path | None, moment: float) -> float:
    """Kills a run after so many seconds, or earlier where it came to its end by then; returns after how many."""
    while True:
        shutil.rmtree(home, ignore_errors=True)
        if before:
            shutil.copytree(before, home)
            home.chmod(0o700)
        if not run(corpus, home, moment):
            return moment
        moment *= 0.7


def leftovers(home: Path) -> list[str]:
    """What a stop left and the next run did not clear away."""
    return [path.name for path in home.rglob("*") if path.suffix in (".old", ".new")]


def kill_often(root: Path, kills: int, files: int, seed: int) -> Outcome:
    """Kills that many runs in a folder below ``root`` and looks at what the runs after them come to."""
    chance = random.Random(seed)
    corpus, before, clean, home = (root / name for name in ("corpus", "before", "clean", "killed"))
    write_folder(corpus, files, 0)
    run(corpus, before)
    write_folder(corpus, files, 1)
    began = time.monotonic()
    run(corpus, clean)
    seconds = time.monotonic() - began
    expected = answers(corpus, clean)
    outcome = Outcome(0, [], [])
    for number in range(kills):
        outcome.moments.append(kill(corpus, home, before if number % 3 else None, chance.uniform(0.1, 1.0) * seconds))
        if number % 3 == 2:
            run(corpus, home, chance.uniform(0.1, 0.7) * seconds)
        until = time.monotonic() + ORPHAN_SECONDS
        while (left := orphans()) and time.monotonic() < until:
            time.sleep(0.02)
        run(corpus, home)
        found = answers(corpus, home)
        wrong = [key or "all documents" for key in expected if found[key] != expected[key]] + leftovers(home)
        if left or wrong:
            what = f"{len(left)} left behind; not as in a clean run: {', '.join(wrong)}"
            outcome.faults.append(f"kill {number} after {outcome.moments[-1]:.2f} s: {what}")
        else:
            outcome.right += 1
    return outcome


def main() -> int:
    """Prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="explorer-kills-") as root:
        outcome = kill_often(Path(root), chosen.kills, chosen.files, chosen.seed)
    print(*outcome.faults, sep="\n", end="\n" if outcome.faults else "")
    moments = ", ".join(f"{moment:.2f}" for moment in sorted(outcome.moments))
    print(f"killed after {moments} s")
    print(f"{outcome.right} of {chosen.kills}: the next run was right by itself, and nobody was left behind")
    return 0 if outcome.right == chosen.kills else 1


if __name__ == "__main__":
    sys.exit(main())
