"""The full name of an organisation behind a shorter one in the same text: short form, acronym, other order of its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from explorer.analysis.folding import COMPANY, SMALL, Form, initials, plain
from explorer.analysis.full_names import MOST_ALIKE, Joined, Open
from explorer.analysis.lexicon import COMMON, DEMONYM, ORG_HEAD, flags, known
from explorer.analysis.lists import words as word_list

_PARTS = word_list("parts_of_bodies")
"""What a body has of its own or beside it: committee, court, foundation. "Senate" is not short for "Senate Banking Committee"."""
_WHOLE = frozenset({"department", "group", "holding", "holdings", "party", "corporation", "company", "bank", "agency"})
"""Words that a name may be short of without being another body's, even if it is well known without them."""
_FOLD = {"labor": "labour", "defense": "defence", "center": "centre", "organization": "organisation", "program": "programme"}
_WELL_KNOWN = word_list("acronyms_known")
SHOUTED = 6
"""Letters from which on a word in capitals is rather a headline's than an acronym."""
RARER = 4
"""How many times rarer a longer name that comes later is than its beginning where it is another's."""
LOOSE = 4
"""Letters an acronym has at least that may leave out a word of the long name."""


class Bodies:
    """The names of a text's organisations: ``found`` says what each form stands for, ``several`` which fit more than one.

    ``apart`` has pairs of forms, the short one first, that the text tells from each other.
    """

    def __init__(self, forms: Iterable[Form], apart: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.found: dict[str, Joined] = {}
        self.several: dict[str, Open] = {}
        self._apart = apart
        self._by_word: dict[str, list[Form]] = defaultdict(list)
        self._by_letters: dict[str, list[Form]] = defaultdict(list)
        self._by_bag: dict[frozenset[str], Form] = {}
        self._by_list: dict[str, Form] = {}
        self._spelt: dict[str, list[Form]] = defaultdict(list)
        self._long: list[Form] = []
        rows = sorted(forms, key=_fullness)
        written = {form.text for form in rows}
        for form in rows:
            self._settle(form)
            if form.listed in _WELL_KNOWN and form.listed in written and self.found[form.text] == (form.text, ""):
                self.found[form.text] = (form.listed, "" if form.listed == form.text else f"other name of {form.listed}")

    def _settle(self, form: Form) -> None:
        fits, how = self._longer(form)
        names = tuple(dict.fromkeys(self.found[other.text][0] for other in fits))
        if len(names) == 1:
            self.found[form.text] = (names[0], f"{how} {names[0]}")
            return
        self.found[form.text] = (form.text, "")
        if names:
            self.several[form.text] = (how, names)
            return
        if form.listed != form.text and form.text in _WELL_KNOWN:
            self.found[form.text] = (form.listed, f"acronym of {form.listed}")
        self._add(form)

    def _add(self, form: Form) -> None:
        words = form.words
        for key in {words[0], words[-1], *words[1:2]}:
            self._by_word[key].append(form)
        self._spelt[_key(words)].append(form)
        self._by_bag.setdefault(_bag(words), form)
        if form.listed:
            self._by_list.setdefault(form.listed, form)
        if len(words) > 1:
            self._long.append(form)
            for letters in {initials(words, small=True), initials(words, small=False), _with_suffix(form)}:
                self._by_letters[letters].append(form)

    def _longer(self, form: Form) -> tuple[Sequence[Form], str]:
        """The fuller names ``form`` may stand for, and how."""
        words = form.words
        if rows := self._spelt.get(_key(words)):
            legal = {one for one in map(_legal_form, rows) if one}
            fits = [row for row in rows if not _legal_form(form) or _legal_form(row) in ("", _legal_form(form))]
            if fits and (len(legal) < 2 or _legal_form(form)):
                return self._allowed(form, fits[:1]), "spelling of"
            return [], ""
        if form.listed and (same := self._by_list.get(form.listed)) is not None:
            return [same], "other name of"
        if _is_acronym(form) and (fits := self._spelled_out(form)):
            return fits, "acronym of"
        if len(words) > 1 and (same := self._by_bag.get(_bag(words))) is not None:
            return [same], "other order of"
        return self._allowed(form, self._shortened(form)), "short for"

    def _allowed(self, form: Form, fits: Sequence[Form]) -> list[Form]:
        return [other for other in fits if (form.text, other.text) not in self._apart]

    def _spelled_out(self, form: Form) -> list[Form]:
        """The names of which the letters are an acronym; one may leave out a word where nothing else fits."""
        letters = _letters(form).upper()
        exact = [long for long in self._by_letters.get(letters, ()) if letters.lower() not in long.words]
        if len(exact) > MOST_ALIKE:
            return []
        if exact or len(letters) < LOOSE or form.listed or form.text.istitle():
            return exact
        loose = [long for long in self._long[:MOST_ALIKE] if _nearly(letters, initials(long.words, small=False))]
        return loose if len(loose) == 1 else []

    def _shortened(self, form: Form) -> list[Form]:
        words = form.words
        if form.text.islower() or _is_company(form) or (len(words) == 1 and flags(form.text) & DEMONYM):
            return []
        rows = [self._by_word.get(key, []) for key in dict.fromkeys((words[0], words[-1]))]
        others = dict.fromkeys(other for row in rows if len(row) <= MOST_ALIKE for other in row)
        begins = [other for other in others if _begins(form, other)]
        if begins:
            begins = [other for other in begins if other.words[-1] not in _PARTS - _WHOLE] or begins
            least = min(len(other.words) for other in begins)
            return begins if len(words) == 1 else [other for other in begins if len(other.words) == least]
        has_parts = any(other.words[: len(words)] == words for other in others)
        # a name that begins others is a name of its own: only what stood before it can tell of what it is short
        return [other for other in others if _ends(form, other) and not (has_parts and form.first < other.first)]


def _fullness(form: Form) -> tuple[int, int, bool, int, int]:
    """Sorts forms: most words first, of those the longest as written, not in capitals, commonest, first."""
    return -len(form.words), -len(form.text), form.text.isupper(), -form.count, form.first


def _key(words: Sequence[str]) -> str:
    return "".join(_FOLD.get(word, word) for word in words).replace("-", "").replace("'", "").replace("/", "")


def _bag(words: Sequence[str]) -> frozenset[str]:
    """The words that tell, whatever their order: Ministry of Health, health ministry."""
    return frozenset(_FOLD.get(word, word).removesuffix("'s") for word in words if word not in SMALL)


def _with_suffix(form: Form) -> str:
    return initials(tuple(plain(word) for word in form.text.split()), small=False)


def _letters(form: Form) -> str:
    """The letters and figures of a form: U.N., M&S, A & B."""
    return "".join(filter(str.isalnum, form.text))


def _is_acronym(form: Form) -> bool:
    letters = _letters(form)
    if letters.istitle() and len(letters) > 2:  # Nato, Unicef
        return len(form.words) == 1 and len(letters) < 9
    return len(form.words) < 4 and 1 < len(letters) < 9 and 2 * sum(letter.isupper() for letter in letters) > len(letters)


def _nearly(letters: str, full: str) -> bool:
    """Whether ``letters`` are ``full`` but for one letter inside."""
    return len(full) == len(letters) + 1 and any(full[:place] + full[place + 1 :] == letters for place in range(1, len(letters)))


def _is_letters(form: Form) -> bool:
    """Whether a form is an acronym beyond doubt, which nothing longer only begins or ends with."""
    return form.text.isupper() and len(form.text) < SHOUTED


def _head(word: str) -> bool:
    return bool(flags(word.capitalize()) & ORG_HEAD)


def _begins(form: Form, other: Form) -> bool:
    """Whether the form begins the other name, a country before that left out, and the rest makes no other body of it."""
    words, longer = form.words, other.words
    if longer[: len(words)] != words and _origin(longer[:1]) and not _origin(words):
        longer = longer[1:]
    rest = longer[len(words) :]
    if not rest or longer[: len(words)] != words:
        return False
    two_of_them = rest[0] == "and" and not (_is_company(other) or _head(rest[-1]))
    if two_of_them or (form.first < other.first and _another(form, other, rest)):
        return False
    if rest[0] in ("of", "for", "in"):
        return not _origin(words[-1:])
    if rest[-1] in _PARTS - _WHOLE and (form.listed or len(words) > 1):
        return False
    if _is_company(other) or rest[-1] in _WHOLE:
        return len(words) == 1 or len(rest) < 3
    return not form.listed and not _is_letters(form) and (len(words) == 1 or len(rest) == 1)


def _another(form: Form, other: Form, rest: Sequence[str]) -> bool:
    """Whether a name that comes after its beginning is rather of a part: a branch abroad, a committee, something rare."""
    if _origin(rest) or rest[-1] in _REGIONS or rest[-1] in _PARTS - _WHOLE:
        return form.count > 1
    return form.count > RARER * other.count and not _is_company(other) and rest[-1] not in _WHOLE


_REGIONS = frozenset({"europe", "asia", "africa", "america", "americas"})


def _legal_form(form: Form) -> str:
    """The legal form that a name ends with, one spelling for each, "" where it has none."""
    last = plain(form.text.split()[-1]).replace(".", "").strip(",")
    return _LEGAL.get(last, last) if " " in form.text and last in COMPANY else ""


_LEGAL = {"inc": "incorporated", "corp": "corporation", "co": "company", "ltd": "limited"}


def _is_company(form: Form) -> bool:
    """Whether a name ends with its form of company, so that it is whole."""
    return " " in form.text and plain(form.text.split()[-1]).replace(".", "").strip(",") in COMPANY


def _ends(form: Form, other: Form) -> bool:
    """Whether the form ends the other name and what stands before only says of where or of what kind it is."""
    words, longer = form.words, other.words
    rest = longer[: -len(words)]
    if not rest or longer[-len(words) :] != words:
        return False
    if len(words) > 1:
        return rest[-1] not in SMALL
    if _is_letters(form):
        return False
    if _head(words[0]):
        return not {"and", "of"} & set(rest)
    if len(rest) == 2 and rest[1] == "of":
        rest = rest[:1]
    return len(rest) == 1 and not _origin(words) and not _origin(rest) and not flags(form.text.lower()) & COMMON


def _origin(words: Sequence[str]) -> bool:
    """Whether words name a country or city and nothing else."""
    written = [word.capitalize() if len(word) > 2 else word.upper() for word in words if word not in SMALL]
    place = known().get(" ".join(written), ("",))[0] == "PLACE"
    return bool(written) and (place or all(flags(word) & DEMONYM for word in written))


def is_kind(form: str) -> bool:
    """Whether a short form only says what kind of body is meant, so that the one named last is: the Fund, Foreign Ministry."""
    return _head(form.rsplit(maxsplit=1)[-1])
