"""Words parted at the ends of lines and pages: whole again, with the hyphens that are theirs."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.pdf import read_pdf
from explorer.reading.pdf_hyphens import mend_hyphens
from explorer.reading.pdf_lines import join_lines


def _mended(text: str) -> str:
    (page,) = mend_hyphens([text])
    return page.text


@pytest.mark.parametrize(
    ("parted", "whole"),
    [
        ("the har\ufffebour", "the harbour"),
        ("the har\x02\r\nbour", "the harbour"),
        ("the har\u2010\nbour", "the harbour"),
        ("the HAR\x02BOUR", "the HARBOUR"),
        ("Pierre Smith\x02Jones", "Pierre Smith-Jones"),
        ("read as UTF\x028", "read as UTF-8"),
        ("an X\x02ray", "an X-ray"),
        ("pre\x02and postwar", "pre- and postwar"),
        ("a ship\x02wreck, one ship-wreck", "a ship-wreck, one ship-wreck"),
        ("a ship\x02wreck, one ship-wreck: a shipwreck", "a shipwreck, one ship-wreck: a shipwreck"),
        ("the art of state-of-the\x02art", "the art of state-of-the-art"),
        ("well-docu\x02mented", "well-documented"),
        ("a \x02 b", "a b"),
    ],
    ids=ascii,
)
def test_a_hyphen_stays_where_it_is_the_word_s(parted: str, whole: str) -> None:
    assert _mended(parted) == whole


def test_names_over_a_line_s_end_keep_their_hyphen_and_others_are_one_word(make_pdf: Callable[..., bytes]) -> None:
    lines = ["The captain of the ferry was Adele Quill-", "Harbour, who had been at sea for four-", "teen years when it sank."]
    assert read_pdf(make_pdf([lines])).text == (
        "The captain of the ferry was Adele Quill-Harbour, who had been at sea for fourteen years when it sank."
    )


def test_a_word_over_a_page_s_end_is_one_and_the_pages_stay_exact(make_pdf: Callable[..., bytes]) -> None:
    first = ["Nobody on board of the ferry had any infor-"]
    second = ["mation of the storm, which was a once-", "in-a-century one, and of the long-"]
    reading = read_pdf(make_pdf([first, [], second, ["range waves that a long-range ferry meets."]]))
    assert "any information of the storm" in reading.text and "the long-range waves" in reading.text
    assert reading.text[reading.pages[2] :].startswith("mation of") and reading.text[reading.pages[3] :].startswith("range")


def test_years_over_a_line_s_end_have_no_space_after_the_hyphen() -> None:
    assert join_lines("the ferry sailed between the islands in 1990-\n1995, nobody knows for whom") == (
        "the ferry sailed between the islands in 1990-1995, nobody knows for whom"
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from("aZ9-\u2010\xad\x02\ufffe \r\nİǅ漢\u0301"), max_size=30), max_size=6))
def test_no_letter_is_lost(pages: list[str]) -> None:
    found = mend_hyphens(pages)
    assert len(found) == len(pages)
    for page, mended in zip(pages, found, strict=True):
        assert [c for c in mended.text if c.isalnum()] == [c for c in page if c.isalnum()]
        assert "\x02" not in mended.text and "\ufffe" not in mended.text


def test_the_time_grows_as_the_text_does() -> None:
    start = time.process_time()
    for bait in ("a\x02" * 10_000, "a-" * 100_000 + "\x02", "a" * 200_000 + "\x02b", "-" * 200_000, "\u2010 " * 100_000):
        mend_hyphens([bait, bait])
    assert time.process_time() - start < 2
