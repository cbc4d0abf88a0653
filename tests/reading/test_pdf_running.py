"""Running heads and page numbers of PDFs: left out where they return, so that a sentence goes on over the page's end."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.pdf import read_pdf
from explorer.reading.pdf_running import without_running_lines

NAMES = ("Ada", "Bo", "Cy", "Di", "Eva", "Flo", "Gus", "Hal", "Ivo", "Jo")


def _prose(number: int) -> str:
    return f"the harbour master told {NAMES[number]} that nobody on board of it had seen the"


def _pages(count: int) -> list[str]:
    return [f"The Ferry Book {n}\r\n{_prose(n)}\r\n- {n} -" for n in range(1, count + 1)]


def test_what_returns_is_kept_once_and_sentences_go_on(make_pdf: Callable[..., bytes]) -> None:
    reading = read_pdf(make_pdf([page.split("\r\n") for page in _pages(4)]))
    assert reading.text.count("The Ferry Book 1") == 1 and "Book 2" not in reading.text
    assert "- 1 -" not in reading.text and "- 2 -" not in reading.text, "a page number alone is not even kept once"
    assert f"{_prose(1)} {_prose(2)} {_prose(3)} {_prose(4)}" in reading.text
    assert reading.text[reading.pages[2] :].startswith(_prose(3))


def test_left_and_right_pages_have_heads_of_their_own() -> None:
    pages = [f"{n} The Ferry Book\n{_prose(n)}" if n % 2 else f"Of Ropes {n}\n{_prose(n)}" for n in range(10)]
    found = without_running_lines(pages)
    assert found[:2] == pages[:2] and found[2:] == [_prose(n) for n in range(2, 10)]


def test_rows_and_what_returns_twice_only_are_kept() -> None:
    rows = [f"Cabin {n * 7} | {n * n}\n{_prose(n)}" for n in range(8)]
    assert without_running_lines(rows) == rows
    assert without_running_lines(_pages(2)) == _pages(2)
    assert without_running_lines(["# 1", "1 #", "# # 3"]) == ["# 1", "1 #", "# # 3"]
    numbers = [f"{n}" for n in range(5)]
    assert without_running_lines(numbers) == numbers, "there is nothing else"
    dotted = [f"İ {text}" for text in ("one", "two", "three")]  # its small letter is two characters, and no Roman number
    assert without_running_lines(dotted) == dotted


def test_roman_numbers_count_too_and_only_lines_at_the_edge_are_looked_at() -> None:
    pages = [
        f"a{n}\nb{n}b\nc{n}c\nSame line\nd{n}d\ne{n}e\nPreface {roman}" for n, roman in enumerate(("vii", "viii", "ix", "x"))
    ]
    found = without_running_lines(pages)
    assert all("Same line" in page for page in found)
    assert [("Preface" in page) for page in found] == [True, False, False, False]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("a #1iv\n\r\0", max_size=20), max_size=8))
def test_nothing_is_added_and_the_first_page_is_as_it_was(pages: list[str]) -> None:
    found = without_running_lines(pages)
    assert len(found) == len(pages)
    assert all(len(after) <= len(before) for before, after in zip(pages, found, strict=True))
    assert found[:1] == pages[:1] or "\r\n" in pages[0]
