import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from explorer.tui.display import fit, one_line, paint, plural, thousands

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2028\u2029]")


@given(st.text())
def test_painted_text_holds_no_control_character(text):
    assert not UNSAFE.search(paint(text))


@given(st.text(), st.integers(0, 40))
def test_fit_never_takes_more_cells_than_there_are(text, width):
    assert cell_len(fit(one_line(text), width)) <= width


def test_escape_sequences_become_visible():
    assert paint("\x1b[31mred\x9b0m\x7f") == "␛[31mred�0m␡"


def test_piled_up_marks_are_cut():
    assert paint("a" + "\u0301" * 50 + "b") == "a" + "\u0301" * 4 + "b"


def test_joined_emoji_come_apart_so_that_columns_stay_aligned():
    assert paint("\U0001f469\u200d\U0001f467\ufe0f!") == "\U0001f469\U0001f467!"


def test_lone_surrogates_do_not_reach_the_terminal():
    assert paint("a\ud800b").encode("utf-8")


def test_counts():
    assert thousands(4310) == "4\u00a0310"
    assert plural(1, "document") == "1 document"
    assert plural(2, "country") == "2 countries"
    assert fit("harbour", 5) == "harb…"
