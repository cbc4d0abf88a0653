"""Query text → tree: every row of the language, what is repaired on the way, and the order asked for."""

from __future__ import annotations

import unicodedata

import pytest

from explorer.index.query.fields import ALIASES, FIELD_HELP, FIELDS
from explorer.index.query.parser import parse
from explorer.index.query.syntax import QueryError
from tests.index.query_trees import short

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
    # words inside quotes may end in a star
    ('"will not be delay*"', "[=will =not =be delay*%]"),
    ('"delay* plan"', "[delay*% =plan]"),
    ('"delay\\*"', "=delay"),
    ('"f**k it"', "[=f =k =it]"),
    ('"a * b"', "[=a =b]"),
    (unicodedata.normalize("NFD", '"café*"'), "cafe*%"),
    ('"日本*"', "[=日 =本]"),
    ('"U.S* plan"', "[=u s*% =plan]"),
    # fuzzy words
    ("putin~", "putin~1"),
    ("Putin~1", "putin~1"),
    ("putin~2", "putin~2"),
    ("O'Neill~1", "[=o neill~1]"),
    ("company's~", "company~1"),
    ("ab~1", "=ab"),
    ("putin\\~1", "[putin 1]"),
    ("a~b", "[a b]"),
    # what Lucene lets one write and we do not weigh
    ("tax^2 delay^0.5", "(tax & delay)"),
    ('"a b"^3', "[=a =b]"),
    ("(a b)^2 c", "(a & b & c)"),
    ("title:tax^2", "title:tax"),
    ("by:doe^2", "by:doe"),
    ("x\\^2", "[x 2]"),
    ('+"a b" +(c d) +title:x', "([=a =b] & c & d & title:x)"),
    # of legal programs and of Gmail
    ('"a" BUT NOT b', "(=a & -b)"),
    ("BUT b", "(=but & b)"),
    ("{a b} c", "((a | b) & c)"),
    ("{from:amy from:david}", "(from:amy | from:david)"),
    ("-{a b}", "-(a | b)"),
    ("x} {y", "(x & y)"),
    # fields by other names
    ("subject:x", "title:x"),
    ("intitle:x", "title:x"),
    ("in:x", "path:x"),
    ("folder:x", "path:x"),
    ("filetype:PDF", "ext:pdf"),
    ("ext:*.PDF", "ext:pdf"),
    ("mime:application/pdf", "ext:pdf"),
    ("mimetype:text/html", "ext:html"),
    ("author:doe", "from:doe"),
    ("sender:doe", "from:doe"),
    ("recipient:doe", "to:doe"),
    ("cc:doe", "to:doe"),
    ('from:"Jane Doe" to:roe@example.org', "(from:Jane Doe & to:roe@example.org)"),
    ("tag:Check", "tag:Check"),
    ("label:x", "tag:x"),
    ("lang:EN", "lang:en"),
    ("lang:en-GB", "lang:en"),
    ("lang:German", "lang:de"),
    ("lang:eng", "lang:en"),
    ("language:french", "lang:fr"),
    ("is:starred is:New is:inferred", "(is:starred & is:new & is:inferred)"),
    # several conditions on one quote
    ('quote:{by:doe said:"tax cut" cue:denied}', "quote{(by:doe & said:[=tax =cut] & cue:denied)}"),
    ("quote:{tax -is:denied}", "quote{(said:tax & -is:denied)}"),
    ("quote:{a OR b} c", "(quote{(said:a | said:b)} & c)"),
    ("quote:{a w/3 b}", "quote{said:<a 3 b>}"),
    ("quote:{said:(a w/3 b) by:doe}", "quote{(said:<a 3 b> & by:doe)}"),
    ("-quote:{by:doe}", "-quote{by:doe}"),
    ("quote:{-(-a)}", "quote{said:a}"),
    ("quote:/x+/", "said:/x+/"),
)


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_tree(text: str, tree: str | None) -> None:
    if tree is None:
        with pytest.raises(QueryError):
            parse(text)
    else:
        assert short(parse(text).tree) == tree


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
    ("tax^2", "tax", "^2 was left out"),
    ("ab~ tax", "(=ab & tax)", "ab is too short for ~"),
    ("quote:{by:doe", "quote{by:doe}", "brace opened at column 7 was closed at the end"),
    ("{a AND b}", "(a | b)", "AND at column 4 was left out"),
)


@pytest.mark.parametrize(("text", "tree", "said"), NOTES)
def test_repairs_are_said(text: str, tree: str, said: str) -> None:
    query = parse(text)
    assert short(query.tree) == tree
    assert said in " ".join(query.notes)


ORDERS = (
    ("tax", "relevance"),
    ("sort:date", "date"),
    ("tax sort:-date", "-date"),
    ("sort:newest tax", "-date"),
    ("sort:oldest", "date"),
    ("sort:-Source", "-source"),
    ("a OR b sort:title", "title"),
    ("sort:path", "path"),
    ("sort:relevance", "relevance"),
    ("sort:date sort:title", "title"),
    ("order:date", "date"),
)


@pytest.mark.parametrize(("text", "order"), ORDERS)
def test_the_order_asked_for(text: str, order: str) -> None:
    assert parse(text).sort == order
    assert "date" not in short(parse(text).tree)


def test_of_two_orders_the_last_counts_and_it_is_said() -> None:
    assert "the last one counts, sort:title" in parse("a sort:date sort:title").notes[0]
    assert not parse("a sort:date sort:date").notes


def test_every_field_has_a_help_and_an_alias_is_none() -> None:
    assert set(FIELD_HELP) == set(FIELDS)
    assert all(text and len(text) < 60 for text in FIELD_HELP.values())
    assert not set(ALIASES) & set(FIELDS) - {"quote"}
