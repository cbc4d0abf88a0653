"""Reading from the catalogue: documents, what was found in them, and sums over many."""

from __future__ import annotations

import itertools
import json
import sqlite3
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from explorer.index.catalogue import SEALED, checked, unpack
from explorer.index.files import SKIPPED
from explorer.index.query.syntax import Sort
from explorer.index.same_names import SameNames
from explorer.model import Analysis, Document, Entity, ExplorerError, FoundQuote, Note, Quote
from explorer.work.forms import analysis_from_json

# Whether a document is analysed by what is to have analysed all of them; what another one found is shown until then.
_CURRENT = "ifnull(analysed = (SELECT analyser.number FROM analyser JOIN meta ON fingerprint = value WHERE key = 'analyser'), 0)"
_COLUMNS = f"{SEALED}, path, problems, {_CURRENT}"
_ORDERS = {"date": "last_day", "source": "source", "title": "title COLLATE NOCASE", "path": "path"}
SURNAME_ALONE = "one name alone: in different documents it may be different people"
LOOK_UP_COSTS = 10  # times as much as the next row of an index


def document(connection: sqlite3.Connection, number: int) -> Document:
    """A document with its text; raises ExplorerError when the catalogue has none of that number."""
    found = documents(connection, [number])
    if not found:
        raise ExplorerError(f"there is no document {number} any more; it was removed from the folder")
    return found[number]


def documents(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Document]:
    """Documents by number; those that are gone are left out."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM document WHERE number IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)
    )
    found = {}
    for row in rows:
        number, title, text = checked(row)
        author, date, source, language, guessed, pages, path, problems, analysed = row[5:]
        found[number] = Document(
            number,
            path,
            title,
            author,
            date,
            source,
            language,
            tuple(json.loads(guessed)),
            tuple(json.loads(problems)),
            unpack(text),
            row[2],
            bool(analysed),
            tuple(json.loads(pages)) if pages else (),
        )
    return found


def count_files(connection: sqlite3.Connection) -> int:
    """How many files were looked at, read or not."""
    return int(connection.execute("SELECT COUNT(*) FROM file").fetchone()[0])


def page_of(pages: Sequence[int], place: int) -> int | None:
    """The page, from 1, on which a place in a text lies; None where there are no pages."""
    return max(1, bisect_right(pages, place)) if pages else None


def analysis(connection: sqlite3.Connection, number: int) -> Analysis | None:
    """What was found in a document, outdated where it is to be analysed anew; None while that is not complete."""
    row = connection.execute(
        f"SELECT body, pages, {_CURRENT} FROM analysis JOIN document ON number = document WHERE number = ? AND analysed > 0",
        (number,),
    ).fetchone()
    if row is None:
        return None
    found = _found(row[0], row[1])
    return found if row[2] else replace(found, outdated=True)


def _found(body: bytes, pages: str) -> Analysis:
    """An analysis as it is kept, its quotes with the pages they begin on."""
    found = analysis_from_json(json.loads(zlib.decompress(body)))
    return with_pages(found, json.loads(pages) if pages else ())


def with_pages(found: Analysis, pages: Sequence[int]) -> Analysis:
    """An analysis whose quotes know on which page of the document they begin."""
    if not pages:
        return found
    return replace(found, quotes=tuple(replace(quote, page=page_of(pages, quote.start)) for quote in found.quotes))


def in_order(connection: sqlite3.Connection, numbers: set[int], sort: Sort, limit: int) -> list[int]:
    """The first of these documents in an order: by date ("-date": newest first, as also for "relevance", when no word was
    asked for), source, title or path, a minus turns it round; those without a value come last either way, equals by path."""
    column, backwards = _ORDERS.get(sort.lstrip("-"), _ORDERS["date"]), sort.startswith("-") or sort == "relevance"
    order = f"{column} DESC, path" if backwards else f"{column}, path"
    name = column.partition(" ")[0]
    known = connection.execute("SELECT MAX(number) FROM document").fetchone()[0] or 0
    streamed = min(known, limit * known // max(1, len(numbers)))  # rows of the index to be gone through, most likely
    if len(numbers) * LOOK_UP_COSTS < streamed:
        where, values = _restriction("number", numbers)
        # NOT INDEXED: by their numbers, for they are few
        rows = connection.execute(
            f"SELECT number FROM document NOT INDEXED WHERE {where} ORDER BY ifnull({name}, '') = '', {order} LIMIT ?",
            [*values, limit],
        )
        return [number for (number,) in rows]
    filled = connection.execute(f"SELECT number FROM document WHERE {name} > '' ORDER BY {order}")
    # Each of the two is an equality, so that the index gives the order.
    empty = (connection.execute(f"SELECT number FROM document WHERE {name} {no} ORDER BY path") for no in ("= ''", "IS NULL"))
    every = itertools.chain(filled, itertools.chain.from_iterable(empty))
    return list(itertools.islice((number for (number,) in every if number in numbers), limit))


def entities(
    connection: sqlite3.Connection, numbers: Iterable[int] | None, kind: str | None, limit: int, same: SameNames
) -> tuple[int, tuple[Entity, ...]]:
    """How many entities there are in these documents (None: in all), and the commonest, by documents, then mentions.

    Names that are ``same`` over all documents are one entity, under the name they are shown by.
    """
    where, values = _restriction("document", numbers)
    if kind:
        where += " AND entity.type = ?"
        values.append(kind)
    shown_as, source = "entity.name", "entity"
    if same.links:  # the table of this connection that SameNames keeps
        shown_as, source = "ifnull(same.shown, entity.name)", "entity LEFT JOIN temp.same USING (type, name)"
    rows = connection.execute(
        f"SELECT entity.type, {shown_as} AS label, COUNT(DISTINCT document), SUM(count) FROM {source} WHERE {where}"
        " GROUP BY entity.type, label ORDER BY 3 DESC, 4 DESC, label",
        values,
    ).fetchall()
    listed = rows[:limit]
    forms: dict[tuple[str, str], list[tuple[str, int]]] = {(row[0], row[1]): [] for row in listed}
    wanted = json.dumps([name for _, name in forms])
    for kind_, name, form, count in connection.execute(
        f"SELECT entity.type, {shown_as} AS label, form, SUM(count) FROM {source} WHERE {where}"
        " AND label IN (SELECT value FROM json_each(?)) GROUP BY entity.type, label, form ORDER BY 4 DESC, form",
        [*values, wanted],
    ):
        if (kind_, name) in forms:
            forms[kind_, name].append((form, count))
    return len(rows), tuple(
        Entity(name, kind_, tuple(forms[kind_, name]), found, mentions, _joined(same, kind_, name, found))
        for kind_, name, found, mentions in listed
    )


def is_named(connection: sqlite3.Connection, kind: str, name: str) -> bool:
    """Whether a document has an entity of this type and canonical name."""
    return connection.execute("SELECT 1 FROM entity WHERE type = ? AND name = ? LIMIT 1", (kind, name)).fetchone() is not None


def _joined(same: SameNames, kind: str, name: str, documents: int) -> tuple[tuple[str, str], ...]:
    """What to know of a name over several documents: the names joined to it and why, and whether it can be several people's."""
    links = tuple((link.name, link.reason) for link in same.joined(kind, name))
    alone = kind == "PERSON" and documents > 1 and " " not in name and "-" not in name
    return (*links, (name, SURNAME_ALONE)) if alone else links


