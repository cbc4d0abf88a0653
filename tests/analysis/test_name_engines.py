"""What tells whether two analyses were made alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.analysis import name_engines
from explorer.analysis.name_engines import fingerprint, hash_of, is_engine, model_files
from explorer.model import ExplorerError


def test_how_engines_are_written() -> None:
    assert [is_engine(names) for names in ("crf", "spacy:x", "spacy:./x y")] == [True] * 3
    assert [is_engine(names) for names in ("", "CRF", "crf ", "spacy", "spacy:", "spacy: ", "bert")] == [False] * 7
    with pytest.raises(ExplorerError, match='there is no engine of names bert; there are "crf" or "spacy:NAME_OR_PATH"'):
        model_files("bert")


def test_the_engine_inside_has_rules_and_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    files = model_files("crf")
    assert files and all(file.suffix not in (".py", ".md", ".pyc") for file in files)
    before = fingerprint("crf", hash_of(files))
    assert re.fullmatch(r"rules \d+ / crf [0-9a-f]{12}", before)
    monkeypatch.setattr(name_engines, "ANALYSIS_VERSION", name_engines.ANALYSIS_VERSION + 1)
    assert fingerprint("crf", hash_of(files)) != before


def test_a_model_is_known_by_its_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"12")
    two.write_bytes(b"3")
    before = hash_of([one, two])
    assert re.fullmatch("[0-9a-f]{12}", before) and hash_of([one, two]) == before
    one.write_bytes(b"1")
    two.write_bytes(b"23")
    assert len({before, hash_of([one, two]), hash_of([one]), hash_of([])}) == 4


def test_a_pipeline_is_known_by_name_version_and_contents(tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    from tests.spacy_pipeline import ruled

    names = [
        f"spacy:{ruled(tmp_path / word, ('GPE', word), version=version)}"
        for word, version in (("a", "1"), ("b", "1"), ("c", "2"))
    ]
    prints = [fingerprint(name, hash_of(model_files(name))) for name in names]
    assert len(set(prints)) == 3
    assert re.fullmatch(r"rules \d+ / spacy en_ruled 1 [0-9a-f]{12}", prints[0]) and " en_ruled 2 " in prints[2]
