"""A search term report in every form."""

from __future__ import annotations

import csv
import io

from explorer.export.answers import Terms
from explorer.export.csv_form import to_csv
from explorer.export.json_form import to_json, to_json_rows
from explorer.export.markdown_form import to_markdown
from explorer.export.text_form import to_lines
from explorer.model import TermCount

LINES = (
    TermCount("harbour | bridge", 12000, 34567, 3),
    TermCount("-=ferry", 0, 0, 0),
    TermCount("persn:x", 0, 0, 0, "unknown field persn: did you mean person:?"),
)
REPORT = Terms(LINES)


def test_json_has_an_error_only_where_there_is_one():
    first, second, third = to_json(REPORT)["terms"]
    assert first == {"query": "harbour | bridge", "documents": 12000, "hits": 34567, "only": 3}
    assert second == {"query": "-=ferry", "documents": 0, "hits": 0, "only": 0}
    assert third["error"] == LINES[2].error
    assert list(to_json_rows(REPORT)) == [first, second, third]


def test_csv_leaves_the_counts_of_an_error_empty():
    rows = list(csv.DictReader(io.StringIO(to_csv(REPORT))))
    assert rows[0] == {"query": "harbour | bridge", "documents": "12000", "hits": "34567", "only": "3", "error": ""}
    assert rows[1]["query"] == "'-=ferry" and rows[1]["documents"] == "0"
    assert (rows[2]["documents"], rows[2]["hits"], rows[2]["only"], rows[2]["error"]) == ("", "", "", LINES[2].error)


def test_markdown_is_one_table_with_queries_as_code():
    lines = to_markdown(REPORT).splitlines()
    assert lines[0] == "| query | documents | hits | only |"
    assert lines[2] == "| `harbour \\| bridge` | 12000 | 34567 | 3 |"
    assert lines[4].startswith("| `persn:x`: unknown field persn") and lines[4].endswith("| | | |")


def test_text_is_aligned_and_says_what_is_wrong_below():
    shown = ["".join(piece for piece, _ in line) for line in to_lines(REPORT)]
    assert shown[0] == "documents   hits  only  query"
    assert shown[1] == "    12000  34567     3  harbour | bridge"
    assert shown[2] == "        0      0     0  -=ferry"
    assert shown[3].split() == ["persn:x"] and shown[3].index("persn") == shown[1].index("harbour")
    assert shown[4].strip() == LINES[2].error


def test_no_queries_no_lines():
    assert to_json(Terms(())) == {"terms": []}
    assert len(list(to_lines(Terms(())))) == 1
