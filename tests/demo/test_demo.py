"""The demo corpus has the files, formats and rights that its README promises."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pypdfium2
import pytest

from explorer import demo, model

CORPUS = demo.corpus_folder()
README = Path(demo.__file__).with_name("README.md")
DAMAGED = "ferry-deckplan.pdf"
FORMATS = {".txt": 11, ".md": 2, ".html": 2, ".eml": 2, ".pdf": 2}
OUTLETS = ("corvane-wire", "sarrow-ledger", "quayside-review")


def test_the_files_and_formats_promised_are_there():
    files = [p for p in CORPUS.rglob("*") if p.is_file()]
    counts = {suffix: sum(p.suffix == suffix for p in files) for suffix in FORMATS}
    assert counts == FORMATS
    assert len(files) == sum(FORMATS.values()) == 19
    assert sorted(p.name for p in CORPUS.iterdir()) == sorted(OUTLETS)
    assert {p.stem.split("-")[0] for p in files} == {"ferry", "water", "plant", "cable"}


def test_every_outlet_covers_every_event():
    for outlet in OUTLETS:
        covered = {p.stem.split("-")[0] for p in (CORPUS / outlet).iterdir() if p.name != DAMAGED}
        assert covered == {"ferry", "water", "plant", "cable"}, outlet


def test_every_document_has_the_length_of_an_article(text_of, stems):
    for stem in stems:
        assert 250 <= len(text_of(stem).split()) <= 600, stem


def test_every_text_file_is_utf8_with_unix_line_ends():
    for path in CORPUS.rglob("*"):
        if path.suffix in (".txt", ".md", ".html", ".eml"):
            data = path.read_bytes()
            data.decode("utf-8", errors="strict")
            assert b"\r" not in data, path.name
            assert data.endswith(b"\n"), path.name


def test_plain_texts_have_the_head_except_the_transcript():
    for path in CORPUS.rglob("*.txt"):
        title, source, blank = path.read_text(encoding="utf-8").split("\n")[:3]
        has_head = bool(title) and re.fullmatch(r"[\w ]+, 2026-\d\d-\d\d", source) is not None and not blank
        assert has_head == (path.stem != "water-hearing"), path.name


def test_the_release_has_an_encoded_subject_and_a_quoted_printable_body(path_of, text_of):
    raw = path_of("plant-release").read_bytes()
    assert b"=?utf-8?" in raw
    assert b"Content-Transfer-Encoding: quoted-printable" in raw
    assert "£18m" in text_of("plant-release").split("\n", 1)[0]


def test_the_pdfs_are_what_the_script_writes_and_the_article_reads_back(path_of, text_of, folded):
    script = runpy.run_path(str(Path(__file__).with_name("make_landing_pdf.py")))
    article = script["SOURCE"].read_text(encoding="utf-8")
    assert path_of("cable-landing").read_bytes() == script["article_pdf"](article)
    assert path_of(DAMAGED).read_bytes() == script["damaged_pdf"]()
    assert folded(text_of("cable-landing")) == folded(article)
    with pypdfium2.PdfDocument(path_of("cable-landing")) as pdf:
        assert len(pdf) == 2


def test_the_damaged_file_cannot_be_opened(path_of):
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(path_of(DAMAGED))


def test_the_readme_names_every_file_and_the_licence(stems):
    text = README.read_text(encoding="utf-8")
    for stem in stems:
        assert stem in text, stem
    assert "CC0 1.0" in text


def test_no_real_news_outlet_is_named(text_of, stems):
    real = re.compile(r"\b(Reuters|AP|AFP|BBC|CNN|Getty|Guardian|Bloomberg|Al Jazeera|New York Times|Associated Press)\b")
    for stem in stems:
        assert not real.search(text_of(stem)), stem


def shingles(text: str, size: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_no_text_of_others_is_in_it(shared, text_of, stems):
    others = [*(shared / "seeds").glob("*.txt"), *(shared / "gold" / "own").glob("*.txt")]
    assert others, "no texts to compare with"
    ours = {shingle: stem for stem in stems for shingle in shingles(text_of(stem))}
    for path in others:
        common = shingles(path.read_text(encoding="utf-8", errors="replace")) & ours.keys()
        assert not common, (path.name, [(ours[c], " ".join(c)) for c in common])


def test_the_folder_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "files", lambda package: tmp_path)
    with pytest.raises(model.ExplorerError, match="install the explorer package again"):
        demo.corpus_folder()


def test_where_to_start_fits_a_narrow_screen_and_finds_something(path_of, text_of, folded, stems):
    lines = demo.WHERE_TO_START.splitlines()
    assert 3 <= len(lines) <= 4
    assert all(len(line) <= 76 for line in lines)
    outlets = {path_of(s).parent.name for s in stems if "nobody was left behind" in folded(text_of(s)).lower()}
    assert outlets == set(OUTLETS)
    assert sum("second sample we will have waited" in folded(text_of(s)) for s in stems) == 4
    assert sum("Marcus Dunmore" in text_of(s) and "Red" in text_of(s) for s in stems) >= 2
