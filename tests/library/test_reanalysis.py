"""A change of rules, model or engine: texts are analysed again without reading files, and what was found stays until then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from explorer.library import finding_names, meaning
from explorer.library.client import Client
from explorer.library.library import Library
from explorer.model import Progress
from explorer.work.slot import Outcome
from tests.library.folders import Watched, counts, refresh, write

STORY = "Story {0}\n\n“The harbour is quiet,” said Jane Doe.\n"
WATCH = """
import os, sys
CORPUS = os.environ["WATCHED"]
SEEN = os.open(os.environ["SEEN"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)  # now: a worker may open nothing to write to later
def watch(event, arguments):
    if event == "open" and os.fsdecode(arguments[0] if isinstance(arguments[0], (str, bytes)) else b"").startswith(CORPUS + "/"):
        os.write(SEEN, os.fsencode(arguments[0]) + b"\\n")
sys.addaudithook(watch)
"""


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the version of the rules."""
    return lambda version: monkeypatch.setattr("explorer.analysis.name_engines.ANALYSIS_VERSION", version)


def test_other_rules_analyse_everything_again(library: Library, corpus: Path, rules: Callable[[int], None]) -> None:
    rules(1000)
    refresh(library)
    assert library.status().model.startswith("rules 1000 / crf ")
    rules(1001)
    assert library.status().model.startswith("rules 1000 / crf "), "it is what the index was made with"
    watched = Watched()
    assert counts(refresh(library, tell=watched)) == (0, 0, 0, 3)
    assert (watched.most("text"), watched.most("meaning")) == (0, 3)
    assert library.status().model.startswith("rules 1001 / crf ") and library.status().analysed == 3
    watched = Watched()
    refresh(library, tell=watched)
    assert watched.most("meaning") == 0


def test_no_file_is_opened_for_it(corpus: Path, tmp_path: Path) -> None:
    """In whatever process: the program and its workers tell of every file of the corpus that they open."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    seen = tmp_path / "seen"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "WATCHED": str(corpus.resolve()), "SEEN": str(seen)}
    code = (
        "import sys, pathlib, explorer.analysis.name_engines as engines; from explorer.library.library import Library\n"
        "engines.ANALYSIS_VERSION = int(sys.argv[2])\n"
        "library = Library(pathlib.Path(sys.argv[1])); library.refresh(workers=1); print(library.status().analysed)"
    )

    def run(version: int) -> str:
        command = [sys.executable, "-c", code, str(corpus), str(version)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    assert run(1000) == "3"
    assert {Path(line).name for line in seen.read_text().splitlines()} == {"a.txt", "b.txt", "c.md"}
    seen.unlink()
    assert run(1001) == "3" and seen.read_text() == ""


def test_what_was_found_is_shown_until_it_is_found_anew(library: Library, corpus: Path, rules: Callable[[int], None]) -> None:
    write(corpus, "story.txt", STORY.format(1))
    rules(1000)
    refresh(library)
    (passage,) = library.search("by:doe").passages
    before = library.analysis(passage.document)
    assert before is not None and before.quotes and not before.outdated
    rules(1001)
    seen: list[Progress] = []
    report = refresh(library, tell=seen.append, cancelled=lambda: any(p.phase == "meaning" for p in seen))
    assert report.cancelled
    assert library.status().analysed == 0 and library.status().model.startswith("rules 1001 ")
    outdated = library.analysis(passage.document)
    assert outdated is not None and outdated.outdated and outdated.quotes == before.quotes
    assert not library.document(passage.document).analysed
    assert library.search("by:doe").total == 1 and library.quotes("by:doe")[0] == 1
    assert {entity.name for entity in library.entities(kind="PERSON")[1]} == {"Jane Doe"}
    refresh(library)
    assert library.analysis(passage.document) == before and library.document(passage.document).analysed


def test_a_changed_file_has_nothing_outdated(library: Library, corpus: Path, rules: Callable[[int], None]) -> None:
    path = write(corpus, "story.txt", STORY.format(1))
    refresh(library)
    number = library.search("by:doe").passages[0].document
    path.write_text("Story 1\n\nAnother day.\n", encoding="utf-8")
    seen: list[Progress] = []
    refresh(library, tell=seen.append, cancelled=lambda: any(p.phase == "meaning" for p in seen))
    assert library.analysis(number) is None, "what was found in the old text has no place in the new one"


def test_what_is_on_screen_is_analysed_first(
    library: Library, corpus: Path, rules: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explorer.library.running.REPORT_SECONDS", 0.0)
    for number in range(300):
        write(corpus, f"many/{number}.txt", STORY.format(number))
    refresh(library)
    rules(1001)
    monkeypatch.setattr(meaning, "REQUEST", 1)  # each text goes to the worker alone
    last = max(passage.document for passage in library.search("harbour", limit=999).passages)
    wanted = [[last]]
    seen: list[Progress] = []

    def urgent() -> Sequence[int]:
        return wanted.pop() if wanted else ()

    refresh(library, tell=seen.append, urgent=urgent, cancelled=lambda: any(p.phase == "meaning" and p.done for p in seen))
    assert library.document(last).analysed
    assert library.status().analysed < 300


async def test_the_app_gets_the_old_analysis_and_then_the_new(corpus: Path, rules: Callable[[int], None]) -> None:
    library = Library(corpus)
    refresh(library)
    number = library.search("harbour").passages[0].document
    rules(1001)
    seen: list[Progress] = []
    refresh(library, tell=seen.append, cancelled=lambda: any(p.phase == "meaning" for p in seen))
    library.close()
    client = Client(corpus)
    try:
        analysis = await client.analysis(number)
        assert analysis is not None and analysis.outdated
    finally:
        await client.close()


def test_several_short_texts_go_together_and_long_ones_alone() -> None:
    texts = [meaning._Text(number, [], length) for number, length in enumerate((9_000, 9_000, 9_000, 50_000, 1))]
    assert [[text.number for text in group] for group in meaning._requests(texts)] == [[0, 1], [2], [3], [4]]


def test_where_several_fail_together_each_is_tried_alone() -> None:
    sent: list[tuple[object, object]] = []

    class Pool:
        def submit(self, tag: tuple[meaning._Text, ...], request: dict[str, object]) -> None:
            sent.append(([text.number for text in tag], request["texts"]))

    class Work:
        pool, names = Pool(), "crf"

    two = (meaning._Text(1, ["one", None, 3], 3), meaning._Text(2, ["two", None, 3], 3))
    assert list(meaning._results(Work(), Outcome(two, None, "the reader crashed"))) == []  # type: ignore[arg-type]
    assert sent == [([1], [["one", None, 3]]), ([2], [["two", None, 3]])]
    (found,) = meaning._results(Work(), Outcome(two[:1], None, "the reader crashed"))  # type: ignore[arg-type]
    assert (found.number, found.analysis, found.error) == (1, None, "the reader crashed")


def test_the_hash_of_a_large_model_is_kept_until_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    from tests.spacy_pipeline import ruled

    folder = ruled(tmp_path / "p", ("GPE", "Kell"))
    read: list[object] = []
    monkeypatch.setattr(finding_names, "hash_of", lambda files: read.append(files) or f"hash{len(read)}")
    prints = [finding_names.fingerprint_of(f"spacy:{folder}") for _ in range(2)]
    assert prints[0] == prints[1] and prints[0].endswith(" hash1") and len(read) == 1
    os.utime(folder / "config.cfg")
    assert finding_names.fingerprint_of(f"spacy:{folder}").endswith(" hash2")
