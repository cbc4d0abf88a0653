"""Pages of turned or scattered letters: words by where the letters are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pytest

from explorer.reading import pdf_scattered
from explorer.reading.pdf import read_pdf
from explorer.reading.pdf_scattered import gathered, looks_scattered

MakePdf = Callable[..., bytes]


def _drawn(make_pdf: MakePdf, *pieces: tuple[str, str]) -> bytes:
    """A page with these (text matrix, text) on it, each an object of its own."""
    data = make_pdf([["x" * (80 * len(pieces))]])
    upright = data[data.index(b"BT /F1") : data.index(b" ET\nendstream")]
    content = " ET ".join(f"BT /F1 10 Tf {matrix} Tm ({text}) Tj" for matrix, text in pieces).encode()
    assert len(content) <= len(upright)
    return data.replace(upright, content.ljust(len(upright)))


def _page_of(make_pdf: MakePdf, matrix: str, step: str) -> pypdfium2.PdfDocument:
    """A page of five signs that stand after one another, where PDFium is made to think that each begins a line."""
    x, y = map(float, step.split())
    pieces = [(f"{matrix} {100 + n * x} {100 + n * y}", sign) for n, sign in enumerate("50,25")]
    return pypdfium2.PdfDocument(_drawn(make_pdf, *pieces))


@pytest.mark.parametrize(
    ("matrix", "step", "whole"),
    [
        ("-0.0024 1 -1 0.0024", "0 6.1", "50,25"),  # as drawings have it, a hair's breadth off the upright
        ("0 -1 1 0", "0 -6.1", "50,25"),
        ("-1 0 0 -1", "-6.1 0", "50,25"),
        ("1 0 0 1", "6.1 0", "50,25"),
        ("1 0 0 1", "11 0", "5 0 , 2 5"),
        ("1 0 0 1", "40 0", "5\n0\n,\n2\n5"),
        ("1 0 0 1", "0 30", "5\n0\n,\n2\n5"),
        ("0.7 0.7 -0.7 0.7", "4.3 4.3", "5\n0\n,\n2\n5"),  # nothing is told of what is aslant
    ],
)
def test_what_stands_together_is_one_word_however_it_is_turned(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch, matrix: str, step: str, whole: str
) -> None:
    letters = pdf_scattered._letters

    def parted(layer: Any) -> Iterator[tuple[Any, str]]:
        for letter, _ in letters(layer):
            if letter is not None:
                yield from ((letter, ""), (None, "\n"))

    monkeypatch.setattr(pdf_scattered, "_letters", parted)
    document = _page_of(make_pdf, matrix, step)
    layer = document[0].get_textpage()
    assert gathered(layer, "50,25") == whole
    layer.close()
    document.close()


def test_numbers_one_below_the_other_are_apart(make_pdf: MakePdf) -> None:
    across = [(f"1 0 0 1 {100 + 60 * n} 50", str(n)) for n in range(5)]
    upwards = [(f"1 0 0 1 50 {80 + 60 * n}", str(n)) for n in range(5)]
    assert read_pdf(_drawn(make_pdf, *across, *upwards)).text.split() == ["0", "1", "2", "3", "4"] * 2


def test_a_power_stands_with_its_base(make_pdf: MakePdf) -> None:
    rows = [piece for y in (700, 600, 500, 400) for piece in ((f"1 0 0 1 50 {y}", "n"), (f".6 0 0 .6 55.8 {y + 5}", "2"))]
    assert read_pdf(_drawn(make_pdf, *rows)).text.split() == ["n2"] * 4


@pytest.mark.parametrize(
    ("text", "scattered"),
    [("1\n2\n3\n4", True), ("1\n2\n3", False), ("a line\nof words\nor two\n1\n2", True), ("a line\nof words\nor two\n1", False)],
)
def test_only_pages_of_many_short_lines_are_looked_at(text: str, scattered: bool) -> None:
    assert looks_scattered(text) is scattered


def test_a_layer_with_other_letters_leaves_the_text_as_it_is(make_pdf: MakePdf) -> None:
    with_others = pypdfium2.PdfDocument(make_pdf([["one", "two"]]))
    layer = with_others[0].get_textpage()
    assert gathered(layer, "o\nn\nother") == "o\nn\nother"
    assert gathered(layer, "on e\ntwo") == "one\ntwo"
    layer.close()
    with_others.close()
