"""Conditions on names, speakers, quotes and files, on a real catalogue with analyses made here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.index import listing, store
from explorer.index.conditions import Conditions
from explorer.index.corpus import CorpusIndex
from explorer.index.evidence import marks_in
from explorer.index.query.parser import parse
from explorer.index.store import FileState
from explorer.model import Analysis, Cue, EntityType, Mention, Quote, QuoteKind, Reading, Speaker

VERSION = 7

TEXTS = {
    "herald/2024/one.txt": (
        "Storm",
        "2024-03-05",
        "The Harbour Herald",
        "Jane Doe said: “The tax cut will not be delayed.” Doe met the OECD in Paris. Paris Jones denied “a plan”.",
    ),
    "courier/two.PDF": (
        "Calm",
        "2024-04",
        "The Courier",
        "John Doe said the vote was delayed, and “nobody knew”. “Nobody,” they wrote.",
    ),
    "café/three.txt": ("Rain", None, "", "Nothing was said by Jane. The Organisation met."),
}


def _at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _mention(text: str, words: str, kind: EntityType, name: str) -> Mention:
    return Mention(*_at(text, words), words, kind, name, "test")


def _quote(
    text: str, words: list[str], kind: QuoteKind, speaker: tuple[str, str] | None, cue: str | None, denied: bool = False
) -> Quote:
    segments = tuple(_at(text, piece) for piece in words)
    start, end = segments[0][0], segments[-1][1]
    said_by = Speaker(*_at(text, speaker[0]), speaker[0], speaker[1], "test") if speaker else None
    cued = Cue(*_at(text, cue), cue) if cue else None
    return Quote(start, end, text[start:end], segments, kind, said_by, cued, segments, "test", denied=denied)


def _analyses() -> dict[str, Analysis]:
    one, two, three = (TEXTS[path][3] for path in TEXTS)
    return {
        "herald/2024/one.txt": Analysis(
            (
                _mention(one, "Jane Doe", "PERSON", "Jane Doe"),
                _mention(one, "OECD", "ORG", "Organisation for Economic Co-operation and Development"),
                _mention(one, "Paris", "PLACE", "Paris"),
                _mention(one, "Paris Jones", "PERSON", "Paris Jones"),
            ),
            (
                _quote(one, ["The tax cut will not be delayed."], "direct", ("Jane Doe", "Jane Doe"), "said"),
                _quote(one, ["a plan"], "mixed", ("Paris Jones", "Paris Jones"), "denied", denied=True),
            ),
        ),
        "courier/two.PDF": Analysis(
            (_mention(two, "John Doe", "PERSON", "John Doe"),),
            (
                _quote(two, ["the vote was delayed", "nobody knew"], "indirect", ("John Doe", "John Doe"), "said"),
                _quote(two, ["Nobody,"], "direct", None, None),
            ),
        ),
        "café/three.txt": Analysis(
            (_mention(three, "Jane", "PERSON", "Jane"), _mention(three, "Organisation", "ORG", "The Organisation"))
        ),
    }


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusIndex]:
    made = CorpusIndex(tmp_path_factory.mktemp("index"), writable=True)
    analyses = _analyses()
    for path, (title, date, source, text) in TEXTS.items():
        reading = Reading(text, title, date=date, source=source, body_end=len(text))
        entries = []
        made.change(
            lambda c, p=path, r=reading, e=entries: e.extend(
                store.put_file(c, FileState(p, 1, 2, 3, 4, 1), p, [("", r)], None)[0]
            )  # type: ignore[misc]
        )
        made.index_texts(entries, ())
        (entry,) = entries
        quotes = []
        made.change(lambda c, n=entry.number, p=path, q=quotes: q.extend(store.put_analysis(c, n, analyses[p])[0]))  # type: ignore[misc]
        made.quotes.apply(quotes)
        made.change(lambda c, n=entry.number: store.mark_analysed(c, [n], VERSION))  # type: ignore[misc]
    yield made
    made.close()


def _found(index: CorpusIndex, query: str, typing: bool = False) -> set[str]:
    conditions = Conditions(index.connection, index.quotes_with)
    numbers = [number for number, _ in index.texts.search(parse(query, typing).tree, conditions.documents)]
    names = {"herald/2024/one.txt": "1", "courier/two.PDF": "2", "café/three.txt": "3"}
    return {names[document.path] for document in listing.documents(index.connection, numbers, VERSION).values()}


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
        ("source:herald", "1"),
        ("source:the", "12"),
        ('source:"harbour herald"', "1"),
        ("source:her", ""),
        ("path:2024", "1"),
        ("path:cafe", "3"),
        ("path:HERALD/2024", "1"),
        ("ext:pdf", "2"),
        ("ext:txt", "13"),
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
            "delayed",
            '"nobody knew"',
        ),
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(leaves)
def test_a_condition_holds_exactly_where_evidence_is_marked(index: CorpusIndex, query: str) -> None:
    conditions = Conditions(index.connection, index.quotes_with)
    tree = parse(query).tree
    found = {number for number, _ in index.texts.search(tree, conditions.documents)}
    marked = set()
    for number, document in listing.documents(index.connection, range(1, 10), VERSION).items():
        analysis = listing.analysis(index.connection, number, VERSION)
        marks = marks_in(document.text, analysis, tree, conditions.names)
        assert all(0 <= mark.start < mark.end <= len(document.text) for mark in marks)
        if marks:
            marked.add(number)
    assert found == marked


def test_understood_names_whom_it_took(index: CorpusIndex) -> None:
    conditions = Conditions(index.connection, index.quotes_with)
    (leaf,) = [parse("person:doe").tree]
    assert set(conditions.names(leaf)) == {"Jane Doe", "John Doe"}  # type: ignore[arg-type]


def test_entities_and_quotes_are_listed_in_order(index: CorpusIndex) -> None:
    total, entities = listing.entities(index.connection, None, "PERSON", 2)
    assert total == 4 and len(entities) == 2
    total, quotes = listing.quotes(index.connection, None, None, 3)
    assert total == 4
    assert [found.quote.kind for found in quotes] == ["indirect", "direct", "direct"]
    for found in quotes:
        text = listing.document(index.connection, found.document, VERSION).text
        assert text[found.quote.start : found.quote.end] == found.quote.text


def test_what_was_analysed_by_another_version_is_not_shown(index: CorpusIndex) -> None:
    assert listing.analysis(index.connection, 1, VERSION) == _analyses()["herald/2024/one.txt"]
    assert listing.analysis(index.connection, 1, VERSION + 1) is None
    assert store.unanalysed(index.connection, VERSION) == []
    assert len(store.unanalysed(index.connection, VERSION + 1)) == 3


def test_a_document_replaced_loses_its_quotes_and_names(index: CorpusIndex) -> None:
    connection = index.connection
    connection.execute("BEGIN")
    try:
        known = store.known_files(connection)["courier/two.PDF"]
        assert store.quote_numbers(connection, store.document_numbers(connection, known.number))
        store.put_file(connection, known.state, "new", [("", Reading("Nothing at all.", "Calm", body_end=15))], known.number)
        numbers = store.document_numbers(connection, known.number)
        assert not store.quote_numbers(connection, numbers)
        assert listing.entities(connection, numbers, None, 9) == (0, ())
        assert store.unanalysed(connection, VERSION) == store.unindexed(connection) == numbers
    finally:
        connection.execute("ROLLBACK")


def test_names_that_are_gone_are_not_meant(index: CorpusIndex) -> None:
    connection = index.connection
    connection.execute("BEGIN")
    try:
        (one,) = (
            number
            for number, document in listing.documents(connection, range(1, 9), VERSION).items()
            if document.title == "Storm"
        )
        text = "Jane Doe Smith, once Jane Doe."
        mentions = (
            _mention(text, "Jane Doe Smith", "PERSON", "Jane Doe Smith"),
            Mention(21, 29, "Jane Doe", "PERSON", "Jane Doe Smith", "test"),
        )
        store.put_analysis(connection, one, Analysis(mentions))
        conditions = Conditions(connection, index.quotes_with)
        condition = parse('person:"Jane Doe"').tree
        assert conditions.names(condition) == ("Jane Doe Smith",)  # type: ignore[arg-type]
        assert conditions.documents(condition) == {one}  # type: ignore[arg-type]
        assert conditions.names(parse('person:"Paris Jones"').tree) == ()  # type: ignore[arg-type]
    finally:
        connection.execute("ROLLBACK")
