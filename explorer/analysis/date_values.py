"""The ISO values of dates found in a text, from the document's date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from explorer.analysis.tense import lies_ahead

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = ("a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TENS = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_WORD = re.compile(r"[A-Za-z]+")
_TO_YEAR = re.compile(
    r" ?(?:and|to|until|through|[-–—]) ?(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2},)? ((?:1[5-9]|20)\d\d)(?!\d)"
)
_OPEN_WEEKDAY = re.compile(r"(?:[Tt]his )?[A-Za-z]+day")
_SENTENCE = re.compile(r"[.!?”\n][ \n]")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|next|until|till|by|due|scheduled|deadline|coming|expires?|set for|before|starting|begins?|from"
    r"|plans?|planned|be held|to be)\b"
)
_AHEAD_MONTH = re.compile(r"\b(?:will|would|shall|until|till|by|due|scheduled|deadline|expires?|set for|next|planned|begins?)\b")


def resolve(kind: str, words: str, before: str, after: str, anchor: date | None) -> str | None:
    """The value of ``words``, found as ``kind`` between the words before and after; None where none follows."""
    sentence = _SENTENCE.split(before)[-1]
    try:
        if kind in ("month", "full") and not _YEAR.search(words) and (range_ := _TO_YEAR.match(after)):
            words = f"{words} {range_[1]}"  # between [April] and November 2023
        readings = two_readings(kind, words, anchor) if anchor else None
        if anchor and readings:
            return readings[lies_ahead(kind, how_far(kind, readings[0], anchor), before, after) > 0.5]
        return _BY_KIND[kind](words, sentence, anchor)
    except (ValueError, OverflowError):
        return None


def has_year(words: str) -> bool:
    """Whether a date's year is written."""
    return bool(_YEAR.search(words))


def two_readings(kind: str, words: str, anchor: date) -> tuple[str, str] | None:
    """The last and the next day or month that a weekday, a day of a month or a month can mean; None where the words say which."""
    if kind == "weekday" and _OPEN_WEEKDAY.fullmatch(words):
        last = _last(words, anchor)
        return last.isoformat(), (last + timedelta(days=7)).isoformat()
    month = _month_in(words)
    if not month or _YEAR.search(words):
        return None
    words = words.replace("Fourth", "4")
    if kind == "month" and (" " not in words and not words.startswith("mid")):
        year = anchor.year - (month > anchor.month)
        return f"{year}-{month:02d}", f"{year + 1}-{month:02d}"
    if kind == "full" and (day := _DAY.search(words)):
        return _around(month, int(day[1]), anchor)
    return None


def how_far(kind: str, behind: str, anchor: date) -> int:
    """How far a day lies before the anchor, in days for a weekday, in months for the others."""
    if kind == "weekday":
        return (anchor - date.fromisoformat(behind)).days
    return (anchor.year - int(behind[:4])) * 12 + anchor.month - int(behind[5:7])


def _around(month: int, day: int, anchor: date) -> tuple[str, str] | None:
    """The last such day up to the anchor and the first after it; None for the 29th of February, which few years have."""
    if not 1 <= day <= monthrange(2023, month)[1]:
        return None
    here = date(anchor.year, month, day)
    behind = here if here <= anchor else here.replace(year=anchor.year - 1)
    return behind.isoformat(), behind.replace(year=behind.year + 1).isoformat()


def _iso(words: str, before: str, anchor: date | None) -> str | None:
    return date.fromisoformat(words).isoformat()


def _numeric(words: str, before: str, anchor: date | None) -> str | None:
    one, two, year = (int(part) for part in re.split(r"[/.]", words))
    if one > 12 >= two or one == two:
        return date(year, two, one).isoformat()
    if two > 12 >= one:
        return date(year, one, two).isoformat()
    near = [day for day in (date(year, two, one), date(year, one, two)) if anchor and abs((day - anchor).days) < 8]
    return near[0].isoformat() if len(near) == 1 else None


def _full(words: str, before: str, anchor: date | None) -> str | None:
    month = _month_in(words)
    year = _YEAR.search(words)
    day = _DAY.search(words[: year.start()] if year else words)
    if not month or not day:
        return None
    if year:
        return date(int(year[1]), month, int(day[1])).isoformat()
    return None


def _nearest(make: Callable[[int], date], anchor: date, ahead: bool) -> date:
    """The one of last, this and next year's days that is meant: the coming one, or the last up to two months ahead."""
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            days.append(make(year))
        except ValueError:
            continue
    if not days:
        raise ValueError("no such day")
    if ahead:
        coming = [day for day in days if day >= anchor - timedelta(days=31)]
        return coming[0] if coming else days[-1]
    past = [day for day in days if day <= anchor + timedelta(days=62)]
    return past[-1] if past else days[0]


def _weekday(words: str, before: str, anchor: date | None) -> str | None:
    """The value of a weekday of which the words say whether it is past: last Friday, Friday next week, Monday week."""
    if not anchor or words.endswith("s"):  # Sundays, Sunday mornings
        return None
    last = _last(words, anchor)
    lower = words.lower()
    if "last week" in lower:
        return (last - timedelta(days=7 if last >= _monday(anchor) else 0)).isoformat()
    if lower.startswith("last ") or lower.endswith(" last"):
        return (last if last < anchor else last - timedelta(days=7)).isoformat()
    coming = last + timedelta(days=7)
    if lower.endswith("day week"):
        return (coming + timedelta(days=7)).isoformat()
    if lower.startswith("next ") or "next week" in lower:
        return (coming if coming >= _monday(anchor) + timedelta(days=7) else coming + timedelta(days=7)).isoformat()
    return coming.isoformat() if lower.startswith("this coming") else last.isoformat()


