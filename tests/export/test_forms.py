"""Every form of every answer, whatever text is in it."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import assume, example, given
from markdown_it import MarkdownIt

from explorer.export.csv_form import to_csv
from explorer.export.json_form import dump, mention_json, to_json, to_json_rows
from explorer.export.markdown_form import literal, to_markdown
from explorer.export.tables import to_table
from explorer.export.text_form import to_lines, write_lines
from explorer.model import Mention
from explorer.reading.clean import clean

from .hostile import HOSTILE, answers_of, texts


def controls(text: str) -> set[str]:
    """The characters of a text that could steer a terminal, but for line ends."""
    return {char for char in text if unicodedata.category(char) in {"Cc", "Cs"} and char != "\n"} | (set(text) & {"\u202e"})


@example(HOSTILE)
@given(texts)
def test_json_is_utf_8_without_controls_and_says_the_same(text):
    for answer in answers_of(text):
        for value in (to_json(answer), *to_json_rows(answer)):
            for indent in (None, 2):
                shown = dump(value, indent)
                assert json.loads(shown.encode("utf-8")) == json.loads(json.dumps(value))
                assert not controls(shown)


@example(HOSTILE)
@given(texts)
def test_text_has_no_controls_and_one_line_each(text):
    for answer in answers_of(text):
        for line in to_lines(answer):
            shown = "".join(piece for piece, _ in line)
            assert not controls(shown)
            assert "\n" not in shown


@example(HOSTILE)
@given(texts)
def test_csv_comes_back_as_written_and_holds_no_formula(text):
    for answer in answers_of(text):
        table = to_table(answer)
        rows = list(csv.reader(io.StringIO(to_csv(answer))))
        assert rows[0] == list(table.columns)
        assert len(rows) == len(table.rows) + 1
        for cells, row in zip(rows[1:], table.rows, strict=True):
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, str):
                    assert cell.removeprefix("'") == clean(value).removeprefix("'")
                    assert not cell.startswith(("=", "+", "-", "@", "\t"))


@given(texts)
def test_markdown_shows_a_text_literally(text):
    assume(text.split())
    shown = MarkdownIt("commonmark").enable("table").render(f"> {literal(text)}\n").removeprefix("<blockquote>\n")
    wanted = clean(" ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    paragraph = shown.removesuffix("</blockquote>\n").removeprefix("<p>").removesuffix("</p>\n")
    assert paragraph.strip() == wanted.strip()


@example(HOSTILE)
@given(texts)
def test_markdown_pages_have_no_controls(text):
    for answer in answers_of(text):
        assert not controls(to_markdown(answer)) - {"\t"}


@pytest.mark.parametrize("answer", answers_of("words"), ids=lambda answer: type(answer).__name__)
def test_plain_text_is_the_lines(answer):
    stream = io.StringIO()
    write_lines(to_lines(answer), stream)
    assert "words" in stream.getvalue()
    assert stream.getvalue() == "".join("".join(piece for piece, _ in line) + "\n" for line in to_lines(answer))


def test_hits_in_text_are_the_words_hit():
    results = answers_of("one two three")[0]
    lines = list(to_lines(results))
    assert [piece for line in lines for piece, role in line if role == "hit"] == ["one", "one"]
    assert "".join(piece for piece, _ in lines[-1]).strip() == "one two three"


def test_roles_and_governments_are_told_where_they_are_known():
    plain = Mention(0, 3, "Ada", "PERSON", "Ada Quill", "test")
    assert not {"role", "acts_for", "iso"} & mention_json(plain).keys()
    assert mention_json(Mention(0, 3, "Ada", "PERSON", "Ada Quill", "test", role="mayor"))["role"] == "mayor"
    assert mention_json(Mention(0, 5, "Paris", "PLACE", "Paris", "test", acts_for="France"))["acts_for"] == "France"


def test_a_json_row_is_what_the_contract_names():
    results, quotes, entities, report, status, extracted, *_ = (to_json(answer) for answer in answers_of("words"))
    assert {"query", "understood", "total", "passages"} <= results.keys()
    assert {
        "document", "path", "title", "source", "date", "start", "end", "text", "hits", "title_hits", "score",
    } <= results["passages"][0].keys()  # fmt: skip
    assert {
        "start", "end", "text", "segments", "kind", "speaker", "cue", "marks", "confidence", "via", "denied", "page",
        "document", "path", "title", "source", "date",
    } <= quotes["quotes"][0].keys()  # fmt: skip
    speaker = quotes["quotes"][0]["speaker"]
    assert speaker.keys() == {"start", "end", "text", "name", "how", "confidence", "chain", "alternatives"}
    assert entities["entities"][0].keys() == {"name", "type", "names", "documents", "mentions", "joined"}
    assert report.keys() == {
        "documents", "added", "changed", "removed", "unchanged", "unreadable", "partial", "skipped", "seconds",
    }  # fmt: skip
    assert {"folder", "index", "bytes", "documents", "engine", "model", "unreadable", "partial", "generation"} <= status.keys()
    assert {
        "id", "text", "title", "date", "source", "language", "entities", "quotes", "pronouns",
    } <= extracted.keys()  # fmt: skip
    assert {"start", "end", "text", "type", "name", "how", "confidence"} == extracted["entities"][0].keys()
