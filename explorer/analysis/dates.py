"""Dates in a text by a grammar of our own: full and partial dates, weekdays, months, years, "last weekend", "two weeks ago"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from explorer.analysis.date_values import has_year, resolve
from explorer.analysis.layout import Layout

WRITTEN = 1000  # a year that is written counts as much as so many guesses


@dataclass(frozen=True, slots=True)
class Date:
    """A date found: its span and its ISO value: 2024-04-14, 2024-04, 2024, an interval with "/", or None."""

    start: int
    end: int
    iso: str | None
    year: Literal["open", "guessed", "written"] = "open"  # how a day's year is known; open: it is no day of a month


_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\b\.?)"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|MAY"
    r"|(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|:\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_PART = r"(?:morning|afternoon|evening|night|lunchtime)"
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|several|a few|a couple of)"
)
_UNIT = r"(?:day|night|week|weekend|month|year|decade|century)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_GAP = r"(?:,? |\xa0)"

_COUNTED = (
    r"(?:percent|per cent|people|metres|meters|miles|km|dollars|euros|tonnes|tons|feet|pounds|jobs|workers|employees|homes|troops"
    r"|soldiers|members|votes|years)"
)

_GRAMMAR = (
    ("iso", r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    ("numeric", r"\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d(?!\d)"),
    (
        "full",
        rf"(?:{_WEEKDAY_ANY}{_GAP})?(?:(?:the )?{_DAY}(?: day)?(?: of)?[ \xa0-]{_MONTH}(?:{_GAP}{_YEAR})?"
        rf"|July Fourth|{_MONTH}[ \xa0](?:the )?{_DAY}(?:{_GAP}{_YEAR}(?! (?:percent|per cent|people)))?)",
    ),
    (
        "weekday",
        r"(?:(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]his coming|[Tt]his past) )?"
        rf"{_WEEKDAY}(?:s\b| (?:morning|afternoon|evening|night)s\b| last week| next week| week(?! \w)"
        r"| last(?! (?:year|month|season|summer|winter|spring|autumn|fall))\b|(?= \w))?",
    ),
    (
        "month",
        rf"(?:(?:[Ll]ast|[Nn]ext|[Tt]his) |mid-)?"
        rf"{_MONTH}(?:(?:,? (?:of )?(?:{_YEAR}|last year|this year|next year))|(?!\w))",
    ),
    ("season", rf"(?:the )?(?:(?:[Ll]ast|[Nn]ext|[Tt]his) {_SEASON}|{_SEASON}(?: of)? {_YEAR})"),
    (
        "count",
        rf"(?i:{_COUNT}) {_UNIT}s? (?:ago|earlier|later)",
    ),
    (
        "relative",
        rf"(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]he (?:previous|following|next|same|past)|[Ll]ater this|[Ee]arlier this|[Ee]arly next"
        rf"|[Ll]ate last|[Ee]arly this|[Ll]ater that) (?:{_UNIT}|{_SEASON}|{_PART})(?!\w)"
        rf"|[Tt]he (?:day|night) (?:before|after)(?! \w)|[Tt]he (?:day before yesterday|day after tomorrow)"
        rf"|[Tt]he (?:long )?weekend"
        rf"|(?:[Yy]esterday|[Tt]omorrow|[Tt]oday|[Tt]onight|TODAY|YESTERDAY|TOMORROW)",
    ),
    (
        "holiday",
        r"(?:Christmas(?: Day| Eve)?|New Year[’']s (?:Day|Eve)|Halloween|Thanksgiving|Easter(?: Sunday| Monday)?|Good Friday"
        r"|Boxing Day)(?!\w)",
    ),
    ("decade", r"(?:(?:1[5-9]|20)\d0[’']?s)(?!\w)"),
    ("span", r"(?:19|20)\d\d[-–/](?:(?:19|20)\d\d|\d\d)(?![\d-])"),
    ("year", rf"(?:1[6-9]|20)\d\d(?![\d,.%]?\d|%|[ -]{_COUNTED}\b|\w)"),
)
_DATE = re.compile(
    r"(?<![\w$£€¥#@/.,-])(?=[\dA-Za-z])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _GRAMMAR) + ")"
)
_LONE = re.compile(r"(?:March|May|MARCH|MAY|Mar|Sun|Sat|Apr|Jun|Jan|Dec|Oct|Nov|Feb|Jul|Aug|Sep)\.?$")
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|from|of|last|next|this|early|late|during|before|after|for|and|to|between|through|on|s)"
    r"(?: (?:early|late|mid|the end of))?[ \xa0]$",
    re.I,
)
_CREDIT_BEFORE = re.compile(r"(?:ing|ten|ited|iled) by $")
_NAME_AHEAD = re.compile(r"[ \xa0](?:[A-Z][a-z]|and [A-Z])")
_IN_TITLE = re.compile(r"[^.!?:\n“\"]\b[A-Z][a-z]+ $")
_GIVEN_NAMES = frozenset({"April", "May", "June", "Jun", "August", "Jan", "March"})


def find_dates(text: str, layout: Layout, anchor: date | None = None) -> list[Date]:
    """Every date in the paragraphs of ``layout``, in order; values follow from ``anchor``, the document's date."""
    return _one_year([found for paragraph in layout.paragraphs for found in _dates(text, paragraph.start, paragraph.end, anchor)])


