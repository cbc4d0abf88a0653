"""What may go on in a query at the cursor."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from explorer.index import catalogue
from explorer.index.completing import complete
from explorer.index.name_book import Field, NameBook
from explorer.index.query.parser import parse
from explorer.index.query.syntax import Named, QueryError, conjuncts
from explorer.index.query.writing import written_value
from explorer.index.store import word_key
from explorer.model import Completion

PEOPLE = {"Ada Lorn": 9, "ADA LORN": 3, "Bea O'Hara": 7, 'Adam "Ace" Ridge': 2, "Lornette Vale": 4}
ORGS = {"Adamant Mills": 5, "Bank of Oldford": 11, "W-2 Press": 1}
PLACES = {"Adburg": 6, "Oldford": 8}
TAGS = {"to check": 4, "fraud": 9, "follow-up": 1}
SAVED = {"mills": "org:mills tax", "two words": "a b"}


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO file VALUES (1, 'x', 'x', 0, 0, 0, 0, '', 0)")
    for number in range(1, 13):
        connection.execute(
            "INSERT INTO document (number, file, member, path, title, author, last_day, source, language, ext, guessed, problems,"
            " body_end, characters, text) VALUES (?, 1, ?, '', '', '', ?, ?, ?, ?, '[]', '[]', 0, 0, x'00')",
            (
                number,
                str(number),
                f"20{10 + number % 3}-01-01",
                "Valley Press" if number < 5 else "mail",
                "en" if number < 9 else "de",
                "txt",
            ),
        )
    for type_, names in (("PERSON", PEOPLE), ("ORG", ORGS), ("PLACE", PLACES), ("DATE", {"Ad day": 12})):
        for name, count in names.items():
            first = 8 if name.isupper() else 1  # documents 8, 9 and 10, of which 8 and 9 have the other spelling, too
            for document in range(first, first + count):
                connection.execute("INSERT INTO entity VALUES (?, ?, ?, ?, 1)", (document, type_, name, name))
            connection.execute("INSERT INTO name VALUES (?, ?, ?, ?)", (type_, name, name, word_key(name)))
    connection.execute("INSERT INTO name VALUES ('PERSON', 'Ada Lorn', 'the Baroness', ' the baroness ')")
    for document, speaker in ((1, "Ada Lorn"), (2, "Ada Lorn"), (2, "a clerk"), (2, None)):
        connection.execute(
            "INSERT INTO quote (document, place, kind, speaker, cue, denied) VALUES (?, 0, 'direct', ?, 'said', 0)",
            (document, speaker),
        )
    connection.execute("INSERT INTO name VALUES ('SPEAKER', 'a clerk', 'a clerk', ' a clerk ')")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NameBook]:
    connection = catalogue.connect(tmp_path_factory.mktemp("names") / "catalogue.sqlite", writable=True)
    _fill(connection)
    yield NameBook(connection)
    connection.close()


def ask(book: NameBook, marked: str, limit: int = 12) -> list[tuple[str, int | None]]:
    """The whole queries that come of a query with the cursor at ^, with their documents."""
    before, _, after = marked.partition("^")
    found = complete(book, TAGS, SAVED, before + after, len(before), limit)
    return [(_applied(before + after, completion), completion.documents) for completion in found]


def _applied(text: str, completion: Completion) -> str:
    return text[: completion.start] + completion.insert + text[completion.end :]


CASES = {
    "so^": [("source:", None), ("sort:", None)],
    "tax -b^": [("tax -by:", None), ("tax -before:", None)],
    "(qu^": [("(quote:{", None), ("(query:", None)],
    "quote:{by:ada s^": [("quote:{by:ada said:", None)],
    "pe^rson:ada": [],
    "pe^r:ada": [("person:ada", None)],
    "person:ada^": [('person:"Ada Lorn"', 10), ('person:"Adam \\"Ace\\" Ridge"', 2)],
    "person:lorn^": [('person:"Ada Lorn"', 10), ('person:"Lornette Vale"', 4)],
    "person:barones^": [('person:"Ada Lorn"', 10)],
    'person:"ada ^': [('person:"Ada Lorn"', 10)],
    'person:"ada lo^" tax': [('person:"Ada Lorn" tax', 10)],
    'person:"lornet^ t "a b"': [('person:"Lornette Vale" t "a b"', 4)],
    "person:“bea^": [('person:"Bea O\'Hara"', 7)],
    "person:be^a x": [('person:"Bea O\'Hara" x', 7)],
    "-org:^": [('-org:"Bank of Oldford"', 11), ('-org:"Adamant Mills"', 5), ('-org:"W-2 Press"', 1)],
    "organisation:w-2^": [('organisation:"W-2 Press"', 1)],
    "entity:adb^": [("entity:Adburg", 6)],
    "entity:ada^": [('entity:"Ada Lorn"', 10), ('entity:"Adamant Mills"', 5), ('entity:"Adam \\"Ace\\" Ridge"', 2)],
    "entity:oldf^": [('entity:"Bank of Oldford"', 11), ("entity:Oldford", 8)],
    "place:OLD^": [("place:Oldford", 8)],
    "place:Oldford^": [],
    "person:…^": [],
    "by:^": [('by:"Ada Lorn"', 2), ('by:"a clerk"', 1)],
    "speaker:cl^": [('speaker:"a clerk"', 1)],
    "cue:^": [("cue:said", 2)],
    "source:va^": [('source:"Valley Press"', 4)],
    "lang:^": [("lang:en", 8), ("lang:de", 4)],
    "ext:t^": [("ext:txt", 12)],
    "tag:^": [("tag:fraud", 9), ('tag:"to check"', 4), ("tag:follow-up", 1)],
    "tag:ch^": [('tag:"to check"', 4)],
    "is:in^": [("is:indirect", None), ("is:inferred", None)],
    "is:n^": [("is:new", None)],
    "sort:-^": [("sort:-date", None), ("sort:-source", None), ("sort:-title", None), ("sort:-path", None)],
    "query:m^": [("query:mills", None)],
    "tax @^": [("tax query:mills", None), ('tax query:"two words"', None)],
    "@tw^": [('query:"two words"', None)],
    "date:yes^": [("date:yesterday", None)],
    "date:201^": [("date:2012", 4), ("date:2011", 4), ("date:2010", 4)],
    "before:3^": [],
    "date:3w^": [("date:3weeks..", None)],
    "ad^": [],
    "tax lor^": [('tax person:"Ada Lorn"', 10), ('tax person:"Lornette Vale"', 4)],
    "adam^": [('org:"Adamant Mills"', 5), ('person:"Adam \\"Ace\\" Ridge"', 2)],
    "tax w/3 ada^": [],
    "ada^ w/3 tax": [],
    "tax w/3 (lorn OR ada^)": [],
    "title:(ada^": [],
    "said:(b^": [],
    '"ada^': [],
    "title:ada^": [],
    "=ada^": [],
    "/ada^/": [],
    "ada *^": [],
    "tax ^": [],
    "^": [],
    "^tax": [],
    "AND^": [],
    "12^": [],
}  # fmt: skip


@pytest.mark.parametrize("marked", CASES)
def test_what_is_offered(book: NameBook, marked: str) -> None:
    assert ask(book, marked) == CASES[marked]


def test_no_more_than_the_limit_and_the_commonest_first(book: NameBook) -> None:
    assert ask(book, "entity:^", 3) == [('entity:"Bank of Oldford"', 11), ('entity:"Ada Lorn"', 10), ("entity:Oldford", 8)]
    assert ask(book, 'entity:"Bank of Oldford^"', 3) == []


def test_names_say_what_they_are_and_fields_what_they_are_for(book: NameBook) -> None:
    shown = [completion.shown for completion in complete(book, TAGS, SAVED, "adam", 4)]
    assert shown == ["Adamant Mills (organisation)", 'Adam "Ace" Ridge (person)']
    assert complete(book, TAGS, SAVED, "by", 2)[0].shown.startswith("by: ")


def test_an_empty_folder_offers_fields_only(tmp_path: Path) -> None:
    connection = catalogue.connect(tmp_path / "catalogue.sqlite", writable=True)
    empty = NameBook(connection)
    assert ask(empty, "person:^") == ask(empty, "lorn^") == ask(empty, "from:x^") == []
    assert ask(empty, "perso^") == [("person:", None)]
    connection.close()


@given(st.text("ab \"\\'“-:()/*~", min_size=1, max_size=12))
def test_a_written_value_is_read_back(value: str) -> None:
    value = "x" + value
    assert conjuncts(parse(f"person:{written_value(value)} tax").tree)[0] == Named("person", value)


PIECES = st.sampled_from(
    [
        *("ada", "lor", "b", "person:", "by:b", 'org:"', '"', "“", "(", ")", " ", " ", "-", "OR ", "AND ", "w/3 ", "NEAR(3) "),
        *("quote:{", "}", "said:", "title:(", "is:d", "sort:-", "date:2", "tag:t", "@", "query:m", "source:v", "/a b/", "\\"),
        *("lang:", "ext:", "from:", "|", "[a TO b]", "é", "+", "^2", "place:old", "entity:ad", "~2", "=", "*"),
    ]
)


@given(st.lists(PIECES, max_size=9).map("".join), st.integers(0, 60))
@example("quote:{by:a", 11)
@example("ada w/3 lor", 3)
def test_what_comes_of_a_completion_can_be_read(book: NameBook, text: str, cursor: int) -> None:
    try:
        parse(text, typing=True, saved=SAVED.get)
        parse(text, saved=SAVED.get)
    except QueryError:
        assume(False)  # what is wrong elsewhere stays wrong
    for completion in complete(book, TAGS, SAVED, text, min(cursor, len(text))):
        assert 0 <= completion.start <= min(cursor, len(text)) <= completion.end <= len(text)
        if completion.insert[-1] in ":{" and text[completion.end :].strip():
            continue  # a field has no value yet, and what follows is not it
        if text.count('"') % 2 and text[completion.end :].strip():
            continue  # an open quote is closed, and what stood in it is read on its own
        # A field without a value says nothing yet: there is another word, so that something is asked for.
        parse(f"tax {_applied(text, completion)}", typing=True, saved=SAVED.get)


@given(st.text(max_size=40), st.integers(-5, 50))
def test_any_text_has_an_answer(book: NameBook, text: str, cursor: int) -> None:
    assert len(complete(book, TAGS, SAVED, text, cursor, 5)) <= 5


@pytest.mark.parametrize(
    ("field", "value", "likeliest"),
    [
        ("person", "Ada Lron", "Ada Lorn"),
        ("person", "Lrn", "Ada Lorn"),
        ("person", "Bettina O'Hara", "Bea O'Hara"),
        ("org", "Bnak of Olford", "Bank of Oldford"),
        ("place", "Oldfort", "Oldford"),
        ("by", "the clrek", "a clerk"),
    ],
)
def test_the_names_most_like_a_misspelt_one(book: NameBook, field: Field, value: str, likeliest: str) -> None:
    assert book.nearest(field, value)[0].value == likeliest


def test_no_name_is_like_nonsense(book: NameBook) -> None:
    assert book.nearest("person", "Xyzzyquux") == book.nearest("person", "…") == []
