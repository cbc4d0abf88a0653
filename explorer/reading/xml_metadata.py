"""Title, author, date and source that an XML document declares: FictionBook, JATS, TEI, DocBook, feeds, outlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from explorer.reading.clean import clean_line
from explorer.reading.fields import iso_date
from explorer.reading.mail_headers import author_of
from explorer.reading.xml_text import Record

# By root element: the ends of the paths where each field stands, the best first.
_TITLES = {
    "fictionbook": ("title-info/book-title",),
    "article": ("title-group/article-title", "article/title", "info/title", "articleinfo/title"),
    "book": ("book-meta/book-title", "book/title", "info/title", "bookinfo/title"),
    "tei": ("titlestmt/title",),
    "teicorpus": ("titlestmt/title",),
    "rss": ("channel/title",),
    "rdf": ("channel/title",),
    "feed": ("feed/title",),
    "opml": ("head/title",),
    "svg": ("svg/title",),
    "": ("documentproperties/title", "metadata/title", "info/title"),
}
_AUTHORS = {
    "fictionbook": ("title-info/author",),
    "article": (
        "contrib/name",
        "contrib/string-name",
        "contrib/collab",
        "info/author",
        "articleinfo/author",
        "author/personname",
    ),
    "book": ("contrib/name", "info/author", "bookinfo/author", "author/personname"),
    "tei": ("titlestmt/author",),
    "teicorpus": ("titlestmt/author",),
    "rss": ("channel/managingeditor", "channel/creator"),
    "rdf": ("channel/creator",),
    "feed": ("feed/author/name", "feed/author"),
    "opml": ("head/ownername",),
    "": ("documentproperties/author", "metadata/creator", "metadata/author"),
}
_DATES = {
    "fictionbook": ("title-info/date", "publish-info/year"),
    "article": ("article-meta/pub-date", "info/date", "info/pubdate", "articleinfo/date", "articleinfo/pubdate"),
    "book": ("info/date", "info/pubdate", "bookinfo/date", "bookinfo/pubdate"),
    "tei": ("publicationstmt/date",),
    "rss": ("channel/pubdate", "channel/lastbuilddate", "channel/date"),
    "rdf": ("channel/date",),
    "feed": ("feed/updated", "feed/modified", "feed/published"),
    "opml": ("head/datecreated", "head/datemodified"),
    "": ("documentproperties/created", "metadata/date"),
}
_SOURCES = {
    "fictionbook": ("publish-info/publisher",),
    "article": ("journal-title-group/journal-title", "journal-meta/journal-title", "publisher/publisher-name"),
    "book": ("publisher/publisher-name", "publisher/publishername"),
    "tei": ("publicationstmt/publisher",),
    "rss": ("channel/title",),
    "rdf": ("channel/title",),
    "feed": ("feed/title",),
}
_LANGUAGES = ("title-info/lang", "channel/language", "metadata/language")
_GIVEN = ("first-name", "given-names", "firstname", "forename", "middle-name")
_FAMILY = ("last-name", "surname", "lastname")
_MAX_PEOPLE = 30


class Declared(NamedTuple):
    """What a document says of itself; empty where it does not."""

    title: str = ""
    author: str = ""
    date: str | None = None
    source: str = ""
    language: str | None = None


def declared(root: str, records: Iterable[Record], language: str = "") -> Declared:
    """What the recorded elements under ``root`` (in lower case) say of the document; ``language`` is the root's own."""
    known = list(records)
    title = next(_texts(known, _TITLES.get(root, _TITLES[""])), "")
    people = [] if root not in _AUTHORS and root else _people(known, _AUTHORS.get(root, ()))
    people = people or _people(known, _AUTHORS[""])
    source = next(_texts(known, _SOURCES.get(root, ())), "")
    language = language or next(_texts(known, _LANGUAGES), "")
    return Declared(
        clean_line(title),
        clean_line(", ".join(people)),
        _date(known, _DATES.get(root, _DATES[""])),
        clean_line(source),
        language[:2].lower() if language[:2].isascii() and language[:2].isalpha() else None,
    )


def _texts(records: list[Record], ends: tuple[str, ...]) -> Iterator[str]:
    return (record.text for end in ends for record in records if f"/{record.path}".endswith("/" + end))


def _people(records: list[Record], ends: tuple[str, ...]) -> list[str]:
    """Names of the people at the first of these paths that has any, given name first."""
    for end in ends:
        found: dict[int, list[tuple[str, str]]] = {}
        for record in records:
            head, _, name = record.path.rpartition("/")
            if "/ref-list/" in head or "/back/" in head:
                continue
            if f"/{head}".endswith("/" + end) and (name in _GIVEN or name in _FAMILY):
                found.setdefault(record.parent, []).append((name, record.text))
        people = [_name(parts) for parts in found.values()]
        people = people or [author_of(text) for text in _texts(records, (end,))]
        if people:
            return list(dict.fromkeys(people))[:_MAX_PEOPLE]
    return []


def _name(parts: list[tuple[str, str]]) -> str:
    given = [text for names in _GIVEN for name, text in parts if name == names]
    return " ".join(given + [text for name, text in parts if name in _FAMILY])


def _date(records: list[Record], ends: tuple[str, ...]) -> str | None:
    for end in ends:
        units: dict[str, str] = {}
        parent = 0
        for record in records:
            head, _, name = record.path.rpartition("/")
            if f"/{head}".endswith("/" + end) and name in ("year", "month", "day") and parent in (0, record.parent):
                parent = record.parent
                units.setdefault(name, record.text)
        if "year" in units and (date := _of_units(units)):
            return date
        for text in _texts(records, (end,)):
            if date := any_date(text):
                return date
    return None


def _of_units(units: dict[str, str]) -> str | None:
    digits = [units.get(unit, "") for unit in ("year", "month", "day")]
    whole = "-".join(part for number, part in enumerate(digits) if all(digits[: number + 1]))
    return iso_date(whole) or iso_date(units["year"])


def any_date(text: str) -> str | None:
    """A date in any of the forms of ``iso_date``, or that of a mail ("Mon, 17 Jul 2006 00:00:00 GMT")."""
    if date := iso_date(text):
        return date
    try:
        return iso_date(parsedate_to_datetime(text[:100]).date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):  # all of which the parser raises on nonsense
        return None
