"""The full name of a person behind a shorter one in the same text: surname, given name, initials, nickname, spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from explorer.analysis.folding import PARTICLES, Form, bare, near, plain, sound
from explorer.analysis.lists import lines
from explorer.analysis.lists import words as word_list

Joined = tuple[str, str]
"""A canonical name and how a form of it was recognised; "" where it is the name itself."""

Open = tuple[str, tuple[str, ...]]
"""How a form would stand for a longer name ("surname of"), and the names it fits, of which its place in the text chooses."""

MOST_ALIKE = 100
"""More names than these with a word in common are not joined by it: nothing would single one out."""
_PARENT_OF = frozenset({"umm", "um", "abu", "abou", "oum"})
_FAMILY_FIRST = frozenset(word.casefold() for word in word_list("family_names_first"))
CLIPPED = 3
"""Letters a given name cut short has at least: Alex for Alexander."""


class People:
    """The full names of a text, each with the forms that were joined to it; ``several`` has forms that fit more than one."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.found: dict[str, Joined] = {}
        self.several: dict[str, Open] = {}
        self._full: list[Form] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        ordered = sorted(forms, key=_fullness)
        for form in ordered:
            if len(form.words) > 1:
                self._settle(form, self._same_person(form))
        for form in ordered:
            if len(form.words) == 1:
                self._settle(form, self._holders(form))

    def _settle(self, form: Form, fits: tuple[Sequence[int], str]) -> None:
        holders, how = fits
        if len(holders) == 1:
            name = bare(self._full[holders[0]].text)
            self.found[form.text] = (name, f"{how} {name}")
            return
        self.found[form.text] = (bare(form.text), "")
        if holders:
            self.several[form.text] = (how, tuple(bare(self._full[place].text) for place in holders))
        else:
            self._add(form)

    def _add(self, form: Form) -> None:
        place = len(self._full)
        self._full.append(form)
        keys = {key for word in form.words for key in (word, sound(word), *word.split("-"))}
        keys |= {_whole(form.words), form.nick, _initials(form.words)} - {""}
        for start in range(1, len(form.words)):
            keys.add(_whole(form.words[start:]))
        for key in keys:
            self._by_word[key].append(place)

    def _near(self, *keys: str) -> list[int]:
        found: dict[int, None] = {}
        for key in keys:
            places = self._by_word.get(key, ())
            if len(places) <= MOST_ALIKE:
                found.update(dict.fromkeys(places))
        return list(found)

    def _same_person(self, form: Form) -> tuple[list[int], str]:
        """The full names that a form of several words shortens or spells otherwise, and how."""
        words, whole = form.words, _whole(form.words)
        others = self._near(whole, words[-1], words[0], sound(words[-1]), sound(words[0]), *([form.nick] if form.nick else []))
        for fits, how in _WAYS:
            holders = [place for place in others if fits(words, self._full[place])]
            if holders:
                return holders, how
        return [], ""

    def _holders(self, form: Form) -> tuple[list[int], str]:
        """Those who can be called by a lone name, and as what: surname first, then given name, nickname, part of it."""
        word = form.words[0]
        near_by = self._near(word, sound(word), word.replace("-", ""), *_formal().get(word, ()))
        others = [place for place in near_by if self._full[place].words[0] not in _PARENT_OF]
        ways = (*_LONE, *_LETTERS) if form.text.isupper() else _LONE
        for fits, how in ways:
            holders = [place for place in others if fits(word, self._full[place])]
            if holders:
                return holders, how
        slips = [place for place, other in enumerate(self._full[:MOST_ALIKE]) if near(word, other.words[-1])]
        return (slips, "spelling of the surname of") if len(slips) == 1 else ([], "")


