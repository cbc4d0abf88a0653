"""Conditions on names, speakers, quotes and files, on a real catalogue with analyses made here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.index import analyser, catalogue, files, listing, store
from explorer.index.conditions import Conditions
from explorer.index.corpus import CorpusIndex
from explorer.index.evidence import marks_in
from explorer.index.kept import KeptStore
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Everything, FileIs, OneQuote
from explorer.index.same_names import SameNames
from explorer.model import Analysis, Mention, Reading
from tests.index.analysed_corpus import ANALYSER, analyses, make, mention


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusIndex]:
    made = make(tmp_path_factory.mktemp("index"))
    yield made
    made.close()


def _conditions(index: CorpusIndex) -> Conditions:
    return Conditions(index.connection, index.quotes_with, KeptStore(index.folder, index.connection), SameNames(index.connection))


def _found(index: CorpusIndex, query: str, typing: bool = False) -> set[str]:
    numbers = index.matching(parse(query, typing).tree, _conditions(index).documents)
    names = {"herald/2024/one.txt": "1", "courier/two.PDF": "2", "café/three.txt": "3"}
    return {names[document.path] for document in listing.documents(index.connection, numbers).values()}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("person:doe", "12"),
        ("person:Doe", "12"),
        ('person:"Jane Doe"', "1"),
        ('person:"jane doe"', "1"),
        ("person:jane", "13"),  # one word means all who are called so
        ('person:"doe jane"', ""),
        ("person:paris", "1"),
        ("place:paris", "1"),
        ("org:paris", ""),
        ("entity:paris", "1"),
        ("org:oecd", "1"),
        ("org:organisation", "13"),
        ('org:"Economic Co-operation"', "1"),
        ("person:nobody", ""),
        ("-person:doe", "3"),
        ("by:doe", "12"),
        ('by:"John Doe"', "2"),
        ("by:paris", "1"),
        ("speaker:jane", "1"),
        ("-by:doe", "3"),
        ("said:tax", "1"),
        ("said:delayed", "12"),
        ("said:delay", "12"),
        ("said:=delay", ""),
        ('said:"will not be"', "1"),
        ('said:"delayed nobody"', ""),  # no phrase crosses from one piece to the next
        ("said:paris", ""),
        ("said:nobody", "2"),
        ("said:(tax vote)", ""),
        ("said:(tax OR vote)", "12"),
        ("cue:said", "12"),
        ("cue:denied", "1"),
        ("is:direct", "12"),
        ("is:mixed", "1"),
        ("is:indirect", "2"),
        ("is:unattributed", "2"),
        ("is:denied", "1"),
        ("is:inferred", "1"),
        ("-is:inferred", "23"),
        ("said:(tax w/3 cut)", "1"),
        ("said:(tax w/1 delayed)", ""),
        ("said:(delayed w/9 nobody)", "2"),  # but a near does: both are in one quote
        ("quote:{by:doe said:tax}", "1"),
        ("quote:{by:paris said:tax}", ""),
        ("quote:{by:doe said:delayed}", "12"),
        ("quote:{by:doe -said:tax}", "2"),
        ("quote:{is:direct cue:said OR is:denied by:paris}", "1"),
        ("quote:{-by:doe}", "12"),
        ("quote:{-by:doe -is:unattributed -is:denied}", ""),
        ("quote:{is:direct -is:unattributed}", "1"),
        ("-quote:{by:jane}", "23"),
        ("from:ada", "3"),
        ("from:quill", "3"),
        ("from:ada.quill@example.org", "3"),
        ('from:"Ada Quill"', "3"),
        ("from:archer", "1"),
        ('from:"ann archer"', "1"),
        ("from:bo", ""),
        ("from:ad", ""),
        ("to:bo", "3"),
        ("to:BO@north.example", "3"),
        ("to:archer", "3"),
        ('to:"north.example team"', ""),  # the words of one recipient do not run into those of the next
        ("to:ada", ""),
        ("lang:en", "13"),
        ("lang:EN", "13"),
        ("lang:english", "13"),
        ("lang:de", "2"),
        ("lang:fr", ""),
        ("source:herald", "1"),
        ("source:the", "12"),
        ('source:"harbour herald"', "1"),
        ("source:her", ""),
        ("path:2024", "1"),
        ("path:cafe", "3"),
        ("path:HERALD/2024", "1"),
        ("ext:pdf", "2"),
        ("ext:txt", "13"),
        ("ext:xt", ""),
        ("ext:one.txt", ""),
        ("date:2024", "12"),
        ("date:2024-03", "1"),
        ("date:2024-04-15", "2"),
        ("date:2023..2024-03", "1"),
        ("after:2024-04", "2"),
        ("before:2024-04", "1"),
        ("-date:2024", "3"),
        ("title:storm person:doe", "1"),
        ("delayed by:doe -is:denied", "2"),
        ("nothing OR by:doe", "123"),
        ("", "123"),
    ],
)
def test_documents_found(index: CorpusIndex, query: str, expected: str) -> None:
    assert "".join(sorted(_found(index, query))) == expected


@pytest.mark.parametrize(
    ("query", "expected"), [("said:ta", "1"), ("said:del", "12"), ("said:(tax nob", ""), ('said:"will no', "1")]
)
def test_said_while_it_is_typed(index: CorpusIndex, query: str, expected: str) -> None:
    assert "".join(sorted(_found(index, query, typing=True))) == expected


leaves = st.sampled_from(
    [
        *(
            "person:doe",
            "person:jane",
            "org:oecd",
            "place:paris",
            "by:doe",
            'by:"John Doe"',
            "said:tax",
            "said:delay",
            'said:"be delayed"',
        ),
        *(
            "said:nob*",
            "cue:said",
            "cue:denied",
            "is:direct",
            "is:mixed",
            "is:unattributed",
            "is:denied",
            "is:inferred",
            "said:(tax w/4 delayed)",
            "quote:{by:doe said:delayed}",
            "quote:{-by:doe is:direct}",
            "delayed",
            '"nobody knew"',
        ),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(leaves)
def test_a_condition_holds_exactly_where_evidence_is_marked(index: CorpusIndex, query: str) -> None:
    conditions = _conditions(index)
    tree = parse(query).tree
    found = index.matching(tree, conditions.documents)
    marked = set()
    for number, document in listing.documents(index.connection, range(1, 10)).items():
        analysis = listing.analysis(index.connection, number)
        marks = marks_in(document.text, analysis, tree, conditions.names)
        assert all(0 <= mark.start < mark.end <= len(document.text) for mark in marks)
        if marks:
            marked.add(number)
    assert found == marked


def test_understood_names_whom_it_took(index: CorpusIndex) -> None:
    conditions = _conditions(index)
    (leaf,) = [parse("person:doe").tree]
    assert set(conditions.names(leaf)) == {"Jane Doe", "John Doe"}  # type: ignore[arg-type]


def test_entities_and_quotes_are_listed_in_order(index: CorpusIndex) -> None:
    total, entities = listing.entities(index.connection, None, "PERSON", 2, SameNames(index.connection))
    assert total == 4 and len(entities) == 2
    total, quotes = listing.quotes(index.connection, None, None, 3, SameNames(index.connection))
    assert total == 4
    assert [found.quote.kind for found in quotes] == ["indirect", "direct", "direct"]
    for found in quotes:
        text = listing.document(index.connection, found.document).text
        assert text[found.quote.start : found.quote.end] == found.quote.text


def test_what_was_analysed_by_another_is_outdated_but_shown(index: CorpusIndex) -> None:
    connection, one = index.connection, analyses()["herald/2024/one.txt"]
    assert listing.analysis(connection, 1) == one and listing.document(connection, 1).analysed
    assert analyser.unanalysed(connection, ANALYSER) == [] and listing.count(connection) == (3, 3)
    connection.execute("BEGIN")
    try:
        catalogue.set_meta(connection, "analyser", "rules 8 / test")
        assert listing.analysis(connection, 1) == replace(one, outdated=True) and not listing.document(connection, 1).analysed
        assert len(analyser.unanalysed(connection, "rules 8 / test")) == 3 and listing.count(connection) == (3, 0)
        analyser.mark_analysed(connection, [1], "rules 8 / test")
        assert listing.analysis(connection, 1) == one and listing.document(connection, 1).analysed
        assert analyser.unanalysed(connection, "rules 8 / test") == [2, 3] and listing.count(connection) == (3, 1)
    finally:
        connection.execute("ROLLBACK")


def test_what_was_never_analysed_is_not_shown(index: CorpusIndex) -> None:
    connection = index.connection
    connection.execute("BEGIN")
    try:
        connection.execute("UPDATE document SET analysed = 0 WHERE number = 1")
        assert listing.analysis(connection, 1) is None and analyser.unanalysed(connection, ANALYSER) == [1]
    finally:
        connection.execute("ROLLBACK")


def test_a_document_replaced_loses_its_quotes_and_names(index: CorpusIndex) -> None:
    connection = index.connection
    connection.execute("BEGIN")
    try:
        known = files.known_files(connection)["courier/two.PDF"]
        assert store.quote_numbers(connection, files.document_numbers(connection, known.number))
        files.put_file(connection, known.state, "new", [("", Reading("Nothing at all.", "Calm", body_end=15))], known.number)
        numbers = files.document_numbers(connection, known.number)
        assert not store.quote_numbers(connection, numbers)
        assert listing.entities(connection, numbers, None, 9, SameNames(connection)) == (0, ())
        assert analyser.unanalysed(connection, ANALYSER) == store.unindexed(connection) == numbers
    finally:
        connection.execute("ROLLBACK")


def test_names_that_are_gone_are_not_meant(index: CorpusIndex) -> None:
    connection = index.connection
    connection.execute("BEGIN")
    try:
        (one,) = (number for number, document in listing.documents(connection, range(1, 9)).items() if document.title == "Storm")
        text = "Jane Doe Smith, once Jane Doe."
        mentions = (
            mention(text, "Jane Doe Smith", "PERSON", "Jane Doe Smith"),
            Mention(21, 29, "Jane Doe", "PERSON", "Jane Doe Smith", "test"),
        )
        store.put_analysis(connection, one, Analysis(mentions))
        conditions = _conditions(index)
        condition = parse('person:"Jane Doe"').tree
        assert conditions.names(condition) == ("Jane Doe Smith",)  # type: ignore[arg-type]
        assert conditions.documents(condition) == {one}  # type: ignore[arg-type]
        assert conditions.names(parse('person:"Paris Jones"').tree) == ()  # type: ignore[arg-type]
    finally:
        connection.execute("ROLLBACK")


def test_what_the_reader_keeps_is_asked_without_a_change_of_the_catalogue(index: CorpusIndex) -> None:
    kept = KeptStore(index.folder, index.connection)
    conditions = Conditions(index.connection, index.quotes_with, kept, SameNames(index.connection))
    starred, tagged, new = FileIs("is", "starred"), FileIs("tag", "To Check"), FileIs("is", "new")
    one = next(iter(conditions.documents(FileIs("path", "one.txt"))))
    everything = store.numbers(index.connection, "document")
    assert [conditions.documents(each) for each in (starred, tagged, new)] == [set(), set(), set()]
    other = KeptStore(index.folder, index.connection)  # as another process would
    other.star(one, True)
    other.tag(one, "to check", True)
    other.see(0)
    assert [conditions.documents(each) for each in (starred, tagged, new)] == [{one}, {one}, everything]
    other.star(one, False)
    other.see(index.generation)
    assert [conditions.documents(each) for each in (starred, tagged, new)] == [set(), {one}, set()]
    kept.tag(one, "TO CHECK", False)
    assert conditions.documents(tagged) == set()


def test_a_quote_condition_is_a_set_of_quotes(index: CorpusIndex) -> None:
    conditions = _conditions(index)
    every = store.numbers(index.connection, "quote")
    assert len(every) == 4
    assert conditions.quotes(OneQuote(Everything())) == every
    tree = parse("quote:{by:doe -said:tax}").tree
    (number,) = conditions.quotes(tree)
    assert every - conditions.quotes(parse("quote:{-(by:doe -said:tax)}").tree) == {number}
    with pytest.raises(TypeError):
        conditions.quotes(FileIs("source", "x"))
