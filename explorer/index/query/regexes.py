"""A regular expression of a query → words side by side, each with its pattern (RE2's syntax; a word matches as a whole)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from explorer.index.query.repairs import Fix, FixableError
from explorer.index.query.syntax import Part
from explorer.index.words import fold, words

MOST_MEMORY = 1 << 20  # bytes that RE2 may take for one pattern
LONGEST_PATTERN = 500
MOST_PATTERNS = 20  # in one query; RE2 may take 20 ms to read one
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})\??")
_OPTIONAL = re.compile(r"[*?]|\{0")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]", re.DOTALL)
_GROUP_HEAD = re.compile(r"\(\?(?:P?<[A-Za-z_]\w*>|[A-Za-z-]*[:)])")
_ESCAPE = re.compile(r"\\(?:[pP](?:\{\^?\w+\}|.)|x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|.)", re.DOTALL)
_CAPITALS = re.compile(r"\\p\{?L[ut]\}?|\[:upper:\]")
_RANGE = re.compile(r"(?<!\\)[^\[\\]-[^\]]")
_LOOKAROUND = re.compile(r"(?<!\\)\(\?<?[=!]")
_SIGNS = re.compile(r"[\\.*+?()\[\]{}|^$]")
_ANY_WORD = re.compile(r"[.*+?^$()]*[*+][.*+?^$()]*")
_LOOKS_OPEN = re.compile(r"\\[dDwWsSbBpPx]|\[[^\]\s]|\{\d|[.)\]][*+?{]|\(\?|\^|\$$")
_SEPARATING_ESCAPES = ("\\s", "\\W")


@dataclass
class _Split:
    """The alternatives read so far, each a list of the patterns of its words; the last of the last is being read."""

    choices: list[list[str]] = field(default_factory=lambda: [[""]])
    separated: bool = False

    def add(self, text: str) -> None:
        self.choices[-1][-1] += text

    def separate(self) -> None:
        self.separated = True
        self.choices[-1].append("")


def looks_open(run: str) -> bool:
    """Whether a word that begins with a slash is a regular expression that was not closed, and no path."""
    return bool(_LOOKS_OPEN.search(run[1:].partition("/")[0]))


def regex_choices(pattern: str, column: int, end: int, most: int = MOST_PATTERNS) -> list[tuple[Part, ...]]:
    """The alternatives of an expression that stands from ``column`` to ``end`` in the query (its slashes), each as words
    side by side.

    A separator outside of brackets (a blank, a hyphen, a dot with `\\`) parts words, since the index holds words.
    Raises FixableError when RE2 cannot read it, or when it could match no word or would match every word.
    """
    pattern = unicodedata.normalize("NFC", pattern)
    if len(pattern) > LONGEST_PATTERN:
        raise FixableError(f"a regular expression can have {LONGEST_PATTERN} characters at most", column)
    if _CAPITALS.search(pattern):
        raise FixableError("a regular expression cannot tell capitals: case and accents fold; write \\pL for any letter", column)
    if _LOOKAROUND.search(pattern):
        raise FixableError("a regular expression cannot look ahead or behind: it is RE2's", column)
    if _ANY_WORD.fullmatch(pattern):
        raise FixableError(f"/{pattern}/ would match every word; it needs a letter or a digit in it", column)
    split = _split(pattern, column, end)
    whole = split.choices if split.separated else [["|".join(words_of[0] for words_of in split.choices)]]
    if sum(_is_pattern(piece) for pieces in whole for piece in pieces) > most:
        raise FixableError(f"at most {MOST_PATTERNS} words of a query can be regular expressions", column)
    found = [tuple(part for piece in pieces for part in _parts(piece, column)) for pieces in whole]
    return [parts for parts in dict.fromkeys(found) if parts]


def _parts(piece: str, column: int) -> list[Part]:
    if not piece:
        return []
    if not _is_pattern(piece):
        return [Part(word, "exact") for word in words(piece)]
    _check(piece, column)
    return [Part(piece, "regex")]


def _is_pattern(piece: str) -> bool:
    return bool(_SIGNS.search(piece))


def _split(pattern: str, column: int, end: int) -> _Split:
    split = _Split()
    at, depth = 0, 0
    for token in _tokens(pattern):
        at += len(token)
        if token == "|" and depth == 0:
            split.choices.append([""])
        elif _separates(token):
            quantifier = _QUANTIFIER.match(pattern, at)
            if depth or (quantifier and _OPTIONAL.match(quantifier[0])):
                _refuse_separator(pattern, token, at, depth, (column, end))
            split.separate()
        elif split.choices[-1][-1] or not _is_quantifier_of_separator(token, split):
            depth += (token[0] == "(" and not token.endswith(")")) - (token == ")")
            split.add(_folded(token))
    return split


def _is_quantifier_of_separator(token: str, split: _Split) -> bool:
    return len(split.choices[-1]) > 1 and bool(_QUANTIFIER.fullmatch(token))


def _tokens(pattern: str) -> list[str]:
    """The pieces of a pattern that mean one thing each; joined again they are the pattern."""
    found: list[str] = []
    at = 0
    while at < len(pattern):
        match = (
            _ESCAPE.match(pattern, at)
            or (_CLASS.match(pattern, at) if pattern[at] == "[" else None)
            or _GROUP_HEAD.match(pattern, at)
            or (_QUANTIFIER.match(pattern, at) if pattern[at] in "*+?{" else None)
        )
        found.append(match[0] if match else pattern[at])
        at += len(found[-1])
    return found


def _separates(token: str) -> bool:
    if token[0] == "[" and len(token) > 2:
        inner = re.sub(r"\\(?!s)(.)", r"\1", token[1:-1]).replace("\\s", " ")
        return (
            not inner.startswith("^")
            and not _RANGE.search(token)
            and "[:" not in inner
            and all(_separates_words(char) for char in inner)
        )
    if token[0] == "\\":
        return token in _SEPARATING_ESCAPES or (len(token) == 2 and not token[1].isalnum() and _separates_words(token[1]))
    return len(token) == 1 and token not in ".*+?()[]{}|^$" and _separates_words(token)


def _separates_words(char: str) -> bool:
    return char not in "+#" and not words(char)


def _refuse_separator(pattern: str, token: str, at: int, depth: int, place: tuple[int, int]) -> None:
    shown = "a blank" if token.isspace() or token == "\\s" else token
    if depth:
        message = f"{shown} cannot stand inside brackets of a regular expression: it is matched word by word"
        raise FixableError(message, place[0])
    before, after = pattern[: at - len(token)], _QUANTIFIER.sub("", pattern[at:], count=1)
    message = f"{shown} cannot be optional in a regular expression: it is matched word by word; write both, with OR"
    raise FixableError(message, place[0], Fix(*place, f"(/{before}{token}{after}/ OR /{before}{after}/)"))


def _folded(token: str) -> str:
    """A piece of a pattern with its letters folded; escapes and the heads of groups stay as they are."""
    if token[0] == "[" and len(token) > 1:
        return "[" + "".join(piece if piece[0] in "\\[" else fold(piece) for piece in _class_pieces(token[1:-1])) + "]"
    if len(token) > 1 or token[0] == "\\":
        return token
    folded = fold(token)
    return folded if len(folded) == 1 else f"(?:{folded})"


def _class_pieces(inner: str) -> list[str]:
    return re.findall(r"\\(?:[pP]\{\^?\w+\}|[pP].|x\{[0-9A-Fa-f]+\}|.)|\[:\^?\w+:\]|.", inner, re.DOTALL)


def _check(pattern: str, column: int) -> None:
    """Raises FixableError when RE2 cannot read a pattern."""
    fault = _fault(pattern)
    if fault:
        raise FixableError(f"the regular expression cannot be read: {fault}", column)


@lru_cache(maxsize=256)
def _fault(pattern: str) -> str:
    """What is wrong with a pattern; empty when RE2 reads it."""
    import re2

    options = re2.Options()
    options.log_errors, options.max_mem = False, MOST_MEMORY
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0]
        return _plain(reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason))
    except UnicodeError:
        return "it has half a character in it"
    return ""


def _plain(reason: str) -> str:
    if re.search(r"invalid escape sequence: \\[1-9]", reason):
        return "references back to a group are not there"
    if "repetition size" in reason:
        return f"{reason.partition(': ')[2]} is too large; a repetition can be 1000 at most"
    return "it is too large" if "too large" in reason else " ".join(reason.split())[:80]