def _last(words: str, anchor: date) -> date:
    """The last such weekday up to the anchor."""
    name = next(word[:3].lower() for word in _WORD.findall(words) if word[:3].lower() in DAYS)
    return anchor - timedelta(days=(anchor.weekday() - DAYS.index(name)) % 7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(words: str, before: str, anchor: date | None) -> str | None:
    month = _month_in(words)
    year = _YEAR.search(words)
    if not month:
        return None
    if year:
        return f"{year[1]}-{month:02d}"
    if not anchor:
        return None
    lower = words.lower()
    for phrase, step in (("last year", -1), ("this year", 0), ("next year", 1)):
        if phrase in lower:
            return f"{anchor.year + step}-{month:02d}"
    if lower.startswith("last "):
        return f"{anchor.year - (month >= anchor.month)}-{month:02d}"
    if lower.startswith("next "):
        return f"{anchor.year + (month <= anchor.month)}-{month:02d}"
    return None


def _month_in(words: str) -> int | None:
    for word in _WORD.findall(words):
        if word[:3].lower() in MONTHS:
            return MONTHS.index(word[:3].lower()) + 1
    return None


def _season(words: str, before: str, anchor: date | None) -> str | None:
    year = _YEAR.search(words)
    if year:
        return year[1]
    if not anchor:
        return None
    lower = words.lower()
    return str(anchor.year + (1 if "next " in lower else -1 if "last " in lower else 0))


def _count(words: str, before: str, anchor: date | None) -> str | None:
    """ "Two weeks ago": counted from the anchor; "later" and "before" count from elsewhere and stay without a value."""
    lower = words.lower()
    if not anchor or not lower.endswith((" ago", " earlier")):
        return None
    number = next((_number(word) for word in re.findall(r"\d+|[a-z]+", lower) if _number(word)), None)
    if number is None or lower.startswith(("less", "more", "fewer", "over", "about", "almost", "nearly", "at least")):
        return None
    if "year" in lower:
        return str(anchor.year - number)
    if "decade" in lower:
        return str(anchor.year - 10 * number)
    if "month" in lower:
        months = anchor.year * 12 + anchor.month - 1 - number
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    days = number * 7 if "week" in lower else number
    return (anchor - timedelta(days=days)).isoformat() if "day" in lower or "week" in lower else None


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if word in _NUMBERS:
        return max(1, _NUMBERS.index(word) - 1)
    return _TENS.get(word)


def _relative(words: str, before: str, anchor: date | None) -> str | None:
    if not anchor:
        return None
    lower = words.lower()
    for start, days in (("yesterday", -1), ("tomorrow", 1), ("today", 0), ("tonight", 0)):
        if lower.startswith(start):
            return (anchor + timedelta(days=days)).isoformat()
    if "day before yesterday" in lower or "day after tomorrow" in lower:
        return (anchor + timedelta(days=-2 if "yesterday" in lower else 2)).isoformat()
    if lower == "last night":
        return (anchor - timedelta(days=1)).isoformat()
    if re.fullmatch(r"(?:later |earlier |early )?this (?:morning|afternoon|evening|day|night)", lower):
        return anchor.isoformat()
    step = next((step for word, step in (("last ", -1), ("next ", 1), ("this ", 0)) if word in lower), None)
    if "weekend" in lower:
        return _weekend(lower, before, anchor)
    return None if step is None else _period(lower, step, anchor)


def _period(lower: str, step: int, anchor: date) -> str | None:
    if lower.startswith("the end of") and lower.endswith("year"):
        return f"{anchor.year + step}-12"
    if lower.endswith("year") or lower.endswith(("spring", "summer", "autumn", "winter")):
        return str(anchor.year + step)
    if lower.endswith("month"):
        months = anchor.year * 12 + anchor.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if lower.endswith("week"):
        monday = _monday(anchor) + timedelta(days=7 * step)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    return None


def _weekend(lower: str, before: str, anchor: date) -> str:
    saturday = _monday(anchor) + timedelta(days=5)
    ahead = lower.startswith(("next", "this")) or bool(_AHEAD.search(before)) or anchor.weekday() >= 5
    if not ahead or lower.startswith("last"):
        saturday -= timedelta(days=7)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


_FIXED = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
          "new year's day": (1, 1), "new year's eve": (12, 31), "halloween": (10, 31)}  # fmt: skip


def _holiday(words: str, before: str, anchor: date | None) -> str | None:
    fixed = _FIXED.get(words.lower().replace("’", "'"))
    if not fixed or not anchor:
        return None
    return _nearest(lambda year: date(year, *fixed), anchor, bool(_AHEAD_MONTH.search(before))).isoformat()


def _span(words: str, before: str, anchor: date | None) -> str | None:
    one, two = re.split(r"[-–/]", words)
    return f"{one}/{one[:2] + two if len(two) == 2 else two}"


def _year(words: str, before: str, anchor: date | None) -> str | None:
    year = _YEAR.search(words)
    return year[1] if year else None


def _none(words: str, before: str, anchor: date | None) -> str | None:
    return None


_BY_KIND: dict[str, Callable[[str, str, date | None], str | None]] = {
    "iso": _iso, "numeric": _numeric, "full": _full, "weekday": _weekday, "month": _month, "season": _season, "count": _count,
    "relative": _relative, "holiday": _holiday, "decade": _none, "span": _span, "year": _year,
}  # fmt: skip
