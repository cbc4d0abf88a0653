"""The fields of a query (`by:doe`) and what their values become."""

from __future__ import annotations

from explorer.index.query.dates import days
from explorer.index.query.languages import CODE_OF, language_code
from explorer.index.query.repairs import Fix, FixableError, Place, nearest, shortened
from explorer.index.query.syntax import FileIs, Named, Node, Quoted, Sort
from explorer.index.words import fold, words

FIELD_HELP: dict[str, str] = {
    "title": "words in the title",
    "said": "words inside a quote",
    "person": "a person, under every name",
    "org": "an organisation, under every name",
    "place": "a place, under every name",
    "entity": "a name of any kind",
    "by": "who says it",
    "cue": "the word that reports it: said, denied",
    "is": "starred, new, or a kind of quote: direct, denied …",
    "quote": "several conditions on one quote: quote:{by:doe said:tax}",
    "source": "who published it",
    "path": "part of the file's path",
    "ext": "the kind of file: pdf, txt",
    "lang": "the language: en, french",
    "from": "who sent it",
    "to": "who it was sent to",
    "tag": "your own tag",
    "date": "when: 2024, 2024-03..2024-06, lastweek",
    "after": "on that day or later",
    "before": "before that day",
    "query": "a saved query, by its name",
    "sort": "the order: date, -date, source, title, path",
}
FIELDS = tuple(FIELD_HELP)
EXAMPLES = {
    **{"is": "starred", "ext": "pdf", "mime": "text/plain", "lang": "english", "date": "2024", "after": "2024-03"},
    **{"before": "2024-03", "older_than": "3d", "newer_than": "2w", "sort": "date"},
}  # fmt: skip
ALIASES = {
    **{"intitle": "title", "subject": "title", "headline": "title", "quote": "said", "quoted": "said", "speaker": "by"},
    **{"people": "person", "organisation": "org", "organization": "org", "company": "org", "location": "place"},
    **{"dir": "path", "folder": "path", "filename": "path", "file": "path", "in": "path", "type": "ext", "filetype": "ext"},
    **{"mimetype": "mime", "language": "lang", "author": "from", "sender": "from", "recipient": "to", "cc": "to", "bcc": "to"},
    **{"label": "tag", "since": "after", "until": "before", "on": "date", "order": "sort"},
}  # fmt: skip
TEXT_FIELDS = ("title", "said")
NAME_FIELDS = ("person", "org", "place", "entity")
DATE_FIELDS = ("date", "after", "before")
OTHER_PROGRAMS = ("older_than", "newer_than", "mime")  # written by people used to them; not offered
QUOTE_KINDS = ("direct", "mixed", "indirect", "inferred", "unattributed", "denied")
FILE_MARKS = ("starred", "new")
SORTS: dict[str, Sort] = {
    **{"relevance": "relevance", "date": "date", "-date": "-date", "source": "source", "-source": "-source"},
    **{"title": "title", "-title": "-title", "path": "path", "-path": "-path"},
    **{"best": "relevance", "new": "-date", "newest": "-date", "latest": "-date", "old": "date", "oldest": "date"},
    **{"date-desc": "-date", "date-asc": "date"},
}  # fmt: skip
_EXT_OF_MIME = {
    **{"application/pdf": "pdf", "text/plain": "txt", "text/html": "html", "text/markdown": "md", "text/csv": "csv"},
    **{"application/rtf": "rtf", "message/rfc822": "eml", "application/json": "json", "application/msword": "doc"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}  # fmt: skip
_SEARCHED_ANYWAY = ("body", "text", "content", "intext")
_AS_A_WORD = "(to search for it as a word, put it in quote marks)"


def field_name(written: str, column: int, end: int, run: str) -> str:
    """The field a user means; ``run`` is what was written up to ``end``. Raises QueryError with the nearest name when there
    is none."""
    name = ALIASES.get(written, written)
    if name in FIELDS or name in OTHER_PROGRAMS:
        return name
    colon = column + len(written)
    if written in _SEARCHED_ANYWAY:
        message = f"words are searched in the title and in the text; write them without {written}:"
        raise FixableError(message, column, Fix(column, colon + 1))
    near = nearest(written, [*FIELDS, *ALIASES]) if written != "has" else None
    meant = f"; did you mean {near}:?" if near else f"; there are {', '.join(FIELDS)}"
    group = run[len(written) + 1 :][:1] in ("(", "{", "")  # words follow in brackets: they are meant, not the field
    unwritten = Fix(column, colon + 1) if group else Fix(colon, colon, "\\")
    quoted = Fix(column, end, f'"{run}"') if not group and not set(run) & set('"\\“”„«») ') else unwritten
    fix = Fix(column, colon, near) if near else quoted
    raise FixableError(f"there is no field {shortened(written)}:{meant} {_AS_A_WORD}", column, fix)


def condition(field: str, value: str, place: Place) -> Node:
    """The node for `field:value`, of a field that takes no words; raises QueryError when the value cannot be one of it."""
    if field in (*NAME_FIELDS, "by", "cue", "source", "from", "to") and not words(value):
        raise FixableError(f"{field}: needs a name with a letter or a digit in it", place.value, place.rewritten(""))
    if not value.strip(" ."):
        raise FixableError(
            f"{field}: needs a value, as in {field}:{EXAMPLES.get(field, 'word')}", place.value, place.rewritten("")
        )
    match field:
        case "person" | "org" | "place" | "entity":
            return Named(field, value)
        case "by" | "cue":
            return Quoted(field, value)
        case "is":
            return _is(value, place)
        case "source" | "path" | "from" | "to" | "tag":
            return FileIs(field, value)
        case "ext":
            return FileIs("ext", fold(value.strip().lstrip(".*")) or _needs_ext(place))
        case "mime":
            return FileIs("ext", _ext_of_mime(value, place))
        case "lang":
            return FileIs("lang", _language(value, place))
        case _:
            first, last = days(field, value, place)
            return FileIs("date", value, first, last)


def sort_order(value: str, place: Place) -> Sort:
    """The order that `sort:` asks for; raises QueryError with the nearest when there is none such."""
    order = SORTS.get(fold(value))
    if order:
        return order
    orders = [name for name in SORTS if name in SORTS.values()]
    near = nearest(fold(value), orders, 0.6) or ("relevance" if fold(value) == "-relevance" else None)
    meant = f"did you mean sort:{near}?" if near else f"there are {', '.join(orders)}"
    raise FixableError(f"there is no sort:{shortened(value)}; {meant}", place.value, place.instead(near or "relevance"))


def _is(value: str, place: Place) -> Quoted | FileIs:
    folded = fold(value)
    if folded in QUOTE_KINDS:
        return Quoted("is", folded)
    if folded in FILE_MARKS:
        return FileIs("is", folded)
    near = nearest(folded, [*QUOTE_KINDS, *FILE_MARKS], 0.5)
    meant = f"did you mean is:{near}?" if near else f"there are {', '.join((*QUOTE_KINDS, *FILE_MARKS))}"
    message = f"there is no is:{shortened(value)}; {meant}"
    raise FixableError(message, place.value, place.instead(near) if near else place.rewritten(""))


def _needs_ext(place: Place) -> str:
    raise FixableError("ext: needs a value, as in ext:pdf", place.value, place.rewritten(""))


def _ext_of_mime(value: str, place: Place) -> str:
    ext = _EXT_OF_MIME.get(fold(value))
    if ext:
        return ext
    near = nearest(fold(value), _EXT_OF_MIME, 0.75)
    message = f"{shortened(value)} is not known as a type; write the ending of the file's name, as in ext:pdf"
    raise FixableError(message, place.value, place.rewritten(f"ext:{_EXT_OF_MIME[near]}") if near else None)


def _language(value: str, place: Place) -> str:
    code = language_code(value)
    if code:
        return code
    near = nearest(fold(value), CODE_OF)
    meant = f"did you mean lang:{near}?" if near else "write its code or its English name, as in lang:en or lang:english"
    message = f"there is no language {shortened(value)}; {meant}"
    raise FixableError(message, place.value, place.instead(near) if near else None)