def quotes(
    connection: sqlite3.Connection, documents_in: Iterable[int] | None, quotes_in: set[int] | None, limit: int, same: SameNames
) -> tuple[int, tuple[FoundQuote, ...]]:
    """How many quotes there are in these documents and of these numbers (None: all), and the first of them, in order of
    the documents given (None: of their paths), then of place. Speakers have the names they are shown by over all documents."""
    order = list(documents_in) if documents_in is not None else None
    where, values = _restriction("document", order)
    rows = connection.execute(
        "SELECT quote.number, document, place FROM quote JOIN document ON document.number = document"
        f" WHERE {where} ORDER BY path, place",
        values,
    )
    found = [(doc, place) for number, doc, place in rows if quotes_in is None or number in quotes_in]
    if order is not None:
        rank = {number: at for at, number in enumerate(order)}
        found.sort(key=lambda row: (rank[row[0]], row[1]))
    return len(found), tuple(_found_quotes(connection, found[:limit], same))


def _found_quotes(connection: sqlite3.Connection, places: Sequence[tuple[int, int]], same: SameNames) -> Iterable[FoundQuote]:
    known: dict[int, tuple[tuple[object, ...], Analysis]] = {}
    for number, place in places:
        if number not in known:
            row = connection.execute(
                "SELECT path, title, source, date, body, pages FROM document JOIN analysis ON document = number WHERE number = ?",
                (number,),
            ).fetchone()
            known[number] = (row[:4], _found(row[4], row[5]))
        (path, title, source, date), found = known[number]
        yield FoundQuote(
            _shown(found.quotes[place], same), number, str(path), str(title), str(source), str(date) if date else None
        )


def _shown(quote: Quote, same: SameNames) -> Quote:
    """The quote with the name its speaker has over all documents, and why."""
    link = same.link_of(quote.speaker.name) if quote.speaker else None
    if quote.speaker is None or link is None:
        return quote
    how = f"{quote.speaker.how}; {quote.speaker.name} = {link.target}: {link.reason}"
    return replace(quote, speaker=replace(quote.speaker, name=link.target, how=how))


def file_notes(connection: sqlite3.Connection, state: str) -> tuple[Note, ...]:
    """The files and members of a state ("unreadable" or "partial") with their reasons."""
    rows = connection.execute(
        "SELECT path, member, reason, fault FROM problem JOIN file ON number = file WHERE state = ? ORDER BY path, member",
        (state,),
    )
    return tuple(Note(f"{path}/{member}" if member else path, reason, fault) for path, member, reason, fault in rows)


def walk_notes(connection: sqlite3.Connection) -> tuple[Note, ...]:
    """What the last walk of the folder passed over, by a rule or because it could not look."""
    rows = connection.execute("SELECT path, reason, fault FROM skipped ORDER BY path")
    return tuple(Note(path, reason, fault) for path, reason, fault in rows)


def unreadable_notes(connection: sqlite3.Connection) -> tuple[Note, ...]:
    """All that could not be read: files, members of files, and what the walk could not look at."""
    unseen = (note for note in walk_notes(connection) if note.fault)
    return tuple(sorted((*file_notes(connection, "unreadable"), *unseen), key=lambda note: note.path))


def skipped_notes(connection: sqlite3.Connection) -> tuple[Note, ...]:
    """What was left out by a rule, in the folder or in an archive."""
    in_walk = (note for note in walk_notes(connection) if not note.fault)
    return tuple(sorted((*file_notes(connection, SKIPPED), *in_walk), key=lambda note: note.path))


def _restriction(column: str, numbers: Iterable[int] | None) -> tuple[str, list[object]]:
    if numbers is None:
        return "1", []
    return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(list(numbers))]


def existing(connection: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    """Those of the documents that are in the catalogue."""
    rows = connection.execute(
        "SELECT number FROM document WHERE number IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),)
    )
    return {number for (number,) in rows}


def count(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many documents there are, and how many of them are analysed by what is to have analysed all."""
    documents, analysed = connection.execute(f"SELECT COUNT(*), SUM({_CURRENT}) FROM document").fetchone()
    return documents, analysed or 0
