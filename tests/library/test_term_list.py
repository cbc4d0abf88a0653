"""Lists of queries for a search term report."""

from __future__ import annotations

import pytest

from explorer.library.term_list import MOST_BYTES, MOST_TERMS, load_terms, read_terms, terms_of
from explorer.model import ExplorerError


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_query_a_line_without_blank_lines_and_comments(end):
    text = end.join(["\ufeff# ferries", 'ferry OR "harbour bridge"', "", "  tax, levy  ", "   # off", "\\#1", "by:quill #x"])
    assert read_terms(text) == ['ferry OR "harbour bridge"', "tax, levy", "\\#1", "by:quill #x"]


def test_nothing_but_line_ends_ends_a_query():
    assert read_terms("a\u2028b\x0bc\nd") == ["a\u2028b\x0bc", "d"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding(tmp_path, encoding):
    (tmp_path / "list.txt").write_bytes("café\r\nbridge\r\n".encode(encoding))
    assert load_terms(tmp_path / "list.txt") == ["café", "bridge"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no query"),
        (b"# all\n\n", "no query"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, "no text"),
        (b"a\n" * (MOST_TERMS + 1), "is the most"),
        (b"a" * (MOST_BYTES + 1), "larger than"),
    ],
    ids=["empty", "comments", "binary", "many", "large"],
)
def test_what_is_no_list_is_said(data, said):
    with pytest.raises(ExplorerError, match=said):
        terms_of(data, "list.txt")


@pytest.mark.parametrize("name", ["none.txt", ".", "\0", "~nobody-has-this-name/x"])
def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    with pytest.raises(ExplorerError, match="cannot be read") as fault:
        load_terms(Path(name))
    assert "\n" not in str(fault.value)