def _one_year(found: list[Date]) -> list[Date]:
    """A day named several times is in one year: the one that is written, else the one it has most often, the earlier of two."""
    years: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        if one.iso and one.year != "open":
            years[one.iso[5:]][one.iso[:4]] += WRITTEN if one.year == "written" else 1
    settled = {day: min(counts, key=lambda year: (-counts[year], year)) for day, counts in years.items() if len(counts) > 1}
    return [
        replace(one, iso=f"{settled[one.iso[5:]]}-{one.iso[5:]}")
        if one.iso and one.year == "guessed" and one.iso[5:] in settled
        else one
        for one in found
    ]


def _dates(text: str, start: int, end: int, anchor: date | None) -> Iterator[Date]:
    for first, last, kind, before, after in grammar_matches(text, start, end):
        words = text[first:last]
        year: Literal["open", "guessed", "written"] = "open"
        if kind == "full":
            year = "written" if has_year(words) else "guessed"
        yield Date(first, last, resolve(kind, words, before, after, anchor), year)


def grammar_matches(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str, str]]:
    """The dates in ``text[start:end]`` as (start, end, kind, the words before, the words after)."""
    for match in _DATE.finditer(text, start, end):
        kind = match.lastgroup or ""
        if _is_date(text, match, kind):
            last = match.start() + len(match.group().rstrip())
            yield (
                match.start(),
                last,
                kind,
                text[max(start, match.start() - 120) : match.start()],
                text[last : min(end, last + 60)],
            )


def _is_date(text: str, match: re.Match[str], kind: str) -> bool:
    """Rules out names and common words that look like dates: May, March, April Jones, Sheffield Wednesday."""
    words, ahead = match.group(), text[match.end() : match.end() + 8]
    before = text[max(0, match.start() - 20) : match.start()]
    if kind == "month":
        if _LONE.fullmatch(words) and not _BEFORE_MONTH.search(before):
            return False
        credit = _CREDIT_BEFORE.search(before)
        return not (words in _GIVEN_NAMES and _NAME_AHEAD.match(ahead) and (credit or not _BEFORE_MONTH.search(before)))
    if kind == "weekday":
        return words != "Wednesday" or not re.search(r"Sheffield $", before)
    if kind == "relative":
        return not (words.istitle() and _IN_TITLE.search(before))
    if kind == "year":
        return not re.search(
            r"(?:[$£€¥]|\b(?:Rs|No\.?|Sh|Room|Flight|Route|Highway|Channel|about|some|nearly|over|than|of the)) ?$", before
        )
    return True
