"""The settings file: what it may say, and the one line that tells what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.library.settings import Settings, chosen_names, load_settings, read_names, settings_path
from explorer.model import ExplorerError


def write_settings(home: Path, text: str | bytes) -> Path:
    path = home / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_without_a_file_all_is_as_it_ships() -> None:
    assert load_settings() == Settings("crf")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[extract]\n", '[extract]\nnames = "crf"\n'])
def test_what_is_not_said_is_as_it_ships(home: Path, text: str) -> None:
    write_settings(home, text)
    assert load_settings() == Settings("crf")


def test_a_pipeline_by_its_name_or_its_folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for written, meant in {
        "spacy:en_core_web_sm": "spacy:en_core_web_sm",
        "spacy: en_core_web_sm ": "spacy:en_core_web_sm",
        "spacy:./mine": f"spacy:{home}/mine",
        "spacy:~/mine": f"spacy:{tmp_path}/mine",
        "spacy:/opt/models/mine": "spacy:/opt/models/mine",
    }.items():
        write_settings(home, f'extract = {{ names = "{written}" }}')
        assert load_settings().names == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[extrakt]\nnames = "crf"', "unknown key 'extrakt'"),
        ('names = "crf"', "unknown key 'names'"),
        ('"two\\nlines" = 1', r"unknown key 'two\nlines'"),
        ('[extract]\nname = "crf"', "unknown key 'extract.name'"),
        ("extract = 3", "extract = 3, which is no table"),
        ('[extract]\nnames = "bert"', "extract.names = 'bert'"),
        ('[extract]\nnames = "spacy:"', "extract.names = 'spacy:'"),
        ('[extract]\nnames = "spacy: "', "extract.names = 'spacy: '"),
        ("[extract]\nnames = 1", "extract.names = 1"),
        ("[extract]\nnames = crf", "are not TOML: Invalid value"),
        (b'[extract]\nnames = "\xff"', "are not TOML"),
        ("a = " + "[" * 100_000, "are not TOML"),
    ],
)
def test_what_is_wrong_is_one_line_with_file_key_and_what_to_write(home: Path, text: str | bytes, told: str) -> None:
    path = write_settings(home, text)
    with pytest.raises(ExplorerError) as caught:
        load_settings()
    line = str(caught.value)
    assert str(path) in line and told in line and line.isprintable()
    assert line.endswith('write [extract] and below it names = "crf" or "spacy:NAME_OR_PATH"')


def test_a_file_that_cannot_be_read(home: Path) -> None:
    (home / "config.toml").mkdir()
    with pytest.raises(ExplorerError, match="cannot be read: Is a directory"):
        load_settings()


def test_where_they_are(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path) -> None:
    assert settings_path() == home / "config.toml"
    monkeypatch.delenv("EXPLORER_HOME")
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, appauthor: tmp_path / name)
    assert settings_path() == tmp_path / "explorer" / "config.toml"


def test_a_file_of_that_name_in_the_corpus_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text("[extract]\nnames = 1")
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()


def test_the_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [read_names(asked) for asked in ("", "crf", "settings", "spacy:x", "spacy:./x")] == [
        *("", "crf", "settings", "spacy:x", f"spacy:{tmp_path}/x")
    ]
    with pytest.raises(ExplorerError, match='--names \'bert\' cannot be; write "crf" or "spacy:NAME_OR_PATH"'):
        read_names("bert")


def test_the_option_comes_before_the_settings(home: Path) -> None:
    write_settings(home, '[extract]\nnames = "spacy:/no/such/folder"')
    assert chosen_names("crf") == "crf"
    for wish in ("", "settings"):
        with pytest.raises(ExplorerError, match=r"/no/such/folder|spaCy is not installed"):
            chosen_names(wish)
