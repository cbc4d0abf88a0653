"""Runs of capitalised words: where a name may stand, and what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from explorer.analysis.layout import Layout, Paragraph, Role
from explorer.analysis.lexicon import COMMON, DEMONYM, FUNCTION, TITLE, flags
from explorer.analysis.lists import words as word_list
from explorer.analysis.segment import TOKEN
from explorer.model import EntityType, Span

MOST_WORDS = 14
"""A longer run of capitalised words is a heading or noise, and is cut here: work stays linear."""

_LOWER_PREFIX = re.compile(r"(?:[aA]l|el|ad|as|an|ash|az|ar|at|ul|[dDlL]|bin|e|i)[-'’]?[A-Z]")
_QUOTES = frozenset('"“”«»„')
PARTICLES = word_list("particles")
_FIGURE = frozenset({"Image", "Photo", "Picture", "Credit", "File", "Video", "Photos", "Images"})
_ABBREVIATED = frozenset(word for word in word_list("abbreviations_before_names") if word.isalpha()) | {"jr", "sr", "st"}
_TAILS = word_list("hyphen_tails")


@dataclass(slots=True)
class Words:
    """The words of a text in parallel lists; ``opens`` says a word's capital may come from its position.

    ``breaks``: no name runs into the word from the left; ``shouts``: capitals mean nothing in its line;
    ``sentences`` are spans of words.
    """

    source: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    shouts: list[bool] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    hints: dict[int, EntityType] = field(default_factory=dict)

    def text(self, first: int, last: int) -> str:
        """The text of the words from ``first`` up to, not with, ``last``."""
        return self.source[self.starts[first] : self.ends[last - 1]]

    def at(self, index: int) -> str:
        """The word at ``index``, empty outside the text."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""


def read_words(text: str, layout: Layout, taken: Sequence[Span]) -> Words:
    """The words of every sentence; those inside ``taken`` spans (dates, sorted) are made lower-case marks."""
    found = Words(text)
    starts, ends, texts = found.starts.append, found.ends.append, found.texts.append
    opened, broken, shouted = found.opens.append, found.breaks.append, found.shouts.append
    place = first = 0
    dated, dated_end = taken[0] if taken else (len(text), len(text))
    for paragraph in layout.paragraphs:
        shouts = _capitals_mean_nothing(text[paragraph.start : paragraph.end], paragraph.role)
        for start, end in paragraph.sentences:
            opens = breaks = True
            begins = len(found.texts)
            for match in TOKEN.finditer(text, start, end):
                one, two = match.span()
                while dated_end <= one:
                    place += 1
                    dated, dated_end = taken[place] if place < len(taken) else (len(text), len(text) + 1)
                word = match.group()
                inside = dated <= one
                if inside:
                    word, opens, breaks = "0", False, True
                for start_of, end_of in _parts(word, one) if "-" in word else ((one, two),):
                    starts(start_of)
                    ends(end_of)
                    texts(word if end_of - start_of == two - one else text[start_of:end_of])
                    opened(opens)
                    broken(breaks)
                    shouted(shouts)
                    breaks = inside
                if not word[0].isalnum():
                    opens = opens or word in _QUOTES or word in ":•"
                else:
                    opens = False
            found.sentences.append((begins, len(found.texts)))
        hint(found, paragraph, first)
        first = len(found.texts)
    return found


def hint(words: Words, paragraph: Paragraph, first: int) -> None:
    """Notes what the place in the paragraph says of its names: its words begin at ``first``."""
    if paragraph.role == "byline":
        kind: EntityType = "PERSON"
        for index in range(first + 1, len(words.texts)):
            if words.texts[index] == ";":
                kind = "PERSON"
            elif words.texts[index] == "in":
                kind = "PLACE"
            elif words.texts[index] in (",", "|", "for", "at", "/"):
                return
            words.hints[index] = kind
        return
    end = paragraph.dateline[1] if paragraph.dateline else 0
    inside = False
    for index in range(first, len(words.texts)):
        if words.ends[index] > end:
            break
        inside = inside or words.texts[index] in "(["
        words.hints[index] = "ORG" if inside else "PLACE"
    label = _LABEL.match(words.source, paragraph.start)
    if label and paragraph.role in ("body", "heading"):
        for index in range(first, len(words.texts)):
            if words.starts[index] >= label.end():
                break
            words.hints[index] = "PERSON"


_LABEL = re.compile(r"[A-Z][A-Z.'’-]{1,30}(?: [A-Z][A-Z.'’-]{0,30}){0,4}(?=:\s)")


