"""--names and the settings: which engine finds names, that it stays, and that what is wrong is told before anything is done."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.spacy_pipeline import install, ruled

FRAGILE = """
from spacy.language import Language


@Language.component("fragile")
def fragile(doc):
    if "glacier" in doc.text:
        raise ValueError("no glaciers")
    return doc
"""


@pytest.fixture(autouse=True)
def _one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second worker would import spaCy too, for three short texts."""
    monkeypatch.setattr("explorer.library.updating._workers", lambda: 1)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    return ruled(tmp_path_factory.mktemp("pipelines") / "mine", ("ORG", "mill bridge"), ("GPE", "France"))


def model_of(explore, folder):
    return json.loads(explore("status", folder, "--no-update", "--format", "json").out)["model"]


def names_in(explore, folder, kind):
    found = json.loads(explore("entities", folder, "--type", kind, "--format", "json").out)
    return {entity["name"] for entity in found["entities"]}


def test_an_engine_asked_for_stays_until_another_is(explore, corpus, pipeline):
    assert explore("index", corpus).code == 0
    inside = model_of(explore, corpus)
    assert " / crf " in inside and "Martha Keller" in names_in(explore, corpus, "person")
    assert explore("index", corpus, "--names", f"spacy:{pipeline}").code == 0
    assert " / spacy en_ruled 1 " in model_of(explore, corpus)
    assert names_in(explore, corpus, "org") == {"mill bridge"} and not names_in(explore, corpus, "person")
    assert explore("search", "bridge", corpus).code == 0
    assert explore("index", corpus, "--rebuild").code == 0
    assert " / spacy en_ruled 1 " in model_of(explore, corpus), "also of an index that is made anew"
    assert explore("index", corpus, "--names", "settings").code == 0
    assert model_of(explore, corpus) == inside and "Martha Keller" in names_in(explore, corpus, "person")


def test_the_settings_choose_and_the_option_comes_first(explore, corpus, pipeline, home):
    (home / "config.toml").write_text(f'[extract]\nnames = "spacy:{pipeline}"\n', encoding="utf-8")
    assert explore("index", corpus).code == 0
    assert " / spacy en_ruled 1 " in model_of(explore, corpus)
    shown = json.loads(explore("analyse", corpus / "bridge.txt", "--format", "json").out)
    assert {entity["text"] for entity in shown["entities"] if entity["type"] != "DATE"} == {"mill bridge", "France"}
    shown = json.loads(explore("analyse", corpus / "bridge.txt", "--format", "json", "--names", "crf").out)
    assert "Martha Keller" in {entity["name"] for entity in shown["entities"]}
    assert explore("index", corpus, "--names", "crf").code == 0
    assert " / crf " in model_of(explore, corpus)


def test_a_model_that_changed_analyses_again(explore, corpus, tmp_path):
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    folder = ruled(tmp_path / "mine", ("ORG", "mill bridge"))
    assert explore("index", corpus, "--names", f"spacy:{folder}").code == 0
    before = model_of(explore, corpus)
    ruled(folder, ("ORG", "harbour"))
    assert explore("index", corpus).code == 0
    assert model_of(explore, corpus) != before and names_in(explore, corpus, "org") == {"harbour"}


def test_a_text_that_a_pipeline_fails_on_costs_only_itself(explore, corpus, tmp_path, monkeypatch):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    folder = ruled(tmp_path / "fragile", ("GPE", "France"))
    config = (folder / "config.cfg").read_text(encoding="utf-8")
    config = config.replace('pipeline = ["entity_ruler"]', 'pipeline = ["entity_ruler","fragile"]')
    (folder / "config.cfg").write_text(f'{config}\n[components.fragile]\nfactory = "fragile"\n', encoding="utf-8")
    install(tmp_path / "site", "en_fragile", folder, FRAGILE)
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    (corpus / "ice.txt").write_text("Ice\n\nThe glacier in France moved.\n", encoding="utf-8")
    assert spacy and explore("index", corpus, "--names", "spacy:en_fragile").code == 0
    assert names_in(explore, corpus, "place") == {"France"}
    found = json.loads(explore("analyse", corpus / "ice.txt", "--names", "spacy:en_fragile", "--format", "json").out)
    assert found["entities"] == [] and found["text"].startswith("Ice")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("spacy:./nowhere", "nowhere is no spaCy pipeline: its meta.json cannot be read"),
        ("spacy:no_such_package", "no spaCy pipeline no_such_package is installed here"),
        ("bert", '--names \'bert\' cannot be; write "crf" or "spacy:NAME_OR_PATH"'),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_done(explore, corpus, names, told):
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    for command in (["index", corpus], ["analyse", corpus / "bridge.txt"], [corpus]):
        ran = explore(*command, "--names", names)
        if command == [corpus] and names != "bert":
            continue  # the app needs a terminal before it looks for a pipeline
        assert (ran.code, ran.out) == (2, "") and told in ran.err and ran.err.count("\n") == 1
    assert json.loads(explore("status", corpus, "--no-update", "--format", "json").out)["documents"] == 0


def test_a_pipeline_that_cannot_be_loaded_is_told_before_anything_is_read(explore, corpus, tmp_path):
    pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'explorer[spacy]'")
    assert explore("index", corpus).code == 0
    before = model_of(explore, corpus)
    folder = ruled(tmp_path / "p", ("GPE", "France"))
    (folder / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    (corpus / "new.txt").write_text("A zeppelin.", encoding="utf-8")
    for command in (["index", corpus], ["analyse", corpus / "bridge.txt"]):
        ran = explore(*command, "--names", f"spacy:{folder}")
        assert (ran.code, ran.out) == (2, "") and f"the spaCy pipeline {folder} cannot be loaded (" in ran.err
        assert ran.err.count("\n") == 1
    assert model_of(explore, corpus) == before and "Martha Keller" in names_in(explore, corpus, "person")
    assert explore("search", "zeppelin", corpus).code == 0, "the wish that could not be followed was not kept"


def test_without_spacy_it_says_what_to_install(program, corpus, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text("import sys\nsys.modules['spacy'] = None\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    ran = program("index", corpus, "--names", "spacy:en_core_web_sm", env=environment)
    assert ran.returncode == 2
    assert ran.stderr.decode() == "explorer: spaCy is not installed here; pip install 'explorer[spacy]' adds it\n"


def test_settings_that_cannot_be_followed_stop_what_would_analyse(explore, corpus, home):
    assert explore("index", corpus).code == 0
    (home / "config.toml").write_text("[extract]\nname = 1\n", encoding="utf-8")
    for command in (
        ["index", corpus],
        ["search", "bridge", corpus],
        ["analyse", corpus / "bridge.txt"],
        ["index", corpus, "--rebuild"],
    ):
        ran = explore(*command)
        assert ran.code == 2 and f"{home / 'config.toml'} have an unknown key 'extract.name'; write [extract]" in ran.err
    assert explore("search", "bridge", corpus, "--no-update").code == 0, "what is indexed can be asked"
