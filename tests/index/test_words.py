"""Words of any text: their spans round-trip, and indexing, asking and marking see the same ones."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.index import words as words_module
from explorer.index.words import (
    PARAGRAPH_BREAK,
    PARAGRAPH_GAP,
    fold,
    paragraphs_of_words,
    pieces_of_words,
    stem,
    word_spans,
    words,
)

any_text = st.text(
    st.characters(exclude_categories=["Cs"])
    | st.sampled_from(" \n\n\t_-'’.+#\u00ad\u200b\u0301日本が\u3099éÉßﬁaAbC1\ufe0f\u20e3मंत्री\u0651ال")
)


@given(any_text)
@example("C++ 日")
@example("\u200b 日")
@example("か\u3099")
def test_spans_lie_in_the_text_and_fold_to_the_words(text: str) -> None:
    spans = list(word_spans(text))
    assert [word for _, _, word in spans] == words(text)
    last = 0
    for start, end, word in spans:
        assert last <= start < end <= len(text)
        last = end
        assert text[start:end].replace("_", " ") == text[start:end], "an underscore is no part of a word"
        assert not text[start].isspace() and word
        assert fold(text[start:end]) == word


@given(any_text)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    covered = {at for start, end, _ in word_spans(text) for at in range(start, end)}
    assert {at for at, char in enumerate(text) if char.isalnum()} <= covered


@given(any_text, any_text)
@example("", "C++\n\n日")
@example("", "x \u200b y\n\n日")
def test_paragraphs_have_the_words_of_the_whole(title: str, text: str) -> None:
    """Texts are indexed by the paragraph and marked as a whole: both must see the same words at the same places."""
    paragraphs = list(paragraphs_of_words(title, text))
    assert paragraphs[0] == (0, words(title))
    assert [word for _, found in paragraphs[1:] for word in found] == [word for _, _, word in word_spans(text)]
    for (base, found), (following, _) in itertools.pairwise(paragraphs):
        assert following == base + len(found) + PARAGRAPH_GAP


@given(any_text, any_text, st.integers(1, 9))
def test_pieces_have_the_words_of_their_paragraphs_at_the_same_places(title: str, text: str, piece: int) -> None:
    placed = [(base + n, word) for base, found in paragraphs_of_words(title, text) for n, word in enumerate(found)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words_module, "PIECE", piece)
        assert [(base + n, word) for base, found in pieces_of_words(title, text) for n, word in enumerate(found)] == placed


@given(any_text)
def test_folding_folds_no_further(text: str) -> None:
    for word in words(text):
        assert fold(word) == word
        assert stem(word) == stem(fold(word))


@given(any_text)
def test_both_normal_forms_have_the_same_words(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert words(composed) == words(decomposed)


@given(any_text, st.integers(0, 40), st.integers(0, 40))
def test_a_stretch_of_a_text(text: str, low: int, high: int) -> None:
    low, high = sorted((min(low, len(text)), min(high, len(text))))
    for start, end, word in word_spans(text, low, high):
        assert low <= start < end <= high
        assert fold(text[start:end]) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de-escalation", ["de", "escalation"]),
        ("U.S.", ["u", "s"]),
        ("W-2, H52.1", ["w", "2", "h52", "1"]),
        ("C++ C# F#x C+ a++b", ["c++", "c#", "f", "x", "c", "a++", "b"]),
        ("O’Neill's don't", ["o", "neill", "s", "don", "t"]),
        ("snake_case __init__", ["snake", "case", "init"]),
        ("Ångström Łódź Ærø Þór Straße ﬁ", ["angstrom", "lodz", "aero", "thor", "strasse", "fi"]),
        ("İstanbul ΟΔΟΣ", ["istanbul", "οδοσ"]),
        ("１２３ ＡＢＣ 𝐁old", ["123", "abc", "bold"]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("ＡＢＣ東京Tower", ["abc", "東", "京", "tower"]),
        ("한국어 검색", [unicodedata.normalize("NFKD", "한국어"), unicodedata.normalize("NFKD", "검색")]),
        ("soft\u00adhyphen zero\u200bwidth", ["softhyphen", "zerowidth"]),
        ("— … «» 🙂", []),
        ("", []),
    ],
)
def test_what_a_word_is(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("a\nb", False),
        ("a\n\nb", True),
        ("a\n \t\nb", True),
        ("a\n\n\n\nb", True),
        ("a\u2028\u2028b", False),
        ("a\n\x0b\nb", True),
    ],
)
def test_what_parts_paragraphs(text: str, parted: bool) -> None:
    assert bool(PARAGRAPH_BREAK.search(text)) is parted


def test_stems() -> None:
    assert stem("delays") == stem("delayed") == stem("delaying") == stem("delay")
    assert stem("news") != stem("new")
