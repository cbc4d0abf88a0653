"""Dates of a query, in figures and in words, as people write them here and in other programs."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.index.query import dates
from explorer.index.query.parser import parse
from explorer.index.query.syntax import FileIs, QueryError

TODAY = datetime.date(2024, 3, 13)  # a Wednesday


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "today", lambda: TODAY)


SPANS = (
    # figures
    ("2024", "2024-01-01", "2024-12-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-2", "2023-02-01", "2023-02-28"),
    ("2024/02/05", "2024-02-05", "2024-02-05"),
    ("2024-W05", "2024-01-29", "2024-02-04"),
    ("2024w1", "2024-01-01", "2024-01-07"),
    ("2024q3", "2024-07-01", "2024-09-30"),
    ("2024-Q1", "2024-01-01", "2024-03-31"),
    ("Q4-2023", "2023-10-01", "2023-12-31"),
    # days in words
    ("today", "2024-03-13", "2024-03-13"),
    ("Yesterday", "2024-03-12", "2024-03-12"),
    ("tomorrow", "2024-03-14", "2024-03-14"),
    ("wednesday", "2024-03-13", "2024-03-13"),
    ("thursday", "2024-03-07", "2024-03-07"),
    ("tue", "2024-03-12", "2024-03-12"),
    ("lastwednesday", "2024-03-06", "2024-03-06"),
    ('"5 march 2024"', "2024-03-05", "2024-03-05"),
    ('"March 5th, 2024"', "2024-03-05", "2024-03-05"),
    # ages
    ("3weeks", "2024-02-21", "2024-02-21"),
    ('"3 weeks ago"', "2024-02-21", "2024-02-21"),
    ("1month", "2024-02-13", "2024-02-13"),
    ("2quarters", "2023-09-13", "2023-09-13"),
    ("1y", "2023-03-13", "2023-03-13"),
    # weeks, months, quarters, years
    ("thisweek", "2024-03-11", "2024-03-17"),
    ("lastweek", "2024-03-04", "2024-03-10"),
    ("last-week", "2024-03-04", "2024-03-10"),
    ('"last week"', "2024-03-04", "2024-03-10"),
    ("last_month", "2024-02-01", "2024-02-29"),
    ("thisquarter", "2024-01-01", "2024-03-31"),
    ("lastquarter", "2023-10-01", "2023-12-31"),
    ("thisyear", "2024-01-01", "2024-12-31"),
    ("lastyear", "2023-01-01", "2023-12-31"),
    ('"last 10 days"', "2024-03-03", "2024-03-13"),
    ('"past week"', "2024-03-06", "2024-03-13"),
    ("march", "2024-03-01", "2024-03-31"),
    ("april", "2023-04-01", "2023-04-30"),
    ("sept", "2023-09-01", "2023-09-30"),
    ("feb2023", "2023-02-01", "2023-02-28"),
    ('"march 2024"', "2024-03-01", "2024-03-31"),
    ("mar-2024", "2024-03-01", "2024-03-31"),
    # ranges
    ("2024-03..2024-06", "2024-03-01", "2024-06-30"),
    ("2024..", "2024-01-01", ""),
    ("..yesterday", "", "2024-03-12"),
    ("3weeks..", "2024-02-21", ""),
    ("2months..1month", "2024-01-13", "2024-02-13"),
    ("lastmonth..today", "2024-02-01", "2024-03-13"),
    ('"3 weeks ago..yesterday"', "2024-02-21", "2024-03-12"),
    ("[2024-01 TO 2024-06]", "2024-01-01", "2024-06-30"),
    ("[2024-01 to lastweek]", "2024-01-01", "2024-03-10"),
    ('["last year" TO yesterday]', "2023-01-01", "2024-03-12"),
    ("{2024-01 TO 2024-06}", "2024-02-01", "2024-05-31"),
    ("[2024-01 TO 2024-06}", "2024-01-01", "2024-05-31"),
    ("[* TO 2024]", "", "2024-12-31"),
    ("{2023 TO *]", "2024-01-01", ""),
    ("[* TO *]", "", ""),
    ("2024-01/2024-06", "2024-01-01", "2024-06-30"),
    ("2023/", "2023-01-01", ""),
    ("/2023", "", "2023-12-31"),
)


@pytest.mark.parametrize(("written", "first", "last"), SPANS)
def test_a_date(written: str, first: str, last: str) -> None:
    tree = parse(f"date:{written}").tree
    assert isinstance(tree, FileIs)
    assert (tree.field, tree.first, tree.last) == ("date", first, last)


SIDES = (
    ("after:2024-03", "2024-03-01", ""),
    ("since:lastweek", "2024-03-04", ""),
    ('after:"last week"', "2024-03-04", ""),
    ("before:march", "", "2024-02-29"),
    ("until:2024", "", "2023-12-31"),
    ("before:today", "", "2024-03-12"),
    ("before:0001", "", "0000-00-00"),
    ("older_than:3d", "", "2024-03-09"),
    ("newer_than:3d", "2024-03-10", ""),
    ("older_than:1y", "", "2023-03-12"),
    ("newer_than:6m", "2023-09-13", ""),
    ("NEWER_THAN:2w", "2024-02-28", ""),
    ("on:monday", "2024-03-11", "2024-03-11"),
)


@pytest.mark.parametrize(("written", "first", "last"), SIDES)
def test_before_after_and_ages(written: str, first: str, last: str) -> None:
    tree = parse(written).tree
    assert isinstance(tree, FileIs)
    assert (tree.field, tree.first, tree.last) == ("date", first, last)


ERRORS = (
    ("date:soon", 5, "soon is not a date; write 2024"),
    ("date:2024-13", 5, "did you mean 2024?"),
    ("date:2024-02-30", 5, "did you mean 2024-02?"),
    ("date:0000", 5, "is not a date"),
    ("date:2024-00", 5, "is not a date"),
    ("date:2024-W60", 5, "is not a date"),
    ('date:"31 feb 2024"', 5, "is not a date"),
    ("date:9999years", 5, "is not a date"),
    ("date:20240305", 5, "is not a date"),
    ("date:yestrday", 5, "did you mean yesterday?"),
    ("date:2024-06..2024-03", 5, "write date:2024-03..2024-06"),
    ("date:[2024-06 TO 2024-03]", 5, "write date:[2024-03 TO 2024-06]"),
    ("date:{2024-03 TO 2024-04}", 5, "no day in"),
    ("date:[2024-06 TO", 5, "is not closed"),
    ("date:[soon TO 2024]", 5, "soon is not a date"),
    ("after:[2023 TO 2024]", 6, "takes one date"),
    ("before:2023..2024", 7, "takes one date"),
    ("older_than:soon", 11, "takes an age"),
    ("newer_than:2024", 11, "takes an age"),
)


@pytest.mark.parametrize(("text", "column", "said"), ERRORS)
def test_what_is_no_date(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in str(caught.value)


def test_the_end_of_a_longer_month_ago() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "today", lambda: datetime.date(2024, 3, 31))
        assert dates.span_of_date("1month") == ("2024-02-29", "2024-02-29")


@given(st.dates())
def test_a_day_means_itself_its_month_and_its_year_hold_it(day: datetime.date) -> None:
    written = day.isoformat()
    assert dates.span_of_date(written) == (written, written) == dates.days_of_iso(written)
    for shorter in (written[:7], written[:4]):
        first, last = dates.span_of_date(shorter)
        assert first <= written <= last
        assert dates.days_of_iso(shorter) == (first, last)


@given(st.dates(min_value=datetime.date(1, 1, 8)), st.sampled_from(["week", "month", "quarter", "year"]))
def test_last_comes_right_before_this(day: datetime.date, unit: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "today", lambda: day)
        if day.year == 1 or day > datetime.date(9999, 12, 20):
            return
        this, last = dates.span_of_date(f"this{unit}"), dates.span_of_date(f"last{unit}")
    assert this[0] <= day.isoformat() <= this[1]
    assert datetime.date.fromisoformat(this[0]) - datetime.date.fromisoformat(last[1]) == dates.ONE_DAY


def test_words_are_no_dates_of_documents() -> None:
    assert dates.days_of_iso("today") is None
    assert dates.days_of_iso("2024-13") is None
    assert dates.days_of_iso("march") is None
