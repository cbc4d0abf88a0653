"""Queries made to hang or to break the program: an answer or one clear line within seconds, never a traceback."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from explorer.library.answering import Answering

ANSWER = 0.6  # seconds of CPU time that an answer has here, a third of the usual: several baits take all there are
SECONDS = 4.8  # of a command: beyond the answer a slow machine
STEERING = {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
MANY = 300
BAITS = (
    # wildcards, regular expressions, letters off
    "a*b*c*", "*a*a*a*", "*a*", "*e*", "??????????", "?*", "*", "***", "a?b?c?d*", '"a* a* a* a*"', "a~2", "abcdefgh~2",
    "/.{0,9999}/", "/.*/", "/(a*)*b/", "/(a|aa)+$/", "/a{1000}{1000}/", "/[/", "/(?=a)b/", r"/\1/", "//", "/((((((((a))))))))/",
    " OR ".join(f"word{n}~2" for n in range(MANY)), " OR ".join(f"w{n}*" for n in range(MANY)),
    # brackets and operators
    "(" * 500, ")" * 500, "(" * 500 + "a" + ")" * 500, "(a OR " * 59 + "a" + ")" * 59, "{" * 500, "[" * 500, "quote:{" * 100,
    "(a w/1000 a) w/1000 a", "((a w/1000 a) w/1000 a) w/1000 a", "a w/s a w/s a", "a w/p a w/p a", '"a a a a a a a a"~1000',
    "(a OR a*) w/1000 (a OR aa)", " w/2 ".join(["a"] * 51), "a w/999999999999999999999 b", "NOT " * 500 + "a", "-" * 500 + "a",
    # fields
    "date:" + "9" * 400, "date:0000-00-00", "date:9999-12-31..", "date:99999999999weeks..", "date:[* TO *]", "is:", "by:",
    "said:()", "sort:sort:sort:", ":" * 300, "@" * 300, "query:" * 300, "@../../etc/passwd", "path:" + "../" * 200,
    # what other programs stumble over
    '"' * 501, "\\" * 501, "~" * 300, "'; DROP TABLE document; --", "%s%n%x", "${HOME}", "$(reboot)", "`ls`", "<script>",
    "../../x", "NaN", "null", "-0", "1e999", "\x00", "a\x00b", "\x1b[31m\x07", "\u202eabc", "\ud800", "\ufeff", "\ufffe",
    "\u200b", "\t\n\r ", "\U0001f3f3\ufe0f\u200d\U0001f308", "e\u0301" * 500, "\ufdfa" * 200, "ｆｅｒｒｙ", "İstanbul",
    "ß SS ẞ", "田中さん", "الكل في", "\U0001d56c\U0001d587", "¡™£¢∞§¶", "if\u2028then", "a\nb", "don’t 'n' \"it\"", "C# C++ .NET",
)  # fmt: skip
LONG = (
    "a " * 5000, "word" * 2500, "a OR " * 1999 + "a", "*a" * 5000, "~" * 10_000, '"a" ' * 2500, "a w/5 " * 1600 + "a",
    "-a " * 3333, '"' + "a " * 4990 + '"', "x" * 9_999 + "*", "/" + "a?" * 4000 + "/",
    "/(" + "|".join(f"w{n}" for n in range(1500)) + ")/",
    "(a b) " * 1666, "by:a " * 2000, "date:2024 " * 1000, "é" * 10_000, "字" * 10_000, "\\a" * 5000, "a-" * 5000, "A.B." * 2500,
    "path:a OR " * 900 + "a",
)  # fmt: skip
SIGNS = (
    'a bridge " “ ” ( ) { } [ ] * ? ~ ~2 / /a/ : - -! + = | OR AND NOT w/3 pre/2 w/s w/p NEAR quote:{ by: said: date:2024 .. '
    "@ @x query: sort: sort:date is:new \\ ' ^2 $ % é 字 \ufeff"
)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives an answer less time than users have."""
    monkeypatch.setattr(Answering.begin, "__defaults__", (ANSWER,))


@pytest.fixture
def folder(explore, corpus: Path) -> Path:
    """The corpus and one of nothing but a, one of many words, all indexed."""
    (corpus / "a.txt").write_text("a " * 100_000, encoding="utf-8")
    (corpus / "words.txt").write_text(" ".join(f"w{n} word{n} {'ab' * (n % 9)}a" for n in range(20_000)), encoding="utf-8")
    assert explore("index", corpus).code == 0
    return corpus


def fault(explore, folder: Path, query: str) -> str:
    """What is wrong with how a query is answered; nothing when all is well."""
    started = time.process_time()
    ran = explore("search", "--no-update", "--limit", "5", "--format", "json", "--", query, folder)
    seconds = time.process_time() - started
    if seconds > SECONDS:
        return f"{query[:60]!r} takes {seconds:.1f} s of CPU"
    if ran.code not in (0, 1, 2) or "Traceback" in ran.err or "explorer.log" in ran.err:
        return f"{query[:60]!r} is {ran.code}: {ran.err[:300]}"
    if ran.code == 2 and (ran.out or ran.err.count("\n") != 1 or set(ran.err) & STEERING):
        return f"{query[:60]!r} is not told in one line: {ran.err[:300]!r}"
    return "" if ran.out or ran.code == 2 else f"{query[:60]!r} has no answer"


@pytest.mark.parametrize("queries", [BAITS, LONG], ids=["baits", "10 000 characters"])
def test_a_bait_is_answered_or_refused_in_seconds(explore, folder, queries):
    assert all(len(query) <= 10_000 for query in queries)
    assert [wrong for query in queries if (wrong := fault(explore, folder, query))] == []


def test_any_mixture_of_signs_is_answered_or_refused(explore, corpus):
    explore("index", corpus)
    dice, pieces = random.Random(7), SIGNS.split()
    queries = ["".join(dice.choice(pieces) + dice.choice(("", " ")) for _ in range(dice.randint(1, 14))) for _ in range(150)]
    assert [wrong for query in queries if (wrong := fault(explore, corpus, query))] == []


def test_a_longer_query_is_refused(explore, corpus):
    ran = explore("search", "ab " * 3334, corpus)
    assert ran.code == 2
    assert "10000 is the most" in ran.err


def test_a_megabyte_of_one_word_is_indexed_and_searched_in_seconds(program, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text("a " * 500_000, encoding="utf-8")
    started = time.monotonic()
    assert program("index", tmp_path / "one").returncode == 0
    for query in ("(a w/1000 a) w/1000 a", "((a w/1000 a) w/1000 a) w/1000 a", "a w/p a"):
        ran = program("search", query, tmp_path / "one", "--no-update", "--format", "json")
        assert ran.returncode in (0, 2)
        assert b"Traceback" not in ran.stderr
    assert time.monotonic() - started < 60  # of a machine that does other things too
