"""What a tantivy index holds of a text: one field in which every word has a slot of several positions side by side.

A slot is the word, its stem and (with edges) its first two and three letters; of a shorter word the first two are all. So a
phrase of words, stems and beginnings in any mixture is one phrase of that field. All but the words begin with a control
character, which no word does.
"""

from __future__ import annotations

import hashlib
from typing import Any

import tantivy

from explorer.index.engine import Entry
from explorer.index.words import PARAGRAPH_GAP, paragraphs_of_words, stem

BODY, TITLE, NUMBER, LONG = "words", "title_words", "number", "long_words"
EDGES = (2, 3)  # letters of the beginnings that have terms of their own
GAP, STEM, HASH, HAS_LONG = "\x01", "\x02", "\x05", "\x06"
_EDGE = {2: "\x03", 3: "\x04"}
FIRST_WORD = "\x07"  # sorts behind all that is no word and before every word
LONGEST = 16_000  # letters: tantivy drops terms of more than 65 530 bytes without a word; longer words are kept as a hash
_KEPT_SLOTS, _KEPT_LETTERS = 300_000, 64


def word_term(word: str) -> str:
    """The term of a folded word."""
    return word if len(word) <= LONGEST else HASH + hashlib.blake2b(word.encode(), digest_size=20).hexdigest()


def stem_term(word: str) -> str:
    """The term of all folded words that share a word's stem."""
    return STEM + word_term(stem(word))


def first_edges(letter: str = "") -> str:
    """What the terms of the first one or two letters begin with, for all words or those that begin with a letter."""
    return _EDGE[EDGES[0]] + letter


def edge_term(beginning: str) -> str:
    """The term of all words that begin with these letters, as many as one of EDGES."""
    return _EDGE[len(beginning)] + beginning


class Layout:
    """The slots of an index with or without edges; it remembers the words it has seen."""

    def __init__(self, edges: bool) -> None:
        self.edges = EDGES if edges else ()
        self.width = 2 + len(self.edges)  # positions of a slot
        self.stem_at = 1
        self._gap = f" {' '.join([GAP] * (self.width * PARAGRAPH_GAP))} "
        self._slots: dict[str, str] = {}

    @property
    def first_edge_at(self) -> int | None:
        """Where in a slot the first two letters stand, if they have terms: of every word, be it of one letter only."""
        return 2 if self.edges else None

    def edge_at(self, beginning: str) -> int | None:
        """Where in a slot the beginnings of this length stand, if they have terms."""
        return 2 + self.edges.index(len(beginning)) if len(beginning) in self.edges else None

    def document(self, entry: Entry) -> tuple[Any, list[str]]:
        """A text as tantivy takes it, and those of its words that were not seen before."""
        new: list[str] = []
        paragraphs = [found for _, found in paragraphs_of_words(entry.title, entry.text)]
        slots = self._slots
        if len(slots) > _KEPT_SLOTS:
            slots.clear()
        for found in paragraphs:
            for word in set(found).difference(slots):
                new.append(word)
                slots[word] = self._slot(word)
        document = tantivy.Document()
        document.add_unsigned(NUMBER, entry.number)
        texts = [" ".join([slots[word] for word in found]) for found in paragraphs]
        document.add_text(TITLE, texts[0])
        long = {word for word in new if len(word) > _KEPT_LETTERS}
        for word in long:
            del slots[word]  # seldom seen twice, and large
            if len(word) > LONGEST:
                document.add_bytes(LONG, word.encode())
                texts.append(HAS_LONG)
        document.add_text(BODY, self._gap.join(texts))
        return document, new

    def _slot(self, word: str) -> str:
        edges = [_EDGE[length] + word[:length] if len(word) >= length or length == EDGES[0] else GAP for length in self.edges]
        return " ".join((word_term(word), stem_term(word), *edges))


def schema(edges: bool) -> Any:
    """The fields; an index made with edges has another schema than one without."""
    builder = tantivy.SchemaBuilder()
    for field in (BODY, TITLE):
        builder.add_text_field(field, tokenizer_name=_tokenizer_name(edges))
    builder.add_unsigned_field(NUMBER, indexed=True, fast=True)
    builder.add_bytes_field(LONG, stored=True)
    return builder.build()


def register_tokenizer(index: Any, edges: bool) -> None:
    """Makes known to an open index how its texts fall into terms: at blanks, GAP takes a position and is no term."""
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(_tokenizer_name(edges), blanks.filter(tantivy.Filter.custom_stopword([GAP])).build())


def _tokenizer_name(edges: bool) -> str:
    return "slots-2-3" if edges else "slots"
