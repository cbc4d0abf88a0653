"""Words, phrases and regular expressions of a query → the parts that an engine looks for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from explorer.index.query.lexer import Token
from explorer.index.query.operators import near, suffix_operator
from explorer.index.query.regexes import MOST_PATTERNS, regex_choices
from explorer.index.query.repairs import Fix, FixableError
from explorer.index.query.syntax import Near, Node, Or, Part, Phrase
from explorer.index.words import CJK, fold, word_spans, words

MOST_STARS = 3
MOST_WILD_IN_PHRASE = 20
MOST_LETTERS_OFF = 2
SHORTEST_FUZZY = 3  # letters; a shorter word is like nearly every other
_WILD_WORD = re.compile(r"[\w*?]+")
_WILD_IN_PHRASE = re.compile(r"[^\s*]*\w\*(?![\w*])|[^\s*]+|[\s*]+")
_BESIDE_CJK = re.compile(rf"(?<=[{CJK}])[*?]+|(?<![*?])[*?]+(?=[{CJK}])")  # these are words of one character
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_FUZZY = re.compile(r"(.+?)~(\d*(?:\.\d+)?)", re.DOTALL)
_SIGN_WITHIN = re.compile(r"(?<!\S)[*?]+(?=\w)|(?<=\w)[*?]+(?=\w)")
_SIGN_ALONE = re.compile(r"(?<!\S)[*?]+(?!\S)")
_BOOST = re.compile(r"(.+)\^\d+(?:\.\d+)?", re.DOTALL)


@dataclass(slots=True)
class Reader:
    """Reads the words of one query; ``notes`` takes what was left out. ``typed`` says that the word is still being typed."""

    notes: list[str]
    patterns: int = 0

    def word(self, token: Token, typed: bool) -> Phrase | None:
        """What a bare word means; None when it has no letter and no digit, or one letter that only begins a word."""
        text = self.without_boost(token)
        fuzzy = None if token.literal else _FUZZY.fullmatch(text)
        if fuzzy:
            return self._fuzzy_word(fuzzy[1], fuzzy[2], token)
        text = _POSSESSIVE.sub("", text)
        wild = "" if token.literal else _BESIDE_CJK.sub("", unicodedata.normalize("NFC", text))
        if "*" in wild or "?" in wild.rstrip("?"):
            if token.exact:
                self.notes.append(f"= was left out before {text}: a pattern is matched as it is written anyway")
            return _wild_word(wild, token)
        exact = token.exact or text[:1].isupper()
        found = words(text)
        if not found:
            return None
        parts = [Part(word, "exact" if exact else "stem") for word in found]
        if typed and not token.exact and can_grow(text):
            if len(found[-1]) < 2 and found[-1].isascii():
                parts.pop()  # one letter only completes; it does not search
            else:
                parts[-1] = Part(found[-1], "typed")
        return Phrase(tuple(parts), ("=" if token.exact else "") + text) if parts else None

    def without_boost(self, token: Token) -> str:
        """The text of a word without the weight that Lucene lets stand behind it."""
        boost = None if token.literal else _BOOST.fullmatch(token.text)
        if boost is None or not words(boost[1]):
            return token.text
        self.note_boost(token.text[len(boost[1]) :])
        return boost[1]

    def note_boost(self, written: str) -> None:
        self.notes.append(f"{written} was left out: a word weighs by how rare it is")

    def _fuzzy_word(self, base: str, written: str, token: Token) -> Phrase | None:
        found = words(_POSSESSIVE.sub("", base))
        if not found:
            return None
        if set(base) & set("*?"):
            message = f"{token.text} has both a wildcard and ~; a word can have one of them"
            raise FixableError(message, token.column, Fix(token.column, token.end, base))
        if written not in ("", "1", "2"):
            likely = 1 if written.startswith("0") else MOST_LETTERS_OFF
            message = f"~{written} is not there; write ~1 or ~2, the letters that may be different"
            raise FixableError(message, token.column, Fix(token.column, token.end, f"{base}~{likely}"))
        distance = int(written or 1)
        parts = tuple(Part(word, "fuzzy", distance) if len(word) >= SHORTEST_FUZZY else Part(word, "exact") for word in found)
        if all(part.kind == "exact" for part in parts):
            self.notes.append(f"{base} is too short for ~ and is searched as it is written")
        return Phrase(parts, f"{base}~{distance}")

    def phrase(self, token: Token, typed: bool) -> Phrase | Near | None:
        """What a quoted text means; with `~8`, `o8` or `p8` behind it its words stand near each other."""
        if token.suffix:
            return self._near_words(token)
        parts = phrase_parts(token)
        if not token.literal and _SIGN_ALONE.search(token.text):
            self.notes.append(f'a * or ? by itself stands for nothing in "{token.text}" and was left out')
        if not token.literal and _SIGN_WITHIN.search(token.text):
            self.notes.append(f'in "{token.text}" a * counts at the end of a word only; before and inside words it was left out')
        if typed and not token.closed and parts and parts[-1].kind == "exact" and can_grow(token.text):
            parts[-1] = Part(parts[-1].text + "*", "wild")
        return Phrase(tuple(parts), f'"{token.text}"') if parts else None

    def regex(self, token: Token) -> Node | None:
        """What a regular expression means; None when no word can be in it."""
        found = regex_choices(token.text, token.column, token.end, MOST_PATTERNS - self.patterns)
        self.patterns += sum(part.kind == "regex" for parts in found for part in parts)
        choices = tuple(Phrase(parts, f"/{token.text}/") for parts in found)
        if not choices:
            return None
        return choices[0] if len(choices) == 1 else Or(tuple(dict.fromkeys(choices)))

    def _near_words(self, token: Token) -> Phrase | Near | None:
        column = token.end - len(token.suffix)
        operation = suffix_operator(token.suffix, column)
        if token.suffix == "~":
            self.notes.append(f"~ without a number after a phrase counts as ~{operation.within}")
        joined: Phrase | Near | None = None
        for run in token.text.split():
            parts = phrase_parts(token, run)
            if parts:
                word = Phrase(tuple(parts), f'"{run}"')
                joined = word if joined is None else near(joined, operation, word, token.column)
        if isinstance(joined, Phrase):
            self.notes.append(f"{token.suffix} was left out: there is one word before it")
        return joined


def phrase_parts(token: Token, text: str | None = None) -> list[Part]:
    """The words of a quoted text as written; a single star right behind a word's letters is a wildcard."""
    text = unicodedata.normalize("NFC", token.text if text is None else text)
    if "*" not in text or token.literal:
        return [Part(word, "exact") for word in words(text)]
    parts: list[Part] = []
    for piece in _WILD_IN_PHRASE.findall(_BESIDE_CJK.sub("", text)):
        found = [Part(word, "exact") for word in words(piece)]
        if found and piece.endswith("*") and can_grow(piece[:-1]):
            found[-1] = Part(found[-1].text + "*", "wild")
        parts += found
    if sum(part.kind == "wild" for part in parts) > MOST_WILD_IN_PHRASE:
        raise FixableError(f"at most {MOST_WILD_IN_PHRASE} words with a star can stand in a phrase", token.column)
    return parts


def can_grow(text: str) -> bool:
    """Whether a text ends in a word that further letters would be part of."""
    *_, (_, end, _) = [(0, 0, ""), *word_spans(text)]
    return end == len(text) and text[-1:] not in ("", "+", "#")


def _wild_word(text: str, token: Token) -> Phrase | None:
    parts: list[Part] = []
    for piece in _WILD_WORD.findall(text.replace("_", " ")):
        if not set(piece) & set("*?"):
            parts += [Part(word, "exact") for word in words(piece)]
            continue
        pattern = re.sub(r"\*+", "*", fold(piece))
        if pattern.count("*") > MOST_STARS:
            raise FixableError(f"at most {MOST_STARS} stars can stand in a word", token.column)
        if not pattern.strip("*?"):
            fix = Fix(token.column, token.end) if token.text == piece else None
            raise FixableError(f"{piece[:20]} needs a letter or a digit beside it", token.column, fix)
        parts.append(Part(pattern, "wild"))
    if sum(part.kind == "wild" for part in parts) > MOST_WILD_IN_PHRASE:
        raise FixableError(f"at most {MOST_WILD_IN_PHRASE} wildcards can stand in a word", token.column)
    return Phrase(tuple(parts), text) if parts else None
