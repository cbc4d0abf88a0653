"""JSON, JSON Lines and notebooks: every value readable, a record's own metadata, text at worst."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading import structured
from explorer.reading.clean import normalise
from explorer.reading.structured import read_json, read_json_lines

ARTICLE = {
    "title": "Ferry late",
    "author": {"name": "Ada Quill"},
    "datePublished": "2001-03-05T10:00:00Z",
    "publisher": [{"name": "Harbour Post"}],
    "lang": "en-GB",
    "tags": ["ferry", "fog"],
    "meta": {"id": 7, "draft": None, "late": True},
    "body": "It left at noon.\nNobody was hurt.",
}


def test_an_article_record() -> None:
    reading = read_json(json.dumps(ARTICLE).encode())
    assert (reading.title, reading.author, reading.date) == ("Ferry late", "Ada Quill", "2001-03-05")
    assert (reading.source, reading.language, reading.guessed) == ("Harbour Post", "en", ())
    assert "tags: ferry, fog\nmeta:\n  id: 7\n  late: true\n\nIt left at noon.\nNobody was hurt." in reading.text


def test_records_are_set_apart_and_escapes_decoded() -> None:
    reading = read_json(b'[{"name": "Ada \\u00e9", "html": "<p>One</p><p>Two</p>"}, {"name": "Tom", "name": "Reed"}]')
    assert reading.text == "name: Ada é\nhtml: One\nTwo\n\nname: Tom\nname: Reed", "a name that comes twice is there twice"
    assert (reading.title, reading.guessed) == ("2 records: name, html", ("title",))


def test_json_lines_keep_what_is_not_valid() -> None:
    reading = read_json_lines(b'{"a": "x"}\n{"a": "y"}\nnot json\n')
    assert reading.text == "a: x\n\na: y\n\nnot json"
    assert reading.problems == ("a line is not valid JSON: shown as in the file",)
    assert read_json(b'{"a": "x"}\n{"a": "y"}\n').text == "a: x\n\na: y", "also under the wrong name"
    assert read_json_lines(b'{"title": "Ferry", "date": "2001-03-05"}').title == "Ferry"


def test_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Tides\n", "High *water*."]},
        {"cell_type": "code", "source": "print(1)", "outputs": [{"output_type": "stream", "text": ["1\n"]}]},
        {"cell_type": "code", "source": "1/0", "outputs": [{"ename": "ZeroDivisionError", "evalue": "division by zero"}]},
        {"cell_type": "code", "source": "x", "outputs": [{"data": {"text/html": "<b>bold</b>", "image/png": "iVBOR"}}]},
    ]
    reading = read_json(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}).encode())
    assert reading.text == "# Tides\nHigh *water*.\n\nprint(1)\n\n1\n\n1/0\n\nZeroDivisionError: division by zero\n\nx\n\nbold"
    assert reading.title == "Tides"


@pytest.mark.parametrize(
    ("data", "problem", "fault"),
    [
        (b'{"a": "left at da', "breaks off", "damaged"),
        (b'{"a": 1, // why\n "b": 2}', "not valid JSON (line 1)", ""),
        (b"[" * 100_000, "nested too deeply", ""),
        (b'["' + b"x" * (9 << 20) + b'"]', "too large", ""),
    ],
)
def test_what_cannot_be_parsed_is_shown_as_it_is(data: bytes, problem: str, fault: str) -> None:
    reading = read_json(data)
    assert reading.text == data.decode()
    assert problem in reading.problems[0]
    assert reading.fault == fault


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=50)
@given(values)
def test_every_string_is_found(value: object) -> None:
    reading = read_json(json.dumps(value).encode())
    folded = " ".join(reading.text.split())
    for word in _strings(value):
        assert " ".join(normalise(word).split()) in folded


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [word for item in value for word in _strings(item)] if isinstance(value, list) else []


@settings(max_examples=50)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet='[]{}":,\\u0d8\n1', max_size=60).map(str.encode)), st.booleans())
def test_any_bytes_give_a_clean_reading(data: bytes, cut: bool) -> None:
    for read in (read_json, read_json_lines):
        reading = read(data, cut)
        assert reading.text == normalise(reading.text)
        assert (reading.state == "unreadable") == (not reading.text)


def test_of_too_many_lines_the_whole_ones_of_the_beginning_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structured, "_MAX_LENGTH", 100)
    reading = read_json_lines(b'{"name": "Ada"}\n' * 10)
    assert reading.text.count("Ada") == 6
    assert (reading.state, reading.fault, reading.problems) == ("partial", "too large", ("only the first 6 records read",))
