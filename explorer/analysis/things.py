"""Names that are none: techniques, substances and units, words that take an article, signs, and cells of tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from explorer.analysis.agreement import Settled
from explorer.analysis.lexicon import (
    ACRONYM,
    BIG_CITY,
    CITY,
    COMMON,
    FIRST,
    ORG_HEAD,
    PLACE_HEAD,
    STRONG_ORG_HEAD,
    SURNAME,
    TITLE,
    flags,
    known,
)
from explorer.analysis.lists import words as word_list
from explorer.analysis.rule_names import form_of
from explorer.analysis.runs import Words
from explorer.analysis.titles import names_person

_THINGS = word_list("things")
_BY_CONTEXT = word_list("things_by_context")
_SOFTWARE = word_list("software_words")
ABOUT_SOFTWARE = 5
"""Different words of software in a text that writes of it."""
SHARE = 0.2
"""The share of a form's mentions that must be written as a thing's are for it to be one."""
CELL = 0.9
"""How probable a name must be that stands only where there are no sentences."""
DOUBTFUL = 0.75
"""As ``CELL``, for a city."""
FEW_SMALL = 0.25
"""The share of words in small letters below which words are no sentence: a heading, a table's row, a menu."""
ROW = 12
"""Words from which on a line without small letters is rather a table's row than a heading."""
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?(?:[kKMGTPEmµn]?i?(?:[BbWVAJFglmsΩ]|Hz|Pa|eV|bps|mol))")
_BOX = re.compile(r"P\.? ?O\.? ?Box")
_MONTHS = frozenset(
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
)
_RELEASE = re.compile(r"v?\d{1,2}(?:\.\d{1,3}){1,3}(?:[a-z]\w{0,5})?|\d+\.x|v\d{1,3}")
_AMOUNT = frozenset(
    {"%", "percent", "per", "points", "point", "million", "billion", "m", "bn", "cents", "euros", "dollars", "times", "FM", "AM"}
)
_ARTICLES = frozenset(
    {"a", "an", "his", "her", "their", "my", "your", "our", "its", "each", "every", "no", "any", "whose", "these", "those"}
)
_GLUE = frozenset("_=<>{}\\$`")


def without_things(words: Words, found: Sequence[Settled]) -> list[Settled]:
    """The names without those that are things wherever they stand in the text, and without cells of tables; in order."""
    forms: defaultdict[str, list[Settled]] = defaultdict(list)
    for one in found:
        forms[form_of(words.text(one.first, one.last))].append(one)
    software = len(_SOFTWARE.intersection(words.texts)) >= ABOUT_SOFTWARE
    cells = _cells(words)
    in_prose = {text for one in found if not cells[one.first] for text in words.texts[one.first : one.last]}
    dropped = {form for form, mentions in forms.items() if _is_thing(words, form, mentions, software)}
    families = {words.texts[one.last - 1] for one in found if one.type == "PERSON"}
    kept: list[Settled] = []
    for form, mentions in forms.items():
        several_of_them = form[:-1] in dropped or (form[:-1] in families and mentions[0].type == "ORG")
        if form in dropped or (form.endswith("s") and several_of_them and form not in known()):
            continue
        kept += [one for one in mentions if not _glued(words, one) and not _is_cell(words, one, cells[one.first], in_prose)]
    return sorted(kept, key=lambda one: one.first)


def _is_thing(words: Words, form: str, mentions: list[Settled], software: bool) -> bool:
    """Whether a form names no person, organisation or place in this text."""
    texts = [text for text in words.texts[mentions[0].first : mentions[0].last] if text[0].isalnum()]
    if any(_acts(words, one) for one in mentions) or (form in known() and not (software and form in _BY_CONTEXT)):
        return False
    if sum(map(str.isalnum, form)) < 2 or _MEASURE.fullmatch(form) or _BOX.fullmatch(form):
        return True
    if form in _MONTHS and mentions[0].type != "PERSON":
        return True
    surname = any("surname of" in one.how for one in mentions)
    if not surname and _made_of(texts, _THINGS | _BY_CONTEXT if software else _THINGS):
        return True
    if texts[-1] in _THINGS and mentions[0].type == "ORG":
        return True  # the product of a body: Corvex IDE
    if flags(texts[-1]) & ORG_HEAD or len(texts) > 2 or surname:
        return False
    if any(_spelled_small(words, one) for one in mentions):
        return True
    signs = sum(_used_as_thing(words, one) for one in mentions)
    return signs > 0 and signs >= SHARE * len(mentions)


def _acts(words: Words, one: Settled) -> bool:
    """Whether a mention speaks, has an office-holder behind it, or is the network that words are published on."""
    following = words.at(one.last)
    if form_of(words.text(one.first, one.last)) == "X":
        return words.at(one.first - 1) == "on"
    return bool(following) and not words.breaks[one.last] and (following in _JOBS or following in _SPEAKS)


_JOBS = word_list("title_words_lower") - {"engineer", "driver", "operator", "user", "users"}
_SPEAKS = frozenset({"said", "says", "told", "announced", "added", "declined", "argued", "warned", "confirmed", "denied"})


