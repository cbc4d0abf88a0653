"""Which words a part of a phrase matches: one word at a time in texts, a whole vocabulary at once for the index.

Regular expressions are RE2's (Cox, "Regular Expression Matching Can Be Simple And Fast", 2007): linear time, bounded memory.
Fuzzy words are those within an optimal string alignment distance (Damerau 1964, as computed by Wagner and Fischer 1974).
"""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from explorer.index.query.syntax import Part, QueryError
from explorer.index.words import stem

Matches = Callable[[str], bool]
REGEX_MEMORY = 1 << 20  # bytes that one compiled regular expression may take
LIST_MEMORY = 4 * REGEX_MEMORY  # the same for a pattern that stands twice in another
LONG_WORD = 200  # letters
AT_ONCE = 50_000  # words a pattern is tried on in one step
MOST_JUDGED = 50_000  # distinct words whose answers are kept for one part

_WILDCARDS = re.compile(r"[*?]+")
# Flags, and what looks at or past the ends of the whole text, mean another thing in a list of words than in one word.
_NOT_IN_A_LIST = re.compile(r"\(\?(?!:)|\\[AzCQ]")
_BETWEEN = b"\n\xff\n"  # no pattern can match a byte that is not UTF-8, so none reaches from one word into the next


def matcher(part: Part) -> Matches:
    """Whether a folded word is one that a part matches; raises QueryError for a pattern that is none."""
    text = part.text
    match part.kind:
        case "exact":
            return text.__eq__
        case "stem":
            wanted = stem(text)
            return lambda word: word == text or stem(word) == wanted
        case "typed":
            wanted = stem(text)
            return lambda word: word.startswith(text) or stem(word) == wanted
        case "wild":
            fits = re.compile(fnmatch.translate(text)).match
            return lambda word: fits(word) is not None
        case "fuzzy":
            return _fuzzy(text, part.distance)
        case "regex":
            whole = _regex(text).fullmatch
            return lambda word: whole(word.encode()) is not None


def _fuzzy(text: str, distance: int) -> Matches:
    from rapidfuzz.distance import OSA

    shortest, longest, measure = len(text) - distance, len(text) + distance, OSA.distance
    return lambda word: shortest <= len(word) <= longest and measure(text, word, score_cutoff=distance) <= distance


class Judged(dict[str, int]):
    """Which words a part matches, as the code of "1" or "0"; each word is judged once."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._matches = matcher(part)

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_JUDGED:
            self.clear()
        answer = self[word] = 49 if self._matches(word) else 48
        return answer


@lru_cache(maxsize=256)
def judged(part: Part) -> Judged:
    """The words judged for a part so far, shared by all texts."""
    return Judged(part)


def words_matching(part: Part, words: Sequence[str], check: Callable[[], None] = lambda: None) -> list[str]:
    """Those of a vocabulary (distinct folded words in order of their code points) that a part matches, in order.

    ``check`` is called between steps that are never long, and may raise.
    """
    match part.kind:
        case "exact":
            at = bisect_left(words, part.text)
            return [part.text] if at < len(words) and words[at] == part.text else []
        case "wild":
            return _wild_words(part, words)
        case "fuzzy":
            from rapidfuzz.distance import OSA
            from rapidfuzz.process import extract_iter

            near = extract_iter(part.text, words, scorer=OSA.distance, score_cutoff=part.distance)
            return [word for word, _, _ in near]
        case "regex":
            return _regex_words(part, words, check)
        case _:
            matches = matcher(part)
            return [word for word in words if matches(word)]


def _wild_words(part: Part, words: Sequence[str]) -> list[str]:
    literals = _WILDCARDS.split(part.text)
    beginning = literals[0]
    low = bisect_left(words, beginning)
    high = bisect_left(words, beginning + chr(0x10FFFF), low) if beginning else len(words)
    among = words[low:high]
    if part.text == beginning + "*":
        return list(among)
    longest = max(literals, key=len)
    matches = matcher(part)
    return [word for word in among if longest in word and matches(word)]


@lru_cache(maxsize=64)
def _regex(pattern: str, memory: int = REGEX_MEMORY) -> Any:
    """A pattern for words in UTF-8; raises QueryError when RE2 does not take it."""
    import re2

    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    try:
        return re2.compile(pattern.encode(), options)
    except (re2.error, UnicodeEncodeError) as error:
        raise QueryError(f"/{pattern}/ is no regular expression: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)


def _regex_words(part: Part, words: Sequence[str], check: Callable[[], None]) -> list[str]:
    long = [word for word in words if len(word) > LONG_WORD]
    if not long and len(words) <= AT_ONCE:
        return _regex_list(part, words)
    found: list[str] = []
    ordinary = [word for word in words if len(word) <= LONG_WORD] if long else words
    for start in range(0, len(ordinary), AT_ONCE):
        check()
        found += _regex_list(part, ordinary[start : start + AT_ONCE])
    whole = _regex(part.text)
    for word in long:  # a large pattern may take milliseconds for each
        check()
        if whole.fullmatch(word.encode()):
            found.append(word)
    return sorted(found) if long else found


def _regex_list(part: Part, words: Sequence[str]) -> list[str]:
    whole = _regex(part.text)
    if _NOT_IN_A_LIST.search(part.text):
        return [word for word in words if whole.fullmatch(word.encode())]
    one = f"^(?:{part.text})$"
    # Words side by side in one match, as each match costs far more than a word.
    runs = _regex(rf"(?m){one}(?:\n\C\n{one})*", LIST_MEMORY)
    found = _BETWEEN.join(run[0] for run in runs.finditer(_BETWEEN.join(word.encode() for word in words)))
    return [word.decode() for word in found.split(_BETWEEN)] if found else []
