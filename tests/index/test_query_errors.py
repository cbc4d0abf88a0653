"""Queries that cannot be read: what is said, where it stands, and the whole query repaired."""

from __future__ import annotations

import pytest

from explorer.index.query.parser import DEEPEST_NESTING, LONGEST_QUERY, parse
from explorer.index.query.syntax import QueryError

ERRORS = (
    ("persn:doe", 0, "person:"),
    ("tax persn:doe", 4, "person:"),
    ("tittle:x", 0, "title:"),
    ("  sorce:x", 2, "source:"),
    ("zzzzzz:x", 0, "there are title"),
    ("date:2024-06..2024-03", 5, "ends before it begins"),
    ("title: x", 0, "needs a value"),
    ("by:", 0, "needs a value"),
    ("a by:)", 2, "needs a value"),
    ('by:""', 3, "letter or a digit"),
    ("ext:.", 4, "needs a value"),
    ('path:""', 5, "needs a value"),
    ('before:""', 7, "needs a value"),
    ("is:indirekt", 3, "is:indirect"),
    ("is:zzz", 3, "unattributed"),
    ("date:2024-13", 5, "is not a date"),
    ("date:soon", 5, "is not a date"),
    ("date:0000", 5, "is not a date"),
    ("after:2024..2025", 6, "takes one date"),
    ("by:(a b)", 3, "takes one value"),
    ("title:(by:doe)", 6, "only words"),
    ("said:(title:x)", 5, "only words"),
    ("a*b* put*n~1", 5, "both a wildcard"),
    ("x putin~3", 2, "~1 or ~2"),
    ("putin~0.7", 0, "~1 or ~2"),
    ("has:attachment", 0, "no field has:"),
    ("x body:tax", 2, "without body:"),
    ("lang:englsh", 5, "lang:english"),
    ("lang:x", 5, "lang:en"),
    ("mime:foo/bar", 5, "ext:pdf"),
    ("is:stared", 3, "is:starred"),
    ("tag:", 0, "needs a value"),
    ("quote:{}", 0, "needs a condition"),
    ("x quote:{tax person:doe}", 13, "person: cannot stand in quote:"),
    ("quote:{is:new}", 7, "is: cannot stand in quote:"),
    ("quote:{title:x}", 7, "title: cannot stand in quote:"),
    ("quote:{quote:{a}}", 7, "in another one"),
    ("atleast5(tax) x", 0, "how often"),
    ("(" * 20 + "a" + " sort:date", 22, "in brackets"),
    ("x NOT sort:date", 2, "after NOT"),
    ("sort:dat", 5, "sort:date"),
    ("sort:size", 5, "relevance, date, -date"),
    ("sort:", 0, "needs a value"),
    (" ".join(f"x{number}" for number in range(2_001)).replace("x", ""), 8_890, "more than 2000 words"),
    ('"' + "a* " * 21 + '"', 0, "at most 20 words with a star"),
    ("a*b*c*d*e", 0, "at most 3 stars"),
    ("x *", 2, "letter or a digit"),
    ("—", 0, "nothing to search for"),
    ("... ---", 0, "nothing to search for"),
    ('"', 0, "nothing to search for"),
    ("“ ”", 0, "nothing to search for"),
    ("(" * 500 + "a" + ")" * 500, DEEPEST_NESTING + 1, "deeper than"),
    ("a" * (LONGEST_QUERY + 1), LONGEST_QUERY, "10000 is the most"),
)


@pytest.mark.parametrize(("text", "column", "said"), ERRORS, ids=lambda value: str(value)[:20])
def test_error_says_what_and_where(text: str, column: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


REPAIRS = (
    # the nearest name of a field, a value, a language
    ("persn:doe", "person:doe"),
    ("tax persn:doe x", "tax person:doe x"),
    ("tittle:(a b)", "title:(a b)"),
    ("is:stared", "is:starred"),
    ("lang:englsh tax", "lang:english tax"),
    ("mime:text/plan", "ext:txt"),
    ("sort:dat tax", "sort:date tax"),
    # what no field is becomes a word
    ("zzzzz:x", '"zzzzz:x"'),
    ("tax has:attachment", 'tax "has:attachment"'),
    ('zzzzz:"a b"', 'zzzzz\\:"a b"'),
    ("body:tax delay", "tax delay"),
    # a value where it belongs
    ("title: tax", "title:tax"),
    ("tax by:", "tax"),
    ("by:(a b)", 'by:"a b"'),
    ("by:(a OR b) tax", "(by:a OR by:b) tax"),
    ("title:(by:doe)", "(by:doe)"),
    # operators
    ("a w/8", "a"),
    ("w/8 b", "b"),
    ("a w/8 OR b", "a OR b"),
    ("a w/8 w/9 b", "a w/9 b"),
    ("a w/0 b", "a w/1 b"),
    ("a pre/5000 b", "a pre/1000 b"),
    ("a w/3 -b", "a -b"),
    ("(a b) w/3 c", '"a b" w/3 c'),
    ("title:tax w/3 cut", "title:(tax w/3 cut)"),
    ("said:tax w/3 said:cut", "said:(tax w/3 cut)"),
    ("by:doe w/3 tax", "by:doe tax"),
    # words
    ("putin~9", "putin~2"),
    ("putin~0.5", "putin~1"),
    ("put*n~1", "put*n"),
    ("tax *", "tax"),
    ("a\\  *", "a\\  "),
    ("(* tax)", "(tax)"),
    # regular expressions
    ("/FR\\d+", "/FR\\d+/"),
    ("/FR\\d+/, x", "/FR\\d+/ , x"),
    ("/de-?escalation/", "(/de-escalation/ OR /deescalation/)"),
    # dates
    ("date:2024-06..2024-03", "date:2024-03..2024-06"),
    ("date:[2024-06 TO 2024-03]", "date:[2024-03 TO 2024-06]"),
    ("date:[2024-03 TO 2024-06", "date:[2024-03 TO 2024-06]"),
    ("date:{2024 TO 2025}", "date:[2024 TO 2025]"),
    ("date:2024-02-30", "date:2024-02"),
    ("date:yestrday", "date:yesterday"),
    ("after:2024..2025", "date:2024..2025"),
    # one quote, the order
    ("quote:{person:x tax}", "quote:{tax}"),
    ("quote:{a quote:{b}}", "quote:{a b}"),
    ("(tax sort:date) x", "(tax) x"),
    ("NOT sort:date", "sort:date"),
    # saved queries
    ("tax @nope", 'tax "@nope"'),
    ("query:nope", '"query:nope"'),
    # one repair lays bare the next fault
    ("persn:doe tittle:x a w/3", "person:doe title:x a"),
    # what cannot be guessed
    ("date:soon", None),
    ("quote:{}", None),
    ("by:", None),
    ("/(a/", None),
    ("—", None),
    ("(" * 70 + "persn:x", None),
)


@pytest.mark.parametrize(("text", "repair"), REPAIRS, ids=lambda value: str(value)[:30])
def test_the_repair_is_the_whole_query(text: str, repair: str | None) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.repair == repair
    if repair is not None:
        parse(repair)
