"""What each kind of word and phrase finds, in texts and in titles."""

from __future__ import annotations

import pytest

from tests.index.small_corpus import Corpus

PAIRS = (
    ("will not be delayed", '"will not be delayed"', True),
    ("will be delayed", '"will not be delayed"', False),
    ("will not\nbe delayed", '"will not be delayed"', True),
    ("will not\n\nbe delayed", '"will not be delayed"', False),
    ("will not\n \t \nbe delayed", '"not be"', False),
    ("A de-escalation began", "de-escalation", True),
    ("A de-escalation began", "escalation", True),
    ("A de-escalation began", "deescalation", False),
    ("in the U.S. today", "U.S.", True),
    ("give us time", "U.S.", False),
    ("form W-2 filed", "W-2", True),
    ("form W-3 filed", "W-2", False),
    ("written in C++ and C#", "C++", True),
    ("written in C", "C++", False),
    ("written in C++", "C", False),
    ("written in C#, he said", "C#", True),
    ("Mr O'Neill", "O’Neill", True),
    ("Mr O’Neill", "O'Neill", True),
    ("Mr O’Neill", "neill", True),
    ("diagnosis H52.1", "H52.1", True),
    ("we don’t know", "don't", True),
    ("we do know", "don't", False),
    ("the company's plan", "company", True),
    ("the company's plan", "=company", True),
    ("the company’s plan", "company's", True),
    ("the company plan", "company's", True),
    ("un cafe\u0301 noir", "café", True),
    ("un café noir", "cafe", True),
    ("un cafe noir", "cafe\u0301", True),
    ("CAFÉ", "caf*", True),
    ("東京都の知事", "東京", True),
    ("東京都の知事", "京都", True),
    ("東京都の知事", "京東", False),
    ("東京 C++ 知事", "C++", True),
    ("か\u3099く", "がく", True),
    ("a snake_case name", "snake", True),
    ("a snake_case name", "snake_case", True),
    ("re\u00adsume\u0301", "resume", True),
    ("zero\u200bwidth", "zerowidth", True),
    ("मंत्री ने कहा", "मंत्री", True),
    ("الْوَزِيرُ", "الوزير", True),
    ("𝐁old ｆｕｌｌ", "bold full", True),
    ("taxes delayed", "tax delay", True),
    ("taxes delayed", "Tax", False),
    ("taxes delayed", "=tax", False),
    ("taxes delayed", '"tax"', False),
    ("woman women", "wom?n", True),
    ("wordy", "wor*y", True),
    ("word", "wor*y", False),
    ("plan with the minister", "plan -minister", False),
    ("plan without", "plan -minister", True),
    ("plan", "leak OR plan", True),
    ("plan", "leak | plan", True),
    ("plan", "leak|plan", True),
    ("a plan", "!leak", True),
)


@pytest.mark.parametrize(("text", "query", "expected"), PAIRS)
def test_what_is_found(corpus: Corpus, text: str, query: str, expected: bool) -> None:
    corpus.clear()
    corpus.apply({1: ("", text), 2: (text.replace("\n", " "), "") if "\n\n" not in text and "\n " not in text else ("", "")})
    corpus.check(query)
    numbers = corpus.found(query)
    assert (1 in numbers) is expected
    if corpus.texts[2][0]:
        assert (2 in numbers) is expected, "in the title"


def test_a_title_is_a_paragraph(corpus: Corpus) -> None:
    corpus.clear()
    corpus.apply({1: ("storm tax", "delay of the vote"), 2: ("", "storm tax delay")})
    assert [n for n, _ in corpus.search('"tax delay"').ranked] == [2]
    assert [n for n, _ in corpus.search("title:tax").ranked] == [1]


def test_many_documents_in_one_list(corpus: Corpus) -> None:
    corpus.clear()
    corpus.apply({number: ("", "common even" if number % 2 else "common") for number in range(1, 9_001)})
    assert corpus.search("common").total == 9_000
    assert corpus.found("even") == set(range(1, 9_001, 2))
    assert corpus.search("co", True).total == 9_000
    corpus.apply({}, set(range(1, 9_001, 3)))
    assert corpus.search("common").total == 6_000


def test_the_word_itself_comes_before_a_word_that_begins_like_it(corpus: Corpus) -> None:
    corpus.clear()
    corpus.apply({1: ("", "minimal of it all"), 2: ("", "min of it all")})
    assert [n for n, _ in corpus.search("min", True).ranked] == [2, 1]
