"""Query text → tree: every row of the language, every repair, every error; and any text at all."""

from __future__ import annotations

import datetime
import unicodedata

import pytest

from explorer.index.query.parser import DEEPEST_NESTING, LONGEST_QUERY, parse
from explorer.index.query.syntax import (
    And,
    Everything,
    FileIs,
    Named,
    Node,
    Not,
    Or,
    Phrase,
    QueryError,
    Quoted,
    Said,
)


def short(node: Node) -> str:
    """A tree in few signs: stem, =exact, wild%, typed…; phrases in [ ]."""
    marks = {"stem": "{}", "exact": "={}", "wild": "{}%", "typed": "{}…"}
    match node:
        case Phrase(parts, _, where):
            inner = " ".join(marks[part.kind].format(part.text) for part in parts)
            return ("title:" if where == "title" else "") + (f"[{inner}]" if len(parts) > 1 else inner)
        case And(children):
            return "(" + " & ".join(map(short, children)) + ")"
        case Or(children):
            return "(" + " | ".join(map(short, children)) + ")"
        case Not(child):
            return f"-{short(child)}"
        case Said(phrase):
            return f"said:{short(phrase)}"
        case Named(field, value) | Quoted(field, value):
            return f"{field}:{value}"
        case FileIs("date", _, first, last):
            return f"date:{first}..{last}"
        case FileIs(field, value):
            return f"{field}:{value}"
        case Everything():
            return "*"
    raise AssertionError(node)


TREES = (
    # words are stemmed; a capitalised or marked one is not
    ("taxes", "taxes"),
    ("Taxes", "=taxes"),
    ("=taxes", "=taxes"),
    ("ÉTÉ", "=ete"),
    ("", "*"),
    ("   ", "*"),
    # all, any, none
    ("tax delay", "(tax & delay)"),
    ("tax AND delay", "(tax & delay)"),
    ("tax && delay", "(tax & delay)"),
    ("tax OR delay", "(tax | delay)"),
    ("tax | delay", "(tax | delay)"),
    ("tax|delay", "(tax | delay)"),
    ("tax || delay", "(tax | delay)"),
    ("a b OR c d", "((a & b) | (c & d))"),
    ("-leak", "-leak"),
    ("NOT leak", "-leak"),
    ("!leak", "-leak"),
    ("plan -leak", "(plan & -leak)"),
    ("plan --leak", "(plan & -leak)"),
    ("plan NOT NOT leak", "(plan & leak)"),
    ("+plan +leak", "(plan & leak)"),
    ("-(a OR b) c", "(-(a | b) & c)"),
    ('-"a b"', "-[=a =b]"),
    ("(a OR b) c", "((a | b) & c)"),
    ("((a))", "a"),
    ("a a a", "a"),
    ("and or not", "(and & or & not)"),
    ("a - b", "(a & b)"),
    ("W-2", "[=w =2]"),
    ("w-2", "[w 2]"),
    # verbatim phrases under every mark
    ('"will not be delayed"', "[=will =not =be =delayed]"),
    ("“will not”", "[=will =not]"),
    ("„will not“", "[=will =not]"),
    ("„will not”", "[=will =not]"),
    ("«will not»", "[=will =not]"),
    ('"The U.S. said"', "[=the =u =s =said]"),
    ('""', None),
    # words with joints, and of other scripts
    ("O'Neill", "[=o =neill]"),
    ("company's", "company"),
    ("company’s", "company"),
    ("=company's", "=company"),
    ("U.S.", "[=u =s]"),
    ("C++", "=c++"),
    ("c#", "c#"),
    ("snake_case", "[snake case]"),
    ("café", "cafe"),
    (unicodedata.normalize("NFD", "café"), "cafe"),
    ("日本", "[日 本]"),
    # wildcards
    ("delay*", "delay*%"),
    ("wom?n", "wom?n%"),
    ("really?", "really"),
    ("a*b*c*", "a*b*c*%"),
    ("a**b", "a*b%"),
    ("Caf*", "caf*%"),
    (unicodedata.normalize("NFD", "café*"), "cafe*%"),
    ("U.S*", "[=u s*%]"),
    ("日本*", "[日 本]"),
    ("-delay*", "-delay*%"),
    # fields
    ("title:tax", "title:tax"),
    ('title:"tax delay"', "title:[=tax =delay]"),
    ("title:(tax OR delay)", "(title:tax | title:delay)"),
    ("said:inflation", "said:inflation"),
    ('said:"tax cut"', "said:[=tax =cut]"),
    ("said:(tax cut)", "(said:tax & said:cut)"),
    ("quote:tax", "said:tax"),
    ("source:Herald", "source:Herald"),
    ("path:2024/drafts", "path:2024/drafts"),
    ("dir:x", "path:x"),
    ("filename:x", "path:x"),
    ("path:a:b", "path:a:b"),
    ('path:"a b"', "path:a b"),
    ('path:"say \\"hi\\""', 'path:say "hi"'),
    ("ext:PDF", "ext:pdf"),
    ("ext:.pdf", "ext:pdf"),
    ("type:pdf", "ext:pdf"),
    ('person:"Jane Doe"', "person:Jane Doe"),
    ("person:O'Neill", "person:O'Neill"),
    ("PERSON:Doe", "person:Doe"),
    ("org:OR", "org:OR"),
    ("place:Paris", "place:Paris"),
    ("entity:Paris", "entity:Paris"),
    ("by:doe", "by:doe"),
    ("speaker:doe", "by:doe"),
    ("cue:denied", "cue:denied"),
    ("is:direct", "is:direct"),
    ("is:Denied", "is:denied"),
    ("-by:doe", "-by:doe"),
    ("date:2024", "date:2024-01-01..2024-12-31"),
    ("date:2024-02", "date:2024-02-01..2024-02-29"),
    ("date:2024-03-05", "date:2024-03-05..2024-03-05"),
    ("date:2024-03..2024-06", "date:2024-03-01..2024-06-30"),
    ("date:2024..", "date:2024-01-01.."),
    ("date:..2024", "date:..2024-12-31"),
    ("after:2024-03", "date:2024-03-01.."),
    ("since:2024", "date:2024-01-01.."),
    ("before:2024", "date:..2023-12-31"),
    ("http://example.org/x", "[http example org x]"),
    ("12:30", "[12 30]"),
    # escapes
    ("\\-leak", "leak"),
    ("\\AND", "=and"),
    ("a\\*b", "[a b]"),
    ("\\(a\\)", "a"),
    ("12\\:30", "[12 30]"),
    ("note\\: x", "(note & x)"),
    ("\\w/8", "[w 8]"),
    ('"a \\" b"', "[=a =b]"),
    ("a\\ b", "[a b]"),
)


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_tree(text: str, tree: str | None) -> None:
    if tree is None:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert short(parse(text).tree) == tree


