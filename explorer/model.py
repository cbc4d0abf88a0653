"""The words everyone shares: documents, spans, entities, quotes, results.

Frozen dataclasses without logic. Every span is (start, end) in code points of the document's text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TYPE_NAMES = ("PERSON", "ORG", "PLACE", "DATE")
EntityType = Literal["PERSON", "ORG", "PLACE", "DATE"]
QuoteKind = Literal["direct", "mixed", "indirect"]
ReadState = Literal["ok", "partial", "unreadable"]
# Why a file gave no text or not all of it: what would help goes by this, not by the words of the reason.
Fault = Literal[
    "",  # all is well
    "empty",  # nothing is in it
    "no text",  # a document whose pages are pictures: text recognition would help
    "password",  # encrypted
    "damaged",  # not what its kind of file has to be
    "too large",  # a bound was reached: bytes, entries, depth, characters
    "too slow",  # a reader was stopped by its clock
    "crashed",  # a reader died over it or needed too much memory
    "not a document",  # a picture, a program, binary data
    "no reader",  # a format that is not read, or only with an extra that is not installed
    "no access",  # the system does not give it: rights, a disk's error, a path too long
    "changed",  # it changed while it was read
]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader got out of one file (or one message of a mailbox).

    ``text`` is clean: line ends are ``\\n`` and no control character is left in it. ``body_end`` is the offset where the
    document's own text ends and page furniture begins (navigation, footers); it is ``len(text)`` where there is none.
    ``guessed`` names the metadata fields that were inferred. ``sender`` and ``recipients`` are those of a message, names and
    addresses as written, one a line. ``state`` is "unreadable" when there is no text at all;
    ``problems`` then says why in one line each, and ``fault`` of what sort that is. ``pages`` are the offsets at which pages
    1, 2, … begin, rising, the first 0; empty where there are no pages.
    """

    text: str
    title: str = ""
    author: str = ""
    date: str | None = None
    source: str = ""
    language: str | None = None
    guessed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    state: ReadState = "ok"
    body_end: int = 0
    recipients: str = ""
    sender: str = ""
    fault: Fault = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a date in a text; ``name`` is its canonical form in the document, ``iso`` the date's value.

    ``acts_for`` is the country or body for which a capital or seat of government speaks or decides here; ``role`` is a
    person's fullest title or role in the document ("US Secretary of State").
    """

    start: int
    end: int
    text: str
    type: EntityType
    name: str
    how: str
    confidence: float = 1.0
    iso: str | None = None
    acts_for: str | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun and the canonical name of whom it stands for; ``how`` and ``confidence`` (0 to 1) say why it is thought so."""

    start: int
    end: int
    name: str
    how: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted: the words that name them in the text, the canonical name, and why they were chosen.

    ``confidence`` (0 to 1) is that of the choice, ``chain`` leads from the words to the name ("he", "the minister",
    "Ana Reyes"), ``alternatives`` are the next best names with their probabilities.
    """

    start: int
    end: int
    text: str
    name: str
    how: str
    confidence: float = 1.0
    chain: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that report the speech: said, told, according to."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted or reported words. ``segments`` are its pieces, ``marks`` the stretches of it inside quote marks."""

    start: int
    end: int
    text: str
    segments: tuple[Span, ...]
    kind: QuoteKind
    speaker: Speaker | None
    cue: Cue | None
    marks: tuple[Span, ...]
    how: str
    confidence: float = 1.0
    via: str | None = None
    denied: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything extracted from one text, in order of place; ``outdated`` where it is to be extracted anew.

    ``notes`` say what is to be known of the whole, as that names are made for another language.
    """

    entities: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    pronouns: tuple[Pronoun, ...] = ()
    outdated: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the catalogue keeps it; ``number`` is the catalogue's own, ``path`` is relative to the folder."""

    number: int
    path: str
    title: str
    author: str
    date: str | None
    source: str
    language: str | None
    guessed: tuple[str, ...]
    problems: tuple[str, ...]
    text: str
    body_end: int
    analysed: bool
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that answers a query; ``hits`` and ``title_hits`` are spans in the text and in the title.

    ``page`` is the page of its first hit, where the document has pages.
    ``more`` counts the document's other passages; ``copies`` the other results that are copies of this document and were
    folded into it, ``differ`` those of them whose words are not all the same.
    """

    document: int
    path: str
    title: str
    source: str
    date: str | None
    start: int
    end: int
    text: str
    hits: tuple[Span, ...]
    title_hits: tuple[Span, ...]
    score: float
    more: int = 0
    copies: int = 0
    differ: int = 0
    starred: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A query that may have been meant, what it changes in words, and how many documents it finds."""

    label: str
    query: str
    documents: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query: how it was understood, what was repaired, how many documents, and the passages asked for.

    ``counts`` and ``repairs`` are filled when nothing was found: (term, number of documents it is in by itself), and what may
    have been meant. ``folded`` counts the documents among ``total`` that have no row of their own, as copies of others.
    """

    query: str
    understood: str
    total: int
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    repairs: tuple[Repair, ...] = ()
    sort: str = "relevance"
    folded: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """What may go on in a query: ``insert`` takes the place of its code points from ``start`` to ``end``; ``shown`` is what
    the reader sees, ``documents`` how many have it (None for the name of a field)."""

    start: int
    end: int
    insert: str
    shown: str
    documents: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that some of the results have: ``query`` is the condition that keeps those ``documents``. ``field`` is
    source, year, ext, lang, tag or is."""

    field: str
    value: str
    documents: int
    query: str