@cache
def _formal() -> dict[str, frozenset[str]]:
    """Short given names and the full ones they may stand for, and the other way round, folded."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines("nicknames"):
        full, *short = plain(line).split()
        for name in short:
            found[name].add(full)
            found[full].add(name)
    return {name: frozenset(others) for name, others in found.items()}


def _fullness(form: Form) -> tuple[int, bool, int, bool, int, int]:
    """Sorts forms: most words first, without nickname or inversion, longest words, not in capitals, commonest, first."""
    letters = sum(len(word.replace("-", "")) for word in form.words)
    return -len(form.words), bool(form.nick) or "," in form.text, -letters, form.text.isupper(), -form.count, form.first


def _whole(words: Sequence[str]) -> str:
    return "".join(words).replace("-", "").replace("'", "")


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def _spelt(words: tuple[str, ...], other: Form) -> bool:
    return _whole(words) == _whole(other.words)


def _swapped(words: tuple[str, ...], other: Form) -> bool:
    """Moon Jae-in, Jae-in Moon."""
    return len(words) < 5 and sorted(words) == sorted(other.words)


def _tail(words: tuple[str, ...], other: Form) -> bool:
    """[Suu Kyi] of Aung San Suu Kyi, [van der Byl] of Willem van der Byl."""
    return len(words) < len(other.words) and (words[0] in PARTICLES or len(words) > 1) and _ends(words, other.words)


def _ends(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    tail, whole = _whole(words), _whole(longer)
    return whole.endswith(tail) and any(_whole(longer[start:]) == tail for start in range(1, len(longer)))


def _shortened(words: tuple[str, ...], other: Form) -> bool:
    """Every word in order, given name or surname at its place: Ada Roe, A. M. Roe, Ada M. Roe for Ada Maria Roe."""
    longer = other.words
    if words[-1] == longer[-1]:
        return _in_order(words[:-1], longer[:-1], other.nick)
    return len(words) < len(longer) and words[0] == longer[0] and _in_order(words, longer, "")


def _in_order(words: Sequence[str], longer: Sequence[str], nick: str) -> bool:
    rest = iter((*longer, nick) if nick else longer)
    return all(any(_same(part, other) for other in rest) for part in words)


def _same(one: str, two: str) -> bool:
    return one == two or (len(one) == 1 and two.startswith(one)) or (len(two) == 1 and one.startswith(two))


def _familiar(words: tuple[str, ...], other: Form) -> bool:
    """The same surname behind a pet name or a given name cut short: Bill Roe, Alex Roe."""
    one, two = words[0], other.words[0]
    same = words[-1] == other.words[-1] and len(words) == 2 and len(one) > 1
    short, long = sorted((one, two), key=len)
    clipped = len(short) >= CLIPPED and (long.startswith(short) or (len(short) > CLIPPED and long.endswith(short)))
    pet = bool(_formal().get(one, frozenset()) & {two} or _formal().get(two, frozenset()) & {one})
    return (same and (pet or clipped)) or (words[-1] in other.words[1:] and pet)


def _transliterated(words: tuple[str, ...], other: Form) -> bool:
    longer = other.words
    if sound(words[-1]) != sound(longer[-1]):
        return False
    rest = iter(longer[:-1])
    return all(any(_same(part, word) or sound(part) == sound(word) for word in rest) for part in words[:-1])


def _slip(words: tuple[str, ...], other: Form) -> bool:
    longer = other.words
    return len(words) == len(longer) and words[:-1] == longer[:-1] and len(words[0]) > 1 and near(words[-1], longer[-1])


_WAYS = (
    (_spelt, "spelling of"),
    (_swapped, "other order of"),
    (_tail, "surname of"),
    (_shortened, "short for"),
    (_familiar, "familiar form of"),
    (_transliterated, "spelling of"),
    (_slip, "spelling of"),
)


def _family_first(word: str, other: Form) -> bool:
    """Moon of Moon Jae-in, not Lee of Lee Thornbury."""
    return word == other.words[0] and word in _FAMILY_FIRST and len(other.words) < 4


_LONE = (
    (lambda word, other: word == other.words[-1], "surname of"),
    (lambda word, other: word.replace("-", "") == _whole(other.words[-1:]), "surname of"),
    (_family_first, "family name of"),
    (lambda word, other: len(word) > 3 and sound(word) == sound(other.words[-1]), "spelling of the surname of"),
    (lambda word, other: word == other.words[0], "given name of"),
    (lambda word, other: word == other.nick, "nickname of"),
    (lambda word, other: word in other.words, "part of"),
    (lambda word, other: word in other.words[-1].split("-") and len(word) > 2, "part of"),
    (lambda word, other: other.words[0] in _formal().get(word, ()), "nickname of"),
    (lambda word, other: len(word) > 3 and sound(word) == sound(other.words[0]), "spelling of the given name of"),
)

_LETTERS = ((lambda word, other: word == _initials(other.words), "initials of"),)
