"""Who wrote a page, when, and what it is called: declared before found, and never the name of the site."""

from __future__ import annotations

import json
import time

import pytest

from explorer.reading.bylines import clean_author
from explorer.reading.html import read_html
from explorer.reading.linked_data import Article, article_of
from explorer.reading.page_facts import _is_apart
from explorer.reading.visible import visible_text

BODY = "<p>" + "The ferry left the harbour at dawn with forty passengers on board, the harbour master said. " * 4 + "</p>"


def _page(head: str, body: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}{BODY}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Ferry leaves late | Harbour Post</title><meta property=og:site_name content='Harbour Post'>",
            "",
            "Ferry leaves late",
        ),
        (
            "<title>Post: Ferry leaves late today</title>",
            "<h1>Menu</h1><h1>Ferry leaves late today</h1>",
            "Ferry leaves late today",
        ),
        ("<title>Late ferry</title><meta property=og:title content='Press'>", "<h1>News: Late ferry</h1>", "Late ferry"),
        (
            "<title>x</title><meta property=og:title content='ferry-leaves-late'>",
            "<h1>Ferry leaves late</h1>",
            "Ferry leaves late",
        ),
        ("<title>Home</title>", "<h1>Ferry leaves late</h1>", "Ferry leaves late"),
        (
            "<title>Ferry leaves late | Home news | Post</title>",
            "<h1>Home news</h1><h2>Ferry leaves late</h2>",
            "Ferry leaves late",
        ),
        ("<title>Part 2 - The late ferry</title>", "<h1>The late ferry</h1><h2>Part 2</h2>", "The late ferry"),
        ("<title>Ferry leaves late</title>", "<h1>Lorem</h1>", "Ferry leaves late"),
        ("<meta name=dc.title content='Ferry leaves late'>", "", "Ferry leaves late"),
    ],
)
def test_the_title_is_what_page_and_head_agree_on(head: str, body: str, title: str) -> None:
    assert read_html(_page(head, body)).title == title


@pytest.mark.parametrize(
    ("head", "body", "author", "guessed"),
    [
        ("<meta name=author content='Ada Quill'>", "", "Ada Quill", False),
        ("<meta name=author content='https://x.test/ada'><meta name=dc.creator content='Ada Quill'>", "", "Ada Quill", False),
        (
            "<meta property=og:site_name content=Post><meta name=author content=Post>",
            "<a rel=author>Ada Quill</a>",
            "Ada Quill",
            True,
        ),
        ("<meta property=og:site_name content=Post><meta name=author content=Post>", "", "Post", False),
        ("", "<h1>Ferry</h1><p>By Ada Quill and Bo Reed</p>", "Ada Quill and Bo Reed", True),
        ("", "<h1>Ferry</h1><p>Von Ada von der Quill</p>", "Ada von der Quill", True),
        ("<meta name=author content=admin>", "<p class=byline>Von <b>Ada Quill</b>, 5. März</p>", "Ada Quill", True),
        ("<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Quill'>", "", "Ada Quill", False),
    ],
)
def test_the_author_is_a_name_of_somebody(head: str, body: str, author: str, guessed: bool) -> None:
    reading = read_html(_page(head, body))
    assert (reading.author, "author" in reading.guessed) == (author, guessed)


@pytest.mark.parametrize(
    "line",
    [
        "<p>By Monday morning</p>",
        "<p>By Train to the Coast</p>",
        "<p>By The Numbers</p>",
        "<p>Von Hamburg nach Kiel</p>",
        "<p>Author Index</p>",
        "<p class=byline>Published 5 March 2001</p>",
        "<div class=author>About the author</div>",
        "<a class=author-link href=x>View all posts</a>",
        "<a rel=author href=x>Read more</a>",
        "<address class=author>Harbour Road 5</address>",
        "<div class=related><span class=author>Cy Other</span></div>",
    ],
)
def test_a_line_that_only_begins_as_a_byline_names_nobody(line: str) -> None:
    assert read_html(_page("", "<h1>Ferry</h1>" + line)).author == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("By Ada Quill | 5 March 2001", "Ada Quill"),
        ("Von Ada Quill, aktualisiert am 5.3.2001", "Ada Quill"),
        ("Text von Ada Quill Illustration von Bo Reed", "Ada Quill"),
        ("Written by: Ada Quill and Bo Reed", "Ada Quill and Bo Reed"),
        ("@adaquill", ""),
        ("ada@post.test", ""),
        ("admin", ""),
        ("www.post.test", ""),
        ("Vanessa Byrne", "Vanessa Byrne"),
        ("Von Ada Quill", "Ada Quill"),
        ("da Silva", "da Silva"),
        ("El Diario", "El Diario"),
        ("Ana le Roux le 5 mars 2001", "Ana le Roux"),
    ],
)
def test_bylines_are_stripped_to_the_name(said: str, name: str) -> None:
    assert clean_author(said) == name


