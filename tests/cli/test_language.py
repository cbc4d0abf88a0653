"""Every operator of the query language once: what is written, and the documents that it must find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .language_table import FILES, TABLE, B, C, D, F, H, L, S, W


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the table is asked of."""
    for name, text in FILES.items():
        path = tmp_path / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "papers"


@pytest.fixture
def indexed(explore, folder):
    """The folder with its index."""
    assert explore("index", folder).code == 0
    return folder


def found(explore, *arguments: object) -> list[str]:
    """The documents that a query finds, in order; it must be read, and its exit code be the one of grep."""
    ran = explore("search", "--format", "json", "--no-update", "--", *arguments)
    assert ran.code in (0, 1), (arguments, ran.err)
    answer = json.loads(ran.out)
    paths = [passage["path"] for passage in answer["passages"]]
    assert ran.code == (0 if paths else 1)
    assert answer["total"] == len(paths)
    return paths


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_what_is_written_finds_these_documents_also_through_a_saved_query(explore, folder, engine):
    if engine == "tantivy":
        pytest.importorskip("tantivy", reason="the engine tantivy is not installed")
    assert explore("index", folder, "--engine", engine).code == 0
    wrong = {}
    for written, wanted in TABLE.items():
        direct = set(found(explore, written, folder))
        saved = explore("save", "--", "kept", written, folder)
        through = set(found(explore, "@kept", folder)) if saved.code == 0 else saved.err
        if not direct == through == wanted:
            wrong[written] = (sorted(wanted), sorted(direct), through if isinstance(through, str) else sorted(through))
    assert wrong == {}


def test_the_order_is_the_one_asked_for(explore, indexed):
    dated = [C, D, H, S, F, B]
    assert found(explore, "sort:date date:2000..", indexed) == dated
    assert found(explore, "date:2000.. sort:-date", indexed) == dated[::-1]
    assert found(explore, "date:2000..", indexed) == dated[::-1], "of conditions alone, the newest first"
    assert found(explore, "tax OR levy order:newest", indexed)[:3] == [B, F, S]
    assert found(explore, "date:2023..2024 sort:path", indexed) == [C, D, H]
    assert found(explore, "date:2023..2024 sort:-path", indexed) == [H, D, C]
    assert found(explore, "date:2023..2024 sort:title", indexed) == [C, H, D]  # Council, Harbour, Tax
    assert found(explore, "date:2023..2024 sort:-title", indexed) == [D, H, C]
    assert found(explore, "date:2023..2024 sort:source", indexed) == [H, C, D]  # Ledger, Post, Tarn
    assert found(explore, "date:2023..2024 sort:-source", indexed) == [D, C, H]
    assert json.loads(explore("search", "tax sort:-date", indexed, "--format", "json").out)["sort"] == "-date"


def test_a_program_of_its_own_says_the_same(program, indexed):
    for written in ("minister w/12 delay", 'quote:{by:lanyon said:"tax cut"}', "/FR\\d{2}/"):
        ran = program("search", written, indexed, "--format", "json")
        assert {passage["path"] for passage in json.loads(ran.stdout)["passages"]} == TABLE[written]


def test_a_word_with_a_minus_before_it_goes_after_two_dashes(explore, indexed):
    assert W in found(explore, "-leak", indexed)
    assert L not in found(explore, "-leak", indexed)
    assert explore("search", "-leak", indexed).code == 2


@pytest.mark.parametrize(
    ("written", "said", "repair"),
    [
        ("tax persn:doe", "there is no field persn:; did you mean person:?", "tax person:doe"),
        ("is:drect", "there is no is:drect; did you mean is:direct?", "is:direct"),
        ("sort:dat", "there is no sort:dat; did you mean sort:date?", "sort:date"),
        ("lang:frnch", "did you mean lang:french?", "lang:french"),
        ("date:2024-13", "2024-13 is not a date; did you mean 2024?", "date:2024"),
        ("date:2025..2024", "ends before it begins", "date:2024..2025"),
        ("tax w/0 delay", "needs a number from 1 to 1000", "tax w/1 delay"),
        ("by:(keller OR doe)", "takes one value, not brackets", "(by:keller OR by:doe)"),
        ("tax w/5 by:doe", "a condition cannot stand beside it", "tax by:doe"),
        ("putin~9", "write ~1 or ~2", "putin~2"),
        ("quote:{by:doe path:x}", "path: cannot stand in quote:{…}", "quote:{by:doe}"),
        ("/(tax/", "", None),
        ("@nothing", "there is no saved query nothing", '"@nothing"'),
    ],
)
def test_what_cannot_be_read_is_said_with_column_and_repair(explore, indexed, written, said, repair):
    ran = explore("search", written, indexed)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "(column " in ran.err
    assert ran.err.count("\n") == 1
    assert repair is None or ran.err.endswith(f"; perhaps: {repair}\n")


def test_the_column_is_that_of_the_fault(explore, indexed):
    assert "(column 5)" in explore("search", "tax persn:doe", indexed).err


def test_what_was_closed_or_left_out_is_said(explore, indexed):
    for written, said in (
        ('"tax delay', "the quote mark opened at column 1 was closed at the end"),
        ("(tax delay", "the bracket opened at column 1 was closed at the end"),
        ("tax) delay", "the closing bracket at column 4 closes nothing and was left out"),
        ("tax OR", "OR at column 5 joins nothing and was left out"),
        ("tax^4 delay", "^4 was left out"),
    ):
        ran = explore("search", written, indexed, "--format", "json")
        assert ran.code == 0
        assert said in ran.err
        assert any(said in note for note in json.loads(ran.out)["notes"])


def test_nothing_found_is_never_turned_into_or_and_each_repair_finds_what_it_says(explore, indexed):
    ran = explore("search", "ferry minster", indexed, "--format", "json")
    assert ran.code == 1
    answer = json.loads(ran.out)
    assert (answer["total"], answer["passages"]) == (0, [])
    assert answer["counts"] == [{"term": "ferry", "documents": 1}, {"term": "minster", "documents": 0}]
    assert "ferry" in {repair["query"] for repair in answer["repairs"]}
    assert "ferry OR minster" in {repair["query"] for repair in answer["repairs"]}
    for repair in answer["repairs"]:
        assert len(found(explore, repair["query"], indexed)) == repair["documents"] > 0
        assert repair["query"] in ran.err
    spelt = json.loads(explore("search", "ministr", indexed, "--format", "json").out)
    assert [(repair["query"], repair["documents"]) for repair in spelt["repairs"]][:1] == [("minister", 2)]