@dataclass(frozen=True, slots=True)
class TermCount:
    """A line of a search term report: documents found, hits marked in them, documents that no other line finds; or what is
    wrong with the query."""

    query: str
    documents: int
    hits: int
    only: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the reader keeps about a document."""

    starred: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or date over several mentions; ``names`` are (written form, count), commonest first.

    ``joined`` are the names of other documents that are shown under this one, each with the reason.
    """

    name: str
    type: EntityType
    names: tuple[tuple[str, int], ...]
    documents: int
    mentions: int
    joined: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote together with the document it stands in."""

    quote: Quote
    document: int
    path: str
    title: str
    source: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A file (or a member of one) and one thing to know of it: why it could not be read, was read in part, or was skipped.

    ``fault`` is of what sort that is, ``remedy`` what the reader of documents can do about it, in one line; either may be "".
    """

    path: str
    reason: str
    fault: Fault = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh has come; ``seconds_left`` is None while it cannot be told. ``phase`` "text" makes documents
    searchable, "meaning" finds names and quotes, "done" ends it."""

    phase: Literal["scan", "text", "meaning", "done"]
    done: int
    total: int
    rate: float = 0.0
    seconds_left: float | None = None
    unreadable: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a refresh did; numbers count documents."""

    documents: int
    added: int
    changed: int
    removed: int
    unchanged: int
    unreadable: tuple[Note, ...] = ()
    partial: tuple[Note, ...] = ()
    skipped: tuple[Note, ...] = ()
    seconds: float = 0.0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """What is kept about a folder; ``offer`` says in plain words what would make it faster, ``new`` counts the documents that
    came since the folder was last closed in the app, ``files`` the files looked at, read or not."""

    folder: str
    index: str
    bytes: int
    documents: int
    analysed: int
    engine: str
    model: str
    generation: int
    unreadable: tuple[Note, ...] = ()
    partial: tuple[Note, ...] = ()
    skipped: tuple[Note, ...] = ()
    excluded: tuple[str, ...] = ()
    finished: bool = True
    offer: str = ""
    new: int = 0
    files: int = 0


class ExplorerError(Exception):
    """An error for the user: one line that says what, where, and what to do."""


class DamagedError(ExplorerError):
    """What is kept about a folder is damaged: its full-text "index", which is made anew from the catalogue, or its "catalogue",
    which is made anew from the folder; or all of it is "gone", and is made anew from the folder too."""

    def __init__(self, message: str, part: Literal["index", "catalogue", "gone"]) -> None:
        super().__init__(message, part)  # both, so that it crosses a pipe
        self.part = part

    def __str__(self) -> str:
        return str(self.args[0])


class StoppedError(ExplorerError):
    """Long work was stopped, because nobody waits for it any more."""
