"""The words of a quote without the narrator's, and where words come from."""

from __future__ import annotations

import re

import pytest

from explorer.analysis import analyse
from explorer.export.answers import Quotes
from explorer.export.citation import citation, quoted_words
from explorer.export.csv_form import to_csv
from explorer.export.json_form import to_json
from explorer.export.markdown_form import to_markdown
from explorer.export.text_form import to_lines
from explorer.model import FoundQuote, Quote, Speaker

TEXT = 'It closed. "We are very sorry," the mayor, Ann Lee, said at noon, "and we will fix it by May."'
WORDS = "We are very sorry, […] and we will fix it by May."


def quote_of(text: str, *pieces: str) -> Quote:
    """A direct quote whose segments are these pieces of the text."""
    spans = tuple(re.search(re.escape(piece), text).span() for piece in pieces)
    start, end = spans[0][0], spans[-1][1]
    speaker = Speaker(0, 2, "Ann Lee", "Ann Lee", "subject of said")
    return Quote(start, end, text[start:end], spans, "direct", speaker, None, spans, "marks", page=3)


@pytest.mark.parametrize(
    ("text", "pieces", "words"),
    [
        (TEXT, ("We are very sorry,", "and we will fix it by May."), WORDS),
        ("“One.\n\n“Two,” she said.", ("One.", "Two,"), "One. Two,"),
        ("«One» «Two»", ("One", "Two"), "One Two"),
        ("onetwo", ("one", "two"), "onetwo"),
        ("“One” – “two”", ("One", "two"), "One […] two"),
        ("“One.”", ("One.",), "One."),
    ],
)
def test_the_words_are_the_segments_own(text, pieces, words):
    assert quoted_words(quote_of(text, *pieces)) == words


def test_what_the_analysis_finds_is_shown_without_the_narrator():
    assert [quoted_words(quote) for quote in analyse(TEXT).quotes] == [WORDS]


def test_every_form_but_json_has_the_words_without_the_narrator():
    quote = quote_of(TEXT, "We are very sorry,", "and we will fix it by May.")
    answer = Quotes(1, (FoundQuote(quote, 1, "a.txt", "Title", "Source", "2024-03-04"),))
    lines = ["".join(piece for piece, _ in line) for line in to_lines(answer)]
    assert any(line.endswith(f"“{WORDS}”") for line in lines)
    assert WORDS in to_csv(answer)
    page = to_markdown(answer)
    assert "> “We are very sorry, \\[…\\] and we will fix it by May.”" in page
    assert "> — Ann Lee, Title, Source, 2024-03-04, `a.txt`, p. 3" in page
    assert not any("the mayor" in shown for shown in (*lines, to_csv(answer), page))
    assert to_json(answer)["quotes"][0]["text"] == quote.text


def test_a_citation_has_what_is_known_on_one_line():
    assert citation("A\ntitle", "", None, "x/a.txt") == "— A title, x/a.txt"
    quote = quote_of(TEXT, "We are very sorry,")
    assert citation("T", "S", "2024", "a.txt", quote) == "— Ann Lee, T, S, 2024, a.txt, p. 3"
