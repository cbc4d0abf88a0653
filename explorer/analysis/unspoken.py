"""Words in quote marks that nobody says: code, entries of a list of references, titles and labels without a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.analysis.asides import is_verb, low_at
from explorer.analysis.layout import Paragraph
from explorer.analysis.phrases import Item
from explorer.analysis.segment import TOKEN

_CODE = re.compile(r"[{}<>\\|=]|https?://|\]\(|\[\[|(?:^|\s)--\w|\$[A-Za-z_(]|\w\(\)|(?:^|\s)%[a-z]\b")
_REFERENCE = re.compile(r"\^|\[\d{1,3}\]\s|\(?\d{1,3}[.)\]]\s")
_SOURCED = re.compile(r"\b(?:Retrieved|Accessed|Archived from|ISBN|ISSN|doi|pp?\. \w?-?\d|vol\. \d)", re.I)
LONGEST_ENTRY = 600
"""Characters of an entry of a list of references, at most."""
LONGEST_SALUTATION = 10
"""Items of "DEAR LOST IN DORSET:", at most."""
_FINITE_BITS = ("'s", "'re", "'m", "'ll", "'ve", "'d", "n't")


def is_code(words: str) -> bool:
    """Whether words in marks are a piece of a program, a command or markup."""
    return bool(_CODE.search(words))


def is_reference(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph is an entry of a list of references: "^ “Title”. Publisher. Retrieved May 6, 2013."."""
    start, end = paragraph.start, paragraph.end
    if end - start > LONGEST_ENTRY:
        return False
    return text[start] == "^" or bool(_REFERENCE.match(text, start, end) and _SOURCED.search(text, start, end))


def sounds_spoken(row: Sequence[Item], index: int) -> bool:
    """Whether words in marks are a sentence: they end as one, or hold a verb."""
    low = row[index].low
    if low[-1:] in ".!?…," or low_at(row, index + 1) in ("!", "?"):
        return True
    return any(_verbal(match.group()) for match in TOKEN.finditer(low.replace("’", "'")))


def _verbal(word: str) -> bool:
    return word.endswith(_FINITE_BITS) or is_verb(Item(0, 0, word, "word"))


def without_salutation(row: Sequence[Item]) -> Sequence[Item]:
    """The sentence behind "DEAR ABBY:", which names whom a letter is to."""
    if not row or row[0].low != "dear":
        return row
    colon = next((index for index in range(1, min(len(row), LONGEST_SALUTATION)) if row[index].low in (":", ",")), None)
    return row if colon is None else row[colon + 1 :]
