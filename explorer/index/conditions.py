"""Which documents a condition of a query means: names and speakers under every form, files by place and date."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable

from explorer.index.query.syntax import Condition, FileIs, Named, Phrase, Quoted, Said
from explorer.index.store import SPEAKER, word_key
from explorer.index.words import fold

TYPE_OF = {"person": "PERSON", "org": "ORG", "place": "PLACE"}
# Forms are kept when the last document with them goes; those do not count.
_IS_THERE = (
    "EXISTS (SELECT 1 FROM entity WHERE entity.type = name.type AND entity.name = name.name"
    " AND name.form IN (entity.form, entity.name))"
)


class Conditions:
    """Answers conditions from the catalogue; names are read once for each state of it."""

    def __init__(self, connection: sqlite3.Connection, quotes_with: Callable[[Phrase], Iterable[int]]) -> None:
        self._connection = connection
        self._quotes_with = quotes_with
        self._names: dict[Named | Quoted, tuple[str, ...]] = {}
        self._answers: dict[Condition, set[int]] = {}

    def forget(self) -> None:
        """The catalogue has changed: what was read of it is read again."""
        self._names.clear()
        self._answers.clear()

    def documents(self, condition: Condition) -> set[int]:
        """The numbers of the documents for which a condition holds."""
        if condition not in self._answers:
            self._answers[condition] = set(self._documents(condition))
        return self._answers[condition]

    def quotes(self, condition: Said | Quoted) -> set[int]:
        """The numbers of the quotes for which a condition holds."""
        if isinstance(condition, Said):
            return set(self._quotes_with(condition.phrase))
        if condition.field == "by":
            return self._numbers(
                "SELECT number FROM quote WHERE speaker IN (SELECT value FROM json_each(?))", _json(self.names(condition))
            )
        if condition.field == "cue":
            rows = self._connection.execute("SELECT DISTINCT cue FROM quote WHERE cue IS NOT NULL")
            cues = [cue for (cue,) in rows if word_key(condition.value) in word_key(cue)]
            return self._numbers("SELECT number FROM quote WHERE cue IN (SELECT value FROM json_each(?))", _json(cues))
        return self._numbers(
            f"SELECT number FROM quote WHERE {_KIND_IS.get(condition.value, 'kind = ?')}",
            *(() if condition.value in _KIND_IS else (condition.value,)),
        )

    def names(self, condition: Named | Quoted) -> tuple[str, ...]:
        """The canonical names a condition means: the one that a full name equals, else all that have its words in a form."""
        if condition not in self._names:
            self._names[condition] = self._find_names(condition)
        return self._names[condition]

    def _find_names(self, condition: Named | Quoted) -> tuple[str, ...]:
        if isinstance(condition, Named):
            types = [TYPE_OF[condition.field]] if condition.field in TYPE_OF else sorted({*TYPE_OF.values(), "DATE"})
            among = _IS_THERE
        elif condition.field == "by":
            types = [SPEAKER, *TYPE_OF.values()]
            among = f"name IN (SELECT speaker FROM quote) AND (type = '{SPEAKER}' OR {_IS_THERE})"
        else:
            return ()
        key = word_key(condition.value)
        if condition.value.endswith("*"):
            key = key.rstrip()  # the last word may go on
        rows = self._connection.execute(
            f"SELECT DISTINCT name FROM name WHERE instr(words, ?) AND type IN (SELECT value FROM json_each(?)) AND {among}"
            " ORDER BY name",
            (key, _json(types)),
        )
        found = [name for (name,) in rows]
        is_full_name = len(key.split()) > 1 and key.endswith(" ")
        return tuple([name for name in found if is_full_name and word_key(name) == key] or found)

    def _documents(self, condition: Condition) -> Iterable[int]:
        match condition:
            case Named():
                statement = "SELECT DISTINCT document FROM entity WHERE name IN (SELECT value FROM json_each(?))"
                names = _json(self.names(condition))
                if condition.field in TYPE_OF:
                    return self._numbers(statement + " AND type = ?", names, TYPE_OF[condition.field])
                return self._numbers(statement, names)
            case Said() | Quoted():
                return self._numbers(
                    "SELECT DISTINCT document FROM quote WHERE number IN (SELECT value FROM json_each(?))",
                    _json(self.quotes(condition)),
                )
            case FileIs():
                return self._files(condition)

    def _files(self, condition: FileIs) -> Iterable[int]:
        if condition.field == "date":
            return self._numbers(
                "SELECT number FROM document WHERE first_day IS NOT NULL AND (?1 = '' OR last_day >= ?1)"
                " AND (?2 = '' OR first_day <= ?2)",
                condition.first,
                condition.last,
            )
        wanted = condition.value
        if condition.field == "source":
            rows = self._connection.execute("SELECT DISTINCT source FROM document")
            sources = [source for (source,) in rows if word_key(wanted) in word_key(source)]
            return self._numbers("SELECT number FROM document WHERE source IN (SELECT value FROM json_each(?))", _json(sources))
        rows = self._connection.execute(
            "SELECT document.number, document.path, file.path FROM document JOIN file ON file.number = document.file"
        )
        if condition.field == "ext":
            return [number for number, _, path in rows if fold(path).endswith("." + wanted)]
        folded = " ".join(fold(piece) for piece in wanted.split())
        return [number for number, path, _ in rows if folded in fold(path)]

    def _numbers(self, statement: str, *values: str) -> set[int]:
        return {number for (number,) in self._connection.execute(statement, values)}


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))


_KIND_IS = {"unattributed": "speaker IS NULL", "denied": "denied = 1"}
