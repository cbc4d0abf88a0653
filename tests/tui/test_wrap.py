from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from explorer.tui.display import MAYBE_WIDE, WIDTHS, glyphs, paint
from explorer.tui.wrap import row_of, wrap, wrap_slices

texts = st.text(st.one_of(st.characters(), st.sampled_from("ab  \n\n\t中文é́\u200b‍\U0001f469️\U0001f3fd­")), max_size=200)


@given(texts, st.integers(1, 30))
def test_every_character_is_on_exactly_one_row(text, width):
    starts = list(wrap(text, width))
    assert starts[0] == 0
    assert all(a < b for a, b in pairwise(starts))
    assert all(start < len(text) for start in starts) or not text
    assert "".join(text[a:b] for a, b in pairwise([*starts, len(text)])) == text


@given(texts, st.integers(2, 30))
def test_no_row_is_wider_than_the_view_but_for_hanging_blanks(text, width):
    starts = [*wrap(text, width), len(text)]
    for start, end in pairwise(starts):
        assert cell_len(paint(text[start:end].rstrip(" \n").removesuffix("\n"))) <= width


@given(texts, st.integers(1, 30))
def test_each_row_holds_one_line_at_most(text, width):
    for start, end in pairwise([*wrap(text, width), len(text)]):
        assert "\n" not in text[start : end - 1]


@given(texts, st.integers(1, 30), st.data())
def test_the_row_of_an_offset_holds_it(text, width, data):
    rows = wrap(text, width)
    offset = data.draw(st.integers(0, max(0, len(text) - 1)))
    row = row_of(rows, offset)
    assert rows[row] <= offset
    assert row + 1 == len(rows) or offset < rows[row + 1]


def test_rows_break_after_a_blank():
    text = "one two three four"
    assert [text[a:b] for a, b in pairwise([*wrap(text, 9), len(text)])] == ["one two ", "three ", "four"]


def test_a_word_longer_than_the_row_is_cut():
    assert list(wrap("abcdefghij", 4)) == [0, 4, 8]


def test_wide_characters_take_two_cells():
    assert list(wrap("中文中文中文", 4)) == [0, 2, 4]


def test_an_empty_text_has_one_row():
    assert list(wrap("", 10)) == [0]


def test_slices_give_what_wrapping_at_once_gives():
    text = "some words to wrap\n" * 9000
    rows = wrap("", 1)[:0]
    assert sum(1 for _ in wrap_slices(text, 7, rows)) > 1
    assert rows == wrap(text, 7)


def test_characters_taken_for_narrow_are():
    wrong = [
        hex(code)
        for code in range(0x110000)
        if not 0xD800 <= code < 0xE000 and not MAYBE_WIDE.match(chr(code)) and WIDTHS[chr(code)] != 1
    ]
    assert wrong == []


@given(texts)
def test_glyphs_keep_one_character_for_one(text):
    assert len(glyphs(text)) == len(text)