ERRORS = (
    ("persn:doe", 0, "person:"),
    ("tax persn:doe", 4, "person:"),
    ("tittle:x", 0, "title:"),
    ("  sorce:x", 2, "source:"),
    ("zzzzzz:x", 0, "there are title"),
    ("lang:en", 0, "cannot search by lang:"),
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
    ("a w/8 b", 2, "not there yet"),
    ("putin~1", 0, "not there yet"),
    ("/FR[0-9]+/", 0, "not there yet"),
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


def test_the_nearest_field_is_offered_as_a_repair() -> None:
    with pytest.raises(QueryError) as caught:
        parse("persn:doe")
    assert caught.value.repair == "person"


NOTES = (
    ('"tax delay', "[=tax =delay]", "opened at column 1"),
    ("a “tax delay", "(a & [=tax =delay])", "opened at column 3"),
    ("(a b", "(a & b)", "opened at column 1"),
    ("a) b", "(a & b)", "column 2 closes nothing"),
    ("a OR b) c", "((a | b) & c)", "column 7 closes nothing"),
    ("a OR", "a", "OR at column 3 joins nothing"),
    ("AND a", "a", "AND at column 1 joins nothing"),
    ("a — b", "(a & b)", "“—” has no letter"),
    ('a ""', "a", "has no letter"),
    ("a NOT", "a", "NOT at column 3"),
)


@pytest.mark.parametrize(("text", "tree", "said"), NOTES)
def test_repairs_are_said(text: str, tree: str, said: str) -> None:
    query = parse(text)
    assert short(query.tree) == tree
    assert said in " ".join(query.notes)


TYPED = (
    ("tax del", "(tax & del…)"),
    ("tax del ", "(tax & del)"),
    ("tax d", "tax"),
    ("d", "*"),
    ("Del", "del…"),
    ("=del", "=del"),
    ('"will not', "[=will not*%]"),
    ('"will not"', "[=will =not]"),
    ("title:de", "title:de…"),
    ("said:de", "said:de…"),
    ("said:(tax de", "(said:tax & said:de…)"),
    ("tax by:", "tax"),
    ("tax date:20", "tax"),
    ("tax is:dir", "tax"),
    ('person:"', "*"),
    (". a", "*"),
    ('"', "*"),
    ("de-esc", "[de esc…]"),
    ("日", "日…"),
    (unicodedata.normalize("NFD", "café"), "cafe…"),
    ("tax OR", "tax"),
    ("tax -", "tax"),
    ("wom?", "wom"),
    ("C++", "=c++"),
)


@pytest.mark.parametrize(("text", "tree"), TYPED)
def test_the_last_word_is_still_being_typed(text: str, tree: str) -> None:
    assert short(parse(text, typing=True).tree) == tree


def test_dates_relative_to_today() -> None:
    today = datetime.date.today()
    wanted = {FileIs("date", "today", day.isoformat(), day.isoformat()) for day in (today, datetime.date.today())}
    assert parse("date:today").tree in wanted
    yesterday = parse("before:today").tree
    assert isinstance(yesterday, FileIs) and yesterday.last < datetime.date.today().isoformat()
