"""Names that are none: techniques, substances and units, words that take an article, signs, and cells of tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from explorer.analysis.agreement import Settled
from explorer.analysis.lexicon import ACRONYM, COMMON, FIRST, ORG_HEAD, PLACE_HEAD, STRONG_ORG_HEAD, SURNAME, flags, known
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
CELL = 0.95
"""How probable a name must be that stands only where there are no sentences."""
FEW_SMALL = 0.25
"""The share of words in small letters below which words are no sentence: a heading, a table's row, a menu."""
ROW = 12
"""Words from which on a line without small letters is rather a table's row than a heading."""
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?(?:[kKMGTPEmµn]?i?(?:[BbWVAJFglmsΩ]|Hz|Pa|eV|bps|mol))")
_RELEASE = re.compile(r"v?\d{1,3}(?:\.\d{1,3}){1,3}(?:[a-z]\w{0,5})?|\d+\.x|v\d{1,3}")
_AMOUNT = frozenset({"%", "percent", "per", "points", "point", "million", "billion", "m", "bn", "cents", "euros", "dollars", "times"})
_ARTICLES = frozenset({"a", "an", "his", "her", "their", "my", "your", "our", "its", "each", "every", "no", "any", "whose", "these", "those"})
_GLUE = frozenset("_=<>{}\\$`")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an"})


def without_things(words: Words, found: Sequence[Settled]) -> list[Settled]:
    """The names without those that are things wherever they stand in the text, and without cells of tables; in order."""
    forms: defaultdict[str, list[Settled]] = defaultdict(list)
    for one in found:
        forms[form_of(words.text(one.first, one.last))].append(one)
    software = len(_SOFTWARE.intersection(words.texts)) >= ABOUT_SOFTWARE
    cells = _cells(words)
    in_prose = {text for one in found if not cells[one.first] for text in words.texts[one.first : one.last]}
    dropped = {form for form, mentions in forms.items() if _is_thing(words, form, mentions, software)}
    kept: list[Settled] = []
    for form, mentions in forms.items():
        if form in dropped or (form.endswith("s") and form[:-1] in dropped and form not in known()):
            continue
        kept += [one for one in mentions if not _glued(words, one) and not (cells[one.first] and _is_cell(words, one, cells, in_prose))]
    return sorted(kept, key=lambda one: one.first)
