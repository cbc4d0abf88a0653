"""What may go on in a query at the cursor: fields, and the values that the folder has for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from explorer.index.cursor import Place, place_of
from explorer.index.name_book import Field, Known, NameBook
from explorer.index.query.dates import today
from explorer.index.query.fields import FIELD_HELP
from explorer.index.query.writing import written_value
from explorer.index.words import fold, words
from explorer.model import Completion

SHORTEST_WORD = 3  # letters of a plain word for which names are offered
MOST_NAMES = 4  # of them
LONGEST_SHOWN = 60
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]*)*")
_OPERATORS = ("AND", "OR", "NOT")
_OF_ONE_QUOTE = ("by", "said", "cue", "is")  # the fields that quote:{…} takes
_NAMES: tuple[Field, ...] = ("person", "org", "place")
_FROM_BOOK: dict[str, tuple[Field, ...]] = {
    "entity": _NAMES, "person": ("person",), "org": ("org",), "place": ("place",), "by": ("by",), "cue": ("cue",),
    "source": ("source",), "lang": ("lang",), "ext": ("ext",), "from": ("from",), "to": ("to",),
}  # fmt: skip
_KINDS: dict[Field, str] = {"person": "person", "org": "organisation", "place": "place"}
_FIXED = {
    "is": {
        "direct": "words in quote marks", "mixed": "partly in quote marks", "indirect": "reported, without quote marks",
        "inferred": "whose speaker was inferred", "unattributed": "without a speaker", "denied": "a denial",
        "starred": "documents with your star", "new": "documents that came since last time",
    },
    "sort": {
        "relevance": "best first", "-date": "newest first", "date": "oldest first", "source": "by source, A first",
        "-source": "by source, Z first", "title": "by title, A first", "-title": "by title, Z first",
        "path": "by path, A first", "-path": "by path, Z first",
    },
}  # fmt: skip


def complete(
    book: NameBook, kept_tags: Mapping[str, int], saved: Mapping[str, str], text: str, cursor: int, limit: int = 12
) -> tuple[Completion, ...]:
    """What may be meant by the piece of a query that the cursor (code points) stands in or behind, likeliest first.

    ``kept_tags`` are the reader's tags with their numbers of documents, ``saved`` the texts of saved queries by name.
    """
    place = place_of(text, max(0, min(cursor, len(text))))
    if place is None:
        return ()
    found = _plain_word(book, place) if place.field is None else _values(book, kept_tags, saved, place, limit)
    new = (completion for completion in found if completion.insert != text[completion.start : completion.end])
    return tuple(islice(new, limit))


def _plain_word(book: NameBook, place: Place) -> Iterator[Completion]:
    """The fields that begin so, and the names of which words do."""
    typed = place.typed
    if not _LETTERS.fullmatch(typed) or typed in _OPERATORS or place.words_only:
        return
    lower = typed.lower()
    for name, help_ in FIELD_HELP.items():
        if name.startswith(lower) and (not place.in_one_quote or name in _OF_ONE_QUOTE):
            opening = "{" if name == "quote" else ""
            yield Completion(place.start, place.end_of_field, f"{name}:{opening}", f"{name}: {help_}")
    if len(typed) >= SHORTEST_WORD and place.end_of_field == place.end and not place.in_one_quote:
        for known in _commonest(book, _NAMES, typed, MOST_NAMES):
            insert = f"{known.field}:{written_value(known.value)}"
            yield Completion(place.start, place.end, insert, _shown_name(known), known.documents)


def _values(
    book: NameBook, kept_tags: Mapping[str, int], saved: Mapping[str, str], place: Place, limit: int
) -> Iterator[Completion]:
    field, typed = place.field or "", place.typed
    if field in _FROM_BOOK:
        fields = _FROM_BOOK[field]
        for known in _commonest(book, fields, typed, limit + 1):  # one of them may be there already
            shown = _shown_name(known) if len(fields) > 1 else _short(known.value)
            yield _value(place, known.value, shown, known.documents)
    elif field == "tag":
        for tag, documents in sorted(kept_tags.items(), key=lambda item: (-item[1], item[0])):
            if _begins(tag, typed):
                yield _value(place, tag, _short(tag), documents)
    elif field == "query":
        for name in sorted(saved):
            if _begins(name, typed):
                insert = f"query:{written_value(name)}" if place.by_sign else written_value(name)
                yield Completion(place.start, place.end, insert, _short(f"{name}: {saved[name]}"))
    elif field in _FIXED:
        for value, help_ in _FIXED[field].items():
            if value.startswith(fold(typed)):
                yield Completion(place.start, place.end, value, f"{value}: {help_}")
    elif field in ("date", "after", "before"):
        yield from _dates(book, place)


def _dates(book: NameBook, place: Place) -> Iterator[Completion]:
    """Days and spans in words, and the years of the documents."""
    this_year = today().year
    forms = {"today": "", "yesterday": "", str(this_year): "this year", str(this_year - 1): "last year"}
    if place.field == "date":
        forms |= {
            "3weeks..": "the last three weeks",
            "3months..": "the last three months",
            f"{this_year}-01..{this_year}-06": "from one month to another",
        }
    begins = fold(place.typed)
    for form, help_ in forms.items():
        if form.startswith(begins):
            yield Completion(place.start, place.end, form, f"{form}: {help_}" if help_ else form)
    for known in sorted(book.beginning("year", "", 10_000), key=lambda known: known.value, reverse=True):
        if known.value.startswith(begins) and known.value not in forms:
            yield _value(place, known.value, known.value, known.documents)


def _value(place: Place, value: str, shown: str, documents: int) -> Completion:
    return Completion(place.start, place.end, written_value(value), shown, documents)


def _commonest(book: NameBook, fields: Iterable[Field], typed: str, limit: int) -> list[Known]:
    found = [known for field in fields for known in book.beginning(field, typed, limit)]
    return sorted(found, key=lambda known: (-known.documents, known.value))[:limit]


def _begins(value: str, typed: str) -> bool:
    """Whether words of a value begin as typed."""
    folded = words(typed)
    if not folded:
        return value.startswith(typed.strip())
    return f" {' '.join(folded)}" in f" {' '.join(words(value))}"


def _shown_name(known: Known) -> str:
    return f"{_short(known.value)} ({_KINDS[known.field]})"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
