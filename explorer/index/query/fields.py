"""The fields of a query (`by:doe`) and what their values become."""

from __future__ import annotations

import calendar
import datetime
import difflib
import re

from explorer.index.query.syntax import FileIs, Named, Node, QueryError, Quoted
from explorer.index.words import fold, words

ALIASES = {
    "dir": "path", "type": "ext", "filename": "path", "speaker": "by", "quote": "said", "organisation": "org",
    "organization": "org", "people": "person", "location": "place", "since": "after", "until": "before",
}  # fmt: skip
TEXT_FIELDS = ("title", "said")
NAME_FIELDS = ("person", "org", "place", "entity")
FIELDS = (*TEXT_FIELDS, *NAME_FIELDS, "by", "cue", "is", "source", "path", "ext", "date", "after", "before")
LATER = ("lang", "from", "to", "tag", "query", "sort")
QUOTE_KINDS = ("direct", "mixed", "indirect", "unattributed", "denied")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def field_name(written: str, column: int) -> str:
    """The field a user means; raises QueryError with the nearest name when there is none."""
    name = ALIASES.get(written, written)
    if name in FIELDS:
        return name
    if name in LATER:
        raise QueryError(f"explorer cannot search by {written}: (to search for it as a word, put it in quote marks)", column)
    near = difflib.get_close_matches(written, [*FIELDS, *ALIASES], n=1, cutoff=0.66)
    meant = f"; did you mean {near[0]}:?" if near else f"; there are {', '.join(FIELDS)}"
    raise QueryError(
        f"there is no field {written}:{meant} (to search for it as a word, put it in quote marks)",
        column,
        near[0] if near else None,
    )


def condition(field: str, value: str, column: int) -> Node:
    """The node for `field:value`, of a field that takes no words; raises QueryError when the value cannot be one of it."""
    if field in (*NAME_FIELDS, "by", "cue", "source") and not words(value):
        raise QueryError(f"{field}: needs a name with a letter or a digit in it", column)
    if not value.strip(" ."):
        raise QueryError(f"{field}: needs a value, as in {field}:word", column)
    match field:
        case "person" | "org" | "place" | "entity":
            return Named(field, value)
        case "by" | "cue":
            return Quoted(field, value)
        case "is":
            return _quote_kind(value, column)
        case "source" | "path":
            return FileIs(field, value)
        case "ext":
            return FileIs("ext", fold(value.lstrip(".")))
        case _:
            return _date_condition(field, value, column)


def _quote_kind(value: str, column: int) -> Quoted:
    if fold(value) in QUOTE_KINDS:
        return Quoted("is", fold(value))
    near = difflib.get_close_matches(fold(value), QUOTE_KINDS, n=1, cutoff=0.5)
    meant = f"did you mean is:{near[0]}?" if near else f"there are {', '.join(QUOTE_KINDS)}"
    raise QueryError(f"there is no is:{value}; {meant}", column)


def _date_condition(field: str, value: str, column: int) -> FileIs:
    low, dots, high = value.partition("..")
    if field != "date" and dots:
        raise QueryError(f"{field}: takes one date, as in {field}:2024-03", column)
    first, last = (span_of_date(low, column) if low else ("", "")), (span_of_date(high, column) if high else ("", ""))
    if not dots:
        last = first
    elif first[0] and last[1] and first[0] > last[1]:
        raise QueryError(f"{value} ends before it begins; write {field}:{high}..{low}", column, f"{field}:{high}..{low}")
    if field == "after":
        return FileIs("date", value, first=first[0])
    if field == "before":
        return FileIs("date", value, last=_day_before(first[0]))
    return FileIs("date", value, first=first[0], last=last[1])


def span_of_date(value: str, column: int | None = None) -> tuple[str, str]:
    """The first and last day, ISO, that a whole or partial date means; raises QueryError when it is none."""
    today = datetime.date.today()
    if value in ("today", "yesterday"):
        day = (today - datetime.timedelta(days=value == "yesterday")).isoformat()
        return day, day
    match = _DATE.fullmatch(value)
    try:
        if not match:
            raise ValueError(value)
        year, month, day_number = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        first = datetime.date(year, month or 1, day_number or 1)
        last_month = month or 12
        last = datetime.date(year, last_month, day_number or calendar.monthrange(year, last_month)[1])
    except ValueError:
        message = f"{value} is not a date; write 2024, 2024-03, 2024-03-31, today, or a range such as 2024-03..2024-06"
        raise QueryError(message, column) from None
    return first.isoformat(), last.isoformat()


def _day_before(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return "0000-00-00" if date == datetime.date.min else (date - datetime.timedelta(days=1)).isoformat()
