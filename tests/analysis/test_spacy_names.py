"""Names by a spaCy pipeline of the user's own: trained here, looked up, loaded, mapped to our types."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

from explorer.analysis import analyse
from explorer.analysis.spacy_names import LONGEST, SpacyNames, find_pipeline
from explorer.model import ExplorerError
from tests.spacy_pipeline import install, ruled, train

pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")


def loaded(folder: Path, *patterns: tuple[str, str]) -> SpacyNames:
    return SpacyNames(find_pipeline(str(ruled(folder, *patterns))))


def test_a_trained_pipeline_finds_what_it_was_not_shown(tmp_path: Path) -> None:
    trained = SpacyNames(find_pipeline(str(train(tmp_path / "harbour"))))
    text = "Lena Holt of the River Trust said in Marlow that it was over."
    assert [(text[start:end], kind) for start, end, kind, _ in trained(text, [(0, len(text))])] == [
        *(("Lena Holt", "PERSON"), ("River Trust", "ORG"), ("Marlow", "PLACE"))
    ]
    assert trained.how == "spacy en_harbour"


def test_its_names_go_through_the_same_stages(tmp_path: Path) -> None:
    tag = loaded(tmp_path / "p", ("PERSON", "Lena Holt"), ("PERSON", "Holt"), ("GPE", "Marlow"))
    text = "LENA HOLT SAYS NO\n\nLena Holt said in Marlow that it was over. “Nobody will be paid,” Holt told us.\n"
    found = analyse(text, tag=tag)
    assert [(mention.text, mention.type, mention.name) for mention in found.entities] == [
        ("LENA HOLT", "PERSON", "Lena Holt"),
        ("Lena Holt", "PERSON", "Lena Holt"),
        ("Marlow", "PLACE", "Marlow"),
        ("Holt", "PERSON", "Lena Holt"),
    ], "the document pass and the canonical names come after any engine"
    assert found.entities[2].how.startswith("spacy en_ruled")
    (quote,) = (quote for quote in found.quotes if quote.kind == "direct")
    assert quote.speaker and (quote.speaker.text, quote.speaker.name) == ("Holt", "Lena Holt")


def test_the_types_are_ours_and_the_rest_is_dropped(tmp_path: Path) -> None:
    labels = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
    labels |= dict.fromkeys(("NORP", "DATE", "MISC", "PRODUCT"), "")
    words = {label: f"word{place}" for place, label in enumerate(labels)}
    tag = loaded(tmp_path / "p", *words.items())
    text = " ".join(words.values())
    found = {text[start:end]: kind for start, end, kind, _ in tag(text, [(0, len(text))])}
    assert found == {words[label]: kind for label, kind in labels.items() if kind}


def test_articles_and_possessives_are_no_part_of_a_name(tmp_path: Path) -> None:
    tag = loaded(
        tmp_path / "p", ("ORG", "the Ferry Union's"), ("ORG", "The\nCoast Watch’s"), ("GPE", "the"), ("PERSON", "Theo's")
    )
    text = "Of the Ferry Union's and The\nCoast Watch’s and the and Theo's."
    found = [text[start:end] for start, end, _, _ in tag(text, [(0, len(text))])]
    assert found == ["Ferry Union", "Coast Watch", "Theo"]


def test_only_the_spans_are_read_and_places_are_in_the_text(tmp_path: Path) -> None:
    tag = loaded(tmp_path / "p", ("GPE", "Kell"))
    text = "Kell. Kell! \ud800 \x00 Kell?\n" + "x" * (LONGEST * 2) + " Kell" + " \u2028Kell"
    spans = [(6, 21), (21, len(text))]
    found = tag(text, spans)
    assert [start for start, *_ in found] == [6, 16, text.rindex(" Kell") + 1, text.rindex("Kell")]
    assert all(text[start:end] == "Kell" and kind == "PLACE" and 0 < sure <= 1 for start, end, kind, sure in found)


def test_a_package_that_is_installed_is_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    install(site, "en_ruled", ruled(tmp_path / "p", ("GPE", "Kell")))
    monkeypatch.syspath_prepend(site)
    pipeline = find_pipeline("en_ruled")
    assert (pipeline.folder, pipeline.name, pipeline.version) == (site / "en_ruled", "en_ruled", "1")
    assert [kind for *_, kind, _ in SpacyNames(pipeline)("In Kell.", [(0, 8)])] == ["PLACE"]


def test_what_is_no_pipeline_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "meta.json").write_text('{"lang": "en"}')
    for asked, told in {
        "./here": r"here is no spaCy pipeline: its meta.json cannot be read \(No such file or directory\)",
        "./damaged": r"damaged is no spaCy pipeline: its meta.json is damaged \(KeyError\)",
        "here": r"no spaCy pipeline here is installed here; a folder is written with a slash, as in spacy:./here",
        "pytest": r"meta.json cannot be read",
        "a b": r"no spaCy pipeline a b is installed here",
        "...": r"no spaCy pipeline ... is installed here",
    }.items():
        with pytest.raises(ExplorerError, match=told) as caught:
            find_pipeline(asked)
        assert str(caught.value).isprintable()


def test_what_cannot_be_loaded_is_one_line(tmp_path: Path) -> None:
    folder = ruled(tmp_path / "p", ("GPE", "Kell"))
    (folder / "config.cfg").write_text((folder / "config.cfg").read_text().replace('"entity_ruler"', '"no_such_component"'))
    with pytest.raises(
        ExplorerError, match=r"the spaCy pipeline .*/p cannot be loaded \(ValueError: .*no_such_component"
    ) as caught:
        SpacyNames(find_pipeline(str(folder)))
    assert str(caught.value).isprintable() and len(str(caught.value)) < 500


def test_a_pipeline_without_names_is_refused(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "p")
    with pytest.raises(ExplorerError, match="finds no names: it has no ner or entity_ruler"):
        SpacyNames(find_pipeline(str(tmp_path / "p")))


def test_without_spacy_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(ExplorerError, match=r"spaCy is not installed here; pip install 'explorer\[spacy\]' adds it"):
        find_pipeline(str(tmp_path))


def test_spacy_is_imported_only_to_find_names(tmp_path: Path) -> None:
    folder = ruled(tmp_path / "p", ("GPE", "Kell"))
    code = (
        "import sys; from explorer.analysis.name_engines import *; from explorer.analysis import analyse\n"
        f"name = 'spacy:{folder}'; fingerprint(name, hash_of(model_files(name))); tag_of('crf'); analyse('In Kell.')\n"
        "print('spacy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
    assert json.loads((folder / "meta.json").read_text())["name"] == "ruled"
