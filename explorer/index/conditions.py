"""Which documents a condition of a query means: names and speakers under every form, files by what is known of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable

from explorer.index.kept import KeptStore
from explorer.index.query.languages import language_code
from explorer.index.query.syntax import (
    And,
    Condition,
    Everything,
    FileIs,
    Named,
    Near,
    Node,
    Not,
    OneQuote,
    Or,
    Phrase,
    Quoted,
    Said,
)
from explorer.index.same_names import SameNames
from explorer.index.store import SPEAKER, numbers, word_key
from explorer.index.words import fold

TYPE_OF = {"person": "PERSON", "org": "ORG", "place": "PLACE"}
ALL_TYPES = (*TYPE_OF.values(), "DATE")
KEPT_ANSWERS = 500_000  # numbers, over all answers: about 30 MB
# Forms are kept when the last document with them goes; those do not count.
_IS_THERE = (
    "EXISTS (SELECT 1 FROM entity WHERE entity.type = name.type AND entity.name = name.name"
    " AND name.form IN (entity.form, entity.name))"
)
_SPEAKS = (
    "(EXISTS (SELECT 1 FROM quote WHERE quote.speaker = name.name)"
    " OR EXISTS (SELECT 1 FROM quote WHERE quote.acts_for = name.name AND quote.acts_for <> ''))"
)
_KIND_IS = {"unattributed": "speaker IS NULL", "denied": "denied = 1", "inferred": "inferred = 1"}
_IN = "IN (SELECT value FROM json_each(?))"


class Conditions:
    """Answers conditions from the catalogue and from what the reader keeps; each is read once for each state of them."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        quotes_with: Callable[[Phrase | Near], Iterable[int]],
        kept: KeptStore,
        same: SameNames,
    ) -> None:
        self._connection = connection
        self._quotes_with = quotes_with
        self._kept = kept
        self._same = same
        self._kept_version: object = None
        self._names: dict[Named | Quoted, tuple[str, ...]] = {}
        self._values: dict[str, list[tuple[str, str]]] = {}
        self._answers: dict[Condition, set[int]] = {}

    def forget(self) -> None:
        """The catalogue has changed: what was read of it is read again."""
        self._names.clear()
        self._values.clear()
        self._answers.clear()

    def documents(self, condition: Condition) -> set[int]:
        """The numbers of the documents for which a condition holds."""
        if (version := self._kept.version()) != self._kept_version:
            self._answers = {known: found for known, found in self._answers.items() if not _is_kept(known)}
            self._kept_version = version
        found = self._answers.pop(condition, None)
        if found is None:
            found = self._documents(condition)
        self._answers[condition] = found  # last, so that what was not asked for longest goes first
        while sum(map(len, self._answers.values())) > KEPT_ANSWERS and len(self._answers) > 1:
            del self._answers[next(iter(self._answers))]
        return found

    def quotes(self, condition: Node) -> set[int]:
        """The numbers of the quotes for which a tree of conditions on one quote holds: of Said, Quoted, OneQuote, And, Or, Not
        and Everything; raises TypeError on another node."""
        match condition:
            case Said(words):
                return set(self._quotes_with(words))
            case Quoted():
                where, values = self._quoted(condition)
                return self._numbers(f"SELECT number FROM quote WHERE {where}", *values)
            case OneQuote(tree):
                return self.quotes(tree)
            case Or(children):
                return set[int]().union(*map(self.quotes, children))
            case And(children):
                return self._all_of(children)
            case Not(child):
                return numbers(self._connection, "quote") - self.quotes(child)
            case Everything():
                return numbers(self._connection, "quote")
        raise TypeError(f"{condition} is no condition on a quote")

    def names(self, condition: Named | Quoted) -> tuple[str, ...]:
        """The canonical names a condition means: the one that a full name equals, else all that have its words in a form; and
        those that are shown as one with them."""
        if condition not in self._names:
            self._names[condition] = self._find_names(condition)
        return self._names[condition]

    def _find_names(self, condition: Named | Quoted) -> tuple[str, ...]:
        types: Iterable[str] = ALL_TYPES
        if isinstance(condition, Named):
            types = [TYPE_OF[condition.field]] if condition.field in TYPE_OF else ALL_TYPES
            among = _IS_THERE
        elif condition.field == "by":
            types = (SPEAKER, *TYPE_OF.values())
            among = f"{_SPEAKS} AND (type = '{SPEAKER}' OR {_IS_THERE})"
        else:
            return ()
        key = _wanted_key(condition.value)
        rows = self._connection.execute(
            f"SELECT DISTINCT name FROM name WHERE instr(words, ?) AND type {_IN} AND {among} ORDER BY name", (key, _json(types))
        )
        found = [name for (name,) in rows]
        is_full_name = len(key.split()) > 1 and key.endswith(" ")
        whole = [name for name in found if is_full_name and word_key(name) == key]
        return tuple(sorted(self._same.family(whole or found)))

    def _all_of(self, children: Iterable[Node]) -> set[int]:
        """The quotes for which all hold; what is denied is taken away, so that not all quotes are read for it."""
        wanted = [child for child in children if not isinstance(child, Not)]
        unwanted = [child.child for child in children if isinstance(child, Not)]
        found = self.quotes(wanted[0]) if wanted else numbers(self._connection, "quote")
        for child in wanted[1:]:
            found = found & self.quotes(child) if found else found
        for denied in unwanted:
            found = found - self.quotes(denied) if found else found
        return found

    def _quoted(self, condition: Quoted) -> tuple[str, tuple[str, ...]]:
        """A condition on quotes as SQL."""
        match condition.field:
            case "by":
                names = _json(self.names(condition))
                return f"(speaker {_IN} OR acts_for <> '' AND acts_for {_IN})", (names, names)
            case "cue":
                return f"cue {_IN}", (self._having("cue", "quote", condition.value),)
            case _ if condition.value in _KIND_IS:
                return _KIND_IS[condition.value], ()
            case _:
                return "kind = ?", (condition.value,)

    def _documents(self, condition: Condition) -> set[int]:
        match condition:
            case Named(field):
                types = [TYPE_OF[field]] if field in TYPE_OF else ALL_TYPES
                statement = f"SELECT DISTINCT document FROM entity WHERE type {_IN} AND name {_IN}"
                return self._numbers(statement, _json(types), _json(self.names(condition)))
            case Quoted():
                where, values = self._quoted(condition)
                return self._numbers(f"SELECT DISTINCT document FROM quote WHERE {where}", *values)
            case Said() | OneQuote():
                return self._numbers(f"SELECT DISTINCT document FROM quote WHERE number {_IN}", _json(self.quotes(condition)))
            case FileIs():
                return self._files(condition)

    def _files(self, condition: FileIs) -> set[int]:
        wanted = condition.value
        match condition.field:
            case "date":
                return self._dated(condition.first, condition.last)
            case "source":
                return self._numbers(
                    f"SELECT number FROM document WHERE source {_IN}", self._having("source", "document", wanted)
                )
            case "path":
                return self._in_path(" ".join(fold(piece) for piece in wanted.split()))
            case "ext":
                return self._ending(wanted)
            case "lang":
                tags = [tag for (tag,) in self._connection.execute("SELECT DISTINCT language FROM document") if tag]
                spoken = _json(tag for tag in tags if _is_language(tag, wanted))
                return self._numbers(f"SELECT number FROM document WHERE language {_IN}", spoken)
            case "from" | "to":
                return self._numbers(
                    "SELECT DISTINCT document FROM correspondence WHERE role = ?"
                    " AND party IN (SELECT number FROM party WHERE instr(words, ?))",
                    condition.field,
                    _wanted_key(wanted),
                )
            case "tag":
                return self._kept.tagged(wanted)
            case "is":
                return self._kept.starred() if wanted == "starred" else self._kept.new()

    def _dated(self, first: str, last: str) -> set[int]:
        # What a date may mean lies within one year: the index is entered by its last day.
        return self._numbers(
            "SELECT number FROM document WHERE last_day IS NOT NULL AND last_day >= ?1"
            " AND (?2 = '' OR last_day <= substr(?2, 1, 4) || '-12-31') AND (?2 = '' OR first_day <= ?2)",
            first,
            last,
        )

    def _in_path(self, folded: str) -> set[int]:
        """The documents with these letters in their path. SQLite folds ASCII alone: other paths are folded here."""
        rows = self._connection.execute(
            "SELECT number, path FROM document WHERE instr(lower(path), ?) OR length(path) <> length(CAST(path AS BLOB))",
            (folded,),
        )
        return {number for number, path in rows if path.isascii() or folded in fold(path)}

    def _ending(self, wanted: str) -> set[int]:
        """The documents of files whose name ends so; it may have a dot in it, as in tar.gz."""
        rows = self._connection.execute(
            "SELECT document.number, file.path FROM document JOIN file ON file.number = document.file WHERE ext = ?",
            (wanted.rpartition(".")[2],),
        )
        if "." in wanted:
            return {number for number, path in rows if fold(path).endswith(f".{wanted}")}
        return self._numbers("SELECT number FROM document WHERE ext = ?", wanted)

    def _having(self, column: str, table: str, wanted: str) -> str:
        """The values of a column that have the words wanted, as JSON."""
        if column not in self._values:
            rows = self._connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''")
            self._values[column] = [(value, word_key(value)) for (value,) in rows]
        key = _wanted_key(wanted)
        return _json(value for value, words in self._values[column] if key in words)

    def _numbers(self, statement: str, *values: str) -> set[int]:
        return {number for (number,) in self._connection.execute(statement, values)}


def _is_kept(condition: Condition) -> bool:
    return isinstance(condition, FileIs) and condition.field in ("tag", "is")


def _is_language(tag: str, wanted: str) -> bool:
    """Whether a language tag, or a language's English name, is the one wanted or a kind of it, as en-GB is of en."""
    return fold(wanted).replace("_", "-") in (fold(tag).replace("_", "-"), language_code(tag))


def _wanted_key(value: str) -> str:
    """The words of a value as a key has them; after a ``*`` at its end the last one may go on."""
    key = word_key(value)
    return key.rstrip() if value.endswith("*") else key


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))
