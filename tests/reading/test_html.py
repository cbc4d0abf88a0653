"""Web pages: main text first, nothing lost, guesses marked, nothing fetched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.analysis.segment import paragraphs
from explorer.reading.html import read_html
from explorer.reading.page_layout import laid_out
from explorer.reading.visible import visible_text
from tests.reading.story import PARAGRAPHS

PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Ferry leaves | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Bo Reed">
<meta property="article:published_time" content="2001-03-05T10:00:00Z"><script>var hidden = "scriptword";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">Weatherlink</a></li></ul></nav>
<article><h1>Ferry leaves</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer><p>Imprintword, all rights reserved.</p></footer></body></html>"""


def test_main_text_comes_first_and_the_rest_is_kept_behind_it() -> None:
    reading = read_html(PAGE.encode())
    main, rest = reading.text[: reading.body_end], reading.text[reading.body_end :]
    for paragraph in PARAGRAPHS:
        assert paragraph in main and paragraph not in rest
    assert "Imprintword" in rest and "Weatherlink" in rest
    assert "scriptword" not in reading.text


def test_what_the_page_declares_is_not_a_guess() -> None:
    reading = read_html(PAGE.encode())
    assert (reading.title, reading.author, reading.source) == ("Ferry leaves", "Bo Reed", "Harbour Post")
    assert (reading.date, reading.language, reading.guessed) == ("2001-03-05", "en", ())


def test_a_date_that_is_only_found_in_the_page_is_marked_as_guessed() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2001-03-05T10:00:00Z">', "")
    page = page.replace("<h1>", '<time datetime="2001-03-06">6 March 2001</time><h1>')
    reading = read_html(page.encode())
    assert reading.date == "2001-03-06"
    assert "date" in reading.guessed


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<meta charset="iso-8859-1"><p>Stra\xdfe'.encode("latin-1"), "Straße"),
        ('<meta charset="iso-8859-1"><p>Straße'.encode(), "Straße"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>Привет'.encode("koi8-r"), "Привет"),
        ("<html><p>Straße</p></html>".encode("utf-16"), "Straße"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><html><p>Łódź'.encode("iso-8859-2"), "Łódź"),
        ('<?xml version="1.0" encoding="utf-16"?><html><p>Łódź</p></html>'.encode("utf-16-le"), "Łódź"),
        ('<meta charset="utf-8"><p>Stra\xdfe und Gr\xfc\xdfe aus M\xfcnchen'.encode("latin-1"), "Straße"),
        ('<meta charset="no-such-thing"><p>Straße'.encode(), "Straße"),
    ],
)
def test_the_declared_encoding_counts_where_it_is_true(page: bytes, expected: str) -> None:
    assert expected in read_html(page).text


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div",
                ">",
                "<!--",
                "-->",
                "<script>",
                "&#0;",
                "&#x202e;",
                "word",
                "\x1b",
                "<![",
                "<?",
                "é",
                '"',
                "=",
            ]
        )
    )
)
def test_any_soup_gives_a_reading(pieces: list[str]) -> None:
    reading = read_html("".join(pieces).encode())
    assert 0 <= reading.body_end <= len(reading.text)
    assert "\x1b" not in reading.text and "\u202e" not in reading.text and "\0" not in reading.text


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "probe" + "</div>" * 20_000,
        "<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">probe",
        "<b><i>" * 3_000 + "probe",
        "<p>x" * 60_000 + "probe",
        "<!-- " * 50_000 + "<p>probe",
        "<a " * 50_000 + "<p>probe",
        "<a b='x\" " * 20_000 + "<p>probe",
    ],
)
def test_pages_that_stop_the_tree_libraries_are_shown_whole(page: str) -> None:
    start = time.process_time()
    reading = read_html(page.encode())
    assert "probe" in reading.text
    assert reading.body_end == len(reading.text)
    assert time.process_time() - start < 5


def test_visible_text_keeps_words_together_and_blocks_apart() -> None:
    page = visible_text("<p>un<b>brok</b>en <i>line</i><p>next<br>row<td>cell<template>no</template><svg>open")
    assert page.blocks == ["unbroken line", "next", "row", "cell", "open"]


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html><script>draw()</script></html>", "no text"),
        (b"<html><body><img src='a.png'></body></html>", "no text"),
        (bytes(range(256)) * 4, "damaged"),
    ],
)
def test_a_page_without_text_says_why(page: bytes, fault: str) -> None:
    reading = read_html(page)
    assert (reading.state, reading.fault, reading.text) == ("unreadable", fault, "")
    assert len(reading.problems) == 1


STRUCTURE = f"""<html><head><title>Ferry leaves</title></head><body><article><h1>Ferry leaves</h1>
<p>{PARAGRAPHS[0]}</p><h2>What it carried</h2><p>{PARAGRAPHS[1]}</p>
<ul><li>mail for Ana Reyes</li><li>Bread</li><li>a goat</li></ul><p>{PARAGRAPHS[2]}</p>
<table><tr><th>Name</th><th>Cabin</th></tr>
<tr><td>Ada Quill</td><td>Seven</td></tr><tr><td>Bo Reed</td><td>Eight</td></tr></table>
<p>{PARAGRAPHS[0]}<br>{PARAGRAPHS[1]}</p>
<figure><figcaption>The old boat in the harbour</figcaption></figure><p>{PARAGRAPHS[2]}</p>
</article></body></html>"""


