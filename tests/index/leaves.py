"""Random phrases and Nears of few words, and random texts of the same words, so that much of it matches."""

from __future__ import annotations

from hypothesis import strategies as st

from explorer.index.query.syntax import AnyOf, Near, Part, Phrase, Positional

WORDS = ("a", "b", "c", "ab", "ba", "abc", "bac", "tax", "taxes", "taxed", "12", "1")
WRITTEN = (*WORDS, "A", "B", "C", "Tax", "Taxes", "Á", "b-a", "Mr", "U.S.", "a'b", "日本", "a_b", "C++", "a\u00adb")
GAPS = (" ",) * 6 + ("\n", ". ", ". ", ".\n", "! ", "? ", ".” ", "\n\n", "\n \n", ", ", "-", " — ", ": ", "\u2028", "", "…")

word = st.sampled_from(WORDS)
parts = st.one_of(
    word.map(Part),
    word.map(lambda text: Part(text, "exact")),
    st.sampled_from(["a", "t", "ta", "tax", "1"]).map(lambda text: Part(text, "typed")),
    st.sampled_from(["a*", "*a", "?", "??", "t*s", "*x*", "a?", "*", "1?*"]).map(lambda text: Part(text, "wild")),
    st.tuples(word, st.integers(1, 2)).map(lambda both: Part(both[0], "fuzzy", both[1])),
    st.sampled_from([r"[ab]+", r"\d+", r"a.?", r"ta(x|xes)", r".{2}", r"[^a]*", r"(ab|ba)c?", r"\w", r"\D+"]).map(
        lambda text: Part(text, "regex")
    ),
)
phrases = st.builds(
    Phrase,
    st.lists(parts, min_size=1, max_size=3).map(tuple),
    st.just("shown"),
    st.sampled_from(["anywhere"] * 9 + ["title"]),
)
within = st.one_of(st.integers(1, 6), st.sampled_from([1, 1000, "sentence", "paragraph", "sentence", "paragraph"]))


def _nears(operands: st.SearchStrategy[Positional]) -> st.SearchStrategy[Near]:
    return st.builds(Near, operands, operands, within, st.booleans())


operands: st.SearchStrategy[Positional] = st.recursive(
    phrases,
    lambda inner: st.one_of(_nears(inner), st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple))),
    max_leaves=3,
)
nears = _nears(operands)
leaves = st.one_of(phrases, nears, nears)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts of up to so many words."""
    return st.lists(st.tuples(st.sampled_from(WRITTEN), st.sampled_from(GAPS)), max_size=longest).map(
        lambda pieces: "".join(written + gap for written, gap in pieces)
    )
