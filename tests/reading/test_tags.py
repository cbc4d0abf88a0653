"""The tokenizer of HTML: forgiving, exact where a page is sound, linear in everything."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.tags import RAW, TEXT, attribute_count, attributes_of, events


def test_a_sound_page_gives_its_tags_and_texts_in_order() -> None:
    page = '<!DOCTYPE html><P class="a>b">x &amp; y<br/><!-- no --></P><script>if (a<b) {}</script>z'
    assert list(events(page)) == [
        *(("p", ' class="a>b"'), (TEXT, "x & y"), ("br", "/"), ("/p", ""), ("script", ""), (RAW, "if (a<b) {}")),
        *(("/script", ""), (TEXT, "z")),
    ]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("a<!-- never ends", "a never ends"),
        ("a<![CDATA[b<c>]]>d", "ab<c>d"),
        ("a<![CDATA[b", "ab"),
        ("1 < 2 > 1", "1 < 2 > 1"),
        ('<p title="it\'s">a', "a"),
        ('<p title="open>a', "a"),
        ("<p<b>a", "a"),
        ("<script src=x/>a", "a"),
        ("a<script>b", "a"),
        ("a</>b", "a</>b"),
    ],
)
def test_broken_pages_keep_their_text(page: str, text: str) -> None:
    assert "".join(value for kind, value in events(page) if kind == TEXT) == text


def test_attributes_in_every_way_of_writing() -> None:
    written = " a=1 B='two' c=\"3 &amp; 4\" d e = f a=9 href=/x?y=z&amp;q"
    assert attributes_of(written) == {"a": "1", "b": "two", "c": "3 & 4", "d": "", "e": "f", "href": "/x?y=z&q"}
    assert attribute_count(" a=1" * 500) == 500


@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", "<!--", "<!", "<![CDATA[", "</", "<a b='x\" ", "=", "<a =\"'", "<script>", "&#", "<"]
)
def test_time_grows_with_length_only(piece: str) -> None:
    start = time.process_time()
    for kind, value in events(piece * 100_000):
        if kind:
            attributes_of(value)
    attributes_of(piece * 100_000)
    assert time.process_time() - start < 3


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="<>/!-=\"'ab [CDAT]&#;\n", max_size=60))
def test_any_characters_are_cut_up_without_loss_of_order(page: str) -> None:
    for kind, value in events(page):
        assert kind == RAW or kind == kind.lower()
        attributes_of(value)
    plain = page.replace("<", "(").replace("&", "+")
    assert "".join(value for _, value in events(plain)) == plain