def test_headings_items_and_rows_are_paragraphs_of_their_own() -> None:
    reading = read_html(STRUCTURE.encode())
    found = [reading.text[start:end] for start, end in paragraphs(reading.text[: reading.body_end])]
    assert found[:4] == ["Ferry leaves", PARAGRAPHS[0], "What it carried", PARAGRAPHS[1]]
    assert found[4:11] == [
        *("mail for Ana Reyes", "Bread", "a goat", PARAGRAPHS[2]),
        *("Name | Cabin", "Ada Quill | Seven", "Bo Reed | Eight"),
    ]
    assert [PARAGRAPHS[0], PARAGRAPHS[1]] == found[11:13]


def test_what_a_row_of_columns_holds_is_not_a_line() -> None:
    row = laid_out(visible_text(f"<table><tr><td><p>{PARAGRAPHS[0]}<p>{PARAGRAPHS[1]}<td>Side</table>").parts)
    assert row.split("\n\n") == [PARAGRAPHS[0], PARAGRAPHS[1], "Side"]


def test_wrapped_lines_that_breaks_part_stay_lines() -> None:
    text = laid_out(visible_text("<p>The ferry left<br>the harbour at dawn.<br>Nobody<br><br>Next").parts)
    assert text == "The ferry left\nthe harbour at dawn.\n\nNobody\nNext"


def test_soft_hyphens_do_not_cut_words() -> None:
    assert read_html("<p>Har\xadbour mas&shy;ter</p>".encode()).text == "Harbour master"


def test_preformatted_text_keeps_its_lines() -> None:
    assert visible_text("<pre>one\n  two\n\nthree</pre><p>a\nb").blocks == ["one\ntwo\nthree", "a b"]


def test_nothing_that_is_shown_is_lost_and_nothing_twice() -> None:
    reading = read_html(
        PAGE.replace("<footer>", f"<div hidden>Hiddenword</div><footer><noscript>Noscriptword {PARAGRAPHS[0]}").encode()
    )
    for word in ("Home", "Weatherlink", "Hiddenword", "Noscriptword", "Imprintword"):
        assert reading.text.count(word) == 1
        assert word not in reading.text[: reading.body_end]


def test_cdata_frames_and_zero_bytes_are_text() -> None:
    assert read_html(b"<html><body><![CDATA[Inside <b>]]></body></html>").text == "Inside <b>"
    assert read_html(b"<frameset><frame src=a><noframes>Framesword</noframes></frameset>").text == "Framesword"
    reading = read_html(b"<html><p>Zero\0word</p>\0\0\0</html>")
    assert reading.text == "Zeroword" and reading.problems == ("zero bytes left out",)


def test_a_page_that_trafilatura_cannot_tell_has_its_sentences_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.reading.html.found_by_trafilatura", lambda html, page: (None, ("why",)))
    reading = read_html(PAGE.encode())
    assert reading.text[: reading.body_end].split("\n\n") == PARAGRAPHS
    assert "Weatherlink" in reading.text[reading.body_end :]


def test_comments_that_never_end_take_no_time() -> None:
    start = time.process_time()
    page = visible_text("<p>before<!-- gone --><p>" + "<!--" * 50_000 + "probe")
    assert page.blocks[0] == "before" and page.blocks[-1].endswith("probe")
    assert "gone" not in "".join(page.blocks)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ("style='overflow:hidden'", False),
        ("hidden=until-found", False),
        ("aria-hidden=true", False),
        ("hidden", True),
        ("style='display: none'", True),
        ("style='visibility:hidden'", True),
    ],
)
def test_only_what_is_out_of_sight_is_hidden(attributes: str, hidden: bool) -> None:
    assert [block.hidden for block in visible_text(f"<div {attributes}><p>word</p></div>").parts] == [hidden]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>into the garden,<span class='lnum'>10</span></p>", "into the garden, 10"),
        ("<p><span class='verse-num'>80</span>ascended</p>", "80 ascended"),
        ("<p>“It left.”<sup><a href=#n>3</a></sup> He sat.</p>", "“It left.” 3 He sat."),
        ("<p>10<sup>6</sup> H<sub>2</sub>O, the 1<sup>st</sup></p>", "106 H2O, the 1st"),
        ("<h2>Ropes<a class=headerlink href=#r>¶</a></h2>", "Ropes"),
        ("<h2><a href=#r>#</a> Ropes</h2>", "Ropes"),
        ("<p>note <a href=#r>#</a></p>", "note #"),
        ("<p>a <span class=linear>1</span>b</p>", "a 1b"),
    ],
)
def test_numbers_of_lines_are_set_apart_and_anchors_left_out(html: str, text: str) -> None:
    assert visible_text(html).blocks == [text]


def test_a_page_of_enormous_length_is_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.reading.html._MAX_MARKUP", 2_000)
    reading = read_html(b"<html><body>" + b"<p>The ferry left at dawn, and nobody saw it go.</p>" * 100)
    assert (reading.state, reading.fault) == ("partial", "too large")
    assert "of the page read" in reading.problems[0]
    assert 0 < len(reading.text) < 2_000
