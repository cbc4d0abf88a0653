"""The search term report, on the demo corpus."""

from __future__ import annotations

import pytest

from explorer.demo import corpus_folder
from explorer.library.library import Library


@pytest.fixture
def library() -> Library:
    opened = Library(corpus_folder())
    opened.refresh()
    yield opened
    opened.close()


def test_a_quote_that_is_asked_for_is_one_hit(library: Library) -> None:
    (line,) = library.terms(["by:verrall"])
    assert line.hits == library.quotes("by:verrall")[0]
    assert line.documents == line.only == library.search("by:verrall").total


def test_what_two_lines_find_is_no_one_s_alone(library: Library) -> None:
    first, second, misread = library.terms(["ferry", "ferry OR cable", "foo:bar"])
    assert first.only == 0
    assert second.only == second.documents - first.documents > 0
    assert misread.error and (misread.documents, misread.hits) == (0, 0)


def test_hits_are_those_that_are_marked(library: Library) -> None:
    (line,) = library.terms(["ferry w/20 captain"])
    passages = library.search("ferry w/20 captain", all_passages=True).passages
    assert line.documents == len({passage.document for passage in passages}) > 0
    assert line.hits == sum(len(library.hits(number, "ferry w/20 captain")) for number in {p.document for p in passages})


def test_stopped_in_the_middle(library: Library) -> None:
    from explorer.model import StoppedError

    library.terms(["ferry"])
    library._answering._stopped = lambda: True
    with pytest.raises(StoppedError):
        library.terms(["cable"])
