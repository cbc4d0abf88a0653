"""The words of a quote, and where words come from: the same on screen, in the clipboard and in every file written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import pairwise

from explorer.model import Passage, Quote
from explorer.reading.clean import clean_line

LEFT_OUT = " […] "
_PLAIN_MARKS = frozenset("\"'`´>")  # > opens the quoted lines of a mail


def quoted_words(quote: Quote) -> str:
    """The quote's own words: its segments, with […] where the narrator's words stood between two of them.

    Segments with nothing but blanks and quote marks between them are joined by a blank.
    """
    pieces = [quote.text[start - quote.start : end - quote.start] for start, end in quote.segments]
    gaps = [quote.text[one[1] - quote.start : two[0] - quote.start] for one, two in pairwise(quote.segments)]
    return "".join(piece + joint for piece, joint in zip(pieces, [*map(_joint, gaps), ""], strict=True))


def _joint(gap: str) -> str:
    if not gap:
        return ""
    only_marks = all(char.isspace() or char in _PLAIN_MARKS or unicodedata.category(char) in {"Pi", "Pf"} for char in gap)
    return " " if only_marks else LEFT_OUT


def shown_words(quote: Quote, form: Callable[[str], str]) -> str:
    """The quote's words as ``form`` writes them, in quote marks where they are direct speech and bring none of their own."""
    words = form(quoted_words(quote))
    return f"“{words}”" if quote.kind == "direct" and not words.startswith(("“", '"', "«")) else words


def speaker_of(quote: Quote) -> str:
    """Who is quoted, and through whom, in words."""
    name = quote.speaker.name if quote.speaker else "speaker not named"
    return f"{name}, via {quote.via}" if quote.via else name


def copies_of(passage: Passage) -> str:
    """How many copies were folded into a passage's document, in words; nothing where there are none."""
    if not passage.copies:
        return ""
    differ = f", {passage.differ} {'differs' if passage.differ == 1 else 'differ'}" if passage.differ else ""
    return f" ({passage.copies} {'copy' if passage.copies == 1 else 'copies'}{differ})"


def _one_line(text: str) -> str:
    return clean_line(text, len(text))


def citation(
    title: str,
    source: str,
    date: str | None,
    path: str,
    quote: Quote | None = None,
    *,
    page: int | None = None,
    form: Callable[[str], str] = _one_line,
    path_form: Callable[[str], str] = _one_line,
) -> str:
    """Where words come from, as far as it is known: speaker, title, source, date, path, page (that of the quote, if any).

    ``form`` writes a part, ``path_form`` the path.
    """
    speaker = speaker_of(quote) if quote else ""
    parts = [form(part) for part in (speaker, title, source, date or "") if part]
    said = page_said(quote.page if quote and quote.page else page)
    return "— " + ", ".join([*parts, path_form(path), *([said] if said else [])])


def page_said(page: int | None) -> str:
    """A page in words, "" where it is not known."""
    return f"p. {page}" if page else ""