def _parts(word: str, start: int) -> list[Span]:
    """The word with a hyphen as a span, "Rome-based" as three."""
    if word[0].isupper():
        head, _, tail = word.rpartition("-")
        known_pair = tail[:1].isupper() and "-" not in head and _pair(head, tail)
        if tail in _TAILS or known_pair:
            middle = start + len(head)
            return [(start, middle), (middle, middle + 1), (middle + 1, start + len(word))]
    return [(start, start + len(word))]


def _pair(one: str, two: str) -> bool:
    from explorer.analysis.lexicon import known

    return (one in known() or bool(flags(one) & DEMONYM)) and (two in known() or bool(flags(two) & DEMONYM))


def _capitals_mean_nothing(line: str, role: Role) -> bool:
    """Whether a line is in capitals, or capitalises every word as headlines do."""
    if len(line) > 200 or role == "byline":
        return False
    long = [word for word in TOKEN.findall(line) if len(word) > 3 and word.isalpha()]
    if len(long) < 2:
        return bool(long) and long[0].isupper() and len(long[0]) > 5
    capital = sum(word[0].isupper() for word in long)
    if sum(word.isupper() for word in long) * 3 >= len(long) * 2:
        return True
    if role != "heading":
        return False
    plain = sum(word[0].isupper() and bool(flags(word) & COMMON) and not flags(word) & TITLE for word in long)
    return len(long) >= 4 and capital * 5 >= len(long) * 4 and plain * 2 >= len(long)


def is_capital(word: str) -> bool:
    """Whether a word is written as a name is: McCain, al-Sisi, G7, iPhone."""
    first = word[0]
    if first.isupper():
        return True
    if first.isdigit():
        return len(word) < 6 and word[-1].isupper() and word[-1] not in "KMG"
    return len(word) > 2 and first in "aAebiudDlL" and _LOWER_PREFIX.match(word) is not None


def runs(words: Words) -> Iterator[Span]:
    """Runs of capitalised words as (first, last) indexes, half-open, with particles, initials and ``&`` inside."""
    texts, count = words.texts, len(words.texts)
    index = 0
    for first, text in enumerate(texts):
        if first < index or text.islower() or first in words.taken or not is_capital(text):
            continue
        index = first + 1
        while index < count and index - first < MOST_WORDS:
            step = _step(words, index)
            if not step:
                break
            index += step
        yield first, index


def _step(words: Words, index: int) -> int:
    """How many words further the run goes on at ``index``; 0 where it ends."""
    texts = words.texts
    if words.breaks[index] or index in words.taken:
        return 0
    word = texts[index]
    if is_capital(word):
        return 1
    following = words.at(index + 1)
    if not following or words.breaks[index + 1]:
        return 0
    if word == "." and words.ends[index - 1] == words.starts[index]:
        before = texts[index - 1]
        initial = len(before) == 1 or before.lower() in _ABBREVIATED
        return 2 if initial and is_capital(following) else 0
    if word in _QUOTES and words.at(index + 2) in _QUOTES and is_capital(following):
        after = words.at(index + 3)
        near = words.starts[index] > words.ends[index - 1] and words.starts[index + 1] == words.ends[index]
        return 3 if near and after and (is_capital(after) or after in PARTICLES) and not words.breaks[index + 3] else 0
    if word == "&":
        return 2 if is_capital(following) else 0
    if word in PARTICLES:
        if is_capital(following):
            return 2
        after = words.at(index + 2)
        return 3 if following in PARTICLES and after and is_capital(after) and not words.breaks[index + 2] else 0
    return 0


def trimmed(words: Words, first: int, last: int) -> Span:
    """The run without words that are no names (The, But, Monday) at its ends."""
    if first < last and words.texts[last - 1] in _FIGURE and words.at(last) == ":":
        last -= 1
    while first < last and (flags(words.texts[first]) & FUNCTION or words.texts[first] in ".&"):
        if _acronym_in_place(words, first) or (words.at(first + 1) in ("'s", "’s") and first + 2 < last):
            break
        if words.texts[first] in ("Jan", "Jun") and first + 1 < last:
            break  # a first name here: dates are taken out before
        first += 1
    while last > first and (flags(words.texts[last - 1]) & FUNCTION or words.texts[last - 1] in ".&"):
        if _acronym_in_place(words, last - 1):
            break
        last -= 1
    return first, last


def _acronym_in_place(words: Words, index: int) -> bool:
    """US, WHO, IT are written like function words; in capitals among small letters they are names."""
    word = words.texts[index]
    return word.isupper() and len(word) > 1 and not words.shouts[index] and word in ("US", "WHO", "AU", "UP", "U.S.")
