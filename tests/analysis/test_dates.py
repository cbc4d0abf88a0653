"""Dates and their values."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.analysis.dates import find_dates
from explorer.analysis.layout import layout

FRIDAY = date(2024, 4, 19)


def dates(text, anchor=FRIDAY):
    return [(text[found.start : found.end], found.iso) for found in find_dates(text, layout(text), anchor)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on April 14.", [("April 14", "2024-04-14")]),
        ("It fell on 14 April 2019.", [("14 April 2019", "2019-04-14")]),
        ("Born on Monday, March 5, 1990, in Oslo.", [("Monday, March 5, 1990", "1990-03-05")]),
        ("Filed 2023-11-02 today.", [("2023-11-02", "2023-11-02"), ("today", "2024-04-19")]),
        ("They met on Wednesday.", [("Wednesday", "2024-04-17")]),
        ("They will meet on Wednesday.", [("Wednesday", "2024-04-24")]),
        ("They met early Friday morning.", [("Friday", "2024-04-19")]),
        ("On Thursday the court will rule.", [("Thursday", "2024-04-25")]),
        ("He told reporters on Thursday he would leave.", [("Thursday", "2024-04-18")]),
        ("Talks are due on Tuesday week.", [("Tuesday week", "2024-04-30")]),
        ("He was out between March and May 2021.", [("March", "2021-03"), ("May 2021", "2021-05")]),
        ("April 15: nothing came at 10:30.", [("April 15", "2024-04-15")]),
        ("He left on Thursday last.", [("Thursday last", "2024-04-18")]),
        ("It airs on Sunday mornings.", [("Sunday mornings", None)]),
        ("He works on Sundays.", [("Sundays", None)]),
        ("The South Eastern line and Kivu Today closed.", []),
        ("They left next Monday.", [("next Monday", "2024-04-22")]),
        ("An attack last weekend failed.", [("last weekend", "2024-04-13/2024-04-14")]),
        ("Less heat came in October 2020.", [("October 2020", "2020-10")]),
        ("Rain came in March.", [("March", "2024-03")]),
        ("Sales fell in November.", [("November", "2023-11")]),
        ("It comes less than one week after the vote.", []),
        ("Almost two years ago it fell.", [("two years ago", "2022")]),
        ("He left two weeks ago.", [("two weeks ago", "2024-04-05")]),
        ("He left in 2016 and the 1990s ended.", [("2016", "2016"), ("1990s", None)]),
        ("It will open next year.", [("next year", "2025")]),
        ("Last month it closed.", [("Last month", "2024-03")]),
        ("Fought between 2014-2016 there.", [("2014-2016", "2014/2016")]),
        ("Feb 30 is no day.", [("Feb 30", None)]),
    ],
)
def test_dates(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(
    "text",
    ["They may march on.", "April Jones sang.", "It cost $2000 then.", "Some 1,950 came.", "He ran 2000 metres.", "May I go?"],
)
def test_no_dates(text):
    assert dates(text) == []


def test_without_a_date_of_the_document_nothing_is_invented():
    assert dates("On Friday, in March, on April 14, last week and in May 2020.", None) == [
        ("Friday", None),
        ("March", None),
        ("April 14", None),
        ("last week", None),
        ("May 2020", "2020-05"),
    ]


def test_a_day_named_twice_is_in_one_year():
    assert dates("He will be told of it on July 25. The call of July 25, 2019 was short.", date(2019, 11, 20)) == [
        ("July 25", "2019-07-25"),
        ("July 25, 2019", "2019-07-25"),
    ]
