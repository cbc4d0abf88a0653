"""Dates of a query, in figures and in words, and the days they mean."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable

from explorer.index.query.repairs import FixableError, Place, nearest
from explorer.index.words import fold

Days = tuple[str, str]
ONE_DAY = datetime.timedelta(days=1)
MONTHS = [month.lower() for month in calendar.month_name]
WEEKDAYS = [day.lower() for day in calendar.day_name]
UNITS = ("day", "week", "month", "quarter", "year")
HOW = "write 2024, 2024-03, 2024-03-31, today, lastweek, march2024, 3weeks, or a range such as 2024-03..2024-06"
_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_INTERVAL = re.compile(r"(?=.*\d)(?:\d{4}(?:-\d{1,2}){0,2})?/(?:\d{4}(?:-\d{1,2}){0,2})?")  # of Recoll
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-?q([1-4])|q([1-4])-?(\d{4})")
_AGO = re.compile(r"(\d{1,4})(d|w|m|y|days?|weeks?|months?|quarters?|years?)(?:ago)?")
_THIS = re.compile(r"(this|last|past)(\d{1,4})?(day|week|month|quarter|year)s?")
_WEEKDAY = re.compile(r"(last)?([a-z]{3,9})")
_MONTH = re.compile(r"(\d{1,2})?(?:st|nd|rd|th)?([a-z]{3,9}?)(?:(\d{1,2})(?:st|nd|rd|th)?,)?(\d{4})?")
_BRACKETED = re.compile(r"([\[{])\s*(.*?)\s+[tT][oO]\s+(.*?)\s*([\]}])", re.DOTALL)
_WORDS = ("today", "yesterday", "tomorrow", *(w + u for w in ("this", "last") for u in UNITS[1:]), *MONTHS[1:], *WEEKDAYS)


def today() -> datetime.date:
    """The day on which words such as "yesterday" are read: here, so that a test can say another."""
    return datetime.date.today()


def span_of_date(value: str, column: int | None = None) -> Days:
    """The first and last day, ISO, that a date in figures or in words means; raises QueryError when it is none."""
    try:
        first, last = _span(value)
    except (ValueError, OverflowError):
        place = Place(column or 0, column or 0, (column or 0) + len(value))
        meant = _meant(value)
        fix = place.instead(meant) if meant else None
        raise FixableError(f"{value[:40]} is not a date; {f'did you mean {meant}?' if meant else HOW}", column, fix) from None
    return first.isoformat(), last.isoformat()


def days_of_iso(value: str) -> Days | None:
    """The first and last day that a whole or partial ISO date, as documents have it, may mean; None when it is none."""
    match = _ISO.fullmatch(value)
    try:
        span = _iso(match) if match else None
    except ValueError:
        return None
    return (span[0].isoformat(), span[1].isoformat()) if span else None


def days(field: str, value: str, place: Place) -> Days:
    """The first and last day, ISO and either one perhaps open (""), that `date:`, `after:`, `before:`, `older_than:` or
    `newer_than:` with a value means; raises QueryError."""
    value = value.strip()
    if _INTERVAL.fullmatch(value) and not _ISO.fullmatch(value):
        value = value.replace("/", "..")
    if field in ("older_than", "newer_than"):
        return _age(field, value, place)
    bracketed = _BRACKETED.fullmatch(value)
    if bracketed or ".." in value:
        if field != "date":
            fix = place.rewritten(f'date:"{value}"' if " " in value and not bracketed else f"date:{value}")
            raise FixableError(f"{field}: takes one date, as in {field}:2024-03", place.value, fix)
        return _range(value, bracketed, place)
    first, last = span_of_date(value, place.value)
    if field == "after":
        return first, ""
    return ("", _shifted(first, -1)) if field == "before" else (first, last)


def _range(value: str, bracketed: re.Match[str] | None, place: Place) -> Days:
    if bracketed:
        opening, low, high, closing = bracketed.groups()
        low, high = (end.strip("\"'“”") if end != "*" else "" for end in (low, high))
    else:
        low, _, high = (end.strip() for end in value.partition(".."))
        opening = closing = ""
    (first, last_of_low), (first_of_high, last) = (_end(end, place.value) for end in (low, high))
    if opening == "{" and first:
        first = _shifted(last_of_low, 1)
    if closing == "}" and last:
        last = _shifted(first_of_high, -1)
    if not (first and last) or first <= last:
        return first, last
    if last_of_low <= first_of_high or low == high:
        fix = place.rewritten(f"date:[{low} TO {high}]")
        raise FixableError(f"there is no day in {value}; with [ ] its ends are in it", place.value, fix)
    swapped = f"[{high} TO {low}]" if bracketed else f"{high}..{low}"
    fix = place.rewritten(f"date:{swapped}") if bracketed else place.instead(swapped)
    raise FixableError(f"{value} ends before it begins; write date:{swapped}", place.value, fix)


def _end(value: str, column: int) -> Days:
    return span_of_date(value, column) if value else ("", "")


def _age(field: str, value: str, place: Place) -> Days:
    match = _AGO.fullmatch(fold(value).replace(" ", ""))
    if not match:
        raise FixableError(f"{field}: takes an age, as in {field}:3d, {field}:2w, {field}:6m or {field}:1y", place.value)
    first, _ = span_of_date(value, place.value)
    return (first, "") if field == "newer_than" else ("", _shifted(first, -1))


def _span(value: str) -> tuple[datetime.date, datetime.date]:
    if match := _ISO.fullmatch(value):
        return _iso(match)
    word = re.sub(r"[\s_]+|(?<=[a-z])-(?=\w)|(?<=\d)-(?=[a-z])", "", fold(value))
    forms: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[datetime.date, datetime.date] | None]], ...] = (
        *((_WEEK, _week), (_QUARTER, _quarter), (_AGO, _ago), (_THIS, _this), (_WEEKDAY, _weekday), (_MONTH, _month)),
    )
    if word in ("today", "yesterday", "tomorrow"):
        day = today() + ONE_DAY * (("yesterday", "today", "tomorrow").index(word) - 1)
        return day, day
    for pattern, read in forms:
        if (match := pattern.fullmatch(word)) and (span := read(match)):
            return span
    raise ValueError(value)


def _iso(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if (match[2] and not month) or (match[3] and not day):
        raise ValueError(match[0])
    first = datetime.date(year, month or 1, day or 1)
    last_month = month or 12
    return first, datetime.date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def _week(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    first = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    return first, first + 6 * ONE_DAY


def _quarter(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    return _unit_of("quarter", datetime.date(int(match[1] or match[4]), 3 * int(match[2] or match[3]) - 2, 1))


def _ago(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    day = _back(int(match[1]), next(unit for unit in UNITS if unit.startswith(match[2][0])))
    return day, day


def _this(match: re.Match[str]) -> tuple[datetime.date, datetime.date] | None:
    which, number, unit = match.groups()
    if number or which == "past":
        return (_back(int(number or 1), unit), today()) if which != "this" else None
    first, last = _unit_of(unit, today())
    return (first, last) if which == "this" else _unit_of(unit, first - ONE_DAY)


def _weekday(match: re.Match[str]) -> tuple[datetime.date, datetime.date] | None:
    number = _place_in(WEEKDAYS, match[2])
    if number is None:
        return None
    since = (today().weekday() - number) % 7
    day = today() - ONE_DAY * (since or (7 if match[1] else 0))
    return day, day


def _month(match: re.Match[str]) -> tuple[datetime.date, datetime.date] | None:
    before, name, after, written_year = match.groups()
    month = _place_in(MONTHS, name)
    if month is None or (before and after) or ((before or after) and not written_year):
        return None
    year = int(written_year) if written_year else today().year - (month > today().month)
    if before or after:
        day = datetime.date(year, month, int(before or after))
        return day, day
    return _unit_of("month", datetime.date(year, month, 1))


def _place_in(names: list[str], word: str) -> int | None:
    """The number of a month or weekday by its name or its first three letters (sept, tues and thurs, too)."""
    return next((number for number, name in enumerate(names) if name and word in {name, name[:3], name[: len(word)]}), None)


def _unit_of(unit: str, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first and last day of the week (from Monday), month, quarter or year that a day is in."""
    if unit == "day":
        return day, day
    if unit == "week":
        first = day - ONE_DAY * day.weekday()
        return first, first + 6 * ONE_DAY
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    last_day = calendar.monthrange(day.year, last_month)[1]
    return datetime.date(day.year, first_month, 1), datetime.date(day.year, last_month, last_day)


def _back(number: int, unit: str) -> datetime.date:
    """The day that many days, weeks, months, quarters or years ago; the last of its month where there is no such day."""
    if unit in ("day", "week"):
        return today() - ONE_DAY * number * (7 if unit == "week" else 1)
    months = today().year * 12 + today().month - 1 - number * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = months // 12, months % 12 + 1
    return datetime.date(year, month, min(today().day, calendar.monthrange(max(year, 1), month)[1]))


def _meant(value: str) -> str | None:
    """The date that a text which is none may mean: the part of it that is one, or the word nearest to it."""
    parts = re.split(r"[-/]", value[:10])
    for end in range(len(parts) - 1, 0, -1):
        shorter = "-".join(parts[:end])
        if (match := _ISO.fullmatch(shorter)) and int(match[1]) and (end == 1 or 1 <= int(match[2] or 0) <= 12):
            return shorter
    return nearest(fold(value), _WORDS, 0.75)


def _shifted(day: str, by: int) -> str:
    date = datetime.date.fromisoformat(day)
    try:
        return (date + by * ONE_DAY).isoformat()
    except OverflowError:  # before the first or after the last day that there is
        return "0000-00-00" if by < 0 else "9999-99-99"
