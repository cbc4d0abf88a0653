"""Making one of tantivy's queries of a tree: what the tree asks for scores BM25, conditions and what it excludes nothing."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

from tantivy import FieldType, Occur, Query

from explorer.index.engine import Asking
from explorer.index.query.syntax import And, Everything, Node, Not, Or, Part, Phrase
from explorer.index.tantivy_layout import BODY, NUMBER, TITLE, edge_term, stem_term, word_term
from explorer.index.tantivy_phrases import MOST_STATES, Choice, as_pattern, ways_to_meet, without_any_word
from explorer.index.tantivy_terms import Terms, beginning_of, escaped

SCORED_WORDS = 8  # of the words that a part may be, so many count in the score: the commonest
MOST_RANKED = 2_000  # of more words than this none counts
READ_FOR_ONE = 256  # numbers of all texts that are read while one is looked up
CHECKED_WAYS = 256  # ways to meet a phrase between two looks at whether the answer is still wanted


class Compiler:
    """Makes queries for one state of an index; ``scored`` tells whether anything in the last counts for the order.

    ``numbers`` gives the numbers of all texts, ``size`` is how many there are.
    """

    def __init__(self, schema: Any, terms: Terms, size: int, numbers: Callable[[], set[int]], asking: Asking) -> None:
        self.scored = False
        self._schema, self._terms, self._size, self._numbers, self._asking = schema, terms, size, numbers, asking

    def compile(self, node: Node) -> Any:
        """The query that finds exactly the texts in which a tree holds."""
        match node:
            case Phrase():
                self._asking.check()
                return self._phrase(node)
            case And(children):
                return self._all_of(children)
            case Or(children):
                return _any_of([self.compile(child) for child in children])
            case Not():
                return self._all_of((node,))
            case Everything():
                return unscored(Query.all_query())
            case _:
                self._asking.check()
                return self._numbered(self._asking.resolve(node))

    def narrowed(self, query: Any, numbers: set[int], excluded: bool) -> Any:
        """What a query finds among the texts of these numbers, or among all others."""
        if excluded and len(numbers) * 2 <= self._size:
            return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, self._of_numbers(numbers))])
        among = self._numbered(self._numbers() - numbers if excluded else numbers)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, among)])

    def _all_of(self, children: Sequence[Node]) -> Any:
        clauses: list[tuple[Occur, Any]] = []
        for child in children:
            if isinstance(child, Not):
                before = self.scored
                clauses.append((Occur.MustNot, self.compile(child.child)))
                self.scored = before
            else:
                clauses.append((Occur.Must, self.compile(child)))
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, unscored(Query.all_query())))
        return Query.boolean_query(clauses)

    def _numbered(self, numbers: set[int]) -> Any:
        """The texts of these numbers; of many, all but the others."""
        if len(numbers) * 2 <= self._size:
            return unscored(self._of_numbers(numbers))
        others = self._of_numbers(self._numbers() - numbers)
        return Query.boolean_query([(Occur.Must, unscored(Query.all_query())), (Occur.MustNot, others)])

    def _of_numbers(self, numbers: set[int]) -> Any:
        """The texts of these numbers. A set of terms makes tantivy read all numbers there are, 40 ns each; a stretch of numbers
        is looked up in their column, and few numbers one by one."""
        if not numbers:
            return Query.empty_query()
        first, last = min(numbers), max(numbers)
        if last - first + 1 == len(numbers):
            return Query.range_query(self._schema, NUMBER, FieldType.Unsigned, first, last)
        if len(numbers) * READ_FOR_ONE <= self._size:
            return _any_of([Query.term_query(self._schema, NUMBER, number) for number in numbers])
        return Query.term_set_query(self._schema, NUMBER, list(numbers))

    def _phrase(self, phrase: Phrase) -> Any:
        field = TITLE if phrase.where == "title" else BODY
        if len(phrase.parts) == 1:
            return self._word(field, phrase.parts[0])
        parts, places = without_any_word(phrase.parts)
        choices = ways_to_meet(self._terms, field, parts, self._asking)
        if choices is None:
            return self._read_again(phrase)
        ways = []
        for at, way in enumerate(itertools.product(*choices)):
            if at % CHECKED_WAYS == 0:
                self._asking.check()
            ways.append(self._side_by_side(field, way, places))
        self.scored = True
        return _any_of(ways)

    def _side_by_side(self, field: str, way: Sequence[Choice], places: Sequence[int]) -> Any:
        width = self._terms.layout.width
        at = [place * width + choice.at for place, choice in zip(places, way, strict=True)]
        if any(choice.is_pattern for choice in way):
            patterns = [as_pattern(choice) for choice in way]
            return Query.regex_phrase_query(self._schema, field, list(zip(at, patterns, strict=True)))
        return Query.phrase_query(self._schema, field, list(zip(at, (choice.term for choice in way), strict=True)))

    def _read_again(self, phrase: Phrase) -> Any:
        """A phrase with more ways to meet it than can be looked up: of the texts that have its words those that are found by
        reading them."""
        words = [self.compile(Phrase((part,), part.text, phrase.where)) for part in phrase.parts]
        found = self._numbered(self._asking.resolve(phrase))
        return Query.boolean_query([(Occur.Must, query) for query in (*words, found)])

    def _word(self, field: str, part: Part) -> Any:
        match part.kind:
            case "exact":
                return self._term(field, word_term(part.text))
            case "stem":
                return self._term(field, stem_term(part.text))
        beginning = beginning_of(part)
        if beginning is None:
            return self._one_of(field, [word_term(word) for word in self._asking.words_of(part)])
        begun = self._begun(field, beginning)
        return _any_of([self._term(field, stem_term(part.text)), begun]) if part.kind == "typed" else begun

    def _begun(self, field: str, beginning: str) -> Any:
        """The texts with a word that begins with these letters."""
        layout = self._terms.layout
        if layout.edge_at(beginning) is not None:
            return self._term(field, edge_term(beginning))
        if len(beginning) == 1 and layout.edges:
            return self._one_of(field, self._terms.first_letter(field, beginning))
        if len(beginning.encode()) > MOST_STATES:
            return self._one_of(field, [word_term(word) for word in self._terms.expand(beginning)])
        common = self._terms.commonest(field, beginning, SCORED_WORDS)
        found = [self._weighed(field, common)] if common else []
        if len(common) == SCORED_WORDS:
            found.append(unscored(Query.regex_query(self._schema, field, f"{escaped(beginning)}.*")))
        return _any_of([*found, *(self._term(field, word_term(word)) for word in self._terms.long_words(beginning))])

    def _one_of(self, field: str, terms: Sequence[str]) -> Any:
        """The texts with one of these terms; only the commonest count for the order."""
        found = []
        if 0 < len(terms) <= MOST_RANKED:
            counts = sorted(((term, self._terms.frequency(field, term)) for term in terms), key=lambda row: (-row[1], row[0]))
            found.append(self._weighed(field, counts[:SCORED_WORDS]))
        if len(terms) > SCORED_WORDS:
            found.append(unscored(Query.term_set_query(self._schema, field, list(terms))))
        return _any_of(found)

    def _weighed(self, field: str, counts: Sequence[tuple[str, int]]) -> Any:
        """Terms with the number of their texts, commonest first, that weigh as if all were as common as the first: the rarest
        of the words that somebody may mean is not the likeliest."""
        first, *others = counts
        weight = self._weight(first[1])
        boosted = [Query.boost_query(self._term(field, term), weight / self._weight(count)) for term, count in others]
        return _any_of([self._term(field, first[0]), *boosted])

    def _weight(self, documents: int) -> float:
        """The inverse document frequency, as tantivy has it."""
        total = max(self._size, documents)
        return math.log(1 + (total - documents + 0.5) / (documents + 0.5))

    def _term(self, field: str, term: str) -> Any:
        self.scored = True
        return Query.term_query(self._schema, field, term)


def unscored(query: Any) -> Any:
    """A query that counts for nothing in the order."""
    return Query.const_score_query(query, 0.0)


def _any_of(queries: Sequence[Any]) -> Any:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries]) if queries else Query.empty_query()
