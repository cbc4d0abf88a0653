"""The search term report: documents, hits and documents that only one query finds, counted by hand."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXTS = {
    "a.txt": "The ferry burned. A ferry fire is no small fire.",
    "b.txt": "Smoke over the ferry.",
    "c.txt": "Smoke and fire.",
    "d.txt": "Nobody was there.",
    "e.txt": "The ferry sailed.",
    "f.txt": "Fire! Fire!\n\nFIRES everywhere.",
}
LIST = """\
\ufeff# what burned
ferry

fire
   smoke\u0020\u0020
  # "ferry fire" alone is too narrow
"ferry fire"
ferry w/4 fire
ferry pre/1 fire
persn:doe
-ferry -fire
zeppelin
"""
# query: documents, hits, documents that no other line finds
COUNTED = {
    "ferry": (3, 4, 1),  # a 2, b 1, e 1; only e
    "fire": (3, 6, 1),  # a 2, c 1, f 3; only f
    "smoke": (2, 2, 0),
    '"ferry fire"': (1, 1, 0),
    "ferry w/4 fire": (1, 3, 0),  # both ferries, and the first fire: the second is five words from the nearer ferry
    "ferry pre/1 fire": (1, 2, 0),
    "persn:doe": (0, 0, 0),
    "-ferry -fire": (1, 0, 1),  # d, by a condition alone: no hits
    "zeppelin": (0, 0, 0),
}
WRONG = "there is no field persn:; did you mean person:?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the texts."""
    for name, text in TEXTS.items():
        path = tmp_path / "texts" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"A note\n\n{text}\n", encoding="utf-8")
    return tmp_path / "texts"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """The list of queries."""
    path = tmp_path / "list.txt"
    path.write_text(LIST, encoding="utf-8")
    return path


def counts(rows: list[dict]) -> dict[str, tuple[int, int, int]]:
    return {row["query"]: (row["documents"], row["hits"], row["only"]) for row in rows}


def test_json_counts_as_by_hand_and_tells_the_line_that_cannot_be_read(explore, folder, listed):
    ran = explore("terms", listed, folder, "--format", "json")
    assert ran.code == 2
    rows = json.loads(ran.out)["terms"]
    assert counts(rows) == COUNTED
    assert [row["query"] for row in rows] == list(COUNTED), "in the order of the list"
    assert [row["query"] for row in rows if "error" in row] == ["persn:doe"]
    assert ran.err.splitlines()[0].startswith(f"explorer: persn:doe: {WRONG}")
    assert ran.err.splitlines()[1:] == ["explorer: 1 of 9 queries cannot be read"]


def test_every_other_form_has_the_same_counts(explore, folder, listed):
    lines = [json.loads(line) for line in explore("terms", listed, folder, "--format", "jsonl").out.splitlines()]
    assert counts(lines) == COUNTED
    rows = list(csv.DictReader(io.StringIO(explore("terms", listed, folder, "--format", "csv").out)))
    for row in rows:
        numbers = COUNTED[row["query"].removeprefix("'")]  # what looks like a formula has an apostrophe before it
        wanted = ["", "", ""] if row["error"] else [str(number) for number in numbers]
        assert [row["documents"], row["hits"], row["only"]] == wanted
    assert [row["query"] for row in rows if row["error"]] == ["persn:doe"]
    page = explore("terms", listed, folder, "--format", "md").out
    assert "| `ferry w/4 fire` | 1 | 3 | 0 |" in page
    assert f"| `persn:doe`: {WRONG}" in page


def test_text_has_a_line_for_each_and_what_is_wrong_below_it(explore, folder, listed):
    ran = explore("terms", listed, folder)
    lines = ran.out.splitlines()
    assert lines[0].split() == ["documents", "hits", "only", "query"]
    assert lines[1].split() == ["3", "4", "1", "ferry"]
    at = next(number for number, line in enumerate(lines) if line.strip() == "persn:doe")
    assert WRONG in lines[at + 1]
    assert (ran.code, ran.err) == (2, "explorer: 1 of 9 queries cannot be read\n")


def test_three_that_overlap_have_of_their_own_what_no_other_has(explore, folder, tmp_path):
    path = tmp_path / "three"
    path.write_text("ferry\nfire\nsmoke", encoding="utf-8")
    ran = explore("terms", path, folder, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert counts(json.loads(ran.out)["terms"]) == {"ferry": (3, 4, 1), "fire": (3, 6, 1), "smoke": (2, 2, 0)}
    path.write_text("ferry\nFERRY", encoding="utf-8")
    assert [row["only"] for row in json.loads(explore("terms", path, folder, "--format", "json").out)["terms"]] == [0, 0]


def test_documents_and_hits_are_those_of_search(explore, folder, listed):
    for query, (documents, hits, _) in COUNTED.items():
        if query == "persn:doe":
            continue
        answer = json.loads(explore("search", "--format", "json", "--all-passages", "--", query, folder).out)
        assert answer["total"] == documents
        assert len({(p["path"], *hit) for p in answer["passages"] for hit in p["hits"]}) == hits


def test_a_text_that_is_no_more_than_its_title_counts_once(explore, folder, tmp_path):
    (folder / "g.txt").write_text("One zeppelin.", encoding="utf-8")
    (tmp_path / "list").write_text("zeppelin", encoding="utf-8")
    rows = json.loads(explore("terms", tmp_path / "list", folder, "--format", "json").out)["terms"]
    assert counts(rows) == {"zeppelin": (1, 1, 1)}


def test_a_dash_is_standard_input(program, folder):
    ran = program("terms", "-", folder, "--format", "csv", stdin=None, input=b"ferry\r\nsmoke\r\n")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == b"query,documents,hits,only,error\nferry,3,4,2,\nsmoke,2,2,1,\n"


def test_a_list_is_read_whatever_its_encoding(explore, folder, tmp_path):
    (folder / "g.txt").write_text("Notiz\n\nDas Café brennt.\n", encoding="utf-8")
    path = tmp_path / "list"
    for encoding in ("latin-1", "utf-16"):
        path.write_bytes('"das café"\n'.encode(encoding))
        assert counts(json.loads(explore("terms", path, folder, "--format", "json").out)["terms"]) == {'"das café"': (1, 1, 1)}


def test_nothing_found_is_exit_code_1(explore, folder, tmp_path):
    path = tmp_path / "list"
    path.write_text("zeppelin\nballoon\n", encoding="utf-8")
    assert explore("terms", path, folder).code == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "has no query in it"), (b"# only this\n\n", "has no query in it"), (b"\x00\x01\x02\xff\x00" * 99, "is no text")],
)
def test_what_is_no_list_is_one_line(explore, folder, tmp_path, content, said):
    path = tmp_path / "list"
    path.write_bytes(content)
    ran = explore("terms", path, folder)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_list_that_is_not_there_is_one_line(explore, folder, tmp_path):
    for wrong, said in ((tmp_path / "none", "No such file"), (folder, "Is a directory")):
        ran = explore("terms", wrong, folder)
        assert ran.code == 2
        assert said in ran.err
    assert "takes LIST and FOLDER" in explore("terms").err


def test_the_report_does_not_hang_on_a_full_pipe(folder, listed):
    command = [sys.executable, "-m", "explorer", "terms", str(listed), str(folder), "--format", "csv"]
    ran = subprocess.run(["bash", "-c", '"$@" | head -1', "bash", *command], capture_output=True, timeout=60, check=False)
    assert ran.stdout == b"query,documents,hits,only,error\n"
    assert b"Traceback" not in ran.stderr