def _made_of(texts: list[str], things: frozenset[str]) -> bool:
    """Whether words are things, or a thing with plain words beside it that make no body or place of it: Java Server."""
    heads = ORG_HEAD | STRONG_ORG_HEAD | PLACE_HEAD | FIRST | SURNAME
    plain = [text for text in texts if text not in things]
    return len(plain) < len(texts) and all(flags(text) & COMMON and not flags(text) & heads for text in plain)


def _spelled_small(words: Words, one: Settled) -> bool:
    """Whether letters in brackets are short for words in small letters: human papillomavirus (HPV)."""
    letters = words.texts[one.first]
    if one.last - one.first > 1 or not flags(letters) & ACRONYM or words.at(one.first - 1) != "(" or words.at(one.last) != ")":
        return False
    start = one.first - 1
    while start > 0 and one.first - start <= len(letters) + 1 and words.texts[start - 1].replace("-", "").isalpha():
        start -= 1
        word = words.texts[start]
        if not word.islower():
            return False
        if word[0] == letters[0].lower() and _inside(letters.lower(), "".join(words.texts[start : one.first - 1])):
            return True
    return False


def _inside(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _used_as_thing(words: Words, one: Settled) -> bool:
    """Whether a mention has an article as no name has ("a Corvex."), a release ("Corvex 2.1") or a model's year."""
    before, after = words.at(one.first - 1), words.at(one.last)
    if one.type == "PLACE" or words.shouts[one.first]:
        return False
    if one.last < len(words.texts) and not words.breaks[one.last] and _RELEASE.fullmatch(after):
        return words.at(one.last + 1) not in _AMOUNT
    if words.breaks[one.first]:
        return before == "0" and _is_model_year(words, one)
    return before in _ARTICLES and _ends_phrase(words, one.last)


def _is_model_year(words: Words, one: Settled) -> bool:
    """Whether a year stands before the name as it does before a car's: the 2020 Corvex."""
    year = words.source[words.starts[one.first - 1] : words.ends[one.first - 1]]
    new = words.at(one.first - 2).lower() in ("the", "a", "new", "all-new", "'s", "’s")
    return new and year.isdigit() and len(year) == 4 and one.type == "ORG"


def _ends_phrase(words: Words, index: int) -> bool:
    """Whether no noun follows, before which a name may stand behind any article: "a Corvex engineer"."""
    if index >= len(words.texts) or words.breaks[index]:
        return True
    following = words.texts[index]
    return (not following[0].isalnum() and following[0] not in "-'’&/") or following in _PREPOSITIONS


_PREPOSITIONS = frozenset(
    {"in", "on", "with", "for", "from", "to", "at", "by", "that", "which", "and", "or", "is", "was", "has", "had", "can"}
)


def _glued(words: Words, one: Settled) -> bool:
    """Whether a sign of code touches the name, or it is the maker in a product's name: [Corvex] CarPlay."""
    start, end = words.starts[one.first], words.ends[one.last - 1]
    if not _GLUE.isdisjoint(words.source[max(0, start - 1) : start] + words.source[end : end + 1]):
        return True
    return one.type == "ORG" and words.at(one.last) in _THINGS and words.at(one.last)[0].isupper() and not words.breaks[one.last]


def _cells(words: Words) -> list[int]:
    """For each word 0 in a sentence; where there is none, the number of words of its line."""
    found = [0] * len(words.texts)
    for first, last in words.sentences:
        small = sum(map(str.islower, words.texts[first:last]))
        if small >= FEW_SMALL * (last - first):
            continue
        letters = [text for text in words.texts[first:last] if text[0].isalpha()]
        if letters and small < FEW_SMALL * len(letters) and not all(text.isupper() for text in letters):
            found[first:last] = [len(letters)] * (last - first)
    return found


def _is_cell(words: Words, one: Settled, line: int, in_prose: set[str]) -> bool:
    """Whether a name outside of sentences is too doubtful, or run together from the cells of a row."""
    texts = words.texts[one.first : one.last]
    form = form_of(words.text(one.first, one.last))
    if not line or one.first in words.hints or form in known() or form.title() in known() or in_prose.issuperset(texts):
        return False
    if one.type == "PERSON" and len(texts) == 1 and (flags(texts[0]) & FIRST or flags(words.at(one.first - 1)) & TITLE):
        return False
    listed = one.type == "PLACE" and flags(texts[-1]) & (CITY | BIG_CITY)
    if one.probability < (DOUBTFUL if listed else CELL):
        return True
    apart = not _is_word(words, one.first - 1, one.first) and not _is_word(words, one.last, one.last)
    return line > ROW and not apart and not names_person(words, one.first, one.last)


def _is_word(words: Words, index: int, begins: int) -> bool:
    """Whether the word at ``index`` has a capital and is in the line of the name beside it; ``begins`` is the later of both."""
    return 0 <= index < len(words.texts) and words.texts[index][0].isupper() and not words.breaks[begins]
