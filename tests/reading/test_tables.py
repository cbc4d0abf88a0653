"""CSV and TSV: the file's own text, and a title from its columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.tables import read_table


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("name,date,amount\nQuill,2001-03-05,12\n", "Table: name, date, amount"),
        ('"last, first";age\n"Quill, Ada";41\n', "Table: last, first, age"),
        ("name\tdate\nQuill\t2001\n", "Table: name, date"),
        ("a,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8\n", "Table: a, b, c, d, e, f, …"),
        ("12,2001-03-05\n13,2001-03-06\n", "12,2001-03-05"),
        ("one column\nwith words\n", "one column"),
    ],
)
def test_the_text_is_the_files_and_the_title_names_its_columns(text: str, title: str) -> None:
    reading = read_table(text.encode())
    assert (reading.text, reading.title, reading.guessed) == (text, title, ("title",))


@pytest.mark.parametrize("data", [b'a,"b\n' * 1000, b"a," * 1_000_000, b"a," + b"x" * 3_000_000, b'"a","' + b"x" * 200_000])
def test_bait_is_text_at_worst(data: bytes) -> None:
    reading = read_table(data)
    assert reading.text == data.decode()
    assert len(reading.title) <= 500


@settings(max_examples=40)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet='ab,;|\t\n"\0', max_size=100).map(str.encode)), st.booleans())
def test_any_bytes_give_a_reading(data: bytes, cut: bool) -> None:
    reading = read_table(data, cut)
    assert (reading.state == "unreadable") == (not reading.text)
    assert "\n" not in reading.title