@pytest.mark.parametrize(
    ("head", "date", "guessed"),
    [
        ("<meta property=article:published_time content='2001-03-05T23:59:00+01:00'>", "2001-03-05", False),
        ("<meta name=date content='05.03.2001'>", "2001-03-05", False),
        ("<meta name=pubdate content='Mon Mar 5 2001 10:00'>", "2001-03-05", False),
        ("<meta name=date content='soon'><meta itemprop=datePublished content='2001/03/05'>", "2001-03-05", False),
    ],
)
def test_dates_in_many_spellings(head: str, date: str, guessed: bool) -> None:
    reading = read_html(_page(head))
    assert (reading.date, "date" in reading.guessed) == (date, guessed)


def test_a_clock_never_set_and_the_day_of_a_comment_are_no_dates() -> None:
    assert read_html(_page("<meta name=date content='1970-01-01T00:00:00Z'>")).date is None
    comment = "<div class=comments><time datetime=2011-01-02>2 January 2011</time> Well said.</div>"
    assert read_html(_page("", f"<h1>Ferry</h1>{BODY}{comment}")).date is None
    assert read_html(_page("<meta name=citation_publication_date content='2001/03'>")).date == "2001-03"


def test_a_year_in_an_imprint_is_no_date() -> None:
    assert read_html(_page("", "<footer>© 2001 Harbour Post</footer>")).date is None


def test_linked_data_tells_headline_author_date_and_site() -> None:
    said = {
        "@graph": [
            {"@type": "Organization", "name": "Post Holding"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Quill"},
            {
                "@type": ["NewsArticle"],
                "headline": "Ferry leaves &amp; returns",
                "datePublished": "2001-03-05",
                "author": [{"@id": "#ada"}, {"@type": "Person", "name": "Bo Reed"}],
                "publisher": {"name": "Harbour Post"},
            },
        ]
    }
    reading = read_html(_page(f"<script type='application/ld+json'>{json.dumps(said)}</script>"))
    assert (reading.title, reading.author) == ("Ferry leaves & returns", "Ada Quill, Bo Reed")
    assert (reading.date, reading.source, reading.guessed) == ("2001-03-05", "Harbour Post", ())


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"author":' * 10_000, "[1, 2", '{"@type": 7, "author": [null, 3]}', "nothing"]
)
def test_broken_linked_data_says_nothing(script: str) -> None:
    start = time.process_time()
    article = article_of([script])
    assert (article.headline, article.authors, article.date) == ("", (), "")
    assert time.process_time() - start < 1


def test_what_others_wrote_of_a_work_is_not_its_own() -> None:
    said = {
        "@type": "WebPage",
        "review": {"@type": "Review", "author": {"name": "Cy Buyer"}, "datePublished": "2001-03-05"},
        "mainEntity": {"@type": "ItemList", "itemListElement": [{"@type": "Article", "author": {"name": "Bo Reed"}}]},
    }
    assert article_of([json.dumps(said)]) == Article()


def test_a_name_at_a_network_is_no_site() -> None:
    head = "<link rel=canonical href='https://www.post.test/ferry'><meta name=twitter:site content='@Harbour_Post'>"
    assert read_html(_page(head)).source == "post.test"


def test_a_saved_page_names_the_host_it_came_from() -> None:
    page = b"<!doctype html>\n<!-- saved from url=(0035)https://www.harbour-post.test/ferry.html -->\n<html>" + _page("")
    assert read_html(page).source == "harbour-post.test"


@pytest.mark.parametrize(
    "body",
    [
        "<pre>$ date\nMon Feb 1 2010 10:00</pre>",
        "<p>1.2.10 Ropes</p>",
        "<a href='https://lists.test/2010/02/01/msg1.html'>seen</a>",
        f"<p>{'The harbour was closed in a storm that nobody had seen coming. ' * 4} On 1 February 2010 it opened again.</p>",
    ],
)
def test_a_day_out_of_a_sentence_a_number_or_a_link_is_not_the_page_s_own(body: str) -> None:
    page = visible_text(body)
    assert not _is_apart("2010-02-01", page)


@pytest.mark.parametrize("line", ["1 February 2010", "01.02.2010", "Stand: 01.02.10", "2010/2/1", "February 1, 2010", "2/1/2010"])
def test_a_day_on_a_line_of_its_own_is(line: str) -> None:
    assert _is_apart("2010-02-01", visible_text(f"<p>{line}</p>{BODY}"))


def test_half_of_the_title_is_no_site() -> None:
    reading = read_html(_page("<title>1. Ropes and sails — manual 12</title>", "<h1>1. Ropes and sails<a href=#r>¶</a></h1>"))
    assert (reading.title, reading.source) == ("1. Ropes and sails", "")
    assert read_html(_page("<meta name=publisher content='© 2004 Ada Quill'>")).source == ""
