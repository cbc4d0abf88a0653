"""Random phrases and Nears of few words, and random texts of the same words, so that much of it matches."""

from __future__ import annotations

from hypothesis import strategies as st

from explorer.index.query.syntax import AnyOf, Near, Part, Phrase, Positional

WORDS = ("a", "b", "c", "ab", "ba", "tax", "taxes", "12")
WRITTEN = (
    *("a", "b", "c", "A", "B", "ab") * 4,
    *WORDS,
    "C",
    "Tax",
    "taxed",
    "Á",
    "b-a",
    "Mr",
    "U.S.",
    "a'b",
    "日本",
    "a_b",
    "C++",
    "a\u00adb",
)
GAPS = (" ",) * 6 + ("\n", ". ", ". ", ".\n", "! ", "? ", ".” ", "\n\n", "\n \n", ", ", "-", " — ", ": ", "\u2028", "", "…")

word = st.sampled_from(("a", "b", "c") * 3 + WORDS)
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
    st.sampled_from([1] * 6 + [2, 2, 3]).flatmap(lambda size: st.tuples(*[parts] * size)),
    st.just("shown"),
    st.sampled_from(["anywhere"] * 15 + ["title"]),
)
within = st.sampled_from([1, 2, 3, 3, 4, 5, 5, 6, 7, 1000, "sentence", "sentence", "paragraph"])


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
    """Texts of up to so many words, most of them not much shorter."""
    piece = st.tuples(st.sampled_from(WRITTEN), st.sampled_from(GAPS)).map("".join)
    sizes = st.sampled_from([0, longest // 2, *[longest] * 4])
    return sizes.flatmap(lambda size: st.lists(piece, min_size=size, max_size=size)).map("".join)
