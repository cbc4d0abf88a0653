"""The boundary: what comes out of clean() holds nothing that steers a terminal, and keeps every offset."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.reading.clean import MAX_COMBINING, clean, clean_line, normalise

HOSTILE = st.sampled_from(
    [*map(chr, range(0xA0)), *"\u061c\u200e\u200f\u202e\u2066\u2069\u2028\ufffe\ufdd0\U000e0041\U0010ffff\u0301\u0489", "\ud800"]
)
ANY_TEXT = st.text(st.one_of(HOSTILE, st.characters(codec=None)), max_size=200)


def is_forbidden(character: str) -> bool:
    """Says from Unicode's own tables, not from the module's, that a character must not reach a screen."""
    code = ord(character)
    if character in "\n\t":
        return False
    control = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    steers = unicodedata.bidirectional(character) in ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
    mark = character in "\u061c\u200e\u200f"
    nowhere = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return control or steers or mark or nowhere or 0xE0000 <= code <= 0xE007F


@given(ANY_TEXT)
def test_keeps_the_length_and_lets_nothing_forbidden_through(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert not any(map(is_forbidden, cleaned))
    cleaned.encode("utf-8")


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert normalise(normalise(text)) == normalise(text)


def test_every_code_point_alone_and_only_the_forbidden_are_replaced() -> None:
    replaced = [code for code in range(0x110000) if clean(chr(code)) != chr(code)]
    missed = [code for code in range(0x110000) if is_forbidden(chr(code)) and clean(chr(code)) == chr(code)]
    assert not missed
    harmless = {code for code in replaced if not is_forbidden(chr(code))}
    assert harmless <= {*range(0x206A, 0x2070), 0xFFF9, 0xFFFA, 0xFFFB}, "deprecated format characters, nothing else"


@pytest.mark.parametrize(
    "text",
    [
        "naïve café, straße, “quotes” – dashes…",
        "no-break\u00a0space and \u202fnarrow one",
        "العربية والعبرية עברית",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian needs its non-joiner
        "👩\u200d👩\u200d👧 🏳️\u200d🌈",
        "Việt Nam, e\u0301, ก็, हिन्दी",
        "tab\there\nand a line",
    ],
)
def test_leaves_what_people_write_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "\ufffd31m"),
        ("a\x00b\x7f", "a␀b␡"),
        ("safe\u202egnp.exe", "safe\ufffdgnp.exe"),
        ("a\x0bb\x0cc\x85d\u2028e\u2029f\rg", "a\nb\nc\nd\ne\nf\ng"),
        ("lone \udcff surrogate", "lone \ufffd surrogate"),
    ],
)
def test_shows_what_it_replaces(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_cuts_stacked_marks_after_the_eighth() -> None:
    marks = clean("a" + "\u0301" * 30 + "b")
    assert marks.count("\u0301") == MAX_COMBINING
    assert marks[0] == "a" and marks[-1] == "b"


def test_line_ends_of_every_platform_become_one() -> None:
    assert normalise("a\r\nb\rc\nd\r\n") == "a\nb\nc\nd\n"


@given(ANY_TEXT)
def test_a_line_is_one_line_of_limited_length(text: str) -> None:
    line = clean_line(text, 20)
    assert "\n" not in line and "\t" not in line
    assert len(line) <= 20 and line == line.strip()
